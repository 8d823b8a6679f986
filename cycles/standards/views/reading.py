"""Reading frameworks: the list, one framework, one standard."""

import uuid

from flask import Response, abort, request
from flask_login import current_user

from cycles.core.access import Door, opens_to
from cycles.core.downloads import Cell, csv_answer, xlsx_answer
from cycles.core.extensions import db
from cycles.core.pages import page
from cycles.standards.browsing import ListedDuty, duty_lines
from cycles.standards.models import Framework
from cycles.standards.pages import IndexPage, framework_page, read_filter, standard_page
from cycles.standards.queries import framework_rows, standard_with_parts
from cycles.standards.views import standards
from cycles.standards.wording import in_words, level_value

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}
COLUMNS = (
    "Reference",
    "Standard",
    "Level",
    "Route",
    "Status",
    "Duty number",
    "Duty",
    "Kind of duty",
    "Knowledge, skills and behaviours",
    "Source",
)


def framework_or_404(framework_id: uuid.UUID) -> Framework:
    """Return the framework, or answer 404."""
    found = db.session.get(Framework, framework_id)
    if found is None:
        abort(404)
    return found


@standards.get("/")
@opens_to(Door.SIGNED_IN)
def index() -> Response:
    """Show every framework."""
    context = IndexPage(tuple(framework_rows()), current_user.is_administrator)
    return page("standards/index.html", page=context)


@standards.get("/<uuid:framework_id>")
@opens_to(Door.SIGNED_IN)
def framework(framework_id: uuid.UUID) -> Response:
    """Show the standards of a framework that the address asks for."""
    found = framework_or_404(framework_id)
    may_import = current_user.is_administrator
    context = framework_page(found, read_filter(request), may_import=may_import)
    return page("standards/framework.html", page=context)


@standards.get("/<uuid:framework_id>/standards.<any(csv,xlsx):kind>")
@opens_to(Door.SIGNED_IN)
def download(framework_id: uuid.UUID, kind: str) -> Response:
    """Send the standards that the address asks for, a row a duty."""
    found = framework_or_404(framework_id)
    source = ", ".join(filter(None, (in_words(found), found.licence)))
    rows = ((*_cells(line), source) for line in duty_lines(found.id, read_filter(request)))
    return ANSWERS[kind](f"standards.{kind}", COLUMNS, rows)


def _cells(line: ListedDuty) -> tuple[Cell, ...]:
    standard = line.standard
    return (
        standard.reference,
        standard.title,
        level_value(standard.level),
        standard.route,
        standard.status,
        line.number or None,
        line.text,
        line.kind,
        line.ksbs,
    )


@standards.get("/<uuid:framework_id>/<uuid:standard_id>")
@opens_to(Door.SIGNED_IN)
def standard(framework_id: uuid.UUID, standard_id: uuid.UUID) -> Response:
    """Show one standard."""
    held_in = framework_or_404(framework_id)
    found = standard_with_parts(framework_id, standard_id)
    if found is None:
        abort(404)
    return page("standards/standard.html", page=standard_page(held_in, found))
