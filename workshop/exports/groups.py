"""Checking the verdicts of parts of a panel in a bundle: from their own counts, by the rule."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from consensus.divergence import SMALLEST_GROUP
from workshop.exports.opening import Bundle, Line
from workshop.rooms.judging import judge
from workshop.rooms.models import ScaleName
from workshop.rooms.scales import SCALES, Scale

WITHHELD = "withheld"


def differing_groups(bundle: Bundle) -> Iterator[str]:
    """Yield in words where a group's verdict does not follow from its counts."""
    scale = SCALES[ScaleName(bundle.expected["scale"]["name"])]
    own = replace(bundle.rule, minimum_n=SMALLEST_GROUP)
    lines = [line for line in bundle.groups if line["Outcome"] != WITHHELD]
    table = [[int(line[word]) for word in scale.words] for line in lines]
    if not table:
        return
    again = judge(np.array(table, dtype=np.int64), scale.name, own)
    for line, outcome, level in zip(lines, again.outcomes, again.levels, strict=True):
        if (line["Outcome"], line["Level"]) != (outcome, _word(scale, level)):
            yield _sentence(line, outcome)


def _word(scale: Scale, level: int | None) -> str:
    return "" if level is None else scale.words[level]


def _sentence(line: Line, outcome: str) -> str:
    return (
        f"Item {line['Item']}, {line['Group']}: the verdict was {line['Outcome']} and comes out "
        f"as {outcome}."
    )
