"""Tables of people's places in a cycle."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.accounts.models import Account
from cycles.core.base import Base, Scoped, word
from cycles.setup.models import Partner


class Group(StrEnum):
    """The group a person takes part in. The employer panel is a mark on some employers."""

    CONVENER = "convener"
    TECHNOLOGIST = "technologist"
    EMPLOYER = "employer"
    EDUCATOR = "educator"
    SPONSOR = "sponsor"


class Organisation(Scoped, Base):
    """An organisation that takes part, once per cycle however it is spelled."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("cycle_id", "key"),)

    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(80), default="")


class Participant(Scoped, Base):
    """A person's place in one cycle."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("cycle_id", "account_id"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    group: Mapped[Group] = mapped_column("group_name", word(Group))
    is_on_panel: Mapped[bool] = mapped_column(default=False)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("partner.id", ondelete="SET NULL")
    )
    joined_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    reminders_stopped_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    partner: Mapped[Partner | None] = relationship()


class Invitation(Scoped, Base):
    """An invitation to one person for one place; its link opens until it expires or is revoked."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("cycle_id", "email"),)

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(200), default="")
    group: Mapped[Group] = mapped_column("group_name", word(Group))
    is_on_panel: Mapped[bool] = mapped_column(default=False)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("partner.id", ondelete="SET NULL")
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
