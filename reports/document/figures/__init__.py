"""The figures of a report: which there are, their numbers, and what they show in words.

Only figures that data exists for are made, and they are numbered in the order of the report.
Where marks stand is worked out in ``reports.charts``; no count is made here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.charts.bars import Pair, Part, Stack, paired_bars, stacked_bars
from reports.charts.drawing import Drawing
from reports.document.facts import (
    Capabilities,
    Document,
    FunctionLine,
    LevelProfiles,
    LevelSpread,
    Profile,
)
from reports.document.facts.capabilities import Presence
from reports.document.figures.catalogue import FIGURE_NAMES, is_figure_name, profiles_key
from reports.document.figures.provision import Sketch, sketches_of_provision
from reports.document.wording import counted, percent_words

FUNCTION_FILLS = ("design", "implement", "logistics", "support", "enterprise")
OUTCOME_FILLS = (
    ("hatch", ""),
    ("level-n", "edge-n"),
    ("amber", ""),
    ("level-e", ""),
    ("level-p", ""),
    ("level-a", "edge-a"),
)
LEVEL_KEY = [
    ("Awareness", "level-a", "edge-a"),
    ("Practitioner", "level-p", ""),
    ("Expert", "level-e", ""),
]

PRESENT_KEY = [
    ("Strong today", "level-e", ""),
    ("Some", "level-p", ""),
    ("None", "level-n", "edge-n"),
    ("Not captured", "paper", "hatch"),
]


@dataclass(frozen=True)
class Figure:
    """A numbered figure. ``title`` states what it shows, ``summary`` says it in one sentence."""

    key: str
    number: int
    title: str
    summary: str
    drawing: Drawing


def figures_of(document: Document) -> dict[str, Figure]:
    """Return the figures of a document by key, in the order of the report."""
    return {
        sketch[0]: Figure(sketch[0], number, *sketch[1:])
        for number, sketch in enumerate(_sketches(document), 1)
    }


def _sketches(document: Document) -> Iterator[Sketch]:
    if document.capabilities.classified:
        yield _functions(document)
    if document.agreement.judged:
        yield _outcomes(document)
    if any(line.total for line in document.capabilities.partners):
        yield _partners(document)
    if any(line.needed for line in document.occupations.spread):
        yield _spread(document)
    for at, level in enumerate(document.occupations.by_role_level):
        if level.count:
            yield _profiles(at, level, document.occupations.profiles)
    yield from sketches_of_provision(document)


def _fill(place: int) -> str:
    # The classification can be replaced by another with more functions than there are colours.
    return FUNCTION_FILLS[place % len(FUNCTION_FILLS)]


def _functions(document: Document) -> Sketch:
    found = document.capabilities
    most = max(found.functions, key=lambda line: line.future_count)
    title = f"{most.name} holds the largest share of the future capabilities"
    summary = (
        f"{most.future_count:,} of {found.classified:,} classified capabilities "
        f"({percent_words(most.future_percent)}) belong to {most.name}."
    )
    if found.current.is_captured:
        return _captured(found)
    if not found.current.is_known:
        return "functions", title, summary, _future_alone(found, most, summary)
    title += ", beside today by proxy"
    rows = [
        Pair(
            line.name,
            _fill(at),
            line.current_percent or 0.0,
            line.future_percent,
            f"{percent_words(line.current_percent or 0.0)} ({line.current_count:,})",
            _future(line),
        )
        for at, line in enumerate(found.functions)
    ]
    names = ("Today, by proxy (duties)", "Future (capabilities)")
    return "functions", title, summary, paired_bars(rows, summary, names)


def _captured(found: Capabilities) -> Sketch:
    lines = [line for line in found.functions if line.present is not None]
    of_all = found.current.capabilities
    held = (of_all.held, of_all.captured, of_all.held_percent or 0.0) if of_all else (0, 0, 0.0)
    title = f"Organisations have {percent_words(held[2])} of the capabilities captured today"
    summary = (
        f"{held[0]:,} of the {held[1]:,} capabilities captured are there today to some or strong "
        "extent, counted from capture, not by proxy. A bar is as long as the function has future "
        "capabilities; the words beside it say how many of those captured are there today."
    )
    rows = [Stack(line.name, _strengths(line.present), _held(line.present)) for line in lines]
    longest = max([1, *(line.future_count for line in lines)])
    drawing = stacked_bars(rows, summary, PRESENT_KEY, maximum=1.25 * longest)
    return "functions", title, summary, drawing


def _strengths(found: Presence | None) -> tuple[Part, ...]:
    if found is None:
        return ()
    counts = (found.strong, found.some, found.none, found.missing)
    return tuple(
        Part(count, fill, edge, "paper" if fill == "level-e" else "ink", f"{count:,}")
        for count, (_, fill, edge) in zip(counts, PRESENT_KEY, strict=True)
    )


def _held(found: Presence | None) -> str:
    return f"{found.held:,} of {found.captured:,}" if found and found.captured else "not captured"


def _future_alone(found: Capabilities, most: FunctionLine, summary: str) -> Drawing:
    rows = [
        Stack(line.name, (Part(line.future_percent, _fill(at)),), _future(line))
        for at, line in enumerate(found.functions)
    ]
    return stacked_bars(rows, summary, [], maximum=1.25 * most.future_percent)


def _future(line: FunctionLine) -> str:
    return f"{percent_words(line.future_percent)} ({line.future_count:,})"


def _outcomes(document: Document) -> Sketch:
    found = document.agreement
    summary = (
        f"{found.agreed:,} of {found.judged:,} judged items ended in agreement; "
        f"{counted(found.without_agreement, 'item')} ended without."
    )
    rows = [
        Stack(
            line.role_level,
            tuple(
                Part(count, *OUTCOME_FILLS[at], text=_text_on(at), words=f"{count:,}")
                for at, count in enumerate(line.counts)
            ),
            f"{line.total:,}",
        )
        for line in found.role_levels
    ]
    key = [(tally.name, *OUTCOME_FILLS[at]) for at, tally in enumerate(found.outcomes)]
    title = "What the panel's ratings came to, by role level"
    return "consensus", title, summary, stacked_bars(rows, summary, key)


def _text_on(place: int) -> str:
    return "paper" if OUTCOME_FILLS[place][0] in ("amber", "level-e") else "ink"


def _partners(document: Document) -> Sketch:
    found = document.capabilities
    most = max(found.partners, key=lambda line: line.total)
    summary = (
        f"{most.name} needs the most: {counted(most.total, 'capability', 'capabilities')}. A "
        "capability that several partners need counts once for each of them."
    )
    rows = [
        Stack(
            line.name,
            tuple(Part(count, _fill(at), words=f"{count}") for at, count in enumerate(line.counts)),
            f"{line.total:,}",
        )
        for line in found.partners
    ]
    key = [(line.name, _fill(at), "") for at, line in enumerate(found.functions)]
    title = "Capabilities that each supply-chain partner needs, by function"
    return "partners", title, summary, stacked_bars(rows, summary, key)


def _levels(counts: tuple[int, int, int], words: tuple[str, str, str]) -> tuple[Part, ...]:
    awareness, practitioner, expert = counts
    return (
        Part(awareness, "level-a", "edge-a", "ink", words[0]),
        Part(practitioner, "level-p", "", "ink", words[1]),
        Part(expert, "level-e", "", "paper", words[2]),
    )


def _spread(document: Document) -> Sketch:
    lines = [line for line in document.occupations.spread if line.needed]
    rows = [Stack(line.role_level, _shares(line), f"{line.needed:,}") for line in lines]
    most = max(lines, key=lambda line: line.expert_percent or 0.0)
    summary = (
        f"{most.role_level} have the largest share at Expert: "
        f"{percent_words(most.expert_percent or 0.0)} of the {most.needed:,} capabilities needed "
        "there."
    )
    title = "Proficiency needed, as a share of the capabilities each role level needs"
    return "proficiency", title, summary, stacked_bars(rows, summary, LEVEL_KEY, maximum=100.0)


def _shares(line: LevelSpread) -> tuple[Part, ...]:
    percents = [line.awareness_percent, line.practitioner_percent, line.expert_percent]
    first, second, third = [percent_words(each or 0.0) for each in percents]
    parts = _levels((line.awareness, line.practitioner, line.expert), (first, second, third))
    # Drawn from the counts, so that the three always fill the bar; the words are the snapshot's.
    return tuple(replace(each, value=100 * each.value / line.needed) for each in parts)


def _profiles(at: int, level: LevelProfiles, profiles: tuple[Profile, ...]) -> Sketch:
    held = [each for each in profiles if each.role_level == level.role_level]
    rows = [
        Stack(
            f"{each.code} {each.name}",
            _levels(
                (each.awareness, each.practitioner, each.expert),
                (f"{each.awareness}", f"{each.practitioner}", f"{each.expert}"),
            ),
            f"{each.member_count:,}",
        )
        for each in held
    ]
    largest = max(held, key=lambda each: each.member_count)
    summary = (
        f"{counted(level.count, 'profile')}; the largest is {largest.code} {largest.name} with "
        f"{counted(largest.member_count, 'capability', 'capabilities')}."
    )
    title = f"Profiles at the role level {level.role_level}, by proficiency"
    return profiles_key(at), title, summary, stacked_bars(rows, summary, LEVEL_KEY)


__all__ = ["FIGURE_NAMES", "Figure", "figures_of", "is_figure_name", "profiles_key"]
