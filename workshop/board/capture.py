"""The board of a capture workshop: what is covered, what is missing, what came last."""

import uuid
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.statements.comparing import alike
from cycles.statements.coverage import LIVE, CoverageRow, count_coverage
from cycles.statements.models import CapabilityStatement

MOST_LATEST = 8
MOST_GAPS = 6


@dataclass(frozen=True)
class CoverageLine:
    """One function, with the number of statements for each partner."""

    function: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class LatestLine:
    """A statement that came in lately. Who wrote it is not the room's business."""

    code: str
    text: str
    place: str
    href: str


@dataclass(frozen=True)
class CaptureView:
    """The middle of a capture workshop's board."""

    partners: tuple[str, ...]
    lines: tuple[CoverageLine, ...]
    total: int
    gaps: tuple[str, ...]
    more_gaps: int
    latest: tuple[LatestLine, ...]
    pairs: int
    waiting: int
    pairs_href: str
    coverage_href: str


def capture_view(cycle_id: uuid.UUID) -> CaptureView:
    """Return the coverage of a cycle as it grows."""
    table = count_coverage(cycle_id)
    found = alike(cycle_id)
    gaps = [f"{function} for {partner}" for function, partner in table.gaps]
    return CaptureView(
        partners=tuple(one.name for one in table.partners),
        lines=tuple(_line(one) for one in table.rows),
        total=table.total,
        gaps=tuple(gaps[:MOST_GAPS]),
        more_gaps=max(len(gaps) - MOST_GAPS, 0),
        latest=latest_statements(cycle_id),
        pairs=len(found.pairs),
        waiting=found.waiting,
        pairs_href=url_for("statements.alike", cycle_id=cycle_id),
        coverage_href=url_for("statements.coverage", cycle_id=cycle_id),
    )


def _line(row: CoverageRow) -> CoverageLine:
    return CoverageLine(row.function, row.counts, row.total)


def latest_statements(cycle_id: uuid.UUID) -> tuple[LatestLine, ...]:
    """Return the statements that came in last, the newest first."""
    rows = db.session.execute(
        select(CapabilityStatement.id, CapabilityStatement.code, CapabilityStatement.text, Area)
        .outerjoin(Area, Area.id == CapabilityStatement.area_id)
        .where(CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(LIVE))
        .order_by(CapabilityStatement.created_at.desc(), CapabilityStatement.code.desc())
        .limit(MOST_LATEST)
    )
    return tuple(
        LatestLine(
            code=code,
            text=text,
            place=f"{area.function} › {area.name}" if area else "No area yet",
            href=url_for("statements.show", cycle_id=cycle_id, statement_id=statement_id),
        )
        for statement_id, code, text, area in rows
    )


@dataclass(frozen=True)
class Spread:
    """How much has been captured, for the projector: numbers, never words somebody wrote."""

    statements: int
    functions: int
    all_functions: int
    partners: int
    all_partners: int


def spread(cycle_id: uuid.UUID) -> Spread:
    """Return how many statements there are, and how many functions and partners they reach."""
    table = count_coverage(cycle_id)
    return Spread(
        statements=table.total,
        functions=sum(row.total > 0 for row in table.rows),
        all_functions=len(table.rows),
        partners=sum(count > 0 for count in table.partner_totals),
        all_partners=len(table.partners),
    )
