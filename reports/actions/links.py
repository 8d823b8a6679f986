"""How cycles hang together through further subjects: which one started which. Reads only."""

import uuid

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from reports.actions.models import FurtherSubject


def started_titles(cycle_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the titles of the cycles that were started on a cycle's subjects, by their id."""
    rows = db.session.execute(
        select(Cycle.id, Cycle.title)
        .join(FurtherSubject, FurtherSubject.started_cycle_id == Cycle.id)
        .where(FurtherSubject.cycle_id == cycle_id)
    )
    return {started: title for started, title in rows}  # noqa: C416 - rows are not tuples


def origin_of(cycle_id: uuid.UUID) -> tuple[uuid.UUID, str] | None:
    """Return the cycle on whose subject this one was started, with its title; None without one."""
    row = db.session.execute(
        select(Cycle.id, Cycle.title)
        .join(FurtherSubject, FurtherSubject.cycle_id == Cycle.id)
        .where(FurtherSubject.started_cycle_id == cycle_id)
        .order_by(FurtherSubject.added_at, FurtherSubject.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def subject_sources_used(cycle_id: uuid.UUID) -> frozenset[str]:
    """Return the suggestions that subjects were drafted from."""
    return frozenset(
        db.session.scalars(
            select(FurtherSubject.source).where(
                FurtherSubject.cycle_id == cycle_id, FurtherSubject.source != ""
            )
        )
    )
