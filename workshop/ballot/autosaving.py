"""Saving one answer the short way: few statements, each put together once.

Nearly every request of an open round comes here. What it does not know how to do, it leaves to
``commands`` and says so: a seat that is not taken yet, a refusal, an answer that is not the newest.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import Select, Uuid, bindparam, case, func, select

from consensus.scale import NO_CODE
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.setup.models import RuleCard
from workshop.ballot.answering import NOT_ASKED, keep_answer
from workshop.ballot.commands import check_answer
from workshop.ballot.letters import ASIDES, Given
from workshop.ballot.links import find_key, link_of
from workshop.ballot.live import counts_of_pending, is_due
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
    is_real_time: bool


@dataclass(frozen=True)
class Sent:
    """An answer as a browser sent it."""

    cycle_id: uuid.UUID
    round_id: uuid.UUID
    item_id: uuid.UUID
    letter: str
    seq: int


def link_to_seat(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> str | None:
    """Return what the participant's seat is found by, or None in a cycle without a key."""
    key = find_key(cycle_id)
    return None if key is None else link_of(key, participant_id)


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


def standing(*, round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID) -> Standing:
    """Return how far the panellist is in the round, and whether the item's live numbers move."""
    given = {"round_id": round_id, "item_id": item_id, "panellist_id": panellist_id}
    row = db.session.connection().execute(_STANDING, given).one()
    return Standing(
        answered=row.answered,
        asked=row.asked,
        is_due=is_due(row.pending, row.rated, row.minimum_n),
        is_real_time=row.mode == Mode.REAL_TIME,
    )


def _standing() -> Select[int, int, int, int, int, Mode]:
    round_id, item_id, panellist_id = (
        bindparam(name, type_=Uuid()) for name in ("round_id", "item_id", "panellist_id")
    )
    count = select(func.count())
    answered = count.where(Rating.round_id == round_id, Rating.panellist_id == panellist_id)
    all_items = count.where(RoundItem.round_id == round_id)
    own_items = count.where(
        Assignment.round_id == round_id, Assignment.panellist_id == panellist_id
    )
    pending, rated = counts_of_pending(round_id, item_id)
    asked = case(
        (Workshop.raters_per_item.is_(None), all_items.scalar_subquery()),
        else_=own_items.scalar_subquery(),
    )
    return (
        select(
            answered.scalar_subquery().label("answered"),
            asked.label("asked"),
            pending.label("pending"),
            rated.label("rated"),
            RuleCard.minimum_n,
            Workshop.mode,
        )
        .select_from(Round)
        .join(Workshop, Workshop.id == Round.workshop_id)
        .join(RuleCard, RuleCard.cycle_id == Round.cycle_id)
        .where(Round.id == round_id)
    )


_STANDING = _standing()
