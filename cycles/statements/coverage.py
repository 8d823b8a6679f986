"""Coverage: how many live statements each function has for each supply-chain partner.

An empty cell is a question for the room while capture still runs. Nothing is judged here.
"""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from cycles.classification.models import Area, Classification
from cycles.core.extensions import db
from cycles.setup.models import Partner
from cycles.statements.models import CapabilityStatement, StatementStatus, statement_partner

LIVE = (StatementStatus.SUBMITTED, StatementStatus.KEPT)


@dataclass(frozen=True)
class CoverageRow:
    """One function: its count per partner, in the order of ``Coverage.partners``.

    ``total`` counts statements once, however many partners they have.
    """

    function: str
    counts: tuple[int, ...]
    without_partner: int
    total: int


@dataclass(frozen=True)
class Coverage:
    """The table function x partner, with what has no area or no partner yet."""

    partners: tuple[Partner, ...]
    rows: tuple[CoverageRow, ...]
    partner_totals: tuple[int, ...]
    without_area: int
    total: int

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Return the empty cells as (function, partner name), row by row."""
        return tuple(
            (row.function, partner.name)
            for row in self.rows
            for partner, count in zip(self.partners, row.counts, strict=True)
            if not count
        )


def count_coverage(cycle_id: uuid.UUID) -> Coverage:
    """Count the live statements of the cycle per function and partner."""
    partners = tuple(
        db.session.scalars(
            select(Partner).where(Partner.cycle_id == cycle_id).order_by(Partner.position)
        )
    )
    cells, totals = _cells(cycle_id), _totals(cycle_id)
    rows = tuple(
        CoverageRow(
            function=name,
            counts=tuple(cells[name, partner.id] for partner in partners),
            without_partner=cells[name, None],
            total=totals[name],
        )
        for name in _functions(totals)
    )
    return Coverage(
        partners=partners,
        rows=rows,
        partner_totals=tuple(
            sum(cells[name, partner.id] for name in totals) for partner in partners
        ),
        without_area=totals[None],
        total=sum(totals.values()),
    )


def _cells(cycle_id: uuid.UUID) -> Counter[tuple[str | None, uuid.UUID | None]]:
    rows = db.session.execute(
        select(Area.function, statement_partner.c.partner_id, func.count())
        .select_from(CapabilityStatement)
        .outerjoin(Area, Area.id == CapabilityStatement.area_id)
        .outerjoin(statement_partner, statement_partner.c.statement_id == CapabilityStatement.id)
        .where(CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(LIVE))
        .group_by(Area.function, statement_partner.c.partner_id)
    )
    return Counter({(function, partner_id): count for function, partner_id, count in rows})


def _totals(cycle_id: uuid.UUID) -> Counter[str | None]:
    rows = db.session.execute(
        select(Area.function, func.count())
        .select_from(CapabilityStatement)
        .outerjoin(Area, Area.id == CapabilityStatement.area_id)
        .where(CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(LIVE))
        .group_by(Area.function)
    )
    return Counter({row[0]: row[1] for row in rows})


def _functions(totals: Counter[str | None]) -> list[str]:
    """Return the functions of the current classification, then any others that are in use."""
    names = list(
        db.session.scalars(
            select(Area.function)
            .join(Classification, Classification.id == Area.classification_id)
            .where(Classification.is_current)
            .group_by(Area.function)
            .order_by(func.min(Area.position))
        )
    )
    return [*names, *sorted(name for name in totals if name and name not in names)]
