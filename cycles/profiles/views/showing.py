"""One profile: its capabilities, what was voted, what the panel made of it, and its history."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request, url_for

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.pages import page
from cycles.ksbs.models import CapabilityKsb
from cycles.ksbs.queries import accepted_by_statement
from cycles.profiles.list_pages import Option, options
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.page_of_one import (
    Entry,
    EntryGroup,
    NearestBlock,
    Neighbours,
    SimilarLine,
    ksb_words,
    nearest_block,
    neighbours_of,
    partner_words,
    similar_lines,
)
from cycles.profiles.pages import Head, MemberLine, TrailLine, head_of, member_line, trail_lines
from cycles.profiles.queries import members_of, removed_from
from cycles.profiles.reading import ORDERS, SHOWN, Group, Look, grouped, read_look, seen
from cycles.profiles.version_pages import VersionLine, version_line
from cycles.profiles.versions import versions_of
from cycles.profiles.views import profiles
from cycles.profiles.views.listing import downloads

NEWEST = 10
LONG = 6
Ksbs = Mapping[uuid.UUID, Sequence[CapabilityKsb]]


@dataclass(frozen=True)
class HeldPart:
    """The capabilities that the reader asked for, and the ways to ask for others."""

    groups: tuple[EntryGroup, ...]
    total: int
    shown: int
    is_long: bool
    look: Look
    levels: tuple[Option, ...]
    shows: tuple[Option, ...]
    orders: tuple[Option, ...]


@dataclass(frozen=True)
class ProfilePage:
    """One profile. ``trail`` is the newest of its history and ``older`` the rest."""

    head: Head
    partner: str
    ksbs: str
    held: HeldPart
    removed: tuple[MemberLine, ...]
    versions: tuple[VersionLine, ...]
    ratification: str
    nearest: NearestBlock
    similar: tuple[SimilarLine, ...]
    trail: tuple[TrailLine, ...]
    older: tuple[TrailLine, ...]
    ratify_href: str | None
    downloads: tuple[tuple[str, str], ...]


@profiles.get("/<uuid:profile_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show one profile."""
    profile = load(Profile, cycle_id, profile_id)
    return page("profiles/show.html", page=_profile_page(profile, read_look(request.args)))


def _profile_page(profile: Profile, look: Look) -> ProfilePage:
    members, near = members_of(profile.id), neighbours_of(profile)
    ksbs = accepted_by_statement(profile.cycle_id, [one.statement_id for one in members])
    versions, is_named = versions_of(profile.id)[::-1], _works_with_the_panel()
    trail = trail_lines(profile, is_named=is_named)
    return ProfilePage(
        head=head_of(profile, members),
        partner=partner_words(profile, members),
        ksbs=ksb_words(ksbs),
        held=_held(profile, members, look, near, ksbs),
        removed=tuple(member_line(profile, one) for one in removed_from(profile.id)),
        versions=tuple(version_line(one) for one in versions),
        ratification=_ratification_words(profile),
        nearest=nearest_block(profile, versions[0].ratified_at if versions else None),
        similar=similar_lines(profile, near),
        trail=trail[:NEWEST],
        older=trail[NEWEST:],
        ratify_href=_panel_href(profile),
        downloads=downloads(profile.cycle_id, "profiles.download_one", profile_id=profile.id),
    )


def _held(
    profile: Profile,
    members: Sequence[ProfileCapability],
    look: Look,
    near: Neighbours,
    ksbs: Ksbs,
) -> HeldPart:
    shown = seen(profile, members, look, near.doubled)
    return HeldPart(
        groups=tuple(_entries(profile, each, ksbs, near) for each in grouped(shown, look)),
        total=len(members),
        shown=len(shown),
        is_long=len(members) > LONG,
        look=look,
        levels=_level_options(look),
        shows=options("All capabilities", look.show, SHOWN.items()),
        orders=tuple(Option(key, label, key == look.sort) for key, label in ORDERS.items()),
    )


def _entries(profile: Profile, group: Group, ksbs: Ksbs, near: Neighbours) -> EntryGroup:
    return EntryGroup(
        group.title,
        tuple(
            Entry(
                member_line(profile, one, ksbs[one.statement_id]),
                near.also.get(one.statement_id, ()),
            )
            for one in group.members
        ),
    )


def _level_options(look: Look) -> tuple[Option, ...]:
    pairs = zip(PROFICIENCY_LETTERS[1:], PROFICIENCY_WORDS[1:], strict=True)
    return options("Any level", look.level, pairs)


def _ratification_words(profile: Profile) -> str:
    """Say why there is no version to read."""
    if profile.status == ProfileStatus.RATIFIED:
        return "Ratified before versions were kept word for word."
    return "The panel has not ratified it yet, so there is no version of it."


def _works_with_the_panel() -> bool:
    return current_place().is_convener or current_place().is_on_panel


def _panel_href(profile: Profile) -> str | None:
    if not _works_with_the_panel():
        return None
    return url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id)
