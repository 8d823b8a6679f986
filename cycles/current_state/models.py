"""The table of what organisations can do today."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.setup.models import Partner
from cycles.statements.models import CapabilityStatement


class Strength(StrEnum):
    """How far organisations of a partner can do it today."""

    NONE = "none"
    SOME = "some"
    STRONG = "strong"


class PresentCapability(Scoped, Base):
    """How far the organisations of one partner have one capability today. No row: not captured."""

    __tablename__ = "present_capability"
    __table_args__ = (UniqueConstraint("statement_id", "partner_id"),)

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), index=True
    )
    partner_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("partner.id", ondelete="CASCADE"), index=True
    )
    strength: Mapped[Strength] = mapped_column(word(Strength))
    note: Mapped[str] = mapped_column(Text, default="")
    captured_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    captured_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    statement: Mapped[CapabilityStatement] = relationship()
    partner: Mapped[Partner] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling
