"""Rows in an order that people choose: solutions, partners and role levels."""

import uuid
from typing import TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.models import Partner, RoleLevel, Solution

Ordered = Solution | Partner | RoleLevel
Row = TypeVar("Row", Solution, Partner, RoleLevel)


def next_position(kind: type[Ordered], cycle_id: uuid.UUID) -> int:
    """Return the position after the last."""
    last = db.session.scalar(select(func.max(kind.position)).where(kind.cycle_id == cycle_id))
    return (last or 0) + 1


def fault_in_name(
    kind: type[Ordered], cycle_id: uuid.UUID, name: str, but: Ordered | None
) -> str | None:
    """Return a sentence when another row of the cycle has the name already, in any case."""
    rows = select(kind.id, kind.name).where(kind.cycle_id == cycle_id)
    for row_id, taken in db.session.execute(rows):
        if taken.casefold() == name.casefold() and (but is None or row_id != but.id):
            return f"There is already one called {taken}."
    return None


def move(row: Row, *, up: bool) -> bool:
    """Change places with the neighbour and number all from 1; say whether anything moved."""
    kind = type(row)
    rows = _in_order(kind, row.cycle_id)
    here = rows.index(row)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    return True


def remove(row: Row, *, refusal: str) -> None:
    """Delete the row and close the gap; raise ``Invalid(refusal)`` when something refers to it."""
    kind, cycle_id = type(row), row.cycle_id
    try:
        # What refers to a row may live in packages above, which only the database can see.
        with db.session.begin_nested():
            db.session.execute(delete(kind).where(kind.id == row.id))
    except IntegrityError as error:
        raise Invalid(refusal) from error
    db.session.expunge(row)
    _number(_in_order(kind, cycle_id))


def _in_order(kind: type[Row], cycle_id: uuid.UUID) -> list[Row]:
    return list(
        db.session.scalars(
            select(kind).where(kind.cycle_id == cycle_id).order_by(kind.position, kind.id)
        )
    )


def _number(rows: list[Row]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position
    db.session.flush()
