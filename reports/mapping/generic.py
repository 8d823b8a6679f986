"""Which duties of a run are generic: near to the work of many routes that are not their own.

The arithmetic is ``consensus.matching``; this says which duties are held against which. Pure.
"""

import math

import numpy as np

from consensus.matching.generic import LEAST_PLACES, LEAST_SHARE_PERCENT, NO_PLACE
from consensus.matching.national import generic_duties_of
from reports.mapping.ground import Flags, Ground, Indices, Inputs, Vectors
from reports.mapping.reusing import Report

# Fixed, so that the tag belongs to a framework and not to a cycle's threshold. Adapted scores lie
# about five points below plain ones.
NEAR_PERCENT = 55
NEAR_PERCENT_ADAPTED = 50
# The more duties there are, the nearer the nearest of another route comes by chance. Measured on
# 40,792 duties of 1,139 occupations: half of them were tagged at 50 %, one in eleven at 63 %.
DUTIES_OF_ONE = 1_000
POINTS_PER_FOURFOLD = 5

# A run keeps it: what an earlier run told by another rule is not taken over.
RULE = (
    f"near from {NEAR_PERCENT} % ({NEAR_PERCENT_ADAPTED} % adapted), {POINTS_PER_FOURFOLD} points "
    f"more a fourfold of {DUTIES_OF_ONE} duties; {LEAST_PLACES} places and {LEAST_SHARE_PERCENT} %"
)


def near_percent(duties: int, *, is_adapted: bool) -> int:
    """Return the score from which duties of a framework of that size count as near each other.

    >>> near_percent(900, is_adapted=True), near_percent(16_000, is_adapted=True)
    (50, 60)
    """
    base = NEAR_PERCENT_ADAPTED if is_adapted else NEAR_PERCENT
    return base + round(POINTS_PER_FOURFOLD * math.log(max(duties / DUTIES_OF_ONE, 1), 4))


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


def generic_flags(
    inputs: Inputs, duties: Vectors, earlier: Ground | None, *, is_adapted: bool, report: Report
) -> Flags:
    """Return which duties are generic within their own framework, bool (m,).

    Skills that stand in are never tagged: they are marked as it is. What an ``earlier`` run by the
    same model and adapter found of a framework whose duties are the same is taken from it.
    """
    flags = np.zeros(len(inputs.duties), dtype=np.bool_)
    for number, is_tagged in enumerate(tagged_frameworks(inputs)):
        if not is_tagged:
            continue
        names = _places(inputs, number)
        columns, places = _columns(inputs, number, names)
        held = _held(earlier, inputs, number) if earlier is not None else None
        if held is not None:
            flags[columns] = held
            continue
        near = near_percent(len(columns), is_adapted=is_adapted)
        found = generic_duties_of(duties[columns], places, len(names), near, on_block=report)
        flags[columns] = found.is_generic
    return flags


def _held(earlier: Ground, inputs: Inputs, framework: int) -> Flags | None:
    """Return what the earlier run found of the framework; None where its duties were others."""
    wanted = inputs.frameworks[framework].framework_id
    for number, each in enumerate(earlier.inputs.frameworks):
        is_told = tagged_frameworks(earlier.inputs)[number]
        if each.framework_id == wanted and is_told:
            before = _columns(earlier.inputs, number, _places(earlier.inputs, number))[0]
            now = _columns(inputs, framework, _places(inputs, framework))[0]
            if _facts(earlier.inputs, before) == _facts(inputs, now):
                return earlier.kept.is_generic[before]
    return None


def _facts(inputs: Inputs, columns: Indices) -> list[tuple[str, str]]:
    duties = [inputs.duties[int(column)] for column in columns]
    return [(each.text, inputs.standards[each.standard].place) for each in duties]


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
