"""The picture of what changed: the unsupported by function on both sides. No queries."""

from collections.abc import Sequence

from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.identity import FUNCTIONS
from reports.charts.vega.pairs import Pair, paired_bars
from reports.explorer.changes.comparing import Compared, compared
from reports.explorer.changes.counts import Unsupported
from reports.explorer.look import Look
from reports.explorer.naming import count_words
from reports.explorer.pages.capability_rows import function_kinds
from reports.explorer.pages.change_words import now_words, then_words


def charts(look: Look, _code: str) -> Sequence[Chart]:
    """Return the unsupported by function on both sides; nothing where a side does not know them."""
    found = compared(look)
    counted = found.changes.unsupported if found else None
    if found is None or counted is None or not counted.bars:
        return ()
    kinds = function_kinds(look)
    return (
        paired_bars(
            "unsupported",
            title=_title(found, counted),
            summary=_summary(found, counted),
            rows=[
                Pair(each.function, each.then, each.now, f"{each.then:,}", f"{each.now:,}")
                for each in counted.bars
            ],
            names=(then_words(found), now_words(found)),
            x=Axis("Unsupported capabilities", 0),
            fills={name: FUNCTIONS[kind.capitalize()] for name, kind in kinds.items()},
        ),
    )


def _title(found: Compared, counted: Unsupported) -> str:
    at = f"at {found.sides.now.threshold} %"
    are = count_words(counted.now, "capability is", "capabilities are")
    if not found.sides.is_same_cycle:
        return f"{are} unsupported here {at}, {counted.then:,} in the other cycle"
    if counted.now == counted.then:
        return f"{are} unsupported {at}, as many as in {then_words(found).lower()}"
    more = counted.now - counted.then
    return (
        f"{are} unsupported {at}, {abs(more):,} {'more' if more > 0 else 'fewer'} than in "
        f"{then_words(found).lower()}"
    )


def _summary(found: Compared, counted: Unsupported) -> str:
    outline = f"Outlined bars are {then_words(found).lower()}, filled ones {_inside(found)}."
    if not found.sides.is_same_cycle or not counted.steps:
        return outline
    more = [f"{each.count:,} {each.label}" for each in counted.steps if each.is_more]
    fewer = [f"{each.count:,} {each.label}" for each in counted.steps if not each.is_more]
    parts = [
        f"{sign}: {', '.join(some)}" for sign, some in (("More", more), ("Fewer", fewer)) if some
    ]
    return f"{'. '.join(parts)}. {outline}"


def _inside(found: Compared) -> str:
    return now_words(found).lower() if not found.sides.now.results.is_working else "the cycle now"
