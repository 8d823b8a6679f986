"""The figure of what the panel's ratings came to, dissent at the end of every bar.

The explorer draws it with the same function, so that both show one chart.
"""

from collections.abc import Mapping, Sequence

from reports.charts.vega.bars import Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.identity import AMBER, HEAT, INK, LEVELS, LINE_STRONG, PAPER
from reports.document.facts import Agreement
from reports.document.wording import percent_words

MARKS = (
    ("?", LINE_STRONG, PAPER),
    ("N", *LEVELS["N"]),
    ("S", AMBER, PAPER),
    ("L", *LEVELS["E"]),
    ("2", HEAT[3], INK),
    ("0", HEAT[1], INK),
)
"""Letter, fill and text of each outcome, in the order of ``Agreement.outcomes``: amber is apart."""

ORDER = (3, 1, 2, 4, 5, 0)
"""The outcomes as they follow each other in a bar: what was agreed first, then what was not."""


def consensus_chart(
    found: Agreement, agreed: Mapping[str, float] | None = None, *, things: str = "items"
) -> Chart | None:
    """Return the outcomes by role level, or None where nothing is judged.

    ``agreed`` are the shares agreed on, in per cent by role level, for the title; ``things`` is
    what the judged items are called where it stands.
    """
    lines = [line for line in found.role_levels if line.total]
    if not lines:
        return None
    names = [each.name for each in found.outcomes]
    marks = [Series(name, *mark) for name, mark in zip(names, MARKS, strict=False)]
    return stacked_bars(
        "outcomes",
        title=f"The panel agreed on {found.agreed:,} of {found.judged:,} judged {things}"
        + _span(sorted((agreed or {}).values())),
        summary=_summary(found, things),
        rows=[
            Stack(line.role_level, dict(zip(names, line.counts, strict=True)), f"{line.total:,}")
            for line in lines
        ],
        series=[marks[place] for place in ORDER if place < len(marks)],
        x=Axis(f"Judged {things}"),
    )


def _span(shares: Sequence[float]) -> str:
    return f": {shares[0]:.1f} to {percent_words(shares[-1])} by role level" if shares[1:] else ""


def _summary(found: Agreement, things: str) -> str:
    what = f"Judged {things} of each role level, by what their ratings came to"
    apart, stable = found.without_agreement, found.stable_dissent
    if not apart:
        return f"{what}; none ended without agreement."
    whose = "all" if stable == apart else f"{stable:,} of them"
    dissent = f", {whose} in stable dissent" if stable else ""
    return f"{what}. {apart:,} ended without agreement{dissent}: the amber end of each bar."
