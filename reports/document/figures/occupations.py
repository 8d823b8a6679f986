"""The figures of role levels and profiles: which proficiency each needs."""

from collections.abc import Iterator, Sequence

from reports.charts.vega.bars import SLIM, Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.identity import LEVELS
from reports.document.facts import LevelProfiles, LevelSpread, Occupations, Profile
from reports.document.figures.catalogue import profiles_key
from reports.document.wording import counted, percent_words

LEVEL_SERIES = (
    Series("Awareness", "A", *LEVELS["A"]),
    Series("Practitioner", "P", *LEVELS["P"]),
    Series("Expert", "E", *LEVELS["E"]),
)
MOST_DRAWN = 20
"""As many profiles as a sheet has room for; the tables have all."""


def proficiency_chart(spread: Sequence[LevelSpread]) -> Chart | None:
    """Return the share at each proficiency by role level; None where nothing is settled."""
    lines = [line for line in spread if line.needed]
    if not lines:
        return None
    most = max(lines, key=lambda line: line.expert_percent or 0.0)
    return stacked_bars(
        "proficiency",
        title="Proficiency needed, as a share of the capabilities each role level needs",
        summary=f"{most.role_level} have the largest share at Expert: "
        f"{percent_words(most.expert_percent or 0.0)} of the {most.needed:,} capabilities needed "
        "there.",
        rows=[Stack(line.role_level, _shares(line), f"of {line.needed:,}") for line in lines],
        series=LEVEL_SERIES,
        x=Axis("Share of the capabilities needed, %", 0, 100),
        unit=" %",
    )


def _shares(line: LevelSpread) -> dict[str, float]:
    shares = (line.awareness_percent, line.practitioner_percent, line.expert_percent)
    return {each.name: share or 0.0 for each, share in zip(LEVEL_SERIES, shares, strict=True)}


def profiles_charts(found: Occupations) -> Iterator[tuple[str, Chart]]:
    """Yield the profiles of each role level that has any, by proficiency, with the figure's key."""
    for place, level in enumerate(found.by_role_level):
        held = [each for each in found.profiles if each.role_level == level.role_level]
        if held:
            yield profiles_key(place), _profiles(profiles_key(place), level, held)


def _profiles(name: str, level: LevelProfiles, held: Sequence[Profile]) -> Chart:
    largest = max(held, key=lambda each: each.member_count)
    first = f" The first {MOST_DRAWN} are drawn." if len(held) > MOST_DRAWN else ""
    return stacked_bars(
        name,
        title=f"Profiles at the role level {level.role_level}, by proficiency",
        summary=f"{counted(level.count, 'profile')}; the largest is {largest.code} {largest.name} "
        f"with {counted(largest.member_count, 'capability', 'capabilities')}.{first}",
        rows=[
            Stack(f"{each.code} {each.name}", _counts(each), f"{each.member_count:,}")
            for each in held[:MOST_DRAWN]
        ],
        series=LEVEL_SERIES,
        x=Axis("Capabilities"),
        row=SLIM,
    )


def _counts(profile: Profile) -> dict[str, int]:
    counts = (profile.awareness, profile.practitioner, profile.expert)
    return {each.name: count for each, count in zip(LEVEL_SERIES, counts, strict=True)}
