"""What the pages about statements show: frozen contexts, made from rows. No permission is judged
here; views say what a person may do.
"""

import uuid
from dataclasses import dataclass

from flask import url_for

from cycles.library.models import LibraryStatement
from cycles.statements.filters import Filters
from cycles.statements.forms import MergeForm, PlaceForm, RejectForm, RewordForm
from cycles.statements.models import CapabilityStatement, StatementStatus

TAG_KINDS = {
    StatementStatus.SUBMITTED: "current",
    StatementStatus.KEPT: "done",
    StatementStatus.REJECTED: "",
    StatementStatus.MERGED: "",
}


@dataclass(frozen=True)
class StatementLine:
    """One statement in a list."""

    id: uuid.UUID
    code: str
    text: str
    href: str
    function: str
    place: str
    partners: tuple[str, ...]
    status: str
    tag_kind: str
    is_waiting: bool
    version: int


@dataclass(frozen=True)
class Count:
    """How many statements have a status, and the list of them."""

    label: str
    value: int
    href: str


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Heading:
    """One column's heading: ``key`` and ``href`` when the list sorts by it."""

    label: str
    key: str | None = None
    href: str | None = None
    numeric: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class ListPage:
    """The list of a cycle's statements."""

    cycle_id: uuid.UUID
    lines: tuple[StatementLine, ...]
    waiting: int
    counts: tuple[Count, ...]
    headings: tuple[Heading, ...]
    filters: Filters
    back: str
    statuses: tuple[Option, ...]
    functions: tuple[Option, ...]
    partners: tuple[Option, ...]
    total: int
    gaps: int
    without_area: int
    is_convener: bool
    may_change: bool
    may_capture: bool
    closed_because: str
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CoverageCell:
    """How many statements one function has for one partner, and the list of them."""

    count: int
    href: str


@dataclass(frozen=True)
class CoverageLine:
    """One function across the partners; ``missing`` names the partners that have nothing."""

    function: str
    cells: tuple[CoverageCell, ...]
    without_partner: CoverageCell
    total: CoverageCell
    missing: str


@dataclass(frozen=True)
class CoveragePage:
    """The coverage table with its empty cells called out."""

    cycle_id: uuid.UUID
    partners: tuple[str, ...]
    lines: tuple[CoverageLine, ...]
    totals: tuple[int, ...]
    total: int
    without_area: CoverageCell
    gaps: int
    cells: int


@dataclass(frozen=True)
class TrailLine:
    """One revision of a statement."""

    number: int
    what: str
    text: str
    text_changed: bool
    reason: str
    who: str
    when: str


@dataclass(frozen=True)
class StatementPage:
    """One statement with its trail and, for a convener, what can be done to it."""

    cycle_id: uuid.UUID
    line: StatementLine
    definition: str
    source: str
    merged_into: tuple[StatementLine, ...]
    taken_in: tuple[StatementLine, ...]
    trail: tuple[TrailLine, ...]
    may_change: bool
    is_live: bool
    closed_because: str
    reword: RewordForm
    place: PlaceForm
    reject: RejectForm
    merge: MergeForm
    opened: str


def line_of(statement: CapabilityStatement, href: str | None = None) -> StatementLine:
    """Return the statement as a line; ``href`` defaults to its own page."""
    area = statement.area
    return StatementLine(
        id=statement.id,
        code=statement.code,
        text=statement.text,
        href=href
        or url_for("statements.show", cycle_id=statement.cycle_id, statement_id=statement.id),
        function=area.function if area else "",
        place=f"{area.domain} › {area.name}" if area else "",
        partners=tuple(partner.name for partner in statement.partners),
        status=statement.status.value.capitalize(),
        tag_kind=TAG_KINDS[statement.status],
        is_waiting=statement.status == StatementStatus.SUBMITTED,
        version=statement.version,
    )


def lines_of(statements: list[CapabilityStatement]) -> tuple[StatementLine, ...]:
    """Return the statements as lines, in the order given."""
    return tuple(line_of(statement) for statement in statements)


def source_of(record: LibraryStatement | None) -> str:
    """Return the words that say where a library statement came from."""
    if record is None:
        return ""
    parts = (record.source.name, record.source.version, record.reference)
    return ", ".join(part for part in parts if part)
