"""Holding a cycle as it stands while something in it changes: what was asked of it stays true.

Locks are taken in one order, so that nobody waits for each other in a ring: the cycle's row first,
then rows in it by id, then the audit chain.
"""

import uuid

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.setup.models import Cycle


def hold_cycle(cycle_id: uuid.UUID, *, alone: bool = False) -> Cycle:
    """Return the cycle as the database has it now; it stays so until the transaction ends.

    Whoever seals it or moves its stage waits, or came first and is seen. Many hold it at once,
    unless one holds it ``alone``: to take the next code of something in it. Ask for that at the
    beginning: two who hold it and then both want it alone wait for each other.
    """
    # Never the strongest lock: every insert into the cycle holds a weak one on its row.
    return db.session.scalars(
        select(Cycle)
        .where(Cycle.id == cycle_id)
        .with_for_update(read=not alone, key_share=alone)
        .execution_options(populate_existing=True)
    ).one()
