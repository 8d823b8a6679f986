"""What people do with reports: have one drawn up, sign it off. Publishing has a page of its own."""

import uuid
from collections.abc import Callable

from flask import flash, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.pages import see_other
from cycles.people.models import Participant
from cycles.setup.queries import get_cycle
from reports.document import commands
from reports.document.files.commands import ask_for_files
from reports.document.models import Report
from reports.document.views import report


@report.post("")
@opens_to(Door.CONVENER)
def take(cycle_id: uuid.UUID) -> Response:
    """Take a snapshot and have it drawn up."""
    cycle, actor, moment = get_cycle(cycle_id), current_actor(), clock.now()

    def draw_up() -> None:
        snapshot = commands.take_snapshot(cycle=cycle, actor=actor, moment=moment)
        commands.ask_for_report(snapshot=snapshot, actor=actor, moment=moment)

    return _change(cycle_id, draw_up, "The snapshot is taken. The report is being drawn up.")


@report.post("/<uuid:report_id>/again")
@opens_to(Door.CONVENER)
def again(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Draw a report up again whose rendering failed."""
    row = load(Report, cycle_id, report_id)
    return _change(
        cycle_id,
        lambda: commands.ask_again(report=row, actor=current_actor(), moment=clock.now()),
        "The report is being drawn up again.",
    )


@report.post("/<uuid:report_id>/files")
@opens_to(Door.CONVENER)
def draw_missing(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Draw up the files that a report lacks."""
    row = load(Report, cycle_id, report_id)
    return _change(
        cycle_id,
        lambda: ask_for_files(report=row, actor=current_actor(), moment=clock.now()),
        "The missing files are being drawn up.",
    )


@report.post("/<uuid:report_id>/sign-off")
@opens_to(Door.SPONSOR)
def sign_off(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Sign a published report off, as a sponsor."""
    row = load(Report, cycle_id, report_id)
    participant = load(Participant, cycle_id, current_place().participant_id)
    return _change(
        cycle_id,
        lambda: commands.sign_off(
            report=row, participant=participant, actor=current_actor(), moment=clock.now()
        ),
        "You have signed the report off.",
    )


def _change(cycle_id: uuid.UUID, command: Callable[[], None], message: str) -> Response:
    """Carry a command out and go back to the list, which says what was done or why not."""
    try:
        command()
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        flash(message, "success")
        db.session.commit()
    return see_other(url_for("report.index", cycle_id=cycle_id))
