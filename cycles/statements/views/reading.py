"""Reading: the list, one statement with its trail, and the coverage table."""

import uuid

from flask import Response, request

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.statements.filters import read_filters
from cycles.statements.models import CapabilityStatement
from cycles.statements.views import statements
from cycles.statements.views.covering import coverage_page
from cycles.statements.views.listing import list_page
from cycles.statements.views.showing import statement_page


@statements.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the list."""
    return page("statements/index.html", page=list_page(cycle_id, read_filters(request.args)))


@statements.get("/<uuid:statement_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> Response:
    """Show one statement."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    return page("statements/show.html", page=statement_page(statement))


@statements.get("/coverage")
@opens_to(Door.MEMBER)
def coverage(cycle_id: uuid.UUID) -> Response:
    """Show how many statements each function has for each partner."""
    return page("statements/coverage.html", page=coverage_page(cycle_id))
