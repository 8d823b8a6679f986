"""The pages of a ballot. They work without scripts: one form an area, one button."""

import uuid

from flask import abort, request
from werkzeug.wrappers import Response

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.people.models import Group
from workshop.ballot.area_page import sheet_page
from workshop.ballot.booth import Booth, read_booth
from workshop.ballot.commands import finish_ballot, take_seat
from workshop.ballot.contexts import closed_page, finish_page, start_page, tasks_page
from workshop.ballot.models import Panellist
from workshop.ballot.saving import KEEP, save_sheet, with_kept
from workshop.ballot.sheets import Sheet
from workshop.ballot.views import ballot
from workshop.rooms.models import RoomState, Round
from workshop.rooms.queries import open_rounds


def own_seat() -> Panellist:
    """Return the seat of the person who asks, taken now if they have none."""
    place = current_place()
    return take_seat(
        cycle_id=place.cycle_id, participant_id=place.participant_id, group=Group(place.group)
    )


def _own_booth(round_: Round) -> Booth:
    return read_booth(round_, current_place().participant_id)


@ballot.get("/")
@opens_to(Door.EMPLOYER)
def start(cycle_id: uuid.UUID) -> Response:
    """Go to the open round; say so when there is none, or let the person choose."""
    booths = [_own_booth(round_) for round_ in open_rounds(cycle_id)]
    if len(booths) == 1:
        return see_other(booths[0].href("tasks"))
    return page("ballot/start.html", page=start_page(booths))


@ballot.get("/rounds/<uuid:round_id>")
@opens_to(Door.EMPLOYER)
def tasks(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Show the task list of a round."""
    round_ = load(Round, cycle_id, round_id)
    if round_.state != RoomState.OPEN:
        return page("ballot/closed.html", page=closed_page(round_))
    return page("ballot/tasks.html", page=tasks_page(_own_booth(round_)))


@ballot.route("/rounds/<uuid:round_id>/areas/<int:number>", methods=["GET", "POST"])
@opens_to(Door.EMPLOYER)
def area(cycle_id: uuid.UUID, round_id: uuid.UUID, number: int) -> Response:
    """Show one area's questions; save them all and go on to the next."""
    booth = _own_booth(load(Round, cycle_id, round_id))
    sheet = next((one for one in booth.sheets if one.number == number), None) or abort(404)
    if request.method == "POST":
        return _save(booth, sheet)
    if booth.round.state != RoomState.OPEN:
        return page("ballot/closed.html", page=closed_page(booth.round))
    return page("ballot/area.html", page=sheet_page(booth, sheet))


def _save(booth: Booth, sheet: Sheet) -> Response:
    posted = with_kept(request.form.to_dict())
    round_ = booth.round
    try:
        save_sheet(round_id=round_.id, sheet=sheet, panellist=own_seat(), posted=posted)
    except Closed:
        db.session.rollback()
        return page("ballot/closed.html", 409, page=closed_page(round_, sheet, posted))
    except Invalid as refusal:
        db.session.rollback()
        shown = sheet_page(booth, sheet, posted=posted, problem=str(refusal))
        return page("ballot/area.html", 422, page=shown)
    db.session.commit()
    return see_other(_next(booth, sheet, posted.get(KEEP, "").partition("=")[0]))


def _next(booth: Booth, sheet: Sheet, kept: str) -> str:
    """Stay at the row whose earlier answer was kept; else go on, to the task list at the end."""
    if kept:
        rows = {cell.item_id.hex: row for row in sheet.rows for cell in row.cells}
        anchor = f"c-{rows[kept].subject_id.hex}" if kept in rows else None
        return booth.href("area", number=sheet.number, _anchor=anchor)
    if sheet.number < len(booth.sheets):
        return booth.href("area", number=sheet.number + 1)
    return booth.href("tasks")


@ballot.route("/rounds/<uuid:round_id>/finish", methods=["GET", "POST"])
@opens_to(Door.EMPLOYER)
def finish(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Say that one has finished. Answers may still change until the round closes."""
    booth = _own_booth(load(Round, cycle_id, round_id))
    if request.method == "POST":
        finish_ballot(round_id=round_id, panellist=own_seat())
        db.session.commit()
        return see_other(booth.href("finish"))
    if booth.round.state != RoomState.OPEN:
        return page("ballot/closed.html", page=closed_page(booth.round))
    return page("ballot/finish.html", page=finish_page(booth))
