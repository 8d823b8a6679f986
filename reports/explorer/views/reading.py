"""The pages, their tables as files, through the door of people who hold a place in the cycle."""

import uuid
from collections.abc import Callable

from flask import abort, request
from werkzeug.wrappers import Response

from cycles.core.access import Door, current_place, opens_to
from cycles.core.pages import page as answer
from cycles.setup.queries import get_cycle
from reports.explorer.shelf import Pick, pick
from reports.explorer.views import explorer, serving
from reports.package.answers import package_answer

Serve = Callable[[Pick], Response]
PAGES = ("index", "show", "item")
"""Endpoints that can say that nothing is there yet; a file cannot."""


@explorer.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show where the explorer begins, or that nothing is there for this reader yet."""
    return _with(cycle_id, lambda it: serving.show(it.look, it.shelf, "overview"))


@explorer.get("/package.zip")
@opens_to(Door.MEMBER)
def download_package(cycle_id: uuid.UUID) -> Response:
    """Send all the rows of these results as a data package."""
    return _with(cycle_id, lambda it: package_answer(it.look))


@explorer.get("/<page_name>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, page_name: str) -> Response:
    """Show one page."""
    return _with(cycle_id, lambda it: serving.show(it.look, it.shelf, page_name))


@explorer.get("/<page_name>/<item_code>")
@opens_to(Door.MEMBER)
def item(cycle_id: uuid.UUID, page_name: str, item_code: str) -> Response:
    """Show one thing of a page: a capability, a profile."""
    return _with(cycle_id, lambda it: serving.show_item(it.look, it.shelf, page_name, item_code))


@explorer.get("/<page_name>.<any(csv, xlsx, json):file_kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, page_name: str, file_kind: str) -> Response:
    """Send a table of a page as a file."""
    return _with(cycle_id, lambda it: serving.download(it.look, page_name, file_kind))


@explorer.get("/<page_name>/<item_code>.<any(csv, xlsx, json):file_kind>")
@opens_to(Door.MEMBER)
def download_item(cycle_id: uuid.UUID, page_name: str, item_code: str, file_kind: str) -> Response:
    """Send a table of the page of one thing as a file."""
    return _with(cycle_id, lambda it: serving.download(it.look, page_name, file_kind, item_code))


@explorer.get("/<page_name>/charts/<chart_name>.<any(json, svg, png):chart_kind>")
@opens_to(Door.MEMBER)
def chart(cycle_id: uuid.UUID, page_name: str, chart_name: str, chart_kind: str) -> Response:
    """Send a page's chart: its specification, or a picture."""
    return _with(cycle_id, lambda it: serving.chart(it.look, page_name, chart_name, chart_kind))


def _with(cycle_id: uuid.UUID, serve: Serve) -> Response:
    """Serve what this reader looks at, or say that nothing is there for them yet."""
    name = (request.view_args or {}).get("page_name", "overview")
    found = pick(get_cycle(cycle_id), current_place(), request.args, name)
    if found is not None:
        return serve(found)
    if request.endpoint and request.endpoint.rpartition(".")[2] not in PAGES:
        abort(404)
    return answer("explorer/nothing_yet.html", page=None)
