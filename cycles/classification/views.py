"""The classification, to read and to download."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort

from cycles.classification.browsing import browse_page
from cycles.classification.models import Classification
from cycles.classification.queries import FunctionBranch, areas, current, tree
from cycles.core import shell
from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page

HEADINGS = ("function", "domain", "area", "definition")

classification = Blueprint("classification", __name__, url_prefix="/classification")
shell.offer(40, "Classification", "classification.index", Door.SIGNED_IN, in_cycle=False)


@dataclass(frozen=True)
class TreePage:
    """The current classification as a tree."""

    classification: Classification | None
    functions: tuple[FunctionBranch, ...]
    domain_count: int
    area_count: int


@classification.get("/")
@opens_to(Door.SIGNED_IN)
def index() -> Response:
    """Show the tree."""
    branches = tree(areas())
    context = TreePage(
        classification=current(),
        functions=branches,
        domain_count=sum(len(branch.domains) for branch in branches),
        area_count=sum(branch.area_count for branch in branches),
    )
    return page("classification/index.html", page=context)


@classification.get("/library")
@opens_to(Door.SIGNED_IN)
def library() -> Response:
    """Show how many records of the library stand where."""
    return page("classification/library.html", page=browse_page())


@classification.get("/areas.<kind>")
@opens_to(Door.SIGNED_IN)
def download(kind: str) -> Response:
    """Download the areas with their definitions."""
    if kind not in ("csv", "xlsx"):
        abort(404)
    rows = [(area.function, area.domain, area.name, area.definition) for area in areas()]
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"classification.{kind}", HEADINGS, rows)
