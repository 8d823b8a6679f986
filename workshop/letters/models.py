"""The record of mail about workshops: one row a letter, whatever became of it."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.people.models import Participant


class LetterKind(StrEnum):
    """What a letter about a workshop says."""

    OPENING = "opening"
    REMINDER = "reminder"
    DIGEST = "digest"
    CALENDAR = "calendar"


class LetterState(StrEnum):
    """What became of a letter."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class WorkshopLetter(Scoped, Base):
    """A letter to one participant about one workshop. ``problem`` says why it was not sent.

    A calendar entry keeps the ``sequence`` of the plan that it tells of; others have none.
    """

    __tablename__ = "workshop_letter"
    __table_args__ = (Index("ix_workshop_letter_round_kind", "round_id", "kind"),)

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    round_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    participant_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LetterKind] = mapped_column(word(LetterKind))
    subject: Mapped[str] = mapped_column(String(300))
    sequence: Mapped[int | None]
    state: Mapped[LetterState] = mapped_column(
        word(LetterState), default=LetterState.QUEUED, index=True
    )
    problem: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    participant: Mapped[Participant] = relationship()
