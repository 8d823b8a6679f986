"""The tables of map and gap that people download: findings in, headings and rows out. Pure.

Percentages are numbers with one decimal; every count stands beside its total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cycles.standards.wording import level_value
from reports.mapping.comparing import Comparison, Side
from reports.mapping.findings import CapabilityFinding, Findings, Match, ProfileFinding, Standing
from reports.mapping.run_differences import RunDifferences
from reports.mapping.words import RESPONSES

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """A table's headings and rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


CAPABILITY = ("Code", "Capability", "Function", "Domain", "Area", "Profiles")
BEST = (
    "Best duty",
    "Standard",
    "Reference",
    "Framework",
    "Level",
    "Score, %",
    "Chance, %",
    "Generic duty",
    "Skill, not duty",
    "Machine suggestion",
    "Human verdict",
    "Reason",
)
STANDING = (
    "Rank",
    "Standard",
    "Reference",
    "Version",
    "Framework",
    "Skills, not duties",
    "Level",
    "Capabilities matched",
    "Capabilities",
    "Fit, %",
    "Duties to spare",
    "Duties",
    "Surplus, %",
    "Suggested response",
)
PROFILE = ("Profile", "Name", "Role level", "Academic level", "Ratified")


def capabilities_table(found: Findings) -> Table:
    """Return every capability with its best match, the score and the verdict side by side."""
    return Table(
        (
            *CAPABILITY,
            "Supported",
            "Supported by score alone",
            "Only generic matches",
            "Only skills match",
            "Matching duties",
            "Generic among them",
            *BEST,
        ),
        tuple(
            (
                *_capability(each),
                each.is_supported,
                each.is_suggested,
                each.is_only_generic,
                each.is_only_skills,
                each.match_count,
                each.generic_count,
                *_match(each.best),
            )
            for each in found.capabilities
        ),
    )


def unsupported_table(found: Findings) -> Table:
    """Return the unsupported capabilities with the nearest duty there is."""
    return Table(
        (*CAPABILITY, *BEST),
        tuple((*_capability(each), *_match(each.best)) for each in found.unsupported),
    )


def fit_table(found: Findings, profile_code: str = "") -> Table:
    """Return the ten best standards of every profile, or of one."""
    return Table(
        (*PROFILE, *STANDING),
        tuple(
            (*_profile(profile), rank, *_standing(standing))
            for profile in found.profiles
            if profile_code in ("", profile.code)
            for rank, standing in enumerate(profile.standings, 1)
        ),
    )


def priorities_table(found: Findings) -> Table:
    """Return the profiles by need, under the report's own rule."""
    return Table(
        (
            "Priority",
            *PROFILE,
            "Unsupported capabilities",
            "Capabilities",
            "Best fit, %",
            "Best standard",
            "Suggested response",
        ),
        tuple(
            (
                each.priority_rank,
                *_profile(each),
                each.unsupported_count,
                each.member_count,
                each.best_fit_percent,
                each.best.title if each.best else "",
                RESPONSES[each.best.response] if each.best else "",
            )
            for each in found.priorities
        ),
    )


def curve_table(found: Findings) -> Table:
    """Return how many capabilities are unsupported at each threshold."""
    return Table(
        (
            "Threshold, %",
            "Unsupported capabilities",
            "Unsupported, %",
            "Matches",
            "Expected false among those not settled",
        ),
        tuple(
            (
                each.threshold_percent,
                each.unsupported_count,
                each.unsupported_percent,
                each.match_count,
                each.expected_false,
            )
            for each in found.curve
        ),
    )


def comparison_table(found: Comparison) -> Table:
    """Return a profile beside a standard: capabilities first, then duties."""
    return Table(
        ("Side", "Matched", "Code", "Capability", "Duty", "Score, %", "Human verdict", "Reason"),
        (
            *_sides("Capability", found.met + found.unmet),
            *_sides("Duty", found.used + found.spare),
        ),
    )


def runs_table(found: RunDifferences) -> Table:
    """Return all that differs between two runs: what they rest on first, then what they found."""
    texts = (("Capability", found.capabilities), ("Duty", found.duties))
    return Table(
        ("What", "Code", "Change", "Before", "After"),
        (
            *(
                ("Setting", each.name, "changed", each.before, each.after)
                for each in found.settings
            ),
            *(
                (name, each.code, each.kind, each.before, each.after)
                for name, rows in texts
                for each in rows
            ),
            *(
                ("Support", each.after.code, "changed", *map(_supported, (each.before, each.after)))
                for each in found.support
            ),
            *(
                ("Profile", each.after.code, "changed", *map(_fit, (each.before, each.after)))
                for each in found.profiles
            ),
        ),
    )


def _supported(each: CapabilityFinding) -> str:
    return "supported" if each.is_supported else "unsupported"


def _fit(profile: ProfileFinding) -> str:
    best = profile.best
    return f"{best.reference} {best.title}: {best.fit_percent} %" if best else ""


def _sides(name: str, sides: Sequence[Side]) -> Iterator[tuple[Cell, ...]]:
    for side in sides:
        said = side.match.judgement
        yield (
            name,
            side.match.is_match,
            side.code,
            side.capability,
            side.match.duty_text,
            side.match.score_percent,
            said.word if said else "",
            said.reason if said else "",
        )


def _capability(each: CapabilityFinding) -> tuple[Cell, ...]:
    profiles = ", ".join(each.profile_codes)
    return (each.code, each.text, each.function, each.domain, each.area, profiles)


def _match(match: Match | None) -> tuple[Cell, ...]:
    if match is None:
        return ("", "", "", "", None, None, None, None, None, "", "", "")
    said = match.judgement
    return (
        match.duty_text,
        match.standard_title,
        match.standard_reference,
        match.framework_name,
        level_value(match.standard_level),
        match.score_percent,
        None if match.chance is None else round(100 * match.chance, 1),
        match.is_generic,
        match.is_skill,
        "match" if match.is_suggested else "no match",
        said.word if said else "",
        said.reason if said else "",
    )


def _profile(each: ProfileFinding) -> tuple[Cell, ...]:
    return (each.code, each.name, each.role_level, each.academic_level, each.is_ratified)


def _standing(each: Standing) -> tuple[Cell, ...]:
    return (
        each.title,
        each.reference,
        each.version,
        each.framework_name,
        each.by_skills,
        level_value(each.level),
        each.fit_count,
        each.member_count,
        each.fit_percent,
        each.surplus_count,
        each.duty_count,
        each.surplus_percent,
        RESPONSES[each.response],
    )
