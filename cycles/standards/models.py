"""Tables of occupational standards frameworks."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Identified, Scoped, word

# What a standard has for a level whose source tells none: the same number as in the arithmetic.
UNKNOWN_LEVEL = -1

duty_ksb = Table(
    "duty_ksb",
    Base.metadata,
    Column("duty_id", ForeignKey("duty.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "ksb_id", ForeignKey("standard_ksb.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
)


class KsbKind(StrEnum):
    """Knowledge, skill or behaviour."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    BEHAVIOUR = "behaviour"


class Framework(Identified, Base):
    """A set of occupational standards, with its licence. A cycle chooses one."""

    __tablename__ = "framework"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[str] = mapped_column(String(40), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    attribution: Mapped[str] = mapped_column(Text, default="")
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    # The day the standards were as they stand here: what a stranger needs to find them again.
    snapshot_on: Mapped[date]
    imported_at: Mapped[datetime]


class OccupationalStandard(Identified, Base):
    """A standard of the framework. Gone from its source, it is retired and never deleted."""

    __tablename__ = "occupational_standard"
    __table_args__ = (UniqueConstraint("framework_id", "reference"),)

    framework_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("framework.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[int]
    route: Mapped[str] = mapped_column(String(120), default="")
    status: Mapped[str] = mapped_column(String(60), default="")
    overview: Mapped[str] = mapped_column(Text, default="")
    job_titles: Mapped[list[str]] = mapped_column(default=list)
    retired_at: Mapped[datetime | None]
    duties: Mapped[list["Duty"]] = relationship(
        order_by="Duty.position", cascade="all, delete-orphan"
    )
    ksbs: Mapped[list["StandardKsb"]] = relationship(
        order_by="StandardKsb.position", cascade="all, delete-orphan"
    )


class StandardKsb(Identified, Base):
    """A knowledge, skill or behaviour statement of a standard. ``code`` is K1, S2, B3."""

    __tablename__ = "standard_ksb"
    __table_args__ = (UniqueConstraint("standard_id", "reference"),)

    standard_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("occupational_standard.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[KsbKind] = mapped_column(word(KsbKind))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class Duty(Identified, Base):
    """A duty of a standard, linked to the KSBs that it needs. Retired, never deleted."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("standard_id", "reference"),)

    standard_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("occupational_standard.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    is_core: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[datetime | None]
    ksbs: Mapped[list[StandardKsb]] = relationship(
        secondary=duty_ksb, order_by=StandardKsb.position
    )


class StandardInUse(Scoped, Base):
    """A standard that the cycle's organisations train to today: the current state by proxy."""

    __tablename__ = "standard_in_use"
    __table_args__ = (UniqueConstraint("cycle_id", "standard_id"),)

    standard_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("occupational_standard.id", ondelete="CASCADE")
    )
