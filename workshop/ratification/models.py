"""Tables of what the panel says of a profile: approvals, objections, comments."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped


class Approval(Scoped, Base):
    """A panel member approves a profile as it stands. Any later change sets approvals aside."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("profile_id", "participant_id"),)

    profile_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE")
    )
    approved_at: Mapped[datetime]


class Objection(Scoped, Base):
    """A panel member objects to a profile as it stands, and says why. Set aside as approvals are.

    One who objects does not approve, and the other way round.
    """

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("profile_id", "participant_id"),)

    profile_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE")
    )
    reason: Mapped[str] = mapped_column(Text)
    objected_at: Mapped[datetime]


class PanelComment(Scoped, Base):
    """What somebody of the panel, or a convener, remarks on a profile or one capability of it."""

    __tablename__ = "panel_comment"

    profile_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("capability_statement.id"))
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
