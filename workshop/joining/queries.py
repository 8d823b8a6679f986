"""What is asked of rooms and of those who came with a code. Reads only."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from cycles.accounts.tokens import hash_of
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import Cycle
from workshop.joining.codes import tidy_code
from workshop.joining.models import Arrival, ArrivalState
from workshop.rooms.models import RoomState, Workshop, WorkshopKind
from workshop.rooms.scales import RATERS

JOINERS = {
    **RATERS,
    WorkshopKind.CAPTURE: (Group.TECHNOLOGIST,),
    WorkshopKind.KSB: (Group.EDUCATOR,),
}
"""The groups that a room code lets in, by kind of workshop.

Ratification has none: members of the panel are chosen and come with links of their own.
"""


@dataclass(frozen=True)
class Room:
    """A workshop whose code lets people in, with its cycle."""

    workshop: Workshop
    cycle: Cycle


@dataclass(frozen=True)
class Arrivals:
    """Who came with the code of a workshop, each list in the order they came."""

    waiting: tuple[Arrival, ...]
    came_in: tuple[Arrival, ...]
    turned_away: tuple[Arrival, ...]

    @property
    def everybody(self) -> tuple[Arrival, ...]:
        """Return all of them."""
        return (*self.waiting, *self.came_in, *self.turned_away)


def joiners_of(kind: WorkshopKind) -> tuple[Group, ...]:
    """Return the groups that may join a workshop of this kind with a code."""
    return JOINERS.get(kind, ())


def room_of(code: str) -> Room | None:
    """Return the room that a typed code opens, or None while it opens none."""
    return _room(Workshop.join_code == tidy_code(code))


def room_of_workshop(workshop_id: uuid.UUID) -> Room | None:
    """Return the room of a workshop while people may come in, whatever its code is now."""
    return _room(Workshop.id == workshop_id)


def _room(where: ColumnElement[bool]) -> Room | None:
    found = db.session.execute(
        select(Workshop, Cycle)
        .join(Cycle, Cycle.id == Workshop.cycle_id)
        .where(
            where,
            Workshop.state != RoomState.CLOSED,
            Cycle.archived_at.is_(None),
            Cycle.sealed_at.is_(None),
        )
    ).one_or_none()
    return None if found is None else Room(found[0], found[1])


def arrival_by_token(token: str) -> Arrival | None:
    """Return the arrival that a device's token stands for."""
    return db.session.scalar(select(Arrival).where(Arrival.token_hash == hash_of(token)))


def arrivals_of(workshop: Workshop) -> Arrivals:
    """Return who came with the workshop's code: who waits, who came in, who was turned away."""
    found = list(
        db.session.scalars(
            select(Arrival)
            .where(Arrival.workshop_id == workshop.id)
            .order_by(Arrival.asked_at, Arrival.id)
        )
    )
    return Arrivals(*(tuple(one for one in found if one.state == state) for state in ArrivalState))
