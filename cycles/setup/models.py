"""Tables of the cycle itself and of what is prepared for it."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consensus.ratifying import PanelRule
from consensus.rule import Rule
from cycles.core.base import Base, Identified, Scoped, word
from cycles.stages.words import Stage


class Cycle(Identified, Base):
    """One foresighting cycle: a tenant of its own."""

    __tablename__ = "cycle"
    __table_args__ = (
        # The lowest threshold that a run keeps scores for, and the highest that says anything.
        CheckConstraint("threshold_percent BETWEEN 40 AND 99", name="threshold_kept"),
    )

    title: Mapped[str] = mapped_column(String(200))
    challenge: Mapped[str] = mapped_column(Text, default="")
    challenge_when: Mapped[str] = mapped_column(String(200), default="")
    impact_domain: Mapped[str] = mapped_column(String(200), default="")
    case_for_foresighting: Mapped[str] = mapped_column(Text, default="")
    scenario: Mapped[str] = mapped_column(Text, default="")
    sponsor: Mapped[str] = mapped_column(String(200), default="")
    convener_organisation: Mapped[str] = mapped_column(String(200), default="")
    stage: Mapped[Stage] = mapped_column(word(Stage), default=Stage.CONSIDERING)
    threshold_percent: Mapped[int] = mapped_column(default=50)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    sealed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class CycleFramework(Scoped, Base):
    """A framework that the cycle is compared with; several may be chosen, in an order.

    ``uses_skills`` lets the skills of a standard stand in where it has no duties. They were not
    written to be matched, so whatever rests on them is marked.
    """

    __tablename__ = "cycle_framework"
    __table_args__ = (UniqueConstraint("cycle_id", "framework_id"),)

    framework_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("framework.id"), index=True)
    position: Mapped[int]
    uses_skills: Mapped[bool] = mapped_column(default=False)


class Solution(Scoped, Base):
    """A candidate solution: the how. Prioritised with its vote or a stated reason.

    ``vote`` is what a prioritisation workshop came to; None while there was none.
    """

    __tablename__ = "solution"

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    is_prioritised: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    vote: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Partner(Scoped, Base):
    """A supply-chain partner: a kind of organisation, not one organisation."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("cycle_id", "name"),)

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")


class RoleLevel(Scoped, Base):
    """A role level with the academic level (2 to 8) its training stands at."""

    __tablename__ = "role_level"
    __table_args__ = (UniqueConstraint("cycle_id", "name"),)

    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    academic_level: Mapped[int | None]


class Milestone(Scoped, Base):
    """A dated line of the cycle's timeline."""

    __tablename__ = "milestone"

    on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))


class RuleCard(Base):
    """The rules of agreement of a cycle. Fixed before round 1 opens, and never after."""

    __tablename__ = "rule_card"

    cycle_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("cycle.id", ondelete="CASCADE"), primary_key=True
    )
    threshold_percent: Mapped[int] = mapped_column(default=75)
    minimum_n: Mapped[int] = mapped_column(default=5)
    stability_percent: Mapped[int] = mapped_column(default=15)
    round_cap: Mapped[int] = mapped_column(default=3)
    panel_quorum: Mapped[int] = mapped_column(default=2)
    panel_rule: Mapped[PanelRule] = mapped_column(word(PanelRule), default=PanelRule.TWO_THIRDS)
    feedback: Mapped[str] = mapped_column(String(80), default="group")
    rationale: Mapped[str] = mapped_column(Text, default="")
    set_at: Mapped[datetime | None]
    fixed_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(String(64))

    def rule(self) -> Rule:
        """Return the card as the arithmetic takes it."""
        return Rule(
            threshold_percent=self.threshold_percent,
            minimum_n=self.minimum_n,
            stability_percent=self.stability_percent,
            round_cap=self.round_cap,
            feedback=self.feedback,
        )
