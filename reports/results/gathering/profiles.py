"""What is known of the profiles beside their lines: who is in them and why, and their trail.

A trail is told without the names of those who did it. Answers and comments are left out: what the
panel said before it ratified is not of the result, and an objection stands with the ratification.
"""

import uuid
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.profiles.kinds import SHAPING, ChangeKind
from cycles.profiles.models import Profile, ProfileCapability, ProfileChange, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.profiles.wording import change_words, why_words
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import IN_ORDER
from reports.document.assembling.subject import day_of
from reports.document.facts import Document
from reports.results.records import MemberWhy, ProfileFacts, TrailLine

Held = tuple[ProfileCapability, str]


def profile_facts(document: Document) -> tuple[ProfileFacts, ...]:
    """Return what is known of each profile that was not withdrawn, by code."""
    cycle_id = uuid.UUID(document.subject.cycle_id)
    members, trails = _members(cycle_id), _trails(cycle_id)
    rows = db.session.execute(
        select(Profile.id, Profile.code)
        .where(Profile.cycle_id == cycle_id, Profile.status != ProfileStatus.WITHDRAWN)
        .order_by(*IN_CODE_ORDER)
    )
    return tuple(
        ProfileFacts(
            code=code,
            profile_id=profile_id,
            statement_ids=tuple(member.statement_id for member, _ in members[profile_id]),
            why=tuple(_why(members[profile_id])),
            trail=tuple(trails[profile_id]),
        )
        for profile_id, code in rows
    )


def _members(cycle_id: uuid.UUID) -> dict[uuid.UUID, list[Held]]:
    rows = db.session.execute(
        select(ProfileCapability, CapabilityStatement.code)
        .join(CapabilityStatement, CapabilityStatement.id == ProfileCapability.statement_id)
        .where(ProfileCapability.cycle_id == cycle_id, ProfileCapability.is_removed.is_(False))
        .order_by(*IN_ORDER)
    )
    found: dict[uuid.UUID, list[Held]] = defaultdict(list)
    for member, code in rows:
        found[member.profile_id].append((member, code))
    return found


def _why(members: list[Held]) -> list[MemberWhy]:
    said = ((code, why_words(member)) for member, code in members)
    return [MemberWhy(code, sentences) for code, sentences in said if sentences]


def _trails(cycle_id: uuid.UUID) -> dict[uuid.UUID, list[TrailLine]]:
    rows = db.session.execute(
        select(ProfileChange, CapabilityStatement.text)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == ProfileChange.statement_id)
        .where(ProfileChange.cycle_id == cycle_id, ProfileChange.kind.in_(SHAPING))
        .options(joinedload(ProfileChange.other_profile))
        .order_by(ProfileChange.profile_id, ProfileChange.number)
    )
    found: dict[uuid.UUID, list[TrailLine]] = defaultdict(list)
    for change, text in rows:
        # An undo keeps under its reason what it undid, which is in its sentence already.
        reason = "" if change.kind == ChangeKind.UNDONE else change.reason
        line = TrailLine(day_of(change.moment), change_words(change, text or ""), reason)
        found[change.profile_id].append(line)
    return found
