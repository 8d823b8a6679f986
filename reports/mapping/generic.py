"""Which duties of a run are generic: near to the work of many routes that are not their own.

The arithmetic is ``consensus.matching``; this says which duties are held against which. Pure.
"""

import numpy as np

from consensus.matching.generic import LEAST_PLACES, NO_PLACE
from consensus.matching.national import generic_duties_of
from reports.mapping.ground import Flags, Indices, Inputs, Vectors
from reports.mapping.reusing import Report

# Fixed, so that the tag belongs to a framework and not to a cycle's threshold. Adapted scores lie
# about five points below plain ones.
NEAR_PERCENT = 55
NEAR_PERCENT_ADAPTED = 50


def tagged_frameworks(inputs: Inputs) -> tuple[bool, ...]:
    """Say of each framework whether its standards stand in enough routes to tell generic duties.

    A duty has to be near to at least three routes besides its own.
    """
    return tuple(
        len(_places(inputs, number)) > LEAST_PLACES for number in range(len(inputs.frameworks))
    )


def _places(inputs: Inputs, framework: int) -> list[str]:
    own = {each.place for each in inputs.standards if each.framework == framework and each.place}
    return sorted(own)


def generic_flags(inputs: Inputs, duties: Vectors, *, is_adapted: bool, report: Report) -> Flags:
    """Return which duties are generic within their own framework, bool (m,).

    Skills that stand in are never tagged: they are marked as it is.
    """
    flags = np.zeros(len(inputs.duties), dtype=np.bool_)
    near = NEAR_PERCENT_ADAPTED if is_adapted else NEAR_PERCENT
    for number, is_tagged in enumerate(tagged_frameworks(inputs)):
        if not is_tagged:
            continue
        names = _places(inputs, number)
        columns, places = _columns(inputs, number, names)
        found = generic_duties_of(duties[columns], places, len(names), near, on_block=report)
        flags[columns] = found.is_generic
    return flags


def _columns(inputs: Inputs, framework: int, names: list[str]) -> tuple[Indices, Indices]:
    """Return the duties of a framework that are no skills, and the place of each."""
    numbers = {name: number for number, name in enumerate(names)}
    columns, places = [], []
    for column, duty in enumerate(inputs.duties):
        standard = inputs.standards[duty.standard]
        if standard.framework == framework and not duty.is_skill:
            columns.append(column)
            places.append(numbers.get(standard.place, NO_PLACE))
    return np.array(columns, dtype=np.int64), np.array(places, dtype=np.int64)
