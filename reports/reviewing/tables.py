"""The reviews as a table to download: who said what by group, never by name. Pure."""

from collections.abc import Mapping

from cycles.standards.wording import level_value
from reports.mapping.ground import Inputs
from reports.mapping.reading import score_percent
from reports.mapping.tables import Table
from reports.mapping.verdicts import Pair, Said, Sayings

HEADINGS = (
    "Code",
    "Capability",
    "Duty",
    "Standard",
    "Reference",
    "Framework",
    "Level",
    "Score then, %",
    "Machine suggestion then",
    "Group",
    "Review",
    "Reason",
    "Reviewers",
    "Settled",
)


def reviews_table(inputs: Inputs, sayings: Sayings, settled: Mapping[Pair, str]) -> Table:
    """Return one row a review of what the run compared, in the order of the run.

    ``settled`` is what the reviewers of a match agree on, in a word. Within a match the rows are
    sorted by what they say, so that their order tells nothing of who came when.
    """
    rows = []
    for row, column, pair in _compared(inputs, sayings):
        for said in sorted(sayings[pair], key=lambda each: (each.group, each.verdict, each.reason)):
            whose = _sides(inputs, row, column)
            rows.append((*whose, *_cells(said), len(sayings[pair]), settled[pair]))
    return Table(HEADINGS, tuple(rows))


def _compared(inputs: Inputs, sayings: Sayings) -> list[tuple[int, int, Pair]]:
    return sorted(
        (inputs.row_of[pair[0]], inputs.column_of[pair[1]], pair)
        for pair in sayings
        if pair[0] in inputs.row_of and pair[1] in inputs.column_of
    )


def _sides(inputs: Inputs, row: int, column: int) -> tuple[str | int, ...]:
    capability, duty = inputs.capabilities[row], inputs.duties[column]
    standard = inputs.standards[duty.standard]
    return (
        capability.code,
        capability.text,
        duty.text,
        standard.title,
        standard.reference,
        inputs.frameworks[standard.framework].name,
        level_value(standard.level),
    )


def _cells(said: Said) -> tuple[str | float, ...]:
    return (
        score_percent(said.score),
        "match" if said.is_suggested else "no match",
        said.group,
        said.verdict.value,
        said.reason,
    )
