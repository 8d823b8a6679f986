"""Tables of workshops, rounds, items and the frozen verdicts."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement


class WorkshopKind(StrEnum):
    """What a workshop asks, and of whom."""

    CAPTURE = "capture"
    PROFICIENCY = "proficiency"
    RATIFICATION = "ratification"
    KSB = "knowledge, skills and behaviours"


class RoomState(StrEnum):
    """Whether a workshop or a round takes answers."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Workshop(Scoped, Base):
    """A meeting or a postal exercise of one kind. A cycle has one or more of each."""

    __tablename__ = "workshop"

    kind: Mapped[WorkshopKind] = mapped_column(word(WorkshopKind))
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    state: Mapped[RoomState] = mapped_column(word(RoomState), default=RoomState.PLANNED)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.number")


class Round(Scoped, Base):
    """One round of a rating workshop. Once closed it takes nothing more."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    state: Mapped[RoomState] = mapped_column(word(RoomState), default=RoomState.OPEN)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    workshop: Mapped[Workshop] = relationship(back_populates="rounds")


class Item(Scoped, Base):
    """One thing asked: a capability at a role level, with the wording frozen when first asked."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("workshop_id", "statement_id", "role_level_id"),)

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id"), index=True
    )
    role_level_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("role_level.id"))
    position: Mapped[int]
    wording: Mapped[str] = mapped_column(Text)
    function: Mapped[str] = mapped_column(String(80), default="")
    domain: Mapped[str] = mapped_column(String(120), default="")
    area: Mapped[str] = mapped_column(String(120), default="")
    statement: Mapped[CapabilityStatement] = relationship()
    role_level: Mapped[RoleLevel] = relationship()


class RoundItem(Base):
    """An item that a round asks. Later rounds ask only what is still open."""

    __tablename__ = "round_item"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ItemVerdict(Scoped, Base):
    """The verdict of one item when one round closed. Frozen: counts, rule and engine stay with it.

    ``counts`` are of N, A, P, E. ``level`` is a code of ``consensus.scale`` or None. ``figures``
    holds the measures beside the verdict, each a number or None where it is undefined.
    """

    __tablename__ = "item_verdict"
    __table_args__ = (UniqueConstraint("item_id", "round_id"),)

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), index=True
    )
    outcome: Mapped[str] = mapped_column(String(20))
    level: Mapped[int | None]
    counts: Mapped[list[Any]]
    abstained: Mapped[int] = mapped_column(default=0)
    closing: Mapped[str] = mapped_column(String(20))
    is_fragile: Mapped[bool] = mapped_column(default=False)
    is_two_camps: Mapped[bool] = mapped_column(default=False)
    figures: Mapped[dict[str, Any]]
    rule_digest: Mapped[str] = mapped_column(String(64))
    engine: Mapped[str] = mapped_column(String(40))


class CellDecision(Scoped, Base):
    """What the convener decided, with a reason, of an item that the rounds left unsettled."""

    __tablename__ = "cell_decision"

    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), unique=True
    )
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime]
