"""What the panel and conveners remark on a profile. A remark changes nothing and ratifies nothing.

The trail says that something was said, never what: a remark can be taken away again.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.profiles.checks import lock
from cycles.profiles.commands import member_for
from cycles.profiles.models import Profile
from cycles.profiles.trail import ChangeKind, note
from cycles.statements.models import CapabilityStatement
from workshop.ratification.models import PanelComment
from workshop.ratification.sitting import check_may_stand, check_panel

COMMENTED = EventType("profile.commented", "code", "capability")
TAKEN_AWAY = EventType("profile.comment_taken_away", "code", "capability", "is_own")
LONGEST = 2000


def comment(
    *,
    profile: Profile,
    participant: Participant,
    text: str,
    actor: Actor,
    moment: datetime,
    statement: CapabilityStatement | None = None,
) -> PanelComment:
    """Remark on a profile, or on one capability that it holds or held."""
    _check_may_speak(profile, participant)
    lock(profile)
    if statement is not None and member_for(profile, statement) is None:
        raise Missing("That capability is not in this profile.")
    statement_id = statement.id if statement else None
    said = PanelComment(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        statement_id=statement_id,
        participant_id=participant.id,
        text=_tidy(text),
        said_at=moment,
    )
    db.session.add(said)
    kind = ChangeKind.COMMENTED
    note(profile=profile, kind=kind, statement_id=statement_id, actor=actor, moment=moment)
    COMMENTED.record(actor=actor, moment=moment, **_facts(profile, statement_id))
    return said


def take_comment_away(
    *,
    comment: PanelComment,
    participant: Participant,
    is_convener: bool,
    actor: Actor,
    moment: datetime,
) -> None:
    """Take one's own comment away, or as a convener anybody's."""
    is_own = comment.participant_id == participant.id
    if not is_own and not is_convener:
        raise Closed("Only who wrote a comment, or a convener, takes it away.")
    profile = db.session.get_one(Profile, comment.profile_id)
    check_may_stand(profile, is_convener)
    lock(profile)
    statement_id = comment.statement_id
    db.session.delete(comment)
    kind = ChangeKind.COMMENT_TAKEN_AWAY
    note(profile=profile, kind=kind, statement_id=statement_id, actor=actor, moment=moment)
    facts = _facts(profile, statement_id)
    TAKEN_AWAY.record(actor=actor, moment=moment, is_own=is_own, **facts)


def _check_may_speak(profile: Profile, participant: Participant) -> None:
    is_convener = participant.group == Group.CONVENER
    if not is_convener:
        check_panel(participant, "and conveners comment on profiles")
    check_may_stand(profile, is_convener)


def _tidy(text: str) -> str:
    tidy = text.replace("\r\n", "\n").strip()
    if not 0 < len(tidy) <= LONGEST:
        sentence = f"Write a comment of at most {LONGEST:,} characters."
        raise Invalid(sentence, text=sentence)
    return tidy


def _facts(profile: Profile, statement_id: uuid.UUID | None) -> dict[str, Any]:
    """Return what an event tells of a comment: what it is about."""
    code = db.session.scalar(
        select(CapabilityStatement.code).where(CapabilityStatement.id == statement_id)
    )
    return {
        "cycle_id": profile.cycle_id,
        "subject_id": profile.id,
        "code": profile.code,
        "capability": code or "",
    }
