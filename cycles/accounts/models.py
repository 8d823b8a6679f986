"""Tables of accounts: people who sign in, their links, their sessions, and the rate counts."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Identified


class Account(Identified, Base):
    """A person who can sign in. E-mail is kept in lower case."""

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    may_convene: Mapped[bool] = mapped_column(default=False)
    is_simulated: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class SignInLink(Identified, Base):
    """An e-mailed link. Only the hash of its token is kept; it is used once or expires."""

    __tablename__ = "sign_in_link"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    next_path: Mapped[str] = mapped_column(String(500), default="/")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class WebSession(Identified, Base):
    """A signed-in browser. The cookie holds the token, the table its hash.

    A session that was opened with a room code is confined to that one cycle: the code proves that
    somebody is in the room, not that the address they typed is theirs.
    """

    __tablename__ = "web_session"

    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    cycle_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("cycle.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class RateCount(Identified, Base):
    """One attempt at something limited; rows, so that the limit holds across processes."""

    __tablename__ = "rate_count"
    __table_args__ = (Index("ix_rate_count_scope_key_moment", "scope", "key", "moment"),)

    scope: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    moment: Mapped[datetime]
