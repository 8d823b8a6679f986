"""What is asked of accounts, links and sessions. Reads only."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from cycles.accounts.models import Account, SignInLink, WebSession
from cycles.accounts.tokens import hash_of
from cycles.core.extensions import db

IDLE_LIMIT = timedelta(hours=8)
ABSOLUTE_LIMIT = timedelta(days=14)
MOST_LISTED = 200


def tidy_email(email: str) -> str:
    """Return the one spelling under which an address is kept."""
    return email.strip().lower()


@dataclass(frozen=True)
class LiveSession:
    """A session that counts, and of its account what nearly every request asks.

    ``cycle_id`` is the one cycle that the session is confined to, None where it is not.
    """

    account_id: uuid.UUID
    name: str
    is_administrator: bool
    may_convene: bool
    cycle_id: uuid.UUID | None
    created_at: datetime
    last_seen_at: datetime


# Asked by every request, so it is put together once, and loads columns rather than rows.
SESSION = (
    select(
        WebSession.account_id,
        Account.name,
        Account.is_administrator,
        Account.may_convene,
        WebSession.cycle_id,
        WebSession.created_at,
        WebSession.last_seen_at,
    )
    .join(Account, Account.id == WebSession.account_id)
    .where(WebSession.token_hash == bindparam("token_hash"), WebSession.revoked_at.is_(None))
)
SESSION_COLUMNS = len(SESSION.selected_columns)


def live_session(token: str, moment: datetime) -> LiveSession | None:
    """Return the session of this token while it is neither revoked, idle too long nor too old."""
    row = db.session.connection().execute(SESSION, {"token_hash": hash_of(token)}).first()
    return None if row is None else if_live(LiveSession(*row), moment)


def if_live(found: LiveSession, moment: datetime) -> LiveSession | None:
    """Return a session unless it is idle too long or too old."""
    if moment - found.created_at >= ABSOLUTE_LIMIT:
        return None
    return None if moment - found.last_seen_at >= IDLE_LIMIT else found


def live_link(token: str, moment: datetime) -> SignInLink | None:
    """Return the link of this token while it may still be used."""
    return db.session.scalar(
        select(SignInLink)
        .options(joinedload(SignInLink.account))
        .where(
            SignInLink.token_hash == hash_of(token),
            SignInLink.used_at.is_(None),
            SignInLink.revoked_at.is_(None),
            SignInLink.expires_at > moment,
        )
    )


def account_by_email(email: str) -> Account | None:
    """Return the account of this address, however its letters are spelled."""
    return db.session.scalar(select(Account).where(Account.email == tidy_email(email)))


def account_by_id(account_id: uuid.UUID) -> Account | None:
    """Return the account with this id."""
    return db.session.get(Account, account_id)


def accounts_like(words: str) -> list[Account]:
    """Return the people whose name or address contains ``words``, by name; 200 at most."""
    wanted = select(Account).where(Account.is_simulated.is_(False))
    if words:
        pattern = words.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        like = f"%{pattern}%"
        wanted = wanted.where(
            or_(
                func.lower(Account.name).like(like, escape="\\"),
                Account.email.like(like, escape="\\"),
            )
        )
    ordered = wanted.order_by(func.lower(Account.name), Account.email).limit(MOST_LISTED)
    return list(db.session.scalars(ordered))
