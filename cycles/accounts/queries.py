"""What is asked of accounts, links and sessions. Reads only."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
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


def live_session(token: str, moment: datetime) -> WebSession | None:
    """Return the session of this token while it is neither revoked, idle too long nor too old."""
    found = db.session.scalar(
        select(WebSession)
        .options(joinedload(WebSession.account))
        .where(WebSession.token_hash == hash_of(token), WebSession.revoked_at.is_(None))
    )
    if found is None or moment - found.created_at >= ABSOLUTE_LIMIT:
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
