"""The one statement that keeps an answer, and why an answer is not kept.

What an answer may be and who gives it is in ``commands``; what the group sees of it in ``live``.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from consensus.scale import NO_CODE
from cycles.core.errors import Closed, Invalid, Missing, Paused
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import RuleCard
from workshop.ballot.models import Assignment, Panellist, Rating
from workshop.rooms.models import (
    Mode,
    RoomState,
    Round,
    RoundItem,
    ScaleName,
    Workshop,
    WorkshopKind,
)
from workshop.rooms.scales import RATERS, SCALES, rates_in

NOT_ASKED = "That question is not asked in this round."
_ROUND_ID, _ITEM_ID = (bindparam(name, type_=Uuid()) for name in ("round_id", "item_id"))
OFF_SCALE = "That answer is not on the scale. Reload the page and answer again."


@dataclass(frozen=True)
class Asking:
    """How a round asks. All of it is fixed when the round opens."""

    cycle_id: uuid.UUID
    kind: WorkshopKind
    scale: ScaleName
    is_shared_out: bool
    is_real_time: bool
    items: int
    minimum_n: int


@lru_cache(maxsize=64)
def asking_of(round_id: uuid.UUID) -> Asking:
    """Return how a round asks; raise ``Missing``. Remembered: every save needs it."""
    items = select(func.count()).where(RoundItem.round_id == round_id).scalar_subquery()
    row = db.session.execute(
        select(
            Round.cycle_id,
            Workshop.kind,
            Round.scale,
            Workshop.raters_per_item.is_not(None),
            Workshop.mode == Mode.REAL_TIME,
            items,
            RuleCard.minimum_n,
        )
        .join(Workshop, Workshop.id == Round.workshop_id)
        .join(RuleCard, RuleCard.cycle_id == Round.cycle_id)
        .where(Round.id == round_id)
    ).first()
    if row is None:
        raise Missing(NOT_ASKED)
    return Asking(*row)


@dataclass(frozen=True)
class Kept:
    """An answer that was written: its seat, and what else there is, this answer left out.

    ``shown_code`` is what the live numbers hold of it. Of the seat, ``answered`` counts the other
    answers in the round; of the item, ``pending`` and ``rated`` count the other seats' answers
    that the live numbers lack and that have a code.
    """

    panellist_id: uuid.UUID
    shown_code: int | None
    answered: int
    pending: int
    rated: int


def keep_answer(facts: dict[str, Any], *, link: str | None = None) -> Kept | None:
    """Write an answer if its round is open, asks it of this seat, and has none as new.

    ``facts`` are the columns of ``Rating``; with ``link`` the seat is found by it and
    ``panellist_id`` is not among them. Returns None when nothing was written. Raises ``Missing``
    for no round at all and ``Invalid`` for a code beyond its scale.
    """
    asking = asking_of(facts["round_id"])
    if facts["code"] >= SCALES[asking.scale].size:
        raise Invalid(OFF_SCALE)
    connection = db.session.connection()
    by = Panellist.id.name if link is None else Panellist.link.name
    statement = _keeping(connection.dialect.name, by, asking.kind, asking.is_shared_out)
    given = facts if link is None else {**facts, "link": link}
    # Straight on the connection: the unit of work would look for a row to load.
    row = connection.execute(statement, given).first()
    return None if row is None else Kept(*row)


@cache
def _keeping(dialect: str, by: str, kind: WorkshopKind, is_shared_out: bool) -> Insert:
    """Return the statement for a kind of round, put together once: every single answer runs it."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    names = ["round_id", "item_id", "panellist_id", "cycle_id", "answer", "code", "seq"]
    asked = _asked_while_open(by, kind)
    if is_shared_out:
        asked = asked.where(_is_assigned())
    adding = insert(Rating).from_select(names, asked)
    return adding.on_conflict_do_update(
        index_elements=["round_id", "item_id", "panellist_id"],
        set_={name: adding.excluded[name] for name in ("answer", "code", "seq")},
        where=adding.excluded.seq > Rating.seq,
    ).returning(Rating.panellist_id, Rating.shown_code, *_counts_beside(by))


def _counts_beside(by: str) -> Iterator[ScalarSelect[int]]:
    """Count the seat's other answers and the item's other seats, in the statement that writes.

    Whether a database counts the row just written differs, so it is left out of every count.
    """
    other = aliased(Rating)
    seat = select(Panellist.id).where(_seat(by)).scalar_subquery()
    in_round = select(func.count()).where(other.round_id == _ROUND_ID)
    yield in_round.where(other.panellist_id == seat, other.item_id != _ITEM_ID).scalar_subquery()
    beside = in_round.where(other.item_id == _ITEM_ID, other.panellist_id != seat)
    # "Can't judge" counts for nobody, so it is no change from having said nothing.
    yield beside.where(func.coalesce(other.shown_code, NO_CODE) != other.code).scalar_subquery()
    yield beside.where(other.code > NO_CODE).scalar_subquery()


def _seat(by: str) -> ColumnElement[bool]:
    """Find the seat; a link is made with the key of one cycle, and is of no seat of another."""
    if by == Panellist.link.name:
        return Panellist.link == bindparam("link", type_=Panellist.link.type)
    is_ours = Panellist.cycle_id == bindparam("cycle_id", type_=Uuid())
    return and_(Panellist.id == bindparam("panellist_id", type_=Uuid()), is_ours)


def _asked_while_open(by: str, kind: WorkshopKind) -> Select[*tuple[Any, ...]]:
    """Select the rating's row if, and only if, the round is open and asks the item of the seat.

    PostgreSQL's share lock makes a closing wait for this write, or this write for the closing.
    """
    given = (
        bindparam(column.key, type_=column.type)
        for column in (Rating.answer, Rating.code, Rating.seq)
    )
    return (
        select(RoundItem.round_id, RoundItem.item_id, Panellist.id, Round.cycle_id, *given)
        .join(Round, Round.id == RoundItem.round_id)
        .join(Panellist, _seat(by))
        .where(
            RoundItem.round_id == _ROUND_ID,
            RoundItem.item_id == _ITEM_ID,
            Round.cycle_id == bindparam("cycle_id", type_=Uuid()),
            Round.state == RoomState.OPEN,
            or_(*(Panellist.group == group for group in RATERS[kind])),
        )
        .with_for_update(read=True, of=Round)
    )


def _is_assigned() -> ColumnElement[bool]:
    """Return the condition that the item is asked of this seat, where not all are asked all."""
    return (
        select(Assignment.item_id)
        .where(
            Assignment.round_id == RoundItem.round_id,
            Assignment.panellist_id == Panellist.id,
            Assignment.item_id == RoundItem.item_id,
        )
        .exists()
    )


def hold_open(
    *,
    round_id: uuid.UUID,
    cycle_id: uuid.UUID,
    item_id: uuid.UUID | None = None,
    panellist_id: uuid.UUID | None = None,
) -> None:
    """Keep the round from closing until this transaction ends.

    Raises ``Missing`` when this cycle has no such round, when the round does not ask the item, or
    not of this panellist; ``Paused`` and ``Closed`` while it takes no answers.
    """
    held = db.session.execute(_held(round_id, cycle_id, item_id)).first()
    if held is None or (item_id is not None and held.item_id is None):
        raise Missing(NOT_ASKED)
    if panellist_id is not None:
        _require_asked_of(held, round_id, item_id, panellist_id)
    if held.state == RoomState.PAUSED:
        raise Paused(f"Round {held.number} is paused, so this was not saved yet.")
    if held.state != RoomState.OPEN:
        raise Closed(f"Round {held.number} has closed, so this was not saved.")


def _held(
    round_id: uuid.UUID, cycle_id: uuid.UUID, item_id: uuid.UUID | None
) -> Select[*tuple[Any, ...]]:
    asked = and_(RoundItem.round_id == Round.id, RoundItem.item_id == item_id)
    return (
        select(
            Round.number,
            Round.state,
            Workshop.kind,
            Workshop.raters_per_item.is_not(None).label("is_assigning"),
            RoundItem.item_id,
        )
        .join(Workshop, Workshop.id == Round.workshop_id)
        .outerjoin(RoundItem, asked)
        .where(Round.id == round_id, Round.cycle_id == cycle_id)
        .with_for_update(read=True, of=Round)
    )


def _require_asked_of(
    held: Row[Any], round_id: uuid.UUID, item_id: uuid.UUID | None, panellist_id: uuid.UUID
) -> None:
    seat = select(Panellist.group).where(Panellist.id == panellist_id)
    if not _may_rate(db.session.scalar(seat), held.kind):
        raise Missing(NOT_ASKED)
    if held.is_assigning and item_id is not None:
        own = db.session.get(Assignment, (round_id, panellist_id, item_id))
        if own is None:
            raise Missing(NOT_ASKED)


def _may_rate(group: Group | None, kind: WorkshopKind) -> bool:
    return group is not None and rates_in(group, kind)
