"""Tables of workshops, rounds, items and the frozen verdicts."""

import uuid
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.setup.models import RoleLevel, Solution
from cycles.statements.models import CapabilityStatement


class WorkshopKind(StrEnum):
    """What a workshop asks, and of whom. In the order of the method."""

    PRIORITISATION = "prioritisation"
    CAPTURE = "capture"
    VALIDATION = "validation"
    PROFICIENCY = "proficiency"
    RATIFICATION = "ratification"
    KSB = "knowledge, skills and behaviours"


class Mode(StrEnum):
    """How a rating workshop asks: in rounds, or in one long round that shows results as it goes."""

    ROUNDS = "rounds"
    REAL_TIME = "real time"


class RoomState(StrEnum):
    """Whether a workshop, a round or a step is under way. Only an open round takes answers."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class ScaleName(StrEnum):
    """The scales that rounds ask on; ``scales`` has their words and letters."""

    PROFICIENCY = "proficiency"
    PRIORITY = "priority"
    RELEVANCE = "relevance"


class Side(StrEnum):
    """Which way somebody argues, seen from where the group stands."""

    HIGHER = "higher"
    LOWER = "lower"


class Workshop(Scoped, Base):
    """A meeting or a postal exercise of one kind. A cycle has one or more of each.

    ``sequence`` counts the changes of when and where, for people's calendars. ``raters_per_item``
    is how many are asked each item at least; None asks everybody everything. With ``is_room_open``
    whoever has the join code comes in at once; otherwise they wait to be let in. ``called_to`` is
    the page that the facilitator asks everyone to come to, nothing while nobody is called.
    """

    __tablename__ = "workshop"

    kind: Mapped[WorkshopKind] = mapped_column(word(WorkshopKind))
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    starts_time: Mapped[time | None]
    ends_time: Mapped[time | None]
    venue: Mapped[str] = mapped_column(String(300), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    mode: Mapped[Mode] = mapped_column(word(Mode), default=Mode.ROUNDS)
    raters_per_item: Mapped[int | None]
    join_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    is_room_open: Mapped[bool] = mapped_column(default=False)
    called_to: Mapped[str] = mapped_column(String(40), default="")
    called_at: Mapped[datetime | None]
    state: Mapped[RoomState] = mapped_column(word(RoomState), default=RoomState.PLANNED)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.number")
    steps: Mapped[list["Step"]] = relationship(order_by="Step.position")


class StepKind(StrEnum):
    """What happens in a step of a workshop."""

    TALK = "talk"
    RATE = "rate"
    REVEAL = "reveal"


class Step(Scoped, Base):
    """One step of a workshop's agenda, in order. At most one is open or paused at a time.

    ``ends_at`` is when the timer of an open step runs out; ``seconds_left`` keeps what was left
    while it is paused. A rating step belongs to the round that it opened; a reveal step shows the
    results of the latest closed round on the projector once ``is_revealed``.
    """

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("workshop_id", "position"),)

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(word(StepKind))
    title: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int | None]
    state: Mapped[RoomState] = mapped_column(word(RoomState), default=RoomState.PLANNED)
    opened_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    seconds_left: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    is_revealed: Mapped[bool] = mapped_column(default=False)
    round_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("round.id", ondelete="SET NULL"))
    workshop: Mapped[Workshop] = relationship(back_populates="steps")


class Round(Scoped, Base):
    """One round of a rating workshop. Once closed it takes nothing more.

    ``figures`` holds what is true of a closed round as a whole (``whole``), frozen with it; None
    before, and of rounds closed when nothing was kept yet.
    """

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("workshop_id", "number"),)

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    scale: Mapped[ScaleName] = mapped_column(word(ScaleName), default=ScaleName.PROFICIENCY)
    state: Mapped[RoomState] = mapped_column(word(RoomState), default=RoomState.OPEN)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    workshop: Mapped[Workshop] = relationship(back_populates="rounds")


class Item(Scoped, Base):
    """One thing asked, with the wording frozen when first asked.

    A proficiency item is a capability at a role level, a validation item a capability, a
    prioritisation item a solution. When a statement is reworded between rounds, the next round
    asks a new ``version`` whose ``earlier_item_id`` is the item in the older wording.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("workshop_id", "statement_id", "role_level_id", "version"),
        CheckConstraint("(statement_id IS NULL) <> (solution_id IS NULL)", name="one_subject"),
    )

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("capability_statement.id"), index=True
    )
    role_level_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("role_level.id"))
    solution_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("solution.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    earlier_item_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("item.id", ondelete="SET NULL")
    )
    position: Mapped[int]
    wording: Mapped[str] = mapped_column(Text)
    function: Mapped[str] = mapped_column(String(80), default="")
    domain: Mapped[str] = mapped_column(String(120), default="")
    area: Mapped[str] = mapped_column(String(120), default="")
    statement: Mapped[CapabilityStatement | None] = relationship()
    role_level: Mapped[RoleLevel | None] = relationship()
    solution: Mapped[Solution | None] = relationship()

    @property
    def subject_id(self) -> uuid.UUID:
        """Return the id of the statement or the solution that is asked about."""
        found = self.statement_id or self.solution_id
        if found is None:
            raise ValueError(f"item {self.id} asks about nothing")
        return found


class RoundItem(Base):
    """An item that a round asks. Later rounds ask only what is still open.

    ``batches`` counts how often its live numbers have moved.
    """

    __tablename__ = "round_item"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    batches: Mapped[int] = mapped_column(default=0)


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
