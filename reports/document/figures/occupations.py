"""The figures of role levels and profiles: which proficiency each needs."""

from collections.abc import Iterator, Sequence

from reports.charts.vega.bars import SLIM, Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.identity import LEVELS
from reports.document.facts import LevelProfiles, LevelSpread, Occupations, Profile
from reports.document.figures.catalogue import profiles_key
from reports.document.wording import counted, percent_words, sentence_list, tops

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
    return stacked_bars(
        "proficiency",
        title="Proficiency needed, as a share of the capabilities each role level needs",
        summary=_most_expert(lines),
        rows=[Stack(line.role_level, _shares(line), f"of {line.needed:,}") for line in lines],
        series=LEVEL_SERIES,
        x=Axis("Share of the capabilities needed, %", 0, 100),
        unit=" %",
    )


def _most_expert(lines: Sequence[LevelSpread]) -> str:
    """Say where the share at Expert is largest; of several that tie none is the largest."""
    most = max(lines, key=lambda line: line.expert_percent or 0.0)
    share = percent_words(most.expert_percent or 0.0)
    if not most.expert:
        return "No role level calls for Expert."
    names = tops([(line.expert_percent or 0.0, line.role_level) for line in lines])
    if len(names) > 1:
        return f"{sentence_list(names)} have the largest share at Expert: {share} each."
    return (
        f"{most.role_level} have the largest share at Expert: {share} of the {most.needed:,} "
        "capabilities needed there."
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
    first = f" The first {MOST_DRAWN} are drawn." if len(held) > MOST_DRAWN else ""
    return stacked_bars(
        name,
        title=f"Profiles at the role level {level.role_level}, by proficiency",
        summary=f"{counted(level.count, 'profile')}; {_largest(held)}.{first}",
        rows=[
            Stack(f"{each.code} {each.name}", _counts(each), f"{each.member_count:,}")
            for each in held[:MOST_DRAWN]
        ],
        series=LEVEL_SERIES,
        x=Axis("Capabilities"),
        row=SLIM,
    )


def _largest(held: Sequence[Profile]) -> str:
    size = max(each.member_count for each in held)
    names = tops([(each.member_count, f"{each.code} {each.name}") for each in held])
    with_size = counted(size, "capability", "capabilities")
    if len(names) == 1:
        return f"the largest is {names[0]} with {with_size}"
    return f"the largest are {sentence_list(names)} with {with_size} each"


def _counts(profile: Profile) -> dict[str, int]:
    counts = (profile.awareness, profile.practitioner, profile.expert)
    return {each.name: count for each, count in zip(LEVEL_SERIES, counts, strict=True)}
