"""Profiles beside their best standards, as rows: fit, surplus and what follows. Columns only."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from cycles.standards.wording import level_cell
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet
from reports.explorer.look import Look
from reports.mapping.findings import ProfileFinding, Standing
from reports.mapping.words import RESPONSES, academic_words, of, percent

COMPARISON = "comparison"
BEST, OTHER = "best", "other"
RESPONSE_KEYS = {each.value: words for each, words in RESPONSES.items()}
SKILLS_TAG = ("Skills, not duties", "attention")
SURPLUS_KIND = "quiet"


@dataclass(frozen=True)
class Pairing:
    """A profile beside one of its ten best standards. ``rank`` counts from 1, the best."""

    profile: ProfileFinding
    rank: int
    standing: Standing

    @property
    def response(self) -> str:
        """Return the response that is suggested, as a key of ``RESPONSE_KEYS``."""
        return self.standing.response.value


def _academic(profile: ProfileFinding) -> str:
    # No line breaks between the word and its number.
    return academic_words(profile.academic_level).replace(" ", "\u00a0")


def _rank(rank: int) -> str:
    return "its best" if rank == 1 else f"its no. {rank}"


def pairings(look: Look) -> tuple[Pairing, ...]:
    """Return every profile beside its ten best standards, by profile and rank."""
    found = look.findings.profiles if look.findings else ()
    return tuple(
        Pairing(profile, rank, standing)
        for profile in found
        for rank, standing in enumerate(profile.standings, 1)
    )


def comparison_href(look: Look, code: str, standard_id: uuid.UUID) -> str:
    """Return where a profile stands beside a standard, capability by capability."""
    return look.href(COMPARISON, profile=code, standard=standard_id)


def _standard_shown(look: Look, row: Pairing) -> Shown:
    standing = row.standing
    several = look.findings is not None and len(look.findings.run.frameworks) > 1
    return Shown(
        standing.title,
        comparison_href(look, row.profile.code, standing.standard_id),
        note=standing.reference + (f", {standing.framework_name}" if several else ""),
        tags=(SKILLS_TAG,) if standing.by_skills else (),
    )


def facets(look: Look) -> tuple[Facet[Pairing], ...]:
    """Return what pairings are filtered by."""
    profiles = look.findings.profiles if look.findings else ()
    return (
        Facet(
            "profile",
            "Profile",
            lambda row: row.profile.code,
            {each.code: f"{each.code} {each.name}" for each in profiles},
        ),
        Facet("role", "Role level", lambda row: row.profile.role_level),
        Facet("response", "Suggested response", lambda row: row.response, RESPONSE_KEYS),
        Facet(
            "among",
            "Standards",
            lambda row: BEST if row.rank == 1 else OTHER,
            {BEST: "The best of each profile", OTHER: "The other nine"},
        ),
    )


def text_of(row: Pairing) -> str:
    """Return what a search looks through."""
    standing = row.standing
    return f"{row.profile.code} {row.profile.name} {standing.title} {standing.reference}"


def _file(key: str, heading: str, meaning: str, read: Callable[[Standing], str]) -> Column[Pairing]:
    return Column(key, heading, meaning, lambda row: read(row.standing), is_shown=False)


def _count(
    key: str, heading: str, meaning: str, read: Callable[[Standing], int]
) -> Column[Pairing]:
    return Column(
        key, heading, meaning, lambda row: read(row.standing), Kind.NUMBER, is_shown=False
    )


PROFILE_COLUMNS: tuple[Column[Pairing], ...] = (
    Column(
        "profile",
        "Profile",
        "The profile's code.",
        lambda row: row.profile.code,
        Kind.CODE,
        show=lambda look, row: Shown(
            row.profile.code, look.href("profiles", row.profile.code), note=_rank(row.rank)
        ),
    ),
    Column(
        "name",
        "Name",
        "The profile's name, with its role level and academic level.",
        lambda row: row.profile.name,
        show=lambda _look, row: Shown(
            row.profile.name,
            note=f"{row.profile.role_level}, {_academic(row.profile)}",
            tags=() if row.profile.is_ratified else (("Prototype", "attention"),),
        ),
    ),
    Column(
        "role_level",
        "Role level",
        "The profile's role level.",
        lambda row: row.profile.role_level,
        is_shown=False,
    ),
    Column(
        "academic_level",
        "Academic level",
        "The academic level of the profile's role level.",
        lambda row: row.profile.academic_level,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "ratified",
        "Ratified",
        "Whether the employer panel has ratified the profile.",
        lambda row: row.profile.is_ratified,
        Kind.FLAG,
        is_shown=False,
    ),
    Column(
        "rank",
        "Rank",
        "The standard's place among the profile's ten best: by fit, then by lower surplus.",
        lambda row: row.rank,
        Kind.NUMBER,
        is_shown=False,
    ),
)


STANDARD_COLUMNS: tuple[Column[Pairing], ...] = (
    Column(
        "standard",
        "Standard",
        "The standard's title; it leads to the two side by side.",
        lambda row: row.standing.title,
        show=_standard_shown,
    ),
    _file("reference", "Reference", "The standard's reference.", lambda e: e.reference),
    Column(
        "level",
        "Level",
        "The standard's level; unknown where its source states none.",
        lambda row: level_cell(row.standing.level),
        Kind.CODE,
    ),
    Column(
        "version",
        "Version",
        "The version of the standard that was compared.",
        lambda row: row.standing.version,
        Kind.CODE,
    ),
    _file("framework", "Framework", "Where it is from.", lambda e: e.framework_name),
    Column(
        "by_skills",
        "Skills, not duties",
        "Whether skills stood in for the duties that the standard lacks.",
        lambda row: row.standing.by_skills,
        Kind.FLAG,
        is_shown=False,
    ),
)


FIT_COLUMNS: tuple[Column[Pairing], ...] = (
    Column(
        "fit",
        "Fit, %",
        "The share of the profile's capabilities that a duty of the standard matches.",
        lambda row: row.standing.fit_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(row.standing.fit_percent),
            bar=row.standing.fit_percent,
            note=of(row.standing.fit_count, row.standing.member_count),
        ),
    ),
    _count("fit_count", "Capabilities matched", "Its numerator.", lambda e: e.fit_count),
    _count("capabilities", "Capabilities", "Its denominator.", lambda e: e.member_count),
)


SURPLUS_COLUMNS: tuple[Column[Pairing], ...] = (
    Column(
        "surplus",
        "Surplus, %",
        "The share of the standard's duties that match none of the profile's capabilities.",
        lambda row: row.standing.surplus_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(row.standing.surplus_percent),
            bar=row.standing.surplus_percent,
            bar_kind=SURPLUS_KIND,
            note=of(row.standing.surplus_count, row.standing.duty_count),
        ),
    ),
    _count("surplus_count", "Duties to spare", "Its numerator.", lambda e: e.surplus_count),
    _count("duties", "Duties", "Its denominator.", lambda e: e.duty_count),
    Column(
        "response",
        "Suggested response",
        "What fit and surplus together suggest; see the rule above.",
        lambda row: RESPONSES[row.standing.response],
    ),
)

COLUMNS = (*PROFILE_COLUMNS, *STANDARD_COLUMNS, *FIT_COLUMNS, *SURPLUS_COLUMNS)
"""The columns of a profile beside a standard."""
