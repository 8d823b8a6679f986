"""What a person types into a section before saving it: kept for them alone, never a version.

It outlives a closed tab and a lost connection, is offered back, and goes when they save, restore
or discard it. It is no event: what somebody merely types is nobody's to follow.
"""

import uuid
from datetime import datetime

from sqlalchemy import delete, select

from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.narrative.commands import LONGEST
from reports.narrative.models import Unfinished
from reports.narrative.sections import BY_KEY


def keep_unfinished(
    *,
    cycle: Cycle,
    section: str,
    markdown: str,
    started_from: int,
    account_id: uuid.UUID,
    moment: datetime,
) -> None:
    """Keep what the person has typed so far, in place of what was kept before.

    Raises ``Missing`` where there is no such section, ``Invalid`` where it is longer than what
    could be saved.
    """
    # Alone: two tabs that begin at once would both make the row.
    hold_cycle(cycle.id, alone=True)
    open_cycle(cycle.id)
    if section not in BY_KEY:
        raise Missing("The report has no such section.")
    if len(markdown) > LONGEST:
        raise Invalid(f"This is too long to keep: at most {LONGEST:,} characters.")
    row = unfinished_of(cycle.id, section, account_id)
    if row is None:
        row = Unfinished(cycle_id=cycle.id, section=section, account_id=account_id)
        db.session.add(row)
    row.markdown, row.started_from, row.kept_at = markdown, started_from, moment
    db.session.flush()


def discard_unfinished(*, cycle: Cycle, section: str, account_id: uuid.UUID) -> None:
    """Give up what the person has typed and not saved."""
    db.session.execute(
        delete(Unfinished).where(
            Unfinished.cycle_id == cycle.id,
            Unfinished.section == section,
            Unfinished.account_id == account_id,
        )
    )


def unfinished_of(cycle_id: uuid.UUID, section: str, account_id: uuid.UUID) -> Unfinished | None:
    """Return what the person has typed into the section and not saved, or None."""
    return db.session.scalar(
        select(Unfinished).where(
            Unfinished.cycle_id == cycle_id,
            Unfinished.section == section,
            Unfinished.account_id == account_id,
        )
    )


def unfinished_sections(cycle_id: uuid.UUID, account_id: uuid.UUID) -> frozenset[str]:
    """Return the sections in which the person has typed something and not saved it."""
    wanted = select(Unfinished.section).where(
        Unfinished.cycle_id == cycle_id, Unfinished.account_id == account_id
    )
    return frozenset(db.session.scalars(wanted))
