"""Ratified versions: a profile frozen word for word as the panel ratified it, and read back.

A version holds facts, never sentences, so that it is said in today's words and its digest stays.
That nothing changes one is the database's to enforce: ``freezing``.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consensus.ratifying import PanelRule
from consensus.scale import PROFICIENCY_WORDS
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileVersion
from cycles.profiles.votes import Vote, vote_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import IN_ORDER


@dataclass(frozen=True)
class VersionMember:
    """A capability as it was when its profile was ratified. Levels are codes, 1 to 3.

    ``voted_level`` is None where there was no vote, or one for no level. ``voted_counts`` is empty
    where too few rated to show them. ``reason`` is the panel's for the level, or for the removal.
    """

    statement_id: str
    code: str
    text: str
    function: str
    domain: str
    area: str
    level: int
    voted_level: int | None
    voted_outcome: str
    voted_counts: tuple[int, ...]
    is_decided: bool
    is_provisional: bool
    is_added_by_panel: bool
    reason: str

    @property
    def vote(self) -> str:
        """Return the vote behind the level in words, or that there was none."""
        if not self.voted_outcome:
            return "not voted on at this role level"
        return Vote(
            level=self.voted_level,
            outcome=self.voted_outcome,
            counts=self.voted_counts,
            is_decided=self.is_decided,
        ).sentence

    @property
    def difference(self) -> str:
        """Return what the panel made of the vote: ``Voted Practitioner, ratified Expert``."""
        if self.is_added_by_panel:
            return "Added by the panel"
        if self.voted_level is None or self.voted_level == self.level:
            return ""
        verb = "Decided" if self.is_decided else "Voted"
        held, given = PROFICIENCY_WORDS[self.voted_level], PROFICIENCY_WORDS[self.level]
        return f"{verb} {held}, ratified {given}"


@dataclass(frozen=True)
class VersionContent:
    """A profile as it was ratified. ``objections`` are the reasons of those who objected."""

    code: str
    name: str
    role_level: str
    academic_level: int | None
    partner: str
    members: tuple[VersionMember, ...]
    removed: tuple[VersionMember, ...]
    approvals: int
    objections: tuple[str, ...]
    quorum: int
    rule: str

    def kept(self) -> dict[str, Any]:
        """Return the content as the table keeps it."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return kept


def digest_of(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a content as the table keeps it, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read(version: ProfileVersion) -> VersionContent:
    """Return the content of a version."""
    kept = version.content
    return VersionContent(
        **{
            **kept,
            "members": tuple(_read_member(one) for one in kept["members"]),
            "removed": tuple(_read_member(one) for one in kept["removed"]),
            "objections": tuple(kept["objections"]),
        }
    )


def _read_member(kept: dict[str, Any]) -> VersionMember:
    return VersionMember(**{**kept, "voted_counts": tuple(kept["voted_counts"])})


def is_intact(version: ProfileVersion) -> bool:
    """Say whether the content still is what its digest was made of."""
    return digest_of(version.content) == version.digest


def content_of(
    profile: Profile,
    *,
    approvals: int,
    objections: Sequence[str],
    quorum: int,
    rule: PanelRule,
) -> VersionContent:
    """Return the profile as the tables have it now, with what the panel answered.

    Objections are sorted by their text: their order says nothing of who made them.
    """
    members = _members(profile.id)
    return VersionContent(
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level.name,
        academic_level=profile.role_level.academic_level,
        partner=profile.partner.name if profile.partner else "",
        members=tuple(_member(one) for one in members if not one.is_removed),
        removed=tuple(_member(one) for one in members if one.is_removed),
        approvals=approvals,
        objections=tuple(sorted(objections)),
        quorum=quorum,
        rule=rule.value,
    )


def freeze_version(
    *,
    profile: Profile,
    approvals: int,
    objections: Sequence[str],
    quorum: int,
    rule: PanelRule,
    moment: datetime,
) -> ProfileVersion:
    """Keep the profile as the panel ratifies it, under the next number."""
    content = content_of(
        profile, approvals=approvals, objections=objections, quorum=quorum, rule=rule
    ).kept()
    last = db.session.scalar(
        select(func.max(ProfileVersion.number)).where(ProfileVersion.profile_id == profile.id)
    )
    version = ProfileVersion(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        number=(last or 0) + 1,
        content=content,
        digest=digest_of(content),
        ratified_at=moment,
    )
    db.session.add(version)
    db.session.flush()
    return version


def versions_of(profile_id: uuid.UUID) -> list[ProfileVersion]:
    """Return the ratified versions of a profile, oldest first."""
    return list(
        db.session.scalars(
            select(ProfileVersion)
            .where(ProfileVersion.profile_id == profile_id)
            .order_by(ProfileVersion.number)
        )
    )


def latest_version(profile_id: uuid.UUID) -> ProfileVersion | None:
    """Return the newest ratified version of a profile, or None before the first."""
    return next(iter(reversed(versions_of(profile_id))), None)


def latest_versions(cycle_id: uuid.UUID) -> dict[uuid.UUID, ProfileVersion]:
    """Return the newest ratified version of each profile of the cycle that has one."""
    rows = db.session.scalars(
        select(ProfileVersion)
        .where(ProfileVersion.cycle_id == cycle_id)
        .order_by(ProfileVersion.profile_id, ProfileVersion.number)
    )
    return {one.profile_id: one for one in rows}


def _members(profile_id: uuid.UUID) -> list[ProfileCapability]:
    # Read afresh: what this session loaded before it locked the profile may be old by now.
    return list(
        db.session.scalars(
            select(ProfileCapability)
            .join(ProfileCapability.statement)
            .where(ProfileCapability.profile_id == profile_id)
            .options(joinedload(ProfileCapability.statement).joinedload(CapabilityStatement.area))
            .order_by(*IN_ORDER)
            .execution_options(populate_existing=True)
        )
    )


def _member(row: ProfileCapability) -> VersionMember:
    vote, area = vote_of(row), row.statement.area
    return VersionMember(
        statement_id=str(row.statement_id),
        code=row.statement.code,
        text=row.statement.text,
        function=area.function if area else "",
        domain=area.domain if area else "",
        area=area.name if area else "",
        level=row.level,
        voted_level=row.voted_level,
        voted_outcome=row.voted_outcome,
        voted_counts=tuple(row.voted_counts),
        is_decided=bool(vote and vote.is_decided),
        is_provisional=row.is_provisional,
        is_added_by_panel=row.is_added_by_panel,
        reason=row.reason,
    )
