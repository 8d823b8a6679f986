"""One wording: the capabilities that it was accepted for, and the profiles that call for it."""

from dataclasses import dataclass

from consensus.scale import PROFICIENCY_WORDS
from reports.document.facts import Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.naming import (
    STATUS_TAGS,
    capability_code,
    code_links,
    count_words,
    level_shown,
)
from reports.explorer.table_view import TableView, table_view
from reports.explorer.wordings import KIND_WORDS, Wording, holders_of, wording_by_code

PAGE_NAME = "ksbs"


@dataclass(frozen=True)
class CapabilityUse:
    """A capability that the wording was accepted for, and who holds it."""

    code: str
    text: str
    function: str
    source: str
    profiles: tuple[str, ...]


@dataclass(frozen=True)
class ProfileUse:
    """A profile that calls for the wording: for which capabilities, at most at which level."""

    profile: Profile
    level: str
    capabilities: tuple[str, ...]


@dataclass(frozen=True)
class KsbPage:
    """One wording."""

    kind: str
    sentence: str
    source: str
    capabilities: TableView
    profiles: TableView


CAPABILITIES: tuple[Column[CapabilityUse], ...] = (
    capability_code("capabilities", lambda row: row.code),
    Column(
        "text", "Capability", "What an organisation can do.", lambda row: row.text, Kind.STATEMENT
    ),
    Column("function", "Function", "One of five.", lambda row: row.function),
    Column(
        "profiles",
        "Profiles",
        "The profiles that hold the capability.",
        lambda row: row.profiles,
        Kind.LIST,
        show=lambda look, row: code_links(look, "profiles", row.profiles),
    ),
    Column(
        "source",
        "Source",
        "Where the wording comes from for this capability.",
        lambda row: row.source,
    ),
)
PROFILES: tuple[Column[ProfileUse], ...] = (
    Column(
        "code",
        "Code",
        "The profile's code.",
        lambda row: row.profile.code,
        Kind.CODE,
        show=lambda look, row: Shown(row.profile.code, look.href("profiles", row.profile.code)),
    ),
    Column("name", "Profile", "Its name.", lambda row: row.profile.name, Kind.STATEMENT),
    Column("role_level", "Role level", "Its role level.", lambda row: row.profile.role_level),
    Column(
        "level",
        "Highest level",
        "The highest proficiency at which it needs one of these capabilities.",
        lambda row: row.level,
        show=lambda _look, row: level_shown(row.level),
    ),
    Column(
        "capabilities",
        "Capabilities",
        "Those of its capabilities that the wording was accepted for.",
        lambda row: row.capabilities,
        Kind.LIST,
        show=lambda look, row: code_links(look, "capabilities", row.capabilities),
    ),
    Column(
        "status",
        "Status",
        "Whether the panel has ratified it.",
        lambda row: row.profile.status,
        show=lambda _look, row: Shown("", tags=(STATUS_TAGS[row.profile.status],)),
    ),
)


def listings(look: Look, code: str) -> tuple[Listing[CapabilityUse], Listing[ProfileUse]]:
    """Return the tables of one wording."""
    wording = wording_by_code(look.results)[code]
    return (
        Listing(
            name="capabilities",
            title="Accepted for these capabilities",
            about="The capabilities that educators accepted the wording for.",
            columns=CAPABILITIES,
            rows=lambda look: _capabilities(look, wording),
        ),
        Listing(
            name="profiles",
            title="Called for by these profiles",
            about="The profiles that hold one of these capabilities.",
            columns=PROFILES,
            rows=lambda look: _profiles(look, wording),
            prefix="profiles-",
            nothing="No profile holds one of these capabilities.",
        ),
    )


def _capabilities(look: Look, wording: Wording) -> tuple[CapabilityUse, ...]:
    holders = holders_of(look.results)
    lines = [look.results.capability[code] for code in wording.capabilities]
    return tuple(
        CapabilityUse(
            code=line.code,
            text=line.text,
            function=line.function,
            source=wording.sources[line.code],
            profiles=tuple(profile.code for profile, _level in holders.get(line.code, ())),
        )
        for line in lines
    )


def _profiles(look: Look, wording: Wording) -> tuple[ProfileUse, ...]:
    return tuple(_profile(look.results.profile[code], wording) for code in wording.profiles)


def _profile(profile: Profile, wording: Wording) -> ProfileUse:
    held = [each for each in profile.members if each.code in wording.sources]
    return ProfileUse(
        profile=profile,
        level=max((each.level for each in held), key=PROFICIENCY_WORDS.index),
        capabilities=tuple(each.code for each in held),
    )


def build(look: Look, code: str) -> KsbPage | None:
    """Return the page of one wording, or None where the results do not have it."""
    wording = wording_by_code(look.results).get(code)
    if wording is None:
        return None
    capabilities, profiles = listings(look, code)
    return KsbPage(
        kind=KIND_WORDS[wording.kind],
        sentence=f"Accepted for {_capability_words(wording)}, called for by "
        f"{count_words(len(wording.profiles), 'profile')} "
        f"at {count_words(len(wording.levels), 'role level')}.",
        source=wording.source_words,
        capabilities=table_view(capabilities, look, PAGE_NAME, code),
        profiles=table_view(profiles, look, PAGE_NAME, code),
    )


def label(look: Look, code: str) -> str:
    """Return the wording itself."""
    return wording_by_code(look.results)[code].text


def _capability_words(wording: Wording) -> str:
    return count_words(len(wording.capabilities), "capability", "capabilities")
