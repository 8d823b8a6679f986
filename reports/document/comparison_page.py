"""What the page of two reports beside each other shows: which two, and what differs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.access import Place
from cycles.core.clock import LONDON
from cycles.core.turns import Turns
from reports.document.comparing import Comparison, Version, compared, version_of
from reports.document.comparing.tables import CellChange, RowWords, TableChange
from reports.document.models import Report, ReportState
from reports.document.queries import document_of, reports_of
from reports.document.wording import day_words

MOST_LINES = 40
# Comparing takes seconds, and as long again for everybody who asks at the same time.
_turns = Turns(2, "Other reports are being compared. Ask for these again in a moment.")
PATIENCE = 10
"""Seconds."""
KINDS = {"new": "New table", "gone": "Table gone", "changed": ""}


@dataclass(frozen=True)
class Option:
    """A report that may be chosen as one of the two."""

    value: str
    label: str


@dataclass(frozen=True)
class TablePanel:
    """What differs in one table, its first lines; ``more`` says how many stand in the file only."""

    caption: str
    standing: str
    count: str
    notes: tuple[str, ...]
    cells: tuple[CellChange, ...]
    came: tuple[RowWords, ...]
    gone: tuple[RowWords, ...]
    more: str


@dataclass(frozen=True)
class Beside:
    """Two reports beside each other. ``before`` and ``after`` name them."""

    before: str
    after: str
    before_href: str
    after_href: str
    csv_href: str
    found: Comparison
    tables: tuple[TablePanel, ...]
    same_grounds: str


@dataclass(frozen=True)
class ComparisonPage:
    """The choice of two reports, and what differs; ``beside`` is None with fewer than two."""

    cycle_id: uuid.UUID
    action: str
    options: tuple[Option, ...]
    before: str
    after: str
    beside: Beside | None


def comparable(cycle_id: uuid.UUID, place: Place) -> list[Report]:
    """Return the reports that this person may read, and so compare, newest first."""
    return reports_of(cycle_id, published_only=not place.is_convener)


def pair_of(
    offered: Sequence[Report], before: Report | None, after: Report | None
) -> tuple[Report | None, Report | None]:
    """Return the two to compare: without a choice the newest report and the one before it."""
    if before is None and after is None and len(offered) > 1:
        return offered[1], offered[0]
    return before, after


def comparison_page(
    cycle_id: uuid.UUID, offered: Sequence[Report], before: Report | None, after: Report | None
) -> ComparisonPage:
    """Return the page."""
    return ComparisonPage(
        cycle_id=cycle_id,
        action=url_for("report.compare", cycle_id=cycle_id),
        options=tuple(Option(str(each.id), _label(each)) for each in offered),
        before=str(before.id) if before else "",
        after=str(after.id) if after else "",
        beside=_beside(before, after) if before and after else None,
    )


def comparison_of(before: Report, after: Report) -> Comparison:
    """Return what the later report says otherwise than the earlier.

    Raises ``TooMany`` while others compare theirs and none of them is soon done.
    """
    with _turns.one(PATIENCE):
        return compared(_version(before), _version(after))


def _version(report: Report) -> Version:
    return version_of(document_of(report.snapshot_id), digest=report.snapshot.digest)


def _label(report: Report) -> str:
    state = "published" if report.state == ReportState.PUBLISHED else "draft"
    day = day_words(report.snapshot.created_at.astimezone(LONDON))
    return f"Report {report.snapshot.number}, {day}, {state}"


def _beside(before: Report, after: Report) -> Beside:
    found = comparison_of(before, after)
    same = sum(each.is_same for each in found.grounds)
    sides: dict[str, Any] = {"from": before.id, "to": after.id}
    return Beside(
        before=f"Report {before.snapshot.number}",
        after=f"Report {after.snapshot.number}",
        before_href=_read(before),
        after_href=_read(after),
        csv_href=url_for("report.compare_file", cycle_id=after.cycle_id, **sides),
        found=found,
        tables=tuple(map(_panel, found.tables)),
        same_grounds=f"{same} of {len(found.grounds)} are the same",
    )


def _read(report: Report) -> str:
    return url_for("report.read", cycle_id=report.cycle_id, report_id=report.id)


def _panel(table: TableChange) -> TablePanel:
    cells, came, gone = table.cells, table.came, table.gone
    left = sum(max(0, len(each) - MOST_LINES) for each in (cells, came, gone))
    return TablePanel(
        caption=table.caption,
        standing=KINDS[table.standing],
        count=_counted(table.count),
        notes=_notes(table),
        cells=cells[:MOST_LINES],
        came=came[:MOST_LINES],
        gone=gone[:MOST_LINES],
        more=f"{left:,} more are in the file." if left else "",
    )


def _counted(count: int) -> str:
    return "1 difference" if count == 1 else f"{count:,} differences"


def _notes(table: TableChange) -> tuple[str, ...]:
    came = [f"New column: {each}." for each in table.columns_came]
    return (*came, *(f"Column gone: {each}." for each in table.columns_gone))
