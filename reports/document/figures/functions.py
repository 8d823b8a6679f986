"""The figures of what organisations need: by function beside today, and by partner.

The explorer draws the partners with the same function, so that both show one chart.
"""

from collections.abc import Sequence

from reports.charts.vega.bars import Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.identity import ACCENT, FUNCTIONS, INK, LEVELS, PAPER, SERIES
from reports.charts.vega.pairs import Pair, paired_bars
from reports.document.facts import Capabilities, FunctionLine, PartnerLine
from reports.document.facts.capabilities import Presence
from reports.document.wording import counted, percent_words, sentence_list, tops

PRESENT = (
    Series("Strong today", "", *LEVELS["E"]),
    Series("Some", "", *LEVELS["P"]),
    Series("None", "", *LEVELS["N"]),
    Series("Not captured", "", PAPER, INK),
)
FUTURE = "Capabilities in the future"


def functions_chart(found: Capabilities) -> Chart | None:
    """Return the functions in the future, beside today as far as it is known."""
    if not found.classified:
        return None
    if found.current.is_captured:
        return _captured(found)
    return _beside_proxy(found) if found.current.is_known else _future_alone(found)


def _largest(found: Capabilities) -> tuple[str, str]:
    """Return the title that names the largest function, and the sentence that counts it."""
    most = max(found.functions, key=lambda line: line.future_count)
    names = tops([(line.future_count, line.name) for line in found.functions])
    who = sentence_list(names)
    return (
        f"{who} {'holds' if len(names) == 1 else 'hold'} the largest share of the future "
        "capabilities",
        f"{most.future_count:,} of {found.classified:,} classified capabilities "
        f"({percent_words(most.future_percent)}) belong to "
        f"{who if len(names) == 1 else f'each of {who}'}.",
    )


def _beside_proxy(found: Capabilities) -> Chart:
    title, summary = _largest(found)
    return paired_bars(
        "functions",
        title=f"{title}, beside today by proxy",
        summary=summary,
        rows=[
            Pair(
                line.name,
                line.current_percent or 0.0,
                line.future_percent,
                f"{percent_words(line.current_percent or 0.0)} ({line.current_count:,})",
                f"{percent_words(line.future_percent)} ({line.future_count:,})",
            )
            for line in found.functions
        ],
        names=("Today, by proxy: share of duties", "Future: share of capabilities"),
        x=Axis("Share, %"),
        fills={each.name: each.fill for each in function_series(_names(found.functions))},
    )


def _future_alone(found: Capabilities) -> Chart:
    title, summary = _largest(found)
    return stacked_bars(
        "functions",
        title=title,
        summary=summary,
        rows=[
            Stack(line.name, {FUTURE: line.future_count}, percent_words(line.future_percent))
            for line in found.functions
        ],
        series=[Series(FUTURE, "", ACCENT)],
        x=Axis("Capabilities"),
    )


def _captured(found: Capabilities) -> Chart:
    of_all = found.current.capabilities
    held = (of_all.held, of_all.captured, of_all.held_percent or 0.0) if of_all else (0, 0, 0.0)
    return stacked_bars(
        "functions",
        title=f"Organisations have {percent_words(held[2])} of the capabilities captured today",
        summary=f"{held[0]:,} of the {held[1]:,} capabilities captured are there today to some or "
        "strong extent, counted from capture, not by proxy. A bar is as long as the function has "
        "future capabilities; the words beside it say how many of those captured are there today.",
        rows=[Stack(line.name, _strengths(line.present), _held(line)) for line in found.functions],
        series=PRESENT,
        x=Axis("Capabilities in the future"),
    )


def _strengths(found: Presence | None) -> dict[str, int]:
    if found is None:
        return {}
    counts = (found.strong, found.some, found.none, found.missing)
    return {each.name: count for each, count in zip(PRESENT, counts, strict=True)}


def _held(line: FunctionLine) -> str:
    found = line.present
    if found is None or not found.captured:
        return "not captured"
    return f"{found.held:,} of {found.captured:,} today"


def partners_chart(functions: Sequence[str], partners: Sequence[PartnerLine]) -> Chart | None:
    """Return what each partner needs by function; None where no partner needs anything."""
    lines = [line for line in partners if line.total]
    if not lines:
        return None
    most = max(lines, key=lambda line: line.total)
    total = counted(most.total, "capability", "capabilities")
    names = tops([(line.total, line.name) for line in lines])
    needy = names[0] if len(names) == 1 else f"each of {sentence_list(names)}"
    return stacked_bars(
        "partners-by-function",
        title=f"The most, {total}, are needed by {needy}",
        summary="Classified capabilities by supply-chain partner and function; one that several "
        "partners need counts once for each of them.",
        rows=[
            Stack(line.name, dict(zip(functions, line.counts, strict=True)), f"{line.total:,}")
            for line in lines
        ],
        series=function_series(functions),
        x=Axis("Capabilities"),
    )


def function_series(functions: Sequence[str]) -> list[Series]:
    """Return the functions with their letters and colours, in their order."""
    # The classification can be replaced by another with functions of other names, and of more.
    return [
        Series(name, name[:1], FUNCTIONS.get(name, SERIES[place % len(SERIES)]))
        for place, name in enumerate(functions)
    ]


def _names(functions: Sequence[FunctionLine]) -> list[str]:
    return [line.name for line in functions]
