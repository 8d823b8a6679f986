"""The tables of one profile: what it holds, what was taken out, standards, KSBs and its trail."""

from typing import Any

from reports.document.facts import Profile, RemovedMember
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.pages import ksb_columns, member_columns, standing_columns
from reports.explorer.pages.member_columns import (
    DISSENT_WORDS,
    PANEL_WORDS,
    SUPPORT_WORDS,
    MemberRow,
    member_rows,
)
from reports.explorer.pages.standing_columns import StandingRow, standing_rows
from reports.explorer.wordings import KIND_WORDS, Wording, wordings_of
from reports.results.records import TrailLine

REMOVED: tuple[Column[RemovedMember], ...] = (
    Column(
        "code",
        "Code",
        "The capability's code.",
        lambda row: row.code,
        Kind.CODE,
        show=lambda look, row: Shown(
            row.code,
            look.href("capabilities", row.code) if row.code in look.results.capability else "",
        ),
    ),
    Column(
        "text", "Capability", "What an organisation can do.", lambda row: row.text, Kind.STATEMENT
    ),
    Column("voted", "Employers' vote", "What the employers voted.", lambda row: row.voted),
    Column("reason", "Reason", "Why the panel took it out.", lambda row: row.reason),
)
TRAIL: tuple[Column[TrailLine], ...] = (
    Column("on", "Day", "The day it was done.", lambda row: row.on, Kind.DATE),
    Column(
        "sentence", "What was done", "What the panel did.", lambda row: row.sentence, Kind.STATEMENT
    ),
    Column("reason", "Reason", "The reason it gave.", lambda row: row.reason),
)
FACETS: tuple[Facet[MemberRow], ...] = (
    Facet("level", "Level", lambda row: row.member.level),
    Facet("function", "Function", lambda row: row.function),
    Facet("supported", "Provision", lambda row: row.support, SUPPORT_WORDS),
    Facet("panel", "Panel", lambda row: row.panel, PANEL_WORDS),
    Facet("dissent", "Dissent", lambda row: row.dissent, DISSENT_WORDS),
)


def listings(look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of one profile, the capabilities that it holds first."""
    profile = look.results.profile[code]
    return (
        members(profile),
        standards(profile),
        ksbs(profile),
        removed(profile),
        trail(profile),
    )


def members(profile: Profile) -> Listing[MemberRow]:
    """Return the table of the capabilities that the profile holds."""
    return Listing(
        name="capabilities",
        title=f"Capabilities of {profile.code}",
        about="What the profile holds: vote, what the panel made of it, and why it is here.",
        columns=(*member_columns.COLUMNS, *member_columns.FILES_ONLY),
        rows=lambda look: member_rows(look, profile),
        text=lambda row: f"{row.member.code} {row.member.text} {row.member.area}",
        facets=FACETS,
        nothing="It holds no capability.",
        group=lambda row: row.function or "Not classified",
    )


def standards(profile: Profile) -> Listing[StandingRow]:
    """Return the table of the profile's best standards."""
    return Listing(
        name="standards",
        title=f"Standards nearest to {profile.code}",
        about="The best standards, by fit and then by least surplus, at this threshold.",
        columns=standing_columns.COLUMNS,
        rows=lambda look: standing_rows(look, profile),
        prefix="standards-",
        nothing="No run of map and gap has compared this profile with a standard.",
    )


def ksbs(profile: Profile) -> Listing[Wording]:
    """Return the table of the wordings that the profile calls for."""
    return Listing(
        name="ksbs",
        title=f"KSBs of {profile.code}",
        about="Accepted knowledge, skills and behaviours of its capabilities, each wording once.",
        columns=(*ksb_columns.OWN, *ksb_columns.BEHIND),
        rows=lambda look: [
            each for each in wordings_of(look.results) if profile.code in each.profiles
        ],
        text=lambda row: f"{row.text} {row.source_words}",
        facets=(Facet("kind", "Kind", lambda row: row.kind, KIND_WORDS),),
        prefix="ksbs-",
        per_page=20,
        nothing="No KSB is accepted for its capabilities yet.",
    )


def removed(profile: Profile) -> Listing[RemovedMember]:
    """Return the table of what the panel took out."""
    return Listing(
        name="taken-out",
        title="Taken out by the panel",
        about="Capabilities that the profile held until the panel took them out.",
        columns=REMOVED,
        rows=lambda _look: profile.removed,
        prefix="out-",
        nothing="The panel took nothing out.",
    )


def trail(profile: Profile) -> Listing[TrailLine]:
    """Return the table of what became of the profile."""
    return Listing(
        name="trail",
        title=f"What became of {profile.code}",
        about="What the panel did to the profile, the latest last, with the reasons it gave.",
        columns=TRAIL,
        rows=lambda look: _trail(look, profile.code),
        prefix="trail-",
        nothing="Nobody has changed this profile since it was generated.",
    )


def _trail(look: Look, code: str) -> tuple[TrailLine, ...]:
    facts = look.results.profile_facts.get(code)
    return facts.trail if facts else ()
