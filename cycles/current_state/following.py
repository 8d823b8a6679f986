"""What becomes of captured cells when statements are merged: what one had, its heir has too."""

from datetime import datetime

from sqlalchemy import select

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability
from cycles.statements.models import CapabilityStatement
from cycles.statements.trail import Happening, follows


@follows
def follow(
    statement: CapabilityStatement, happening: Happening, _actor: Actor, _moment: datetime
) -> None:
    """Give the statement that took another in what was captured of it, where it has nothing.

    Copied, not moved: a merge may be undone. Part of the merge, which records the event.
    """
    into = statement.merged_into_id
    if happening != Happening.MERGED or into is None:
        return
    rows = db.session.scalars(
        select(PresentCapability)
        .where(PresentCapability.statement_id.in_((statement.id, into)))
        .order_by(PresentCapability.id)
    ).all()
    there = {row.partner_id for row in rows if row.statement_id == into}
    for row in rows:
        if row.partner_id not in there:
            db.session.add(
                PresentCapability(
                    cycle_id=row.cycle_id,
                    statement_id=into,
                    partner_id=row.partner_id,
                    strength=row.strength,
                    note=row.note,
                    captured_by_id=row.captured_by_id,
                    captured_at=row.captured_at,
                )
            )
    db.session.flush()
