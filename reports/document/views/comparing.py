"""Two reports beside each other, as a page and as a file, for whoever may read both."""

import uuid

from flask import Response, abort, request

from cycles.core.access import Door, current_place, opens_to
from cycles.core.downloads import csv_answer
from cycles.core.pages import page
from reports.document.comparing.listing import HEADINGS, lines_of
from reports.document.comparison_page import comparable, comparison_of, comparison_page, pair_of
from reports.document.models import Report
from reports.document.views import report
from reports.document.views.reading import readable


@report.get("/compare")
@opens_to(Door.MEMBER)
def compare(cycle_id: uuid.UUID) -> Response:
    """Show what one report says otherwise than another."""
    offered = comparable(cycle_id, current_place())
    before, after = _two(cycle_id, offered)
    return page("report/compare.html", page=comparison_page(cycle_id, offered, before, after))


@report.get("/compare.csv")
@opens_to(Door.MEMBER)
def compare_file(cycle_id: uuid.UUID) -> Response:
    """Give every difference as a line of a CSV file; there is none where there are not two."""
    before, after = _two(cycle_id, comparable(cycle_id, current_place()))
    if before is None or after is None:
        return csv_answer("reports.csv", HEADINGS, ())
    name = f"report-{before.snapshot.number}-to-{after.snapshot.number}.csv"
    return csv_answer(name, HEADINGS, lines_of(comparison_of(before, after)))


def _two(cycle_id: uuid.UUID, offered: list[Report]) -> tuple[Report | None, Report | None]:
    return pair_of(offered, _asked(cycle_id, "from"), _asked(cycle_id, "to"))


def _asked(cycle_id: uuid.UUID, name: str) -> Report | None:
    """Return the report that the address names; 404 where it is none, or not theirs to read."""
    value = request.args.get(name, "")
    if not value:
        return None
    try:
        report_id = uuid.UUID(value)
    except ValueError:
        abort(404)
    return readable(cycle_id, report_id)
