"""Saving one answer the short way: few statements, each put together once.

Nearly every request of an open round comes here. What it does not know how to do, it leaves to
``commands`` and says so: a seat that is not taken yet, a refusal, an answer that is not the newest.
"""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Uuid, bindparam, func, select

from consensus.scale import NO_CODE
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.setup.models import RuleCard
from workshop.ballot.answering import NOT_ASKED, keep_answer
from workshop.ballot.commands import check_answer
from workshop.ballot.letters import ASIDES, Given
from workshop.ballot.live import IS_PENDING, is_due
from workshop.ballot.models import Answer, Assignment, Rating
from workshop.rooms.models import Mode, Round, RoundItem, ScaleName, Workshop
from workshop.rooms.scales import SCALES

# No letter stands on two scales, so a letter says which scale it was chosen on.
_SCALE_OF = {letter: scale.name for scale in SCALES.values() for letter in scale.letters}


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


def keep_sent(sent: Sent, link: str) -> uuid.UUID | None:
    """Keep an answer as ``commands.rate`` does; return the seat, or None when it was not kept.

    Why not is for ``commands`` to find out. Raises ``Invalid`` for what is on no scale.
    """
    scale = _SCALE_OF.get(sent.letter)
    given = _read(sent.letter, scale)
    if given is None:
        return None
    check_answer(given.answer, given.code, sent.seq)
    facts = {
        "round_id": sent.round_id,
        "item_id": sent.item_id,
        "cycle_id": sent.cycle_id,
        "answer": given.answer,
        "code": given.code,
        "seq": sent.seq,
    }
    return keep_answer(facts, link=link, scale=scale)


def _read(letter: str, scale: ScaleName | None) -> Given | None:
    if scale is not None:
        return Given(Answer.RATED, SCALES[scale].letters.index(letter))
    return Given(ASIDES[letter], NO_CODE) if letter in ASIDES else None


def scale_of(sent: Sent) -> ScaleName:
    """Return the scale of the round that an answer was sent to. Raises ``Missing``."""
    found = db.session.scalar(
        select(Round.scale).where(Round.id == sent.round_id, Round.cycle_id == sent.cycle_id)
    )
    if found is None:
        raise Missing(NOT_ASKED)
    return found


@dataclass(frozen=True)
class _Asking:
    """What does not change while a round is open: asked once a process and remembered."""

    asked: int
    is_shared_out: bool
    minimum_n: int
    is_real_time: bool


@lru_cache(maxsize=64)
def _asking(round_id: uuid.UUID) -> _Asking:
    """Return how a round asks. Its items, its rules and its mode are fixed when it opens."""
    count = select(func.count()).where(RoundItem.round_id == round_id).scalar_subquery()
    row = db.session.execute(
        select(count, Workshop.raters_per_item, RuleCard.minimum_n, Workshop.mode)
        .select_from(Round)
        .join(Workshop, Workshop.id == Round.workshop_id)
        .join(RuleCard, RuleCard.cycle_id == Round.cycle_id)
        .where(Round.id == round_id)
    ).one()
    return _Asking(row[0], row[1] is not None, row[2], row[3] == Mode.REAL_TIME)


def standing(*, round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID) -> Standing:
    """Return how far the panellist is in the round, and whether the item's live numbers move."""
    asking = _asking(round_id)
    given = {"round_id": round_id, "item_id": item_id, "panellist_id": panellist_id}
    connection = db.session.connection()
    answered, pending, rated = connection.execute(_STANDING, given).one()
    asked = asking.asked
    if asking.is_shared_out:
        asked = connection.execute(_SHARE, given).scalar_one()
    return Standing(
        answered=answered,
        asked=asked,
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
