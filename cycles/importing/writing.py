"""Reading rows to compare with, and writing what differs, in bulk, in the caller's transaction."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.importing.differences import Difference

AT_ONCE = 500
Pair = tuple[uuid.UUID, uuid.UUID]


def slices(values: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield values in pieces small enough for one statement to name."""
    every = list(values)
    return (every[start : start + size] for start in range(0, len(every), size))


def rows(kind: type[Base], *where: Any) -> Iterable[Any]:
    """Return every column of the rows asked for, as mappings."""
    return db.session.execute(select(*kind.__table__.columns).where(*where)).mappings()


def rows_of(
    kind: type[Base], column: InstrumentedAttribute[Any], values: Iterable[Any]
) -> list[Any]:
    """Return the rows whose ``column`` is one of ``values``."""
    return [row for some in slices(values) for row in rows(kind, column.in_(some))]


class Writer:
    """Writes what differs; or, for a check, nothing at all."""

    def __init__(self, moment: datetime, *, is_check: bool) -> None:
        """Write at ``moment``."""
        self.moment = moment
        self.is_check = is_check

    def write(self, kind: type[Base], found: Difference[Any]) -> None:
        """Insert the new rows and update those that changed or moved."""
        if self.is_check:
            return
        if found.new:
            db.session.execute(insert(kind), list(found.new.values()))
        if found.changed or found.moved:
            db.session.execute(update(kind), [*found.changed.values(), *found.moved.values()])

    def retire(self, kind: type[Base], ids: Sequence[uuid.UUID]) -> None:
        """Mark rows as gone from their source."""
        if ids and not self.is_check:
            gone = [{"id": identifier, "retired_at": self.moment} for identifier in ids]
            db.session.execute(update(kind), gone)

    def delete(self, kind: Any, ids: Iterable[uuid.UUID]) -> None:
        """Delete rows that nothing points to."""
        if not self.is_check:
            for some in slices(ids):
                db.session.execute(delete(kind).where(kind.id.in_(some)))

    def relink(self, table: Table, new: Iterable[Pair], gone: Iterable[Pair]) -> None:
        """Insert and delete rows of a table that holds nothing but pairs of ids."""
        if self.is_check:
            return
        first, second = table.columns
        if made := [{first.name: one, second.name: other} for one, other in sorted(new)]:
            db.session.execute(insert(table), made)
        if ended := [{"this": one, "that": other} for one, other in sorted(gone)]:
            where = (first == bindparam("this"), second == bindparam("that"))
            db.session.connection().execute(delete(table).where(*where), ended)
