"""The one statement that keeps an answer, and why an answer is not kept.

What an answer may be and who gives it is in ``commands``; what the group sees of it in ``live``.
"""

import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Row,
    Select,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

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


def keep_answer(facts: dict[str, Any], *, link: str | None = None) -> uuid.UUID | None:
    """Write an answer if its round is open, asks it of this seat, and has none as new.

    ``facts`` are the columns of ``Rating``; with ``link`` the seat is found by it and
    ``panellist_id`` is not among them. Returns the seat, or None when nothing was written.
    Raises ``Missing`` for no round at all and ``Invalid`` for a code beyond its scale.
    """
    asking = asking_of(facts["round_id"])
    if facts["code"] >= SCALES[asking.scale].size:
        raise Invalid(OFF_SCALE)
    connection = db.session.connection()
    by = Panellist.id.name if link is None else Panellist.link.name
    statement = _keeping(connection.dialect.name, by, asking.kind, asking.is_shared_out)
    given = facts if link is None else {**facts, "link": link}
    # Straight on the connection: the unit of work would look for a row to load.
    return connection.execute(statement, given).scalar()


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
    ).returning(Rating.panellist_id)


def _asked_while_open(by: str, kind: WorkshopKind) -> Select[*tuple[Any, ...]]:
    """Select the rating's row if, and only if, the round is open and asks the item of the seat.

    PostgreSQL's share lock makes a closing wait for this write, or this write for the closing.
    """
    given = (
        bindparam(column.key, type_=column.type)
        for column in (Rating.answer, Rating.code, Rating.seq)
    )
    seat = (
        Panellist.link == bindparam("link", type_=Panellist.link.type)
        if by == Panellist.link.name
        else Panellist.id == bindparam("panellist_id", type_=Uuid())
    )
    return (
        select(RoundItem.round_id, RoundItem.item_id, Panellist.id, Round.cycle_id, *given)
        .join(Round, Round.id == RoundItem.round_id)
        .join(Panellist, Panellist.cycle_id == Round.cycle_id)
        .where(
            RoundItem.round_id == bindparam("round_id", type_=Uuid()),
            RoundItem.item_id == bindparam("item_id", type_=Uuid()),
            Round.cycle_id == bindparam("cycle_id", type_=Uuid()),
            Round.state == RoomState.OPEN,
            seat,
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
