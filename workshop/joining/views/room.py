"""The door as the facilitator keeps it: code, poster, open or closed, and whoever waits."""

import uuid

from flask import flash, make_response, request, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Missing
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from workshop.joining import commands
from workshop.joining.models import Arrival
from workshop.joining.room_pages import arrivals_page, poster_page, room_page
from workshop.joining.views import joining
from workshop.rooms.models import Workshop

PATH = "/cycles/<uuid:cycle_id>/workshops/<uuid:workshop_id>/room"
ONE = f"{PATH}/arrivals/<uuid:arrival_id>"


def _back(workshop: Workshop) -> Response:
    """Answer with the list of arrivals where a page shows it, else with the page of the room."""
    if htmx:
        return page("joining/_arrivals.html", page=arrivals_page(workshop, takes_focus=True))
    return see_other(url_for("joining.room", cycle_id=workshop.cycle_id, workshop_id=workshop.id))


def _arrival(workshop: Workshop, arrival_id: uuid.UUID) -> Arrival:
    arrival = load(Arrival, workshop.cycle_id, arrival_id)
    if arrival.workshop_id != workshop.id:
        raise Missing("Nobody of that name came to this workshop.")
    return arrival


@joining.get(PATH)
@opens_to(Door.CONVENER)
def room(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show the code, its picture and who has come."""
    workshop = load(Workshop, cycle_id, workshop_id)
    return page("joining/room.html", page=room_page(workshop))


@joining.get(f"{PATH}/poster")
@opens_to(Door.CONVENER)
def poster(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Show one sheet to print and hang on the door."""
    workshop = load(Workshop, cycle_id, workshop_id)
    if workshop.join_code is None:
        return _back(workshop)
    return page("joining/poster.html", page=poster_page(workshop))


@joining.get(f"{PATH}/arrivals")
@opens_to(Door.CONVENER)
def arrivals(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Answer the page that asks again who has come: nothing when nothing changed."""
    shown = arrivals_page(load(Workshop, cycle_id, workshop_id))
    if request.args.get("seen") == shown.seen:
        return make_response("", 204)
    return page("joining/_arrivals.html", page=shown)


@joining.post(f"{PATH}/code")
@opens_to(Door.CONVENER)
def renew(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Give the workshop a code, or another one."""
    workshop = load(Workshop, cycle_id, workshop_id)
    is_first = workshop.join_code is None
    give = commands.give_code if is_first else commands.renew_code
    give(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash("The room has a code." if is_first else "The room has a new code.", "success")
    return _back(workshop)


@joining.post(f"{PATH}/open")
@opens_to(Door.CONVENER)
def open_door(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Let whoever has the code come in at once."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.open_room(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _back(workshop)


@joining.post(f"{PATH}/close")
@opens_to(Door.CONVENER)
def close_door(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Ask whoever comes from now on to wait."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.close_room(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _back(workshop)


@joining.post(f"{PATH}/admit")
@opens_to(Door.CONVENER)
def admit_all(cycle_id: uuid.UUID, workshop_id: uuid.UUID) -> Response:
    """Let in everybody who waits."""
    workshop = load(Workshop, cycle_id, workshop_id)
    commands.admit_all(workshop=workshop, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _back(workshop)


@joining.post(f"{ONE}/admit")
@opens_to(Door.CONVENER)
def admit(cycle_id: uuid.UUID, workshop_id: uuid.UUID, arrival_id: uuid.UUID) -> Response:
    """Let one person in."""
    workshop = load(Workshop, cycle_id, workshop_id)
    arrival = _arrival(workshop, arrival_id)
    commands.admit(arrival=arrival, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _back(workshop)


@joining.post(f"{ONE}/turn-away")
@opens_to(Door.CONVENER)
def turn_away(cycle_id: uuid.UUID, workshop_id: uuid.UUID, arrival_id: uuid.UUID) -> Response:
    """Turn one person away; they are told to speak to the facilitator."""
    workshop = load(Workshop, cycle_id, workshop_id)
    arrival = _arrival(workshop, arrival_id)
    commands.turn_away(arrival=arrival, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return _back(workshop)
