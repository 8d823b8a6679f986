"""The pages of a ballot. They work without scripts: one form an area, one button."""

import uuid
from http import HTTPStatus

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
from workshop.ballot.contexts import finish_page, start_page, stopped_page, tasks_page
from workshop.ballot.models import Panellist
from workshop.ballot.own_pages import answered_workshops
from workshop.ballot.queries import find_seat, rounds_under_way
from workshop.ballot.saving import KEEP, save_sheet, with_kept
from workshop.ballot.sheets import Sheet
from workshop.ballot.views import ballot
from workshop.rooms.assigning import assign_late_seat
from workshop.rooms.models import RoomState, Round, WorkshopKind
from workshop.rooms.scales import rates_in


def own_seat() -> Panellist:
    """Return the seat of the person who asks, taken now if they have none."""
    place = current_place()
    return take_seat(
        cycle_id=place.cycle_id, participant_id=place.participant_id, group=Group(place.group)
    )


def own_seat_id() -> uuid.UUID | None:
    """Return the id of the seat of the person who asks, or None while they have none."""
    place = current_place()
    return find_seat(place.cycle_id, place.participant_id)


def own_kinds() -> tuple[WorkshopKind, ...]:
    """Return the kinds of workshop in which the person who asks rates."""
    group = Group(current_place().group)
    return tuple(kind for kind in WorkshopKind if rates_in(group, kind))


def own_round(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Round:
    """Return the round, or answer 404 when it is not for the group of the person who asks."""
    round_ = load(Round, cycle_id, round_id)
    if round_.workshop.kind not in own_kinds():
        abort(404)
    return round_


def _own_booth(round_: Round) -> Booth:
    return read_booth(round_, current_place().participant_id)


@ballot.get("/")
@opens_to(Door.RATER)
def start(cycle_id: uuid.UUID) -> Response:
    """Go to the round under way; say so when there is none, or let the person choose."""
    booths = [_own_booth(round_) for round_ in rounds_under_way(cycle_id, own_kinds())]
    if len(booths) == 1:
        return see_other(booths[0].href("tasks"))
    answered = answered_workshops(cycle_id, own_seat_id())
    return page("ballot/start.html", page=start_page(booths, answered))


@ballot.route("/rounds/<uuid:round_id>", methods=["GET", "POST"])
@opens_to(Door.RATER)
def tasks(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Show the task list of a round; give whoever came late their share of the questions."""
    round_ = own_round(cycle_id, round_id)
    if round_.state != RoomState.OPEN:
        return page("ballot/stopped.html", page=stopped_page(round_))
    booth = _own_booth(round_)
    if request.method == "POST":
        assign_late_seat(round_, own_seat())
        db.session.commit()
        return see_other(booth.href("tasks"))
    return page("ballot/tasks.html", page=tasks_page(booth))


@ballot.route("/rounds/<uuid:round_id>/areas/<int:number>", methods=["GET", "POST"])
@opens_to(Door.RATER)
def area(cycle_id: uuid.UUID, round_id: uuid.UUID, number: int) -> Response:
    """Show one area's questions; save them all and go on to the next."""
    booth = _own_booth(own_round(cycle_id, round_id))
    sheet = next((one for one in booth.sheets if one.number == number), None) or abort(404)
    if request.method == "POST":
        return _save(booth, sheet)
    if booth.round.state != RoomState.OPEN:
        return page("ballot/stopped.html", page=stopped_page(booth.round))
    return page("ballot/area.html", page=sheet_page(booth, sheet))


def _save(booth: Booth, sheet: Sheet) -> Response:
    posted = with_kept(request.form.to_dict())
    round_ = booth.round
    try:
        save_sheet(round_=round_, sheet=sheet, panellist=own_seat(), posted=posted)
    except Closed:
        db.session.rollback()
        stopped = stopped_page(round_, sheet, posted)
        status = HTTPStatus.LOCKED if stopped.is_paused else HTTPStatus.CONFLICT
        return page("ballot/stopped.html", status, page=stopped)
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
@opens_to(Door.RATER)
def finish(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Say that one has finished. Answers may still change until the round closes."""
    booth = _own_booth(own_round(cycle_id, round_id))
    if booth.round.state != RoomState.OPEN and request.method == "GET":
        return page("ballot/stopped.html", page=stopped_page(booth.round))
    if request.method == "POST":
        finish_ballot(round_id=round_id, panellist=own_seat())
        db.session.commit()
        return see_other(booth.href("finish"))
    return page("ballot/finish.html", page=finish_page(booth))
