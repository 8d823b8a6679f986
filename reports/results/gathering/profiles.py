"""What is known of the profiles beside their lines: who is in them and why, and their trail.

A trail is told without the names of those who did it. Answers and comments are left out: what the
panel said before it ratified is not of the result, and an objection stands with the ratification.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.profiles.kinds import SHAPING, ChangeKind
from cycles.profiles.models import ProfileCapability, ProfileChange
from cycles.profiles.wording import change_words, why_words
from cycles.statements.models import CapabilityStatement
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import day_of
from reports.results.records import MemberWhy, ProfileFacts, TrailLine


def profile_facts(rows: Rows) -> tuple[ProfileFacts, ...]:
    """Return what is known of each profile that was not withdrawn, by code."""
    trails = _trails(rows.cycle.id)
    return tuple(
        ProfileFacts(
            code=profile.code,
            profile_id=profile.id,
            statement_ids=tuple(each.statement_id for each in rows.held_by(profile)),
            why=tuple(_why(rows.held_by(profile))),
            trail=tuple(trails[profile.id]),
        )
        for profile in rows.live
    )


def _why(members: Iterable[ProfileCapability]) -> list[MemberWhy]:
    said = ((each.statement.code, why_words(each)) for each in members)
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
