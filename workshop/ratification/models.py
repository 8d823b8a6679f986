"""Tables of the panel's approvals."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
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
