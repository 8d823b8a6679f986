"""The parts of a panel whose answers are set side by side: partners, or stakeholder groups.

Among people of one group (employers, technologists) the parts are the supply-chain partners they
belong to; where all groups rate, the parts are the groups. What they said is counted here and
kept with the verdict; what may be shown of it is asked of ``disclosure``.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from sqlalchemy import select

from consensus.agreement import van_der_eijk
from consensus.deltas import cliffs_deltas
from consensus.distribution import Booleans, Floats, Integers, counts
from consensus.divergence import SMALLEST_GROUP
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import Partner
from workshop.ballot.models import Panellist
from workshop.rooms.answers import Answers
from workshop.rooms.models import WorkshopKind
from workshop.rooms.scales import RATERS

NO_PARTNER = ("none", "No partner")


@dataclass(frozen=True)
class Part:
    """One part of a panel: its counts of every item, (items, categories)."""

    key: str
    name: str
    counts: Integers


def parts_of(answers: Answers, kind: WorkshopKind, categories: int) -> tuple[Part, ...]:
    """Return the parts of the panel that answered, each with its counts, in a fixed order."""
    belongs = _belonging(answers.raters, kind)
    keys = [belongs[rater] for rater in answers.raters]
    return tuple(
        Part(key, name, counts(answers.codes[[one == (key, name) for one in keys]], categories))
        for key, name in sorted(set(keys), key=lambda one: (one == NO_PARTNER, one[1], one[0]))
    )


def _belonging(raters: Sequence[uuid.UUID], kind: WorkshopKind) -> dict[uuid.UUID, tuple[str, str]]:
    by_group = len(RATERS[kind]) > 1
    rows = db.session.execute(
        select(Panellist.id, Panellist.group, Partner.id, Partner.name)
        .outerjoin(Partner, Partner.id == Panellist.partner_id)
        .where(Panellist.id.in_(raters))
    )
    return {
        seat: _group(group) if by_group else _partner(partner_id, name)
        for seat, group, partner_id, name in rows
    }


def _group(group: Group) -> tuple[str, str]:
    return group.value, f"{group.value.capitalize()}s"


def _partner(partner_id: uuid.UUID | None, name: str | None) -> tuple[str, str]:
    return (partner_id.hex, name) if partner_id and name else NO_PARTNER


def divergences(parts: Sequence[Part], items: int) -> list[dict[str, Any] | None]:
    """Return, one an item, how far the parts with three raters or more stand apart.

    None where fewer than two such parts answered. ``is_split``: each agrees with itself and all
    together do not. ``pooled`` is van der Eijk's A of all these parts together. ``pairs`` holds
    Cliff's delta of every two parts, by their keys; its test is worked out on demand, by
    ``consensus.divergence``.
    """
    if not parts:
        return [None] * items
    table = np.stack([one.counts for one in parts])
    counted = table.sum(axis=2) >= SMALLEST_GROUP
    pooled = van_der_eijk((table * counted[:, :, np.newaxis]).sum(axis=0))
    inside = np.array([van_der_eijk(one.counts) for one in parts])
    agree_inside = (~counted | (inside >= 0)).all(axis=0)
    deltas = {
        (first, second): cliffs_deltas(parts[first].counts, parts[second].counts)
        for first, second in combinations(range(len(parts)), 2)
    }
    return [
        _apart(parts, counted[:, item], deltas, item)
        | {"is_split": bool(agree_inside[item] and pooled[item] < 0), "pooled": float(pooled[item])}
        if counted[:, item].sum() > 1
        else None
        for item in range(items)
    ]


def _apart(
    parts: Sequence[Part],
    counted: Booleans,
    deltas: Mapping[tuple[int, int], Floats],
    item: int,
) -> dict[str, Any]:
    return {
        "pairs": [
            [parts[first].key, parts[second].key, float(delta[item])]
            for (first, second), delta in deltas.items()
            if counted[first] and counted[second]
        ]
    }
