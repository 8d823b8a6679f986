"""Judging a round that has just closed, and freezing what it came to.

A verdict row keeps its counts, the rule's digest and the engine. It is written once and never
changed: a later round writes another.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from consensus.distribution import Integers, counts
from consensus.rule import Rule
from consensus.scale import NO_CODE
from consensus.stability import distribution_change, is_stable, share_moved
from consensus.stopping import Closing, closing
from consensus.verdict import Verdict, verdicts
from cycles.core.extensions import db
from workshop.ballot.models import Rating
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem


@dataclass(frozen=True)
class Answers:
    """What a round and the one before it were answered: codes of (raters, items), -1 for none.

    Row i is the same panellist in both. ``abstained`` counts those who could not judge or said
    it was not their field, one an item.
    """

    codes: Integers
    before: Integers
    abstained: Integers


def asked_items(round_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the ids of the items that a round asks, in the workshop's order."""
    return list(
        db.session.scalars(
            select(Item.id)
            .join(RoundItem, RoundItem.item_id == Item.id)
            .where(RoundItem.round_id == round_id)
            .order_by(Item.position)
        )
    )


def freeze_verdicts(*, round_: Round, rule: Rule) -> tuple[Closing, ...]:
    """Write the verdict of every item that the round asked; return how each one closes."""
    item_ids = asked_items(round_.id)
    previous = _round_before(round_)
    answers = _answers(round_.id, previous, item_ids)
    table = counts(answers.codes)
    judged = verdicts(table, rule)
    stable: list[bool | None] = [None] * len(judged)
    if previous is not None:
        stable = list(is_stable(counts(answers.before), table, rule).tolist())
    closings = closing(judged, stable, round_.number, rule)
    movement = _movement(answers, stable)
    shared = {
        "cycle_id": round_.cycle_id,
        "round_id": round_.id,
        "rule_digest": rule.digest(),
        "engine": rule.engine,
    }
    rows = [
        {**shared, "id": uuid.uuid4(), "item_id": item_id, **_frozen(verdict, closes, away, moved)}
        for item_id, verdict, closes, away, moved in zip(
            item_ids, judged, closings, answers.abstained.tolist(), movement, strict=True
        )
    ]
    if rows:
        db.session.execute(insert(ItemVerdict), rows)
    return closings


def _round_before(round_: Round) -> uuid.UUID | None:
    return db.session.scalar(
        select(Round.id).where(
            Round.workshop_id == round_.workshop_id, Round.number == round_.number - 1
        )
    )


def _answers(
    round_id: uuid.UUID, previous: uuid.UUID | None, item_ids: Sequence[uuid.UUID]
) -> Answers:
    columns = {item_id: column for column, item_id in enumerate(item_ids)}
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.panellist_id, Rating.code)
        .where(Rating.round_id.in_([one for one in (round_id, previous) if one is not None]))
        .order_by(Rating.panellist_id)
    ).all()
    raters = {rater: line for line, rater in enumerate(dict.fromkeys(row[2] for row in rows))}
    codes = np.full((len(raters), len(item_ids)), NO_CODE, dtype=np.int64)
    before = codes.copy()
    abstained = np.zeros(len(item_ids), dtype=np.int64)
    for asked_in, item_id, rater, code in rows:
        column = columns.get(item_id)
        if column is None:
            continue  # the earlier round asked more than this one
        target = codes if asked_in == round_id else before
        target[raters[rater], column] = code
        abstained[column] += asked_in == round_id and code == NO_CODE
    return Answers(codes, before, abstained)


def _movement(answers: Answers, stable: Sequence[bool | None]) -> list[dict[str, Any]]:
    """Return, one an item, how far the panel moved: None throughout in round 1."""
    changes = distribution_change(counts(answers.before), counts(answers.codes)).tolist()
    shares = share_moved(answers.before, answers.codes).tolist()
    return [
        {"is_stable": held, "change": _defined(change), "share_moved": _defined(share)}
        for held, change, share in zip(stable, changes, shares, strict=True)
    ]


def _defined(number: float) -> float | None:
    return None if isnan(number) else number


def _frozen(
    verdict: Verdict, closes: Closing, abstained: int, movement: dict[str, Any]
) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.value,
        "level": verdict.level,
        "counts": list(verdict.counts),
        "abstained": abstained,
        "closing": closes.value,
        "is_fragile": verdict.is_fragile,
        "is_two_camps": verdict.is_two_camps,
        "figures": {
            "n": verdict.n,
            "needed": verdict.needed,
            "upper": verdict.upper,
            "share_needed_percent": verdict.share_needed_percent,
            "lower_median": verdict.lower_median,
            "upper_median": verdict.upper_median,
            "agreement": verdict.agreement,
            "consensus": verdict.consensus,
            "luck": verdict.luck,
            "settling_luck": verdict.settling_luck,
            **movement,
        },
    }
