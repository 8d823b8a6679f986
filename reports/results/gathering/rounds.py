"""How each cell went from round to round: what every round made of it, older wordings too."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from cycles.core.extensions import db
from reports.results.records import RoundCounts
from workshop.rooms.disclosure import shown
from workshop.rooms.models import Item, ItemVerdict, RoomState, Round, ScaleName, Workshop
from workshop.rooms.words import SCALE_OUTCOME_WORDS

Cell = tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None]


@dataclass(frozen=True)
class Played:
    """The rounds of one cell, first to last, and whether its workshop is closed."""

    rounds: tuple[RoundCounts, ...]
    is_over: bool


def played_rounds(cycle_id: uuid.UUID, minimum_n: int) -> dict[uuid.UUID, Played]:
    """Return how each judged proficiency cell went, by the item of any of its wordings."""
    rounds: dict[Cell, list[RoundCounts]] = defaultdict(list)
    items: dict[uuid.UUID, tuple[Cell, bool]] = {}
    for item_id, workshop_id, statement_id, level_id, state, number, counts, outcome in _verdicts(
        cycle_id
    ):
        cell = (workshop_id, statement_id, level_id)
        gated = shown(counts, minimum_n)
        words = SCALE_OUTCOME_WORDS[outcome]
        rounds[cell].append(RoundCounts(number, gated.n, gated.counts or (), words))
        items[item_id] = cell, state == RoomState.CLOSED
    return {
        item_id: Played(tuple(rounds[cell]), is_over) for item_id, (cell, is_over) in items.items()
    }


def _verdicts(cycle_id: uuid.UUID) -> Iterable[tuple[Any, ...]]:
    """Return every verdict on a proficiency item, round by round."""
    rows = db.session.execute(
        select(
            *(Item.id, Item.workshop_id, Item.statement_id, Item.role_level_id, Workshop.state),
            *(Round.number, ItemVerdict.counts, ItemVerdict.outcome),
        )
        .join(ItemVerdict, ItemVerdict.item_id == Item.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(Workshop, Workshop.id == Item.workshop_id)
        .where(Item.cycle_id == cycle_id, Round.scale == ScaleName.PROFICIENCY)
        .order_by(Round.number, Item.id)
    )
    return (tuple(row) for row in rows)
