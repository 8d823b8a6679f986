"""The table of those who came with a room's code."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped, word
from cycles.people.models import Group


class ArrivalState(StrEnum):
    """Whether somebody who came with the code has been let in."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"


class Arrival(Scoped, Base):
    """Somebody who came with a room's code. Their device holds the token, the table its hash."""

    __tablename__ = "arrival"

    workshop_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("workshop.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    group: Mapped[Group] = mapped_column("group_name", word(Group))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("partner.id", ondelete="SET NULL")
    )
    state: Mapped[ArrivalState] = mapped_column(word(ArrivalState), default=ArrivalState.WAITING)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
