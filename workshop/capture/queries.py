"""What capture asks: whether the room takes statements now. Nothing here writes."""

import uuid

from sqlalchemy import select

from cycles.core.extensions import db
from workshop.rooms.models import RoomState, Workshop, WorkshopKind


def open_capture(cycle_id: uuid.UUID, *, hold: bool = False) -> Workshop | None:
    """Return the cycle's open capture workshop, or None.

    With ``hold`` its row stays as it is until the transaction ends: whoever closes the workshop
    waits, so that nothing is written after it was closed.
    """
    wanted = (
        select(Workshop)
        .where(
            Workshop.cycle_id == cycle_id,
            Workshop.kind == WorkshopKind.CAPTURE,
            Workshop.state == RoomState.OPEN,
        )
        .order_by(Workshop.opened_at, Workshop.id)
        .limit(1)
    )
    return db.session.scalar(wanted.with_for_update(read=True) if hold else wanted)
