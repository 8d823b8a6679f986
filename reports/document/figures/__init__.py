"""The figures of a report: which there are, their numbers, and what they show in words.

Only figures that data exists for are made, and they are numbered in the order of the report.
Where marks stand is worked out in ``reports.charts``; no count is made here. What the explorer
shows of the same subject is drawn by the same functions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.charts.vega.chart import Chart
from reports.document.facts import Document
from reports.document.figures.agreement import consensus_chart
from reports.document.figures.catalogue import (
    FIGURE_NAMES,
    FigureName,
    is_figure_name,
    matrix_key,
    profiles_key,
)
from reports.document.figures.functions import functions_chart, partners_chart
from reports.document.figures.matrix import matrix_charts
from reports.document.figures.occupations import proficiency_chart, profiles_charts
from reports.document.figures.provision import (
    every_profile_chart,
    priorities_chart,
    threshold_chart,
    worked_chart,
)


@dataclass(frozen=True)
class Figure:
    """A numbered figure: its name in prose and addresses, and its chart."""

    key: str
    number: int
    chart: Chart

    @property
    def title(self) -> str:
        """Return what it shows."""
        return self.chart.title

    @property
    def summary(self) -> str:
        """Return what it shows in a sentence, for those who do not see it too."""
        return self.chart.summary


def figures_of(document: Document) -> dict[str, Figure]:
    """Return the figures of a document by key, in the order of the report."""
    return {
        key: Figure(key, number, replace(chart, name=key))
        for number, (key, chart) in enumerate(_drawn(document), 1)
    }


def _drawn(document: Document) -> Iterator[tuple[str, Chart]]:
    for key, chart in _charts(document):
        if chart is not None:
            yield key, chart


def _charts(document: Document) -> Iterator[tuple[str, Chart | None]]:
    needed, occupations = document.capabilities, document.occupations
    yield "functions", functions_chart(needed)
    yield "consensus", consensus_chart(document.agreement)
    yield "partners", partners_chart([each.name for each in needed.functions], needed.partners)
    yield "proficiency", proficiency_chart(occupations.spread)
    yield from profiles_charts(occupations)
    found = document.provision
    if found is None:
        return
    if found.worked:
        yield "worked-example", worked_chart(found.worked)
    yield "fit-surplus", every_profile_chart(found)
    yield (
        "threshold",
        threshold_chart(
            [(each.threshold_percent, each.unsupported_count) for each in found.curve],
            total=found.capabilities,
            threshold=found.threshold_percent,
            unsupported=found.unsupported,
        ),
    )
    yield "priorities", priorities_chart(found.priorities)
    yield from matrix_charts(document)


__all__ = [
    "FIGURE_NAMES",
    "Figure",
    "FigureName",
    "figures_of",
    "is_figure_name",
    "matrix_key",
    "profiles_key",
]
