"""Tables of the knowledge, skills and behaviours of a cycle's capabilities."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement


class KsbStatus(StrEnum):
    """What educators decided of it. Only accepted ones reach profiles and the report."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class CapabilityKsb(Scoped, Base):
    """One KSB of one capability: suggested with its source and score, or written by an educator."""

    __tablename__ = "capability_ksb"

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[KsbKind] = mapped_column(word(KsbKind))
    text: Mapped[str] = mapped_column(Text)
    suggested_text: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[KsbStatus] = mapped_column(word(KsbStatus), default=KsbStatus.SUGGESTED)
    source: Mapped[str] = mapped_column(String(300), default="")
    score: Mapped[float | None]
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    statement: Mapped[CapabilityStatement] = relationship()
