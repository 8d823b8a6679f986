"""The room's door as the board and the projector show it: the code, its picture, who waits."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import func, select

from cycles.core.extensions import db
from workshop.joining.codes import said_code, typing_address, without_scheme
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import joiners_of
from workshop.joining.room_pages import ArrivalsPage, arrivals_page
from workshop.rooms.models import RoomState, Workshop


@dataclass(frozen=True)
class JoinCard:
    """How to come in: where to go, the code to type, and its picture to scan."""

    code: str
    address: str
    picture_href: str


def join_card(workshop: Workshop) -> JoinCard | None:
    """Return how to join a workshop, or None where no code lets anybody in."""
    code = workshop.join_code
    if code is None or workshop.state == RoomState.CLOSED:
        return None
    return JoinCard(
        code=said_code(code),
        address=without_scheme(typing_address()),
        picture_href=url_for("joining.picture", code=code),
    )


def count_waiting(workshop: Workshop) -> int:
    """Return how many wait to be let in."""
    waiting = select(func.count()).where(
        Arrival.workshop_id == workshop.id, Arrival.state == ArrivalState.WAITING
    )
    return db.session.scalar(waiting) or 0


def waiting_at(workshop: Workshop) -> ArrivalsPage | None:
    """Return who came with the code, or None where no code lets anybody in."""
    if workshop.join_code is None or not joiners_of(workshop.kind):
        return None
    return arrivals_page(workshop)
