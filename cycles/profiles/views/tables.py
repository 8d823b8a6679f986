"""Profiles as tables to download: one row a capability of a profile, and the matrix."""

import uuid
from collections.abc import Iterable, Sequence

from flask import Response, abort, request

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.profiles.filters import read_filters
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.queries import live_profiles, members_of, profiles_of, removed_from
from cycles.profiles.views import profiles
from cycles.profiles.views.grid import grid_of, narrowed, read_place
from cycles.profiles.votes import vote_of
from cycles.profiles.wording import (
    STATUS_WORDS,
    difference_words,
    shows_provisional,
    vote_words,
    why_words,
)
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}
PLACE = ("Function", "Domain", "Area")
COLUMNS = (
    "Profile",
    "Name",
    "Role level",
    "Academic level",
    "Primary partner",
    "Status",
    "Capability",
    "Statement",
    *PLACE,
    "In the profile",
    "Level",
    "Voted level",
    "Vote",
    *(f"Counted {letter}" for letter in PROFICIENCY_LETTERS),
    "Provisional",
    "Dissent",
    "Difference",
    "Reason",
    "Why a member",
)
Row = tuple[str | int | None, ...]


@profiles.get("/download.<any(csv,xlsx):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send the capabilities of every profile that the filters let through."""
    shown = narrowed(cycle_id, profiles_of(cycle_id), read_filters(request.args))
    return ANSWERS[kind](f"profiles.{kind}", COLUMNS, [row for one in shown for row in _rows(one)])


@profiles.get("/<uuid:profile_id>/download.<any(csv,xlsx):kind>")
@opens_to(Door.MEMBER)
def download_one(cycle_id: uuid.UUID, profile_id: uuid.UUID, kind: str) -> Response:
    """Send the capabilities of one profile."""
    profile = load(Profile, cycle_id, profile_id)
    return ANSWERS[kind](f"{profile.code}.{kind}", COLUMNS, list(_rows(profile)))


@profiles.get("/matrix.<any(csv,xlsx):kind>")
@opens_to(Door.MEMBER)
def download_matrix(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send the matrix of what the filters let through, empty rows included."""
    columns = narrowed(cycle_id, live_profiles(cycle_id), read_filters(request.args))
    if not columns:
        abort(404)
    lines = grid_of(columns, read_place().within(kept_statements(cycle_id)))
    headings = ("Capability", "Statement", *PLACE, *(f"{one.code} {one.name}" for one in columns))
    rows = [
        (one.code, one.text, *_place(one), *(cell["code"] if cell else None for cell in cells))
        for one, cells in lines
    ]
    return ANSWERS[kind](f"profile-matrix.{kind}", headings, rows)


def _rows(profile: Profile) -> Iterable[Row]:
    level = profile.role_level
    own: Row = (
        profile.code,
        profile.name,
        level.name,
        level.academic_level,
        profile.partner.name if profile.partner else None,
        STATUS_WORDS[profile.status],
    )
    for member in (*members_of(profile.id), *removed_from(profile.id)):
        yield (*own, *_capability(member), *_levels(profile, member))


def _capability(member: ProfileCapability) -> Row:
    statement = member.statement
    is_held = "removed" if member.is_removed else "yes"
    return (statement.code, statement.text, *_place(statement), is_held)


def _place(statement: CapabilityStatement) -> Row:
    area = statement.area
    return (area.function, area.domain, area.name) if area else (None, None, None)


def _levels(profile: Profile, member: ProfileCapability) -> Row:
    vote = vote_of(member)
    return (
        PROFICIENCY_WORDS[member.level],
        PROFICIENCY_WORDS[member.voted_level] if member.voted_level else None,
        vote_words(member),
        *_four(member.voted_counts),
        "yes" if shows_provisional(profile, member) else "no",
        "yes" if vote and vote.has_dissent else "no",
        difference_words(member, profile.status),
        member.reason,
        "; ".join(why_words(member)),
    )


def _four(counts: Sequence[int]) -> Row:
    """Return the counts, or four empty cells where too few rated to show them."""
    return tuple(counts) or (None, None, None, None)
