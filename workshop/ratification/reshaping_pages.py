"""The pages on which a profile is split and merged: what goes where, before anybody confirms."""

import uuid
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.pages import Head, head_of
from cycles.profiles.queries import members_of
from workshop.ratification.pages import Slip
from workshop.ratification.ways import same_level


@dataclass(frozen=True)
class PartLine:
    """A capability that may go into the new profile."""

    id: uuid.UUID
    label: str
    letter: str
    place: str
    is_chosen: bool


@dataclass(frozen=True)
class SplitPage:
    """Which capabilities go into a new profile, and what that is called."""

    head: Head
    parts: tuple[PartLine, ...]
    name: str
    slip: Slip | None


@dataclass(frozen=True)
class OtherLine:
    """A profile that this one could be merged into."""

    id: uuid.UUID
    label: str
    note: str
    is_chosen: bool


@dataclass(frozen=True)
class MeetingLine:
    """A capability of either profile: the level that each gives it, and what it will have."""

    label: str
    here: str
    there: str
    after: str
    is_different: bool


@dataclass(frozen=True)
class Meeting:
    """What a merger would make of the other profile."""

    head: Head
    joins: tuple[MeetingLine, ...]
    both: tuple[MeetingLine, ...]
    different: int
    size: int


@dataclass(frozen=True)
class MergePage:
    """Which profile takes this one in, and what would come of it."""

    head: Head
    others: tuple[OtherLine, ...]
    meeting: Meeting | None
    slip: Slip | None


def split_page(
    profile: Profile, chosen: tuple[str, ...] = (), slip: Slip | None = None
) -> SplitPage:
    """Return the page on which the profile is split, with what was ticked."""
    members = members_of(profile.id)
    parts = tuple(
        PartLine(
            id=one.id,
            label=_label(one),
            letter=PROFICIENCY_LETTERS[one.level],
            place=one.statement.area.name if one.statement.area else "No area",
            is_chosen=str(one.id) in chosen,
        )
        for one in members
    )
    return SplitPage(head_of(profile, members), parts, slip.name if slip else "", slip)


def merge_page(profile: Profile, into: Profile | None, slip: Slip | None = None) -> MergePage:
    """Return the page on which the profile is merged, with the profile chosen so far."""
    mine = members_of(profile.id)
    held = {one.statement_id for one in mine}
    others = tuple(_other(one, held, into) for one in same_level(profile))
    meeting = _meeting(mine, into) if into else None
    return MergePage(head_of(profile, mine), others, meeting, slip)


def _label(member: ProfileCapability) -> str:
    return f"{member.statement.code} {member.statement.text}"


def _other(other: Profile, held: set[uuid.UUID], into: Profile | None) -> OtherLine:
    theirs = {one.statement_id for one in other.members if not one.is_removed}
    many = "1 capability" if len(theirs) == 1 else f"{len(theirs)} capabilities"
    note = f"{many}, {len(theirs & held)} shared with this profile"
    is_chosen = into is not None and other.id == into.id
    return OtherLine(other.id, f"{other.code} {other.name}", note, is_chosen)


def _meeting(mine: list[ProfileCapability], into: Profile) -> Meeting:
    members = members_of(into.id)
    there = {one.statement_id: one for one in members}
    lines = [_line(one, there.get(one.statement_id)) for one in mine]
    joins = tuple(one for one in lines if not one.there)
    both = tuple(one for one in lines if one.there)
    return Meeting(
        head=head_of(into, members),
        joins=joins,
        both=both,
        different=sum(one.is_different for one in both),
        size=len(members) + len(joins),
    )


def _line(mine: ProfileCapability, there: ProfileCapability | None) -> MeetingLine:
    here = PROFICIENCY_LETTERS[mine.level]
    other = PROFICIENCY_LETTERS[there.level] if there else ""
    return MeetingLine(
        _label(mine), here, other, other or here, is_different=bool(other) and other != here
    )
