"""Tables of the knowledge, skills and behaviours of a cycle's capabilities."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
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
    """One KSB of one capability: suggested with its source and score, or written by an educator.

    ``status`` is what the reviews came to by the rule card, or what the convener decided with
    ``decision_reason`` where they did not agree. ``folded`` holds near duplicates that this one
    stands for: their text, source and score.
    """

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
    folded: Mapped[list[Any]] = mapped_column(default=list)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    statement: Mapped[CapabilityStatement] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class KsbAnswer(StrEnum):
    """What an educator says of a KSB as it is worded."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"


class KsbReview(Scoped, Base):
    """What one educator says of one KSB as it is worded now.

    Given again it takes the place of the first, which ``replaced`` holds to be brought back.
    """

    __tablename__ = "ksb_review"
    __table_args__ = (UniqueConstraint("ksb_id", "participant_id"),)

    ksb_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_ksb.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[KsbAnswer] = mapped_column(word(KsbAnswer))
    reviewed_at: Mapped[datetime]
    replaced: Mapped[dict[str, Any] | None]


class KsbWording(Scoped, Base):
    """How a KSB read before somebody reworded it, with all that went with that wording."""

    __tablename__ = "ksb_wording"

    ksb_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_ksb.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[KsbKind] = mapped_column(word(KsbKind))
    text: Mapped[str] = mapped_column(Text)
    suggested_text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
    score: Mapped[float | None]
    folded: Mapped[list[Any]]
    replaced_at: Mapped[datetime]
    replaced_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )


class KsbSetAside(Scoped, Base):
    """What one educator had said of an earlier wording. It counts for nothing any more."""

    __tablename__ = "ksb_set_aside"

    wording_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("ksb_wording.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[KsbAnswer] = mapped_column(word(KsbAnswer))
    reviewed_at: Mapped[datetime]
