"""Saving one answer the short way: few statements, each put together once.

Nearly every request of an open round comes here. What it does not know how to do, it leaves to
``commands`` and says so: a seat that is not taken yet, a refusal, an answer that is not the newest.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, func, select

from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.answering import asking_of, keep_answer
from workshop.ballot.commands import check_answer
from workshop.ballot.letters import read_letter
from workshop.ballot.live import IS_PENDING, is_due
from workshop.ballot.models import Assignment, Rating


@dataclass(frozen=True)
class Standing:
    """How far a ballot is after an answer was kept, and what the item's live numbers are due."""

    answered: int
    asked: int
    is_due: bool
    minimum_n: int
    is_real_time: bool


@dataclass(frozen=True)
class Sent:
    """An answer as a browser sent it."""

    cycle_id: uuid.UUID
    round_id: uuid.UUID
    item_id: uuid.UUID
    letter: str
    seq: int


def keep_sent(sent: Sent, link: str) -> Standing | None:
    """Keep an answer as ``commands.rate`` does; return how all stands, or None if it is not kept.

    Why not is for ``commands`` to find out. Raises ``Missing`` for no such round, and ``Invalid``
    for what is not on its scale.
    """
    given = read_letter(sent.letter, asking_of(sent.round_id).scale)
    check_answer(given.answer, given.code, sent.seq)
    facts = {
        "round_id": sent.round_id,
        "item_id": sent.item_id,
        "cycle_id": sent.cycle_id,
        "answer": given.answer,
        "code": given.code,
        "seq": sent.seq,
    }
    kept = keep_answer(facts, link=link)
    if kept is None:
        return None
    is_pending = given.code != (NO_CODE if kept.shown_code is None else kept.shown_code)
    return _standing(
        sent.round_id,
        kept.panellist_id,
        kept.answered + 1,
        kept.pending + is_pending,
        kept.rated + (given.code > NO_CODE),
    )


def standing(*, round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID) -> Standing:
    """Return how far the panellist is in the round, and whether the item's live numbers move."""
    given = {"round_id": round_id, "item_id": item_id, "panellist_id": panellist_id}
    row = db.session.connection().execute(_STANDING, given).one()
    return _standing(round_id, panellist_id, *row)


def _standing(
    round_id: uuid.UUID, panellist_id: uuid.UUID, answered: int, pending: int, rated: int
) -> Standing:
    asking, asked = asking_of(round_id), 0
    if asking.is_shared_out:
        given = {"round_id": round_id, "panellist_id": panellist_id}
        asked = db.session.connection().execute(_SHARE, given).scalar_one()
    return Standing(
        answered=answered,
        asked=asked if asking.is_shared_out else asking.items,
        is_due=is_due(pending, rated, asking.minimum_n),
        minimum_n=asking.minimum_n,
        is_real_time=asking.is_real_time,
    )


_ROUND, _ITEM, _SEAT = (
    bindparam(name, type_=Uuid()) for name in ("round_id", "item_id", "panellist_id")
)
_SHARE = select(func.count()).where(Assignment.round_id == _ROUND, Assignment.panellist_id == _SEAT)
_STANDING = select(
    select(func.count())
    .where(Rating.round_id == _ROUND, Rating.panellist_id == _SEAT)
    .scalar_subquery(),
    func.count().filter(IS_PENDING),
    func.count().filter(Rating.code > NO_CODE),
).where(Rating.round_id == _ROUND, Rating.item_id == _ITEM)
