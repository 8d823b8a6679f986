"""Which items a round asks: all that no workshop asked before, or what is still open.

The order is that of the classification, then of the codes; it is the order of every list of
items afterwards. Nothing is opened or closed here.
"""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consensus.stopping import Closing
from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.setup.queries import role_levels_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER
from workshop.rooms.models import Item, ItemVerdict, Round, Workshop

UNCLASSIFIED = "Not classified yet"


def make_items(workshop: Workshop) -> list[Item]:
    """Make the items of a proficiency workshop: each kept statement at each role level.

    A cell that another workshop of the cycle asks is left out: one cell, one panel.
    """
    asked = select(Item.statement_id, Item.role_level_id).where(Item.cycle_id == workshop.cycle_id)
    taken = {(statement_id, level_id) for statement_id, level_id in db.session.execute(asked)}
    levels = role_levels_of(workshop.cycle_id)
    cells = [
        (statement, level)
        for statement in _statements_in_order(workshop.cycle_id)
        for level in levels
        if (statement.id, level.id) not in taken
    ]
    items = [
        Item(
            cycle_id=workshop.cycle_id,
            workshop_id=workshop.id,
            statement_id=statement.id,
            role_level_id=level.id,
            position=position,
            wording=statement.text,
            **_place(statement.area),
        )
        for position, (statement, level) in enumerate(cells, 1)
    ]
    db.session.add_all(items)
    db.session.flush()
    return items


def _statements_in_order(cycle_id: uuid.UUID) -> list[CapabilityStatement]:
    return list(
        db.session.scalars(
            select(CapabilityStatement)
            .outerjoin(Area, Area.id == CapabilityStatement.area_id)
            .where(
                CapabilityStatement.cycle_id == cycle_id,
                CapabilityStatement.status == StatementStatus.KEPT,
            )
            .options(joinedload(CapabilityStatement.area))
            # The unclassified come last on both databases, which order NULL differently.
            .order_by(Area.id.is_(None), Area.position, *IN_ORDER)
        )
    )


def _place(area: Area | None) -> dict[str, str]:
    if area is None:
        return {"function": "", "domain": "", "area": UNCLASSIFIED}
    return {"function": area.function, "domain": area.domain, "area": area.name}


def open_items(workshop: Workshop) -> list[Item]:
    """Return the items whose latest verdict leaves them open and whose statement is still kept."""
    latest = (
        select(ItemVerdict.item_id, func.max(Round.number).label("number"))
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(Round.workshop_id == workshop.id)
        .group_by(ItemVerdict.item_id)
        .subquery()
    )
    return list(
        db.session.scalars(
            select(Item)
            .join(latest, latest.c.item_id == Item.id)
            .join(Round, (Round.workshop_id == workshop.id) & (Round.number == latest.c.number))
            .join(
                ItemVerdict, (ItemVerdict.item_id == Item.id) & (ItemVerdict.round_id == Round.id)
            )
            .join(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
            .where(
                ItemVerdict.closing == Closing.OPEN.value,
                CapabilityStatement.status == StatementStatus.KEPT,
            )
            .order_by(Item.position)
        )
    )
