"""Verdicts without ballots: cells with frozen counts, as a closed round leaves them."""

import uuid

from consensus.rule import Rule
from consensus.stopping import Closing
from consensus.verdict import verdict
from cycles.core.extensions import db
from cycles.setup.models import Cycle, RoleLevel
from cycles.statements.models import CapabilityStatement
from tests.factories import NOW, add
from workshop.rooms.models import (
    Item,
    ItemVerdict,
    RoomState,
    Round,
    RoundItem,
    Workshop,
    WorkshopKind,
)

AGREED_PRACTITIONER = (1, 2, 16, 1)
AGREED_EXPERT = (0, 1, 3, 16)
BETWEEN_TWO = (0, 9, 10, 1)
NOT_NEEDED = (18, 1, 1, 0)


def make_closed_round(cycle: Cycle) -> Round:
    workshop = add(
        Workshop(
            cycle_id=cycle.id,
            kind=WorkshopKind.PROFICIENCY,
            title="Proficiency",
            state=RoomState.CLOSED,
            opened_at=NOW,
            closed_at=NOW,
        )
    )
    return add(
        Round(
            cycle_id=cycle.id,
            workshop_id=workshop.id,
            number=1,
            state=RoomState.CLOSED,
            opened_at=NOW,
            closed_at=NOW,
        )
    )


def make_cell(
    round_: Round,
    statement: CapabilityStatement,
    level: RoleLevel,
    counts: tuple[int, int, int, int],
    closing: Closing = Closing.AGREED,
) -> ItemVerdict:
    item = add(
        Item(
            cycle_id=round_.cycle_id,
            workshop_id=round_.workshop_id,
            statement_id=statement.id,
            role_level_id=level.id,
            position=db.session.query(Item).count() + 1,
            wording=statement.text,
        )
    )
    add(RoundItem(round_id=round_.id, item_id=item.id))
    found = verdict(counts, Rule())
    return add(
        ItemVerdict(
            id=uuid.uuid4(),
            cycle_id=round_.cycle_id,
            round_id=round_.id,
            item_id=item.id,
            outcome=found.outcome.value,
            level=found.level,
            counts=list(counts),
            closing=closing.value,
            is_fragile=found.is_fragile,
            is_two_camps=found.is_two_camps,
            figures={"lower_median": found.lower_median},
            rule_digest=Rule().digest(),
            engine="1",
        )
    )
