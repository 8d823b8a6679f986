"""What every page of profiles shows of one: its head, its line, its capabilities, its history.

Frozen contexts from rows; each page's own context is beside its view. No permission is judged here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.clock import LONDON
from cycles.profiles.filters import changed_by_panel
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.trail import ChangeKind, named_trail
from cycles.profiles.votes import MinorityReason, departs, vote_of
from cycles.profiles.wording import (
    STATUS_TAGS,
    STATUS_WORDS,
    change_words,
    difference_words,
    percent,
    shows_provisional,
    status_note,
    vote_words,
    why_words,
)
from cycles.standards.wording import is_stated, level_words

Counts = tuple[int, int, int, int]


@dataclass(frozen=True)
class ProfileLine:
    """One profile in a list. ``counts`` is of N, A, P, E; N is always nought."""

    profile_id: uuid.UUID
    code: str
    name: str
    href: str
    partner: str
    size: int
    counts: Counts
    changed: int
    provisional: int
    status: str
    tag_kind: str


@dataclass(frozen=True)
class KsbLine:
    """An accepted KSB of a capability."""

    letter: str
    text: str


@dataclass(frozen=True)
class MemberLine:
    """A capability of a profile, as read."""

    code: str
    text: str
    href: str
    place: str
    letter: str
    level: str
    vote: str
    counts: tuple[int, ...]
    marks: tuple[str, ...]
    minority: str
    reasons: tuple[MinorityReason, ...]
    decision: str
    difference: str
    reason: str
    why: tuple[str, ...]
    is_provisional: bool
    is_departed: bool
    is_added: bool
    ksbs: tuple[KsbLine, ...]


@dataclass(frozen=True)
class NameLine:
    """A suggested name with what it was found by."""

    title: str
    score: str
    source: str
    level: str


@dataclass(frozen=True)
class TrailLine:
    """One line of the history."""

    when: str
    who: str
    sentence: str
    reason: str


@dataclass(frozen=True)
class Head:
    """What stands above a profile's capabilities, on every page of it."""

    cycle_id: uuid.UUID
    profile_id: uuid.UUID
    version: int
    code: str
    name: str
    is_name_suggested: bool
    names: tuple[NameLine, ...]
    role_level: str
    academic_level: int | None
    partner: str
    status: str
    tag_kind: str
    status_note: str
    counts: Counts
    words: str


def level_counts(members: Sequence[ProfileCapability]) -> Counts:
    """Return how many of the capabilities held stand at N, A, P and E."""
    levels = [one.level for one in members if not one.is_removed]
    return (0, levels.count(1), levels.count(2), levels.count(3))


def count_words(counts: Counts) -> str:
    """Return the counts in words, the levels that occur: ``2 Awareness, 9 Practitioner``."""
    pairs = zip(counts, PROFICIENCY_WORDS, strict=True)
    return ", ".join(f"{count} {word}" for count, word in pairs if count) or "no capabilities"


def head_of(profile: Profile, members: Sequence[ProfileCapability]) -> Head:
    """Make the head of a profile from its row and the capabilities that it holds."""
    counts, level = level_counts(members), profile.role_level
    return Head(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        version=profile.version,
        code=profile.code,
        name=profile.name,
        is_name_suggested=profile.is_name_suggested,
        names=name_lines(profile),
        role_level=level.name,
        academic_level=level.academic_level,
        partner=profile.partner.name if profile.partner else "",
        status=STATUS_WORDS[profile.status],
        tag_kind=STATUS_TAGS[profile.status],
        status_note=status_note(profile),
        counts=counts,
        words=count_words(counts),
    )


def profile_line(profile: Profile) -> ProfileLine:
    """Make the line of a profile."""
    held = [one for one in profile.members if not one.is_removed]
    return ProfileLine(
        profile_id=profile.id,
        code=profile.code,
        name=profile.name,
        href=url_for("profiles.show", cycle_id=profile.cycle_id, profile_id=profile.id),
        partner=profile.partner.name if profile.partner else "",
        size=len(held),
        counts=level_counts(held),
        changed=changed_by_panel(profile),
        provisional=sum(shows_provisional(profile, one) for one in held),
        status=STATUS_WORDS[profile.status],
        tag_kind=STATUS_TAGS[profile.status],
    )


def member_line(
    profile: Profile, member: ProfileCapability, ksbs: Sequence[Any] = ()
) -> MemberLine:
    """Make the line of a capability; ``ksbs`` are its accepted ones."""
    vote = vote_of(member)
    area = member.statement.area
    return MemberLine(
        code=member.statement.code,
        text=member.statement.text,
        href=url_for(
            "statements.show", cycle_id=profile.cycle_id, statement_id=member.statement_id
        ),
        place=f"{area.function} › {area.name}" if area else "No area",
        letter=PROFICIENCY_LETTERS[member.level],
        level=PROFICIENCY_WORDS[member.level],
        vote=vote_words(member),
        counts=tuple(member.voted_counts),
        marks=vote.marks if vote else (),
        minority=vote.minority if vote else "",
        reasons=vote.reasons if vote else (),
        decision=vote.decision if vote else "",
        difference=difference_words(member, profile.status),
        reason=member.reason,
        why=why_words(member),
        is_provisional=shows_provisional(profile, member),
        is_departed=departs(member),
        is_added=member.is_added_by_panel,
        ksbs=tuple(KsbLine(one.kind.value[0].upper(), one.text) for one in ksbs),
    )


def name_lines(profile: Profile) -> tuple[NameLine, ...]:
    """Make the lines of the suggested names."""
    return tuple(
        NameLine(
            one["title"],
            percent(one["score"]),
            one["source"],
            level_words(one["level"]) if is_stated(one["level"]) else "",
        )
        for one in profile.suggested_names
    )


def trail_lines(profile: Profile, *, is_named: bool) -> tuple[TrailLine, ...]:
    """Make the history, newest first; what undoing undid is in its sentence already.

    Who did what is for the panel and the conveners: to others the lines come without a name.
    """
    return tuple(
        TrailLine(
            when=change.moment.astimezone(LONDON).strftime("%-d %B %Y, %H:%M"),
            who=who if is_named else "",
            sentence=change_words(change, text),
            reason="" if change.kind == ChangeKind.UNDONE else change.reason,
        )
        for change, who, text in named_trail(profile.id)
    )
