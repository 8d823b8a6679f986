"""Where the group stands on each item of a workshop now, as far as it may be shown.

Items of an open round from the live numbers, which move in batches; all others from their frozen
verdicts. Everything here has been through the gate of ``disclosure``.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import func, select

from consensus.agreement import van_der_eijk
from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.setup.queries import rule_card_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.ballot.live import live_counts
from workshop.rooms.disclosure import shown
from workshop.rooms.models import Item, ItemVerdict, RoomState, Round, RoundItem, Workshop
from workshop.rooms.scales import KIND_SCALES, Scale

Counts = tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """What an item asks, in the words and the place frozen with it."""

    item_id: uuid.UUID
    subject_id: uuid.UUID
    code: str
    wording: str
    domain: str
    area: str
    role_level_id: uuid.UUID | None
    role_level: str


@dataclass(frozen=True)
class Standing:
    """An item, what may be shown of the answers, and van der Eijk's agreement of them.

    ``counts`` and ``agreement`` are None, and ``n`` is 0, where too few have rated. ``is_live``:
    the numbers are of the open round. ``is_closed``: its rounds are over.
    """

    asked: Asked
    counts: Counts | None
    n: int
    agreement: float | None
    is_live: bool
    is_closed: bool
    is_judged: bool

    @property
    def disagreement(self) -> int | None:
        """Return the disagreement, 0 to 100: 50 for a flat spread, 100 for two opposite camps."""
        return None if self.agreement is None else round(50 * (1 - self.agreement))


@dataclass(frozen=True)
class Frozen:
    """The latest verdict of an item: its counts, and whether its rounds are over."""

    counts: Counts
    is_closed: bool


def standings_of(
    workshop: Workshop, round_: Round | None, part: Mapping[uuid.UUID, Counts] | None = None
) -> tuple[Standing, ...]:
    """Return where the group stands on every item of a workshop, in the workshop's order.

    ``round_`` is the workshop's latest. ``part`` puts the counts of one part of the panel, past
    their gate already, in place of the group's.
    """
    if round_ is None:
        return ()
    is_under_way = round_.state != RoomState.CLOSED
    live = live_counts(round_.id) if is_under_way and part is None else {}
    frozen = _frozen(workshop.id)
    now = _asked_in(round_.id) if is_under_way else frozenset()
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    found = []
    for asked in asked_of(workshop.id):
        is_live = asked.item_id in now
        verdict = None if is_live else frozen.get(asked.item_id)
        counts = live.get(asked.item_id) if is_live else _gated(verdict, minimum_n)
        if part is not None:
            counts = part.get(asked.item_id)
        is_closed = verdict is not None and verdict.is_closed
        found.append((asked, counts, is_live, is_closed, asked.item_id in frozen))
    return _with_agreement(found, KIND_SCALES[workshop.kind])


def _gated(verdict: Frozen | None, minimum_n: int) -> Counts | None:
    return None if verdict is None else shown(verdict.counts, minimum_n).counts


def _with_agreement(
    found: list[tuple[Asked, Counts | None, bool, bool, bool]], scale: Scale
) -> tuple[Standing, ...]:
    """Work out the agreement of all items at once."""
    nothing = (0,) * scale.size
    table = np.array([counts or nothing for _, counts, *_ in found]).reshape(-1, scale.size)
    agreement = van_der_eijk(table).tolist() if len(table) else []
    return tuple(
        Standing(
            asked=asked,
            counts=counts,
            n=sum(counts or ()),
            agreement=value if counts else None,
            is_live=is_live,
            is_closed=is_closed,
            is_judged=is_judged,
        )
        for (asked, counts, is_live, is_closed, is_judged), value in zip(
            found, agreement, strict=True
        )
    )


def asked_of(workshop_id: uuid.UUID) -> list[Asked]:
    """Return what a workshop asks in its newest wordings, in its order; dropped statements not."""
    older = select(Item.earlier_item_id).where(
        Item.workshop_id == workshop_id, Item.earlier_item_id.is_not(None)
    )
    rows = db.session.execute(
        select(
            Item.id,
            Item.statement_id,
            Item.solution_id,
            CapabilityStatement.code,
            Item.wording,
            Item.domain,
            Item.area,
            Item.role_level_id,
            RoleLevel.name,
        )
        .outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(RoleLevel, RoleLevel.id == Item.role_level_id)
        .where(
            Item.workshop_id == workshop_id,
            Item.id.not_in(older),
            CapabilityStatement.status.is_(None) | CapabilityStatement.status.in_(STANDING),
        )
        .order_by(Item.position, RoleLevel.position, Item.id)
    )
    return [_asked(*row) for row in rows]


STANDING = (StatementStatus.KEPT, StatementStatus.SUBMITTED)


def _asked(
    item_id: uuid.UUID,
    statement_id: uuid.UUID | None,
    solution_id: uuid.UUID | None,
    code: str | None,
    wording: str,
    *place: Any,
) -> Asked:
    domain, area, role_level_id, role_level = place
    subject_id = statement_id or solution_id or item_id
    return Asked(
        item_id, subject_id, code or "", wording, domain, area, role_level_id, role_level or ""
    )


def _frozen(workshop_id: uuid.UUID) -> dict[uuid.UUID, Frozen]:
    rows = db.session.execute(
        select(ItemVerdict.item_id, ItemVerdict.counts, ItemVerdict.closing)
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(Round.workshop_id == workshop_id)
        # Rounds ascend, so the last row of an item is its latest verdict.
        .order_by(Round.number)
    )
    return {
        item_id: Frozen(tuple(counts), closing != Closing.OPEN.value)
        for item_id, counts, closing in rows
    }


def _asked_in(round_id: uuid.UUID) -> frozenset[uuid.UUID]:
    return frozenset(
        db.session.scalars(select(RoundItem.item_id).where(RoundItem.round_id == round_id))
    )


def areas_of(workshop_id: uuid.UUID) -> list[str]:
    """Return the functional areas that a workshop asks about, in its order."""
    rows = db.session.execute(
        select(Item.area, func.min(Item.position))
        .where(Item.workshop_id == workshop_id)
        .group_by(Item.area)
        .order_by(func.min(Item.position), Item.area)
    )
    return [area for area, _ in rows]


def count_standing(cycle_id: uuid.UUID) -> int:
    """Return how many statements of a cycle are neither merged nor rejected."""
    standing = select(func.count()).where(
        CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(STANDING)
    )
    return db.session.scalar(standing) or 0
