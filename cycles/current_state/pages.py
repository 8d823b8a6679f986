"""Contexts of the pages of the current state."""

import uuid
from dataclasses import dataclass

from cycles.current_state.commands import seen_of
from cycles.current_state.forms import UploadForm
from cycles.current_state.importing import RowProblem
from cycles.current_state.models import Strength
from cycles.current_state.queries import Cell, Tally

NO_AREA = "No functional area yet"
WORDS = {
    Strength.NONE: "None",
    Strength.SOME: "Some",
    Strength.STRONG: "Strong",
    None: "Not captured",
}


@dataclass(frozen=True)
class Count:
    """One count of a bar: what it is of, and its share of the whole in per cent."""

    kind: str
    label: str
    number: int
    percent: float
    start: float


@dataclass(frozen=True)
class Bar:
    """A tally as a bar and in words."""

    counts: tuple[Count, ...]
    words: str
    total: int
    captured: int


@dataclass(frozen=True)
class PartnerLine:
    """A partner's tally; ``href`` is empty for who may not open the sheet."""

    name: str
    bar: Bar
    href: str
    is_own: bool


@dataclass(frozen=True)
class FunctionLine:
    """A function's tally by partner, each with the sheet that holds it."""

    function: str
    cells: tuple[tuple[Bar, str], ...]
    capabilities: Bar


@dataclass(frozen=True)
class StandardsInUse:
    """The standards that people train to today, and where a convener chooses them."""

    titles: tuple[str, ...]
    href: str


@dataclass(frozen=True)
class OverviewPage:
    """How far the current state is captured. ``lacks`` says what has to come first, if anything."""

    cycle_id: uuid.UUID
    lacks: str
    ways: tuple[tuple[str, str], ...]
    cells: Bar
    capabilities: Bar
    partners: tuple[PartnerLine, ...]
    functions: tuple[FunctionLine, ...]
    standards: StandardsInUse
    next_steps: tuple[tuple[str, str], ...]
    may_record: bool
    closed_because: str


@dataclass(frozen=True)
class Row:
    """One capability at the partner. ``theirs`` is what somebody else recorded meanwhile."""

    id: uuid.UUID
    code: str
    text: str
    href: str
    today: str
    note: str
    seen: str
    who: str
    is_saved: bool = False
    theirs: str = ""
    problem: str = ""


@dataclass(frozen=True)
class RowPage:
    """A row on its own: what autosaving a row answers with."""

    row: Row
    save_href: str


@dataclass(frozen=True)
class AreaRows:
    """The rows of one functional area; ``left`` of them are not captured."""

    key: str
    title: str
    rows: tuple[Row, ...]
    left: int


@dataclass(frozen=True)
class Tab:
    """One function of the sheet, with how far it is captured."""

    label: str
    told: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class SheetPage:
    """One partner's sheet, at one function."""

    cycle_id: uuid.UUID
    partner: str
    function: str
    told: str
    tabs: tuple[Tab, ...]
    others: tuple[Tab, ...]
    areas: tuple[AreaRows, ...]
    save_href: str
    next_tab: Tab | None
    undo_href: str
    undo_at: str
    undo_told: str
    problem: str
    closed_because: str

    def row_page(self, row: Row) -> RowPage:
        """Return the row as autosaving gives it back."""
        return RowPage(row, self.save_href)


@dataclass(frozen=True)
class UploadPage:
    """The upload, and what was wrong with the rows of the file that was sent."""

    cycle_id: uuid.UUID
    form: UploadForm
    problems: tuple[RowProblem, ...]
    told: str
    closed_because: str


def bar_of(found: Tally, noun: str = "") -> Bar:
    """Return the tally as a bar: strong first, what is not captured last."""
    numbers = (
        ("strong", "strong", found.strong),
        ("some", "some", found.some),
        ("none", "none", found.none),
        ("missing", "not captured", found.missing),
    )
    counts, start = [], 0.0
    for kind, label, number in numbers:
        percent = 100 * number / found.total if found.total else 0.0
        counts.append(Count(kind, label, number, percent, start))
        start += percent
    words = ", ".join(f"{each.number:,} {each.label}" for each in counts if each.number)
    return Bar(tuple(counts), f"{words}{noun}", found.total, found.captured)


def row_of(cell: Cell, *, who: str = "", href: str = "") -> Row:
    """Return the cell as a row of the sheet, as it is recorded."""
    record, statement = cell.record, cell.statement
    return Row(
        id=statement.id,
        code=statement.code,
        text=statement.text,
        href=href,
        today=record.strength.value if record else "",
        note=record.note if record else "",
        seen=seen_of(record),
        who=who,
    )


def said(cell: Cell) -> str:
    """Return in words what is recorded of the cell."""
    note = f", “{cell.record.note}”" if cell.record and cell.record.note else ""
    return f"{WORDS[cell.strength].lower()}{note}"
