"""The progress of all actions, for conveners and sponsors: the page and its downloads."""

import uuid

from flask import Response

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page
from cycles.setup.pages.words import day_words
from reports.actions.history import changes_of
from reports.actions.moving import last_heard, moves_since
from reports.actions.pages.progress import progress_page, progress_table
from reports.actions.queries import recommendations_of
from reports.actions.reminding.planning import day_of
from reports.actions.reminding.queries import last_reminded
from reports.actions.views import actions, framing
from reports.document.queries import reports_of


@actions.get("/progress")
@opens_to(Door.SPONSOR_OR_CONVENER)
def progress(cycle_id: uuid.UUID) -> Response:
    """Show how far the actions have come, and what moved since the last published report."""
    rows, changes = recommendations_of(cycle_id), changes_of(cycle_id)
    published = reports_of(cycle_id, published_only=True)
    since = published[0].snapshot.created_at if published else None
    context = progress_page(
        cycle_id,
        rows,
        moves_since(rows, changes, since),
        frame=framing.frame(cycle_id),
        since=day_words(day_of(since)) if since else "",
        heard=last_heard(changes),
        today=day_of(clock.now()),
    )
    return page("actions/progress.html", page=context)


@actions.get("/progress.<any(csv, xlsx):kind>")
@opens_to(Door.SPONSOR_OR_CONVENER)
def download_progress(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send the progress as a table."""
    answer = csv_answer if kind == "csv" else xlsx_answer
    headings, rows = progress_table(
        recommendations_of(cycle_id),
        heard=last_heard(changes_of(cycle_id)),
        reminded=last_reminded(cycle_id),
        today=day_of(clock.now()),
    )
    return answer(f"progress.{kind}", headings, rows)
