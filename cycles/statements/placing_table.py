"""The queue as a table: every live statement with its suggestions and what was decided."""

import uuid
from collections.abc import Iterable

from cycles.statements.models import AreaReview, AreaSuggestion, CapabilityStatement
from cycles.statements.placing import reviews_of
from cycles.statements.queries import live_statements
from cycles.statements.suggesting import MOST, suggestions_for

COLUMNS = (
    "Code",
    "Statement",
    "Status",
    "Function",
    "Domain",
    "Area",
    "Decision",
    *(
        f"Suggestion {position}{what}"
        for position in range(1, MOST + 1)
        for what in ("", " support", " of")
    ),
    "Compared by",
)
NOTHING = ("", None, None)

Cells = tuple[str | int | None, ...]


def queue_rows(cycle_id: uuid.UUID) -> Iterable[Cells]:
    """Return the rows under ``COLUMNS``, by code."""
    live = live_statements(cycle_id)
    suggested, reviews = suggestions_for(live), reviews_of(live)
    return [_row(each, suggested.get(each.id, ()), reviews.get(each.id)) for each in live]


def _row(
    statement: CapabilityStatement,
    offered: tuple[AreaSuggestion, ...],
    review: AreaReview | None,
) -> Cells:
    area = statement.area
    cells: list[str | int | None] = []
    for position in range(MOST):
        cells += _suggestion(offered[position]) if position < len(offered) else NOTHING
    return (
        statement.code,
        statement.text,
        statement.status.value,
        *((area.function, area.domain, area.name) if area else ("", "", "")),
        review.decision.value if review else "",
        *cells,
        offered[0].method if offered else "",
    )


def _suggestion(one: AreaSuggestion) -> Cells:
    place = f"{one.area.function} / {one.area.domain} / {one.area.name}"
    return place, one.support, one.neighbours
