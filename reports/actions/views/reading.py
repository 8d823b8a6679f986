"""Reading the recommendations: the list and its downloads."""

import uuid

from flask import Response

from cycles.core import clock
from cycles.core.access import Door, current_place, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page
from reports.actions.pages.listing import ActionsPage, actions_page, download_table
from reports.actions.queries import recommendations_of, sources_used
from reports.actions.suggesting import RULE, Suggestion, suggestions
from reports.actions.views import actions, framing
from reports.mapping.queries import findings


@actions.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the recommendations by group, with drafts for conveners."""
    return page("actions/index.html", page=_actions_page(cycle_id))


@actions.get("/download.<any(csv, xlsx):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send the recommendations as a table."""
    answer = csv_answer if kind == "csv" else xlsx_answer
    headings, rows = download_table(
        recommendations_of(cycle_id), with_notes=current_place().is_convener
    )
    return answer(f"actions.{kind}", headings, rows)


def drafts_of(cycle_id: uuid.UUID) -> tuple[Suggestion, ...]:
    """Return the drafts that the newest run supports and nobody added yet."""
    found = findings(cycle_id)
    return suggestions(found, sources_used(cycle_id)) if found else ()


def _actions_page(cycle_id: uuid.UUID) -> ActionsPage:
    may_change = framing.may_change(cycle_id)
    return actions_page(
        cycle_id,
        recommendations_of(cycle_id),
        drafts_of(cycle_id) if may_change else (),
        frame=framing.frame(cycle_id),
        rule=RULE,
        may_change=may_change,
        today=clock.now().astimezone(clock.LONDON).date(),
    )
