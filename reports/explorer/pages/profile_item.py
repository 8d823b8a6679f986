"""One profile: its facts, how it was ratified, what it holds and why, and what supports it."""

from dataclasses import dataclass

from flask import url_for

from reports.document.facts import Member, Profile, Ratification
from reports.explorer.columns import Kind as Holds
from reports.explorer.columns import words_of
from reports.explorer.look import Look
from reports.explorer.naming import NO, STATUS_TAGS, count_words
from reports.explorer.pages import profile_tables
from reports.explorer.pages.profile_rows import (
    PAGE_NAME,
    ProfileRow,
    comparison_href,
    levels_of,
    profile_rows,
)
from reports.explorer.table_view import TableView, table_view
from reports.mapping.words import RESPONSES, academic_words, of, percent


@dataclass(frozen=True)
class Fact:
    """One thing to know of the profile. ``links`` are (words, address) behind it."""

    label: str
    words: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ratified:
    """How the panel ratified it. ``objections`` are reasons, nobody named."""

    heading: str
    sentence: str
    rule: str
    digest: str
    objections: tuple[str, ...]


@dataclass(frozen=True)
class Dissent:
    """A capability on which a minority stood apart: who, and the reasons, each with its side."""

    code: str
    text: str
    href: str
    minority: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProfilePage:
    """One profile. ``levels`` counts N, A, P and E; ``ways`` lead to its card and its own page.

    ``neighbours`` are the profiles before and after it, as words and address; empty at the ends.
    """

    tags: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    levels: tuple[int, ...]
    levels_words: str
    ways: tuple[tuple[str, str], ...]
    neighbours: tuple[tuple[str, str], tuple[str, str]]
    ratified: Ratified | None
    not_ratified: str
    dissent: tuple[Dissent, ...]
    members: TableView
    standards: TableView
    ksbs: TableView
    removed: TableView
    trail: TableView


def label(look: Look, code: str) -> str:
    """Return the profile's name with its code."""
    return f"{code} {look.results.profile[code].name}"


def build(look: Look, code: str) -> ProfilePage | None:
    """Return the page of one profile, or None where the results do not have it."""
    rows = {each.profile.code: each for each in profile_rows(look)}
    row = rows.get(code)
    if row is None:
        return None
    views = (
        table_view(each, look, PAGE_NAME, code) for each in profile_tables.listings(look, code)
    )
    members, standards, ksbs, removed, trail = views
    profile = row.profile
    return ProfilePage(
        tags=_tags(profile),
        facts=_facts(look, row),
        levels=levels_of(profile),
        levels_words=_levels_words(profile),
        ways=_ways(look, code),
        neighbours=_neighbours(look, list(rows), code),
        ratified=_ratified(profile.ratification) if profile.ratification else None,
        not_ratified=_not_ratified(profile),
        dissent=tuple(_dissent(look, each) for each in profile.members if each.minority),
        members=members,
        standards=standards,
        ksbs=ksbs,
        removed=removed,
        trail=trail,
    )


def _tags(profile: Profile) -> tuple[tuple[str, str], ...]:
    suggested = (("Suggested name", "attention"),) if profile.is_name_suggested else ()
    return (STATUS_TAGS[profile.status], *suggested)


def _levels_words(profile: Profile) -> str:
    return (
        f"{profile.expert:,} at Expert, {profile.practitioner:,} at Practitioner, "
        f"{profile.awareness:,} at Awareness"
    )


def _facts(look: Look, row: ProfileRow) -> tuple[Fact, ...]:
    profile = row.profile
    level = academic_words(profile.academic_level)
    ksbs = look.href("ksbs", profile=profile.code)
    return (
        Fact(
            "Role level", "", ((profile.role_level, look.href(PAGE_NAME, role=profile.role_level)),)
        ),
        Fact("Academic level", level[:1].upper() + level[1:]),
        Fact("Primary partner", profile.partner or "None"),
        _unsupported(look, row),
        _best(look, row),
        Fact("KSBs", "", ((count_words(row.ksbs, "wording"), ksbs),))
        if row.ksbs
        else Fact("KSBs", "None accepted yet"),
    )


def _unsupported(look: Look, row: ProfileRow) -> Fact:
    found = row.finding
    if found is None:
        return Fact("Unsupported", "No run of map and gap has compared it yet")
    words = f"{of(found.unsupported_count, found.member_count)} capabilities"
    href = look.href(PAGE_NAME, row.profile.code, supported=NO)
    if found.unsupported_count:
        return Fact("Unsupported", "", ((words, href),))
    return Fact("Unsupported", words)


def _best(look: Look, row: ProfileRow) -> Fact:
    best = row.best
    if best is None:
        return Fact("Best standard", "None that could be compared")
    return Fact(
        "Best standard",
        f"{percent(best.fit_percent)} fit, {percent(best.surplus_percent)} surplus. "
        f"Suggested: {RESPONSES[best.response].lower()}.",
        ((best.title, comparison_href(look, row.profile.code, best)),),
    )


def _ways(look: Look, code: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to what draws or changes the profile, for people of the cycle."""
    facts = look.results.profile_facts.get(code)
    if look.is_open or facts is None:
        return ()
    cycle_id, profile_id = look.results.cycle_id, facts.profile_id
    return (
        ("One-page card", url_for("cards.show", cycle_id=cycle_id, profile_id=profile_id)),
        (
            "Where the panel works on it",
            url_for("profiles.show", cycle_id=cycle_id, profile_id=profile_id),
        ),
    )


def _neighbours(look: Look, codes: list[str], code: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the profiles before and after this one."""
    place = codes.index(code)

    def way(number: int) -> tuple[str, str]:
        if not 0 <= number < len(codes):
            return "", ""
        return label(look, codes[number]), look.href(PAGE_NAME, codes[number])

    return way(place - 1), way(place + 1)


def _ratified(said: Ratification) -> Ratified:
    # Not the length of the objections: a link's reader is not shown their words.
    objected = said.answers - said.approvals
    return Ratified(
        heading=f"Version {said.number}, ratified on {words_of(said.on, Holds.DATE)}",
        sentence=f"{said.approvals:,} of {said.answers:,} who answered approved it"
        + (f"; {objected:,} objected." if objected else "; nobody objected."),
        rule=f"It took {said.rule}, and answers from at least {said.quorum:,} of the panel."
        if said.rule
        else f"It took answers from at least {said.quorum:,} of the panel.",
        digest=said.digest,
        objections=said.objections,
    )


def _not_ratified(profile: Profile) -> str:
    if profile.ratification:
        return ""
    if profile.is_ratified:
        return "It was ratified before versions were kept."
    if profile.reopened_version:
        return f"The panel has taken version {profile.reopened_version} up again."
    return "The panel has not ratified it yet."


def _dissent(look: Look, member: Member) -> Dissent:
    return Dissent(
        code=member.code,
        text=member.text,
        href=look.href("capabilities", member.code)
        if member.code in look.results.capability
        else "",
        minority=member.minority,
        reasons=tuple((each.side, each.text) for each in member.minority_reasons),
    )
