"""Who has not finished in a round. Never what anybody answered, nor how much.

The way from a person to their seat goes through the cycle's key, as on the facilitator's board;
once that is destroyed nobody can tell, and nobody is reminded.
"""

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select

from cycles.core.extensions import db
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import Assignment, FinishedBallot, Panellist, Rating
from workshop.rooms.models import Round, RoundItem


def unfinished_among(round_: Round, participants: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these neither said that they have finished nor answered everything."""
    key = find_key(round_.cycle_id)
    if key is None:
        return set()
    links = {link_of(key, one): one for one in participants}
    seats = _seats(links)
    finished = _finished(round_.id, seats)
    return {one for link, one in links.items() if seats.get(link) not in finished}


def _seats(links: Iterable[str]) -> dict[str, uuid.UUID]:
    rows = db.session.execute(
        select(Panellist.link, Panellist.id).where(Panellist.link.in_(list(links)))
    )
    return {link: seat for link, seat in rows if link is not None}


def _finished(round_id: uuid.UUID, seats: dict[str, uuid.UUID]) -> set[uuid.UUID | None]:
    ids = list(seats.values())
    said = db.session.scalars(
        select(FinishedBallot.panellist_id).where(
            FinishedBallot.round_id == round_id, FinishedBallot.panellist_id.in_(ids)
        )
    )
    answered, asked = _answered(round_id, ids), _asked(round_id, ids)
    return {*said, *(one for one in ids if answered.get(one, 0) >= asked[one])}


def _answered(round_id: uuid.UUID, seats: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = db.session.execute(
        select(Rating.panellist_id, func.count())
        .where(Rating.round_id == round_id, Rating.panellist_id.in_(seats))
        .group_by(Rating.panellist_id)
    )
    return dict(rows.all())


def _asked(round_id: uuid.UUID, seats: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how many items each seat is asked: those assigned to it, where any are assigned."""
    rows = db.session.execute(
        select(Assignment.panellist_id, func.count())
        .where(Assignment.round_id == round_id)
        .group_by(Assignment.panellist_id)
    )
    assigned = dict(rows.all())
    if assigned:
        return {seat: assigned.get(seat, 0) for seat in seats}
    everything = db.session.scalar(
        select(func.count()).select_from(RoundItem).where(RoundItem.round_id == round_id)
    )
    return dict.fromkeys(seats, everything or 0)
