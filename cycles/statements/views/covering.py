"""The coverage page's context: each count with the list behind it. No routes here."""

import uuid

from flask import url_for

from cycles.statements.coverage import Coverage, CoverageRow
from cycles.statements.filters import LIVE, NONE
from cycles.statements.pages import CoverageCell, CoverageLine, CoveragePage
from cycles.statements.queries import coverage


def coverage_page(cycle_id: uuid.UUID) -> CoveragePage:
    """Return the coverage table of a cycle."""
    table = coverage(cycle_id)
    return CoveragePage(
        cycle_id=cycle_id,
        partners=tuple(partner.name for partner in table.partners),
        lines=tuple(_line(cycle_id, table, row) for row in table.rows),
        totals=table.partner_totals,
        total=table.total,
        without_area=_cell(cycle_id, table.without_area, NONE),
        gaps=len(table.gaps),
        cells=len(table.partners) * len(table.rows),
    )


def _line(cycle_id: uuid.UUID, table: Coverage, row: CoverageRow) -> CoverageLine:
    pairs = list(zip(table.partners, row.counts, strict=True))
    missing = [partner.name for partner, count in pairs if not count]
    return CoverageLine(
        function=row.function,
        cells=tuple(
            _cell(cycle_id, count, row.function, str(partner.id)) for partner, count in pairs
        ),
        without_partner=_cell(cycle_id, row.without_partner, row.function, NONE),
        total=_cell(cycle_id, row.total, row.function),
        missing=", ".join(missing),
    )


def _cell(cycle_id: uuid.UUID, count: int, function: str, partner: str = "") -> CoverageCell:
    href = url_for(
        "statements.index",
        cycle_id=cycle_id,
        status=LIVE,
        function=function,
        partner=partner or None,
    )
    return CoverageCell(count, href)
