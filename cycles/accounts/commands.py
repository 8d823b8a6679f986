"""What changes accounts, links and sessions. Never what a person may do in a cycle.

Tokens exist in the mail and in the cookie only; the tables keep their SHA-256.
"""

import uuid
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select, update

from cycles.accounts.letters import sign_in_letter
from cycles.accounts.models import Account, RateCount, SignInLink, WebSession
from cycles.accounts.queries import account_by_email, tidy_email
from cycles.accounts.tokens import hash_of, new_token
from cycles.core.audit import SYSTEM, Actor, EventType
from cycles.core.errors import Invalid, Missing, TooMany
from cycles.core.extensions import db
from cycles.core.mail import Letter

ACCOUNT_CREATED = EventType("account.created", "is_administrator", "may_convene")
ACCOUNT_CHANGED = EventType("account.changed", "is_administrator", "may_convene")
LINK_MAILED = EventType("sign_in_link.mailed")
LINK_PRINTED = EventType("sign_in_link.printed")
SESSION_OPENED = EventType("session.opened")
SESSION_ENDED = EventType("session.ended")

HOUR = timedelta(hours=1)
LINK_LASTS = timedelta(minutes=30)
LONGEST_PATH = 500
LONGEST_NAME = 120


def find_or_create_account(
    *,
    email: str,
    name: str,
    actor: Actor,  # noqa: ARG001 - the caller's event names who acted
    moment: datetime,
    is_administrator: bool = False,
    may_convene: bool = False,
    is_simulated: bool = False,
) -> Account:
    """Return the account of this address, made now if there is none.

    An account that exists keeps its name, and is given the rights asked for but loses none.
    Records no event of its own: the command that needed the account does.
    """
    account = account_by_email(email)
    if account is None:
        account = Account(
            email=tidy_email(email),
            name=name.strip(),
            created_at=moment,
            is_administrator=False,
            may_convene=False,
            is_simulated=is_simulated,
        )
        db.session.add(account)
    account.is_administrator |= is_administrator
    account.may_convene |= may_convene
    db.session.flush()
    return account


def create_account(
    *,
    email: str,
    name: str,
    actor: Actor,
    moment: datetime,
    is_administrator: bool = False,
    may_convene: bool = False,
) -> Account:
    """Make a new account; raise ``Invalid`` when the address has one, or is none."""
    _check_person(email, name)
    if account_by_email(email) is not None:
        sentence = "There is already an account with this e-mail address."
        raise Invalid(sentence, email=sentence)
    account = find_or_create_account(
        email=email,
        name=name,
        actor=actor,
        moment=moment,
        is_administrator=is_administrator,
        may_convene=may_convene,
    )
    _record(ACCOUNT_CREATED, account, actor, moment)
    return account


def _check_person(email: str, name: str) -> None:
    if not name.strip():
        raise Invalid("Enter the person's name.", name="Enter the person's name.")
    if len(name.strip()) > LONGEST_NAME:
        sentence = f"The name must be {LONGEST_NAME} characters or fewer."
        raise Invalid(sentence, name=sentence)
    try:
        validate_email(tidy_email(email), check_deliverability=False)
    except EmailNotValidError as error:
        sentence = "Enter an e-mail address in the form name@example.org."
        raise Invalid(sentence, email=sentence) from error


def _record(kind: EventType, account: Account, actor: Actor, moment: datetime) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        subject_id=account.id,
        is_administrator=account.is_administrator,
        may_convene=account.may_convene,
    )


def change_rights(
    *,
    account: Account,
    is_administrator: bool,
    may_convene: bool,
    actor: Actor,
    moment: datetime,
) -> None:
    """Give or take an account's two rights; nobody changes their own."""
    if account.id == actor.account_id:
        raise Invalid("You cannot change your own rights. Ask another administrator.")
    account.is_administrator = is_administrator
    account.may_convene = may_convene
    db.session.flush()
    _record(ACCOUNT_CHANGED, account, actor, moment)


def make_sign_in_link(
    *, account: Account, moment: datetime, next_path: str = "/", lasts: timedelta = LINK_LASTS
) -> str:
    """Keep a new link for ``account`` and return its token: the only time it is seen."""
    token = new_token()
    db.session.add(
        SignInLink(
            account_id=account.id,
            token_hash=hash_of(token),
            next_path=next_path[:LONGEST_PATH],
            created_at=moment,
            expires_at=moment + lasts,
        )
    )
    db.session.flush()
    return token


def mail_link(*, email: str, next_path: str, ip: str, moment: datetime) -> Letter | None:
    """Answer a request for a link: the letter to send after the commit, or None.

    Counts the attempt first and for every address alike, so that the limit tells nobody which
    addresses have an account.
    """
    check_rate(scope="sign-in from", key=ip, limit=20, per=HOUR, moment=moment)
    check_rate(scope="sign-in as", key=tidy_email(email), limit=10, per=HOUR, moment=moment)
    account = account_by_email(email)
    if account is None or account.is_simulated:
        return None
    return letter_with_link(account=account, next_path=next_path, moment=moment)


def letter_with_link(*, account: Account, next_path: str, moment: datetime) -> Letter:
    """Return a letter with a new link for this account, to send after the commit.

    Counts nothing: whoever asks for it checks first that it was not asked for too often.
    """
    token = make_sign_in_link(account=account, moment=moment, next_path=next_path)
    LINK_MAILED.record(actor=SYSTEM, moment=moment, subject_id=account.id)
    return sign_in_letter(account, token, moment + LINK_LASTS)


def sign_in(*, token: str, moment: datetime) -> tuple[SignInLink, str]:
    """Use up a mailed link and open a session; return the link and the session's token."""
    link = use_sign_in_link(token=token, moment=moment)
    opened = open_session(account=link.account, moment=moment)
    actor = Actor(link.account.id, link.account.name)
    SESSION_OPENED.record(actor=actor, moment=moment, subject_id=link.account.id)
    return link, opened


def use_sign_in_link(*, token: str, moment: datetime) -> SignInLink:
    """Use up the link; raise ``Missing`` if it is used, expired, revoked or was never made.

    One statement claims it, so that two clicks at once open one session.
    """
    link: SignInLink | None = db.session.scalar(
        update(SignInLink)
        .where(
            SignInLink.token_hash == hash_of(token),
            SignInLink.used_at.is_(None),
            SignInLink.revoked_at.is_(None),
            SignInLink.expires_at > moment,
        )
        .values(used_at=moment)
        .returning(SignInLink)
    )
    if link is None:
        raise Missing("This link has ended.")
    return link


def open_session(*, account: Account, moment: datetime, cycle_id: uuid.UUID | None = None) -> str:
    """Open a session for a browser and return its token, for the cookie only.

    With ``cycle_id`` it is confined to that cycle, for who has not proved to be the account's
    owner.
    """
    token = new_token()
    opened = WebSession(
        account_id=account.id,
        token_hash=hash_of(token),
        cycle_id=cycle_id,
        created_at=moment,
        last_seen_at=moment,
    )
    db.session.add(opened)
    db.session.flush()
    return token


def revoke_session(*, token: str, moment: datetime) -> bool:
    """Revoke the session of this token; say whether it was open until now."""
    ended = db.session.scalar(
        update(WebSession)
        .where(WebSession.token_hash == hash_of(token), WebSession.revoked_at.is_(None))
        .values(revoked_at=moment)
        .returning(WebSession.id)
    )
    return ended is not None


def end_session(*, token: str, actor: Actor, moment: datetime) -> None:
    """Sign out: a copy of the cookie is worth nothing from here on."""
    if revoke_session(token=token, moment=moment):
        SESSION_ENDED.record(actor=actor, moment=moment, subject_id=actor.account_id)


def touch_session(*, token: str, moment: datetime) -> None:
    """Note that the person was here, which puts off the idle limit."""
    db.session.execute(
        update(WebSession)
        .where(WebSession.token_hash == hash_of(token))
        .values(last_seen_at=moment)
    )


def check_rate(*, scope: str, key: str, limit: int, per: timedelta, moment: datetime) -> None:
    """Count one attempt, or raise ``TooMany`` when ``limit`` were made within ``per``.

    ``key`` is kept as a hash: the table need not know addresses. A refused attempt is not counted,
    so that waiting helps. The count stands once the caller commits.
    """
    hashed = hash_of(key)
    db.session.execute(
        delete(RateCount).where(RateCount.scope == scope, RateCount.moment <= moment - per)
    )
    mine = (RateCount.scope == scope, RateCount.key == hashed)
    count, first = db.session.execute(
        select(func.count(), func.min(RateCount.moment)).where(*mine)
    ).one()
    if count >= limit:
        wait = max(1, int((first + per - moment).total_seconds()) + 1)
        minutes = -(-wait // 60)
        raise TooMany(
            f"That is the limit of {limit} for now. Try again in about {minutes} "
            f"{'minute' if minutes == 1 else 'minutes'}.",
            retry_after=wait,
        )
    db.session.add(RateCount(scope=scope, key=hashed, moment=moment))
    db.session.flush()
