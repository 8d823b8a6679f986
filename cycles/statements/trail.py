"""The trail of a statement: one revision for each thing that happened to it.

Written by the commands of this package within their transaction; nothing edits a revision.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.statements.models import CapabilityStatement, StatementRevision


class Happening(StrEnum):
    """What a revision records."""

    SUBMITTED = "submitted"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    REWORDED = "reworded"
    CLASSIFIED = "classified"
    REJECTED = "rejected"
    MERGED = "merged"
    TOOK_IN = "took in"
    RESTORED = "restored"
    ADOPTED = "adopted"
    GIVEN_BACK = "given back"


Follower = Callable[[CapabilityStatement, Happening, Actor, datetime], None]
_followers: list[Follower] = []


def follows(follower: Follower) -> Follower:
    """Register what has to happen elsewhere, in the same transaction, when something happens to a
    statement."""
    _followers.append(follower)
    return follower


def leave_trail(
    statement: CapabilityStatement,
    happening: Happening,
    *,
    actor: Actor,
    moment: datetime,
    reason: str = "",
) -> StatementRevision:
    """Add a revision with the statement's present wording, and raise the statement's version."""
    # Partners stand in a table of their own: a change of them alone would leave the version as it
    # was, and two people could overwrite each other.
    flag_modified(statement, "text")
    db.session.flush()
    last = db.session.scalar(
        select(func.max(StatementRevision.number)).where(
            StatementRevision.statement_id == statement.id
        )
    )
    revision = StatementRevision(
        statement_id=statement.id,
        number=(last or 0) + 1,
        kind=happening,
        text=statement.text,
        reason=reason,
        changed_by_id=actor.account_id,
        changed_at=moment,
    )
    db.session.add(revision)
    db.session.flush()
    for follower in _followers:
        follower(statement, happening, actor, moment)
    return revision


def was_kept(statement: CapabilityStatement) -> bool:
    """Say whether the trail shows that the statement was ever kept."""
    found = db.session.scalar(
        select(StatementRevision.id)
        .where(
            StatementRevision.statement_id == statement.id,
            StatementRevision.kind == Happening.KEPT,
        )
        .limit(1)
    )
    return found is not None
