"""Judging a round that has just closed, and freezing what it came to.

A verdict row keeps its counts, the rule's digest and the engine; the round keeps what is true of
it as a whole. Both are written once and never changed: a later round writes its own.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert

from consensus.distribution import Floats, counts
from consensus.divergence import SMALLEST_GROUP
from consensus.rule import Rule
from consensus.stability import distribution_change, is_stable, share_moved
from consensus.stopping import CLOSINGS, Closing, closing_codes
from cycles.core.extensions import db
from workshop.rooms.answers import Answers, read_answers
from workshop.rooms.disclosure import may_show
from workshop.rooms.groups import Part, divergences, parts_of
from workshop.rooms.judging import Judged, as_last_round, judge
from workshop.rooms.models import ItemVerdict, Mode, Round
from workshop.rooms.scales import SCALES
from workshop.rooms.whole import figures_of_round


def freeze_verdicts(*, round_: Round, rule: Rule) -> tuple[Closing, ...]:
    """Write the verdict of every item that the round asked; return how each one closes."""
    answers = read_answers(round_)
    categories = SCALES[round_.scale].size
    table = counts(answers.codes, categories)
    judged = judge(table, round_.scale, rule)
    movement = _movement(answers, categories, rule)
    closings = _closings(judged, movement, answers, round_, rule)
    sides = _sides(answers, categories, round_, rule)
    rows = [
        {
            **_shared(round_, rule),
            **_verdict(judged, item),
            "item_id": item_id,
            "counts": table[item].tolist(),
            "abstained": int(answers.abstained[item]),
            "closing": closings[item].value,
            "figures": {**judged.figures[item], **movement[item], **sides[item]},
        }
        for item, item_id in enumerate(answers.item_ids)
    ]
    if rows:
        db.session.execute(insert(ItemVerdict), rows)
    round_.figures = figures_of_round(table, answers.codes, round_.scale, rule)
    db.session.flush()
    return closings


def _shared(round_: Round, rule: Rule) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "cycle_id": round_.cycle_id,
        "round_id": round_.id,
        "rule_digest": rule.digest(),
        "engine": rule.engine,
    }


def _verdict(judged: Judged, item: int) -> dict[str, Any]:
    return {
        "outcome": judged.outcomes[item],
        "level": judged.levels[item],
        "is_fragile": bool(judged.is_fragile[item]),
        "is_two_camps": bool(judged.is_two_camps[item]),
    }


def _movement(answers: Answers, categories: int, rule: Rule) -> list[dict[str, Any]]:
    """Return, one an item, how far the panel moved: None throughout where nothing is earlier.

    How many moved is not even kept where one or two people are in only one of the rounds: when
    nobody else moved, the difference of the counts is what those answered.
    """
    before, after = counts(answers.before, categories), counts(answers.codes, categories)
    held = is_stable(before, after, rule).tolist()
    changes = _defined(distribution_change(before, after))
    shares = _defined(share_moved(answers.before, answers.codes))
    rated_before = before.sum(axis=1).tolist()
    return [
        {
            "is_stable": None if is_first else held[item],
            "change": changes[item],
            "share_moved": shares[item]
            if may_show(rated_before[item], rule.minimum_n) and not answers.is_telling[item]
            else None,
        }
        for item, is_first in enumerate(answers.is_first.tolist())
    ]


def _defined(numbers: Floats) -> list[float | None]:
    return [None if isnan(number) else number for number in numbers.tolist()]


def _closings(
    judged: Judged,
    movement: Sequence[dict[str, Any]],
    answers: Answers,
    round_: Round,
    rule: Rule,
) -> tuple[Closing, ...]:
    """Decide how each item closes; one asked for the first time stops as in a round 1.

    A workshop in real time has no other round, so its first is its last. At the cap a new item
    is treated as all others are.
    """
    number = round_.number
    if round_.workshop.mode == Mode.REAL_TIME:
        rule = as_last_round(rule, number)
    stable = np.array([bool(one["is_stable"]) for one in movement], dtype=np.bool_)
    codes = closing_codes(judged.stops, judged.is_fragile, stable, number, rule)
    if 1 < number < rule.round_cap:
        as_new = closing_codes(judged.stops, judged.is_fragile, stable, 1, rule)
        codes = np.where(answers.is_first, as_new, codes)
    return tuple(CLOSINGS[code] for code in codes.tolist())


def _sides(answers: Answers, categories: int, round_: Round, rule: Rule) -> list[dict[str, Any]]:
    """Return, one an item, what each part of the panel said and how far the parts stand apart."""
    items = len(answers.item_ids)
    parts = parts_of(answers, round_.workshop.kind, categories)
    own = replace(rule, minimum_n=SMALLEST_GROUP)
    judged = [judge(one.counts, round_.scale, own) for one in parts]
    apart = divergences(parts, items)
    return [
        {
            "groups": [
                _side(part, each, item)
                for part, each in zip(parts, judged, strict=True)
                if part.counts[item].any()
            ],
            "divergence": apart[item],
        }
        for item in range(items)
    ]


def _side(part: Part, judged: Judged, item: int) -> dict[str, Any]:
    """Return what one part said. Too small a part has counts, for the sum, and no outcome."""
    row: npt.NDArray[np.int64] = part.counts[item]
    is_read = int(row.sum()) >= SMALLEST_GROUP
    return {
        "key": part.key,
        "name": part.name,
        "counts": row.tolist(),
        "outcome": judged.outcomes[item] if is_read else None,
        "level": judged.levels[item] if is_read else None,
    }
