"""Opening and closing rounds, and who is at the ballot while one is open."""

import uuid

from flask import flash, make_response, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from workshop.rooms.commands import close_round, open_round, pause_round, resume_round
from workshop.rooms.contexts import people as people_at
from workshop.rooms.models import RoomState, Round, Workshop
from workshop.rooms.next_actions import href_of
from workshop.rooms.views import workshops

OVER = 286  # the page shows this answer once more and stops asking


@workshops.post("/<uuid:workshop_id>/rounds")
@opens_to(Door.CONVENER)
def open_next_round(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Open the next round."""
    workshop = load(Workshop, cycle_id, workshop_id)
    opened = open_round(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"Round {opened.number} is open. Raters find it under “My ballot”.", "success")
    return see_other(href_of(workshop))


@workshops.post("/rounds/<uuid:round_id>/pause")
@opens_to(Door.CONVENER)
def pause(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Pause a round: it takes no answers until it is resumed."""
    round_ = load(Round, cycle_id, round_id)
    pause_round(round_=round_, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"Round {round_.number} is paused. It takes no answers until you resume it.", "success")
    return see_other(href_of(round_.workshop))


@workshops.post("/rounds/<uuid:round_id>/resume")
@opens_to(Door.CONVENER)
def resume(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Let a paused round take answers again."""
    round_ = load(Round, cycle_id, round_id)
    resume_round(round_=round_, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"Round {round_.number} takes answers again.", "success")
    return see_other(href_of(round_.workshop))


@workshops.route("/rounds/<uuid:round_id>/close", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def end_round(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Ask before closing a round, with how much has been answered; then close it."""
    round_ = load(Round, cycle_id, round_id)
    workshop = round_.workshop
    if request.method == "GET":
        found = people_at(round_, clock.now())
        back = href_of(workshop)
        return page("workshops/close_round.html", page=found, number=round_.number, back=back)
    close_round(round_=round_, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"Round {round_.number} is closed and its verdicts are frozen.", "success")
    return see_other(href_of(workshop, "results"))


@workshops.get("/rounds/<uuid:round_id>/people")
@opens_to(Door.CONVENER)
def people(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Answer the page that asks again who is at the ballot: nothing when nothing changed."""
    round_ = load(Round, cycle_id, round_id)
    found = people_at(round_, clock.now())
    is_over = round_.state == RoomState.CLOSED
    if not is_over and request.args.get("seen") == found.attendance.version:
        return make_response("", 204)
    status = OVER if is_over else 200
    return page("workshops/_people.html", status, page=found)
