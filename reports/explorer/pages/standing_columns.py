"""The standards that one profile is compared with, best first, as rows."""

from dataclasses import dataclass

from cycles.standards.wording import level_cell
from reports.document.facts import Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look
from reports.explorer.pages.profile_rows import comparison_href
from reports.mapping.findings import Standing
from reports.mapping.words import RESPONSES, of, percent


@dataclass(frozen=True)
class StandingRow:
    """One of the profile's best standards; ``rank`` 1 fits best."""

    rank: int
    profile: str
    standing: Standing


def standing_rows(look: Look, profile: Profile) -> tuple[StandingRow, ...]:
    """Return the profile's best standards at the threshold; none before a run compared it."""
    found = look.findings.profiles if look.findings else ()
    own = next((each for each in found if each.code == profile.code), None)
    standings = own.standings if own else ()
    return tuple(StandingRow(rank, profile.code, each) for rank, each in enumerate(standings, 1))


def _standard(look: Look, row: StandingRow) -> Shown:
    own = row.standing
    has_several = look.findings is not None and len(look.findings.run.frameworks) > 1
    note = ", ".join(filter(None, (own.reference, own.version)))
    return Shown(
        own.title,
        comparison_href(look, row.profile, own),
        f"{note}; {own.framework_name}" if has_several else note,
        tags=(("Skills, not duties", "attention"),) if own.by_skills else (),
    )


COLUMNS: tuple[Column[StandingRow], ...] = (
    Column("rank", "Rank", "1 fits best.", lambda row: row.rank, Kind.NUMBER),
    Column(
        "standard",
        "Standard",
        "The occupational standard, with its reference and version.",
        lambda row: row.standing.title,
        Kind.STATEMENT,
        show=_standard,
    ),
    Column(
        "level",
        "Level",
        "The academic level of the standard.",
        lambda row: row.standing.level if row.standing.level > 0 else None,
        Kind.NUMBER,
        show=lambda _look, row: Shown(level_cell(row.standing.level)),
    ),
    Column(
        "fit",
        "Fit, %",
        "The part of the profile's capabilities that the standard covers.",
        lambda row: row.standing.fit_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(row.standing.fit_percent),
            note=of(row.standing.fit_count, row.standing.member_count),
            bar=row.standing.fit_percent,
        ),
    ),
    Column(
        "surplus",
        "Surplus, %",
        "The part of the standard's duties that match none of the profile's capabilities.",
        lambda row: row.standing.surplus_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(row.standing.surplus_percent),
            note=of(row.standing.surplus_count, row.standing.duty_count),
            bar=row.standing.surplus_percent,
            bar_kind="quiet",
        ),
    ),
    Column(
        "response",
        "Suggested response",
        "What the best standard suggests doing; always a suggestion.",
        lambda row: RESPONSES[row.standing.response],
    ),
    Column(
        "reference",
        "Reference",
        "The standard's reference.",
        lambda row: row.standing.reference,
        is_shown=False,
    ),
    Column(
        "framework",
        "Framework",
        "The framework that it belongs to.",
        lambda row: row.standing.framework_name,
        is_shown=False,
    ),
    Column(
        "fit_count",
        "Capabilities covered",
        "How many of the profile's capabilities it covers.",
        lambda row: row.standing.fit_count,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "member_count",
        "Capabilities compared",
        "How many of the profile's capabilities were compared.",
        lambda row: row.standing.member_count,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "surplus_count",
        "Surplus duties",
        "How many of its duties match nothing of the profile.",
        lambda row: row.standing.surplus_count,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "duty_count",
        "Duties",
        "How many duties it has.",
        lambda row: row.standing.duty_count,
        Kind.NUMBER,
        is_shown=False,
    ),
)
