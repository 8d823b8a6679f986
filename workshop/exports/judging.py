"""Judging the items of a bundle again, from its rows alone: outcomes, movement and closings.

The arithmetic is that of the room, asked through ``consensus``; what was frozen is not looked at,
but for the stability of an item whose earlier answers are withheld.
"""

from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np

from consensus.distribution import Integers, counts
from consensus.krippendorff import krippendorff_alpha
from consensus.luck import chance_of_agreement, chance_of_settling
from consensus.scale import NO_CODE
from consensus.stability import distribution_change, is_stable, share_moved
from consensus.stopping import CLOSINGS, closing_codes
from workshop.exports.opening import Bundle
from workshop.exports.pairs import HIDDEN_BY, Pairing
from workshop.rooms.judging import Judged, as_last_round
from workshop.rooms.judging import judge as judge_counts
from workshop.rooms.models import ScaleName

Entry = dict[str, Any]


def judge(bundle: Bundle, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return the verdict of each entry's item, in the shape of ``expected.json``."""
    if not entries:
        return []
    before, now = _codes(bundle, entries)
    table = counts(now, len(bundle.letters))
    judged = judge_counts(table, scale_of(bundle), bundle.rule)
    moved = _movement(bundle, entries, before, now)
    closings = _closings(bundle, entries, judged, moved)
    return [
        {
            "outcome": judged.outcomes[at],
            "level": judged.levels[at],
            "counts": table[at].tolist(),
            "abstained": bundle.abstained(entry["item"]),
            "closing": closings[at],
            "is_fragile": bool(judged.is_fragile[at]),
            "is_two_camps": bool(judged.is_two_camps[at]),
            "figures": {**judged.figures[at], **_told(moved[at], bundle, entry)},
        }
        for at, entry in enumerate(entries)
    ]


def scale_of(bundle: Bundle) -> ScaleName:
    """Return the scale that the round asked on."""
    return ScaleName(bundle.expected["scale"]["name"])


def _codes(bundle: Bundle, entries: Sequence[Entry]) -> tuple[Integers, Integers]:
    """Return the codes before and now, (rows, items), -1 for none.

    A row stands for one person within a column only: from column to column it is anybody.
    """
    sides = [bundle.codes_of(entry["item"]) for entry in entries]
    longest = max(len(now) for _, now in sides)
    before = np.full((longest, len(sides)), NO_CODE, dtype=np.int64)
    after = before.copy()
    for column, (earlier, now) in enumerate(sides):
        before[: len(earlier), column] = earlier
        after[: len(now), column] = now
    return before, after


def _movement(
    bundle: Bundle, entries: Sequence[Entry], before: Integers, now: Integers
) -> list[dict[str, Any]]:
    categories = len(bundle.letters)
    first, second = counts(before, categories), counts(now, categories)
    held = is_stable(first, second, bundle.rule).tolist()
    changes = distribution_change(first, second).tolist()
    shares = share_moved(before, now).tolist()
    return [
        {
            "is_stable": _stability(bundle, entry, stable),
            "change": _defined(change),
            "share_moved": _defined(share),
        }
        for entry, stable, change, share in zip(entries, held, changes, shares, strict=True)
    ]


def _stability(bundle: Bundle, entry: Entry, held: bool) -> bool | None:
    if entry["is_first_asked"]:
        return None
    if bundle.pairings[entry["item"]] == Pairing.WITHHELD:
        stated: bool = entry["verdict"]["figures"]["is_stable"]
        return stated
    return held


def _told(moved: dict[str, Any], bundle: Bundle, entry: Entry) -> dict[str, Any]:
    """Leave out what the files do not tell of this item."""
    hidden = HIDDEN_BY.get(Pairing(bundle.pairings[entry["item"]]), ())
    return {name: each for name, each in moved.items() if name not in hidden}


def _closings(
    bundle: Bundle, entries: Sequence[Entry], judged: Judged, moved: Sequence[dict[str, Any]]
) -> list[str]:
    number, rule = bundle.expected["round"], bundle.rule
    if bundle.expected["is_only_round"]:
        rule = as_last_round(rule, number)
    stable = np.array([bool(one["is_stable"]) for one in moved], dtype=np.bool_)
    codes = closing_codes(judged.stops, judged.is_fragile, stable, number, rule)
    if 1 < number < rule.round_cap:
        # What is asked for the first time stops as in a round 1, unless this is the last.
        is_first = np.array([entry["is_first_asked"] for entry in entries], dtype=np.bool_)
        as_new = closing_codes(judged.stops, judged.is_fragile, stable, 1, rule)
        codes = np.where(is_first, as_new, codes)
    return [CLOSINGS[code].value for code in codes.tolist()]


def _defined(number: float) -> float | None:
    return None if isnan(number) else number


def figures_of_round(bundle: Bundle, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the figures of the whole round that follow from its items' counts.

    Kendall's W is not among them: it takes each person's row over all items, which leaves the
    room for nobody.
    """
    categories, rule = len(bundle.letters), bundle.rule
    table = counts(_codes(bundle, entries)[1], categories)
    alpha = krippendorff_alpha(table)
    sizes = [n for n in table.sum(axis=1).tolist() if n >= rule.minimum_n]
    chances = [chance_of_agreement(n, rule.threshold_percent, categories) or 0.0 for n in sizes]
    settling = [chance_of_settling(n, rule.threshold_percent) or 0.0 for n in sizes]
    scale = scale_of(bundle)
    return {
        "alpha": alpha if isinstance(alpha, float) else alpha.value,
        "rated": len(sizes),
        "luck": None if scale == ScaleName.PRIORITY else sum(chances),
        "settling_luck": sum(settling) if scale == ScaleName.PROFICIENCY else None,
    }
