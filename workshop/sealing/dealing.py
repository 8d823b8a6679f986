"""Dealing the seats of a cycle anew, so that not even the order of the rows says who sat where.

A table keeps its rows in the order in which they were written. Who joined last has the last seat,
and who signed in first wrote the first answers: beside the times of arrivals and of signing in,
which stay, that order would lead back to names. So every row that knows a seat is written once
more, in an order drawn by lot, under a seat with another id. What was answered stays the same.
"""

import random
import uuid
from collections.abc import Mapping

from sqlalchemy import String, cast, delete, func, insert, select, update

from cycles.core.extensions import db
from workshop.ballot.models import (
    Assignment,
    FinishedBallot,
    Panellist,
    Rating,
    Reason,
    Receipt,
    ReopenRequest,
)

_LOT = random.SystemRandom()
_MANY = (Rating, Assignment, FinishedBallot, Receipt)
_WORDED = (Reason, ReopenRequest)
"""These keep their ids: exports draw the order of reasons from them, and have to stay the same."""


def deal_seats_anew(*, cycle_id: uuid.UUID) -> None:
    """Give every seat of a cycle another id, and write all that hangs on seats in no order.

    Part of sealing, once the links are gone: for a moment the new seats hold the old ids there.
    """
    db.session.flush()
    seats = db.session.execute(
        select(Panellist.id, Panellist.group).where(Panellist.cycle_id == cycle_id)
    ).all()
    fresh = {old: uuid.uuid4() for old, _ in seats}
    rows = [
        {"id": fresh[old], "cycle_id": cycle_id, "group": group, "link": old.hex}
        for old, group in _LOT.sample(seats, len(seats))
    ]
    if not rows:
        return
    db.session.execute(insert(Panellist), rows)
    for many in _MANY:
        _write_anew(many, list(fresh))
    for worded in _WORDED:
        _write_words_anew(worded, fresh)
    _execute(delete(Panellist).where(Panellist.id.in_(list(fresh))))
    _execute(update(Panellist).where(Panellist.cycle_id == cycle_id).values(link=None))
    db.session.expire_all()


def _write_anew(
    table: type[Rating] | type[Assignment] | type[FinishedBallot] | type[Receipt],
    seats: list[uuid.UUID],
) -> None:
    # Within the database: there may be half a million of them.
    columns = list(table.__table__.columns)
    was = func.replace(cast(table.panellist_id, String), "-", "")
    copied = [Panellist.id if one.name == "panellist_id" else one for one in columns]
    mixed = select(*copied).join(Panellist, Panellist.link == was).order_by(func.random())
    _execute(
        insert(table).from_select(
            [one.name for one in columns], mixed.where(table.panellist_id.in_(seats))
        )
    )
    _execute(delete(table).where(table.panellist_id.in_(seats)))


def _write_words_anew(
    table: type[Reason] | type[ReopenRequest], fresh: Mapping[uuid.UUID, uuid.UUID]
) -> None:
    mine = table.panellist_id.in_(list(fresh))
    found = db.session.execute(select(*table.__table__.columns).where(mine)).mappings().all()
    rows = [{**one, "panellist_id": fresh[one["panellist_id"]]} for one in found]
    if rows:
        _execute(delete(table).where(mine))
        db.session.execute(insert(table), _LOT.sample(rows, len(rows)))


def _execute(statement: object) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))  # type: ignore[attr-defined]
