"""What an open round comes to while it goes on, in steps of three raters at least.

While a round is open nobody sees its raw counts, the facilitator included. What people see is
``Rating.shown_code``: an item's are brought up to date only when the answers of three raters or
more have changed and enough have rated, so that no two states that were shown differ by what one
or two people said. When the round has closed its frozen verdicts take over.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update

from consensus.scale import NO_CODE
from cycles.core.extensions import db
from cycles.setup.models import RuleCard
from workshop.ballot.models import Rating
from workshop.rooms.disclosure import Shown, may_show, shown
from workshop.rooms.models import Round, RoundItem
from workshop.rooms.scales import SCALES

BATCH = 3
"""How many raters' answers must have changed before the live numbers of an item move."""

# "Can't judge" counts for nobody, so it is no change from having said nothing.
IS_PENDING = func.coalesce(Rating.shown_code, NO_CODE) != Rating.code


@dataclass(frozen=True)
class _Asked:
    """The round that live numbers are of: its smallest panel, and how many codes it has."""

    minimum_n: int
    size: int


def publish_if_due(*, round_id: uuid.UUID, item_id: uuid.UUID) -> bool:
    """Bring the live numbers of an item up to date if enough has changed; say whether they moved.

    Call it when a transaction has written all its answers, last before its commit: it waits for
    no other transaction, and nothing may wait behind the rows that it holds.
    """
    asked = _asked(round_id)
    if asked is None or not _is_due(round_id, item_id, asked.minimum_n):
        return False
    one = (RoundItem.round_id == round_id, RoundItem.item_id == item_id)
    mine = select(RoundItem.item_id).where(*one).with_for_update(skip_locked=True)
    if db.session.scalar(mine) is None:
        return False  # another transaction is at it; what it does not see yet waits for the next
    # PostgreSQL: look again under the lock, and leave answers alone that are changing right now.
    if not _is_due(round_id, item_id, asked.minimum_n):
        return False
    ready = select(Rating.panellist_id).where(*_of(round_id, item_id), IS_PENDING)
    seats = db.session.scalars(ready.with_for_update(skip_locked=True)).all()
    if len(seats) < BATCH:
        return False
    connection = db.session.connection()
    connection.execute(
        update(Rating)
        .where(*_of(round_id, item_id), Rating.panellist_id.in_(seats))
        .values(shown_code=Rating.code)
    )
    connection.execute(update(RoundItem).where(*one).values(batches=RoundItem.batches + 1))
    return True


def counts_of_pending(
    round_id: ColumnElement[uuid.UUID], item_id: ColumnElement[uuid.UUID]
) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return how many answers to an item the live numbers lack, and how many have a code."""
    of_item = (Rating.round_id == round_id, Rating.item_id == item_id)
    pending, rated = (
        select(func.count()).where(*of_item, which).scalar_subquery()
        for which in (IS_PENDING, Rating.code > NO_CODE)
    )
    return pending, rated


def _of(round_id: uuid.UUID, item_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return Rating.round_id == round_id, Rating.item_id == item_id


def _is_due(round_id: uuid.UUID, item_id: uuid.UUID, minimum_n: int) -> bool:
    pending, rated = db.session.execute(
        select(
            func.count().filter(IS_PENDING),
            func.count().filter(Rating.code > NO_CODE),
        ).where(*_of(round_id, item_id))
    ).one()
    return is_due(pending, rated, minimum_n)


def is_due(pending: int, rated: int, minimum_n: int) -> bool:
    """Say whether live numbers move: enough answers changed, and enough people would be in them.

    A state with too few raters is never taken up, not even unseen: the one shown before it and
    the one after it might differ by a single answer.
    """
    return pending >= BATCH and may_show(rated, minimum_n)


def live_counts(round_id: uuid.UUID) -> dict[uuid.UUID, tuple[int, ...]]:
    """Return the live counts of each code, of the items that enough people rated. No others."""
    asked = _asked(round_id)
    if asked is None:
        return {}
    found = _tally(_shown_counts().where(Rating.round_id == round_id), asked.size)
    gated = {item_id: shown(counts, asked.minimum_n) for item_id, counts in found.items()}
    return {item_id: one.counts for item_id, one in gated.items() if one.counts is not None}


def live_result(round_id: uuid.UUID, item_id: uuid.UUID) -> Shown:
    """Return the live counts of one item, or the sentence in their place."""
    asked = _asked(round_id)
    size, minimum_n = (asked.size, asked.minimum_n) if asked else (0, 0)
    found = _tally(_shown_counts().where(*_of(round_id, item_id)), size)
    return shown(found.get(item_id, ()), minimum_n)


def live_version(round_id: uuid.UUID) -> int:
    """Return a number that grows whenever the live counts of a round move. Cheap to ask."""
    moved = select(func.coalesce(func.sum(RoundItem.batches), 0))
    return db.session.scalar(moved.where(RoundItem.round_id == round_id)) or 0


def _asked(round_id: uuid.UUID) -> _Asked | None:
    row = db.session.execute(
        select(RuleCard.minimum_n, Round.scale)
        .join(Round, Round.cycle_id == RuleCard.cycle_id)
        .where(Round.id == round_id)
    ).first()
    return None if row is None else _Asked(row.minimum_n, SCALES[row.scale].size)


def _shown_counts() -> Select[*tuple[Any, ...]]:
    return (
        select(Rating.item_id, Rating.shown_code, func.count())
        .where(Rating.shown_code > NO_CODE)
        .group_by(Rating.item_id, Rating.shown_code)
        .order_by(Rating.item_id, Rating.shown_code)
    )


def _tally(rows: Select[*tuple[Any, ...]], size: int) -> dict[uuid.UUID, tuple[int, ...]]:
    found: dict[uuid.UUID, list[int]] = {}
    for item_id, code, count in db.session.execute(rows):
        found.setdefault(item_id, [0] * size)[code] = count
    return {item_id: tuple(counts) for item_id, counts in found.items()}
