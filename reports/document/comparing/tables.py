"""The tables of two versions side by side: what came, what went, and cells that differ. Pure.

A row is known by the code that heads it, else by the words there; a column by its heading.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.document.body.blocks import Cell, Table
from reports.document.comparing.numbers import signed
from reports.document.comparing.versions import Version

CODE = re.compile(r"[A-Z]{1,4}-?\d{3,}\b")
LONG = 4
"""Lists of so many lines are told by the lines that differ."""
Row = Mapping[str, Cell]
Pair = tuple[str, Row | None, Row | None]


@dataclass(frozen=True)
class CellChange:
    """A cell that says something else. ``difference`` is told where both sides are numbers."""

    row: str
    column: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class RowWords:
    """A row that only one side has: what heads it, and all it says."""

    heading: str
    words: str


@dataclass(frozen=True)
class TableChange:
    """A table that differs. ``standing`` is "changed", "new" or "gone".

    ``columns_came`` and ``columns_gone`` are headings; cells under them are not compared.
    """

    key: str
    caption: str
    standing: str
    cells: tuple[CellChange, ...]
    came: tuple[RowWords, ...]
    gone: tuple[RowWords, ...]
    columns_came: tuple[str, ...]
    columns_gone: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many rows and cells differ."""
        return len(self.cells) + len(self.came) + len(self.gone)


def table_changes(before: Version, after: Version) -> tuple[TableChange, ...]:
    """Return the tables that differ, in the order of the later version, those gone last."""
    old, new = before.tables, after.tables
    found = [_table_change(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    return tuple(each for each in found if each is not None)


def _table_change(old: Table | None, new: Table | None) -> TableChange | None:
    either = new or old
    if either is None or old == new:
        return None
    pairs = list(_pairs(_rows(old), _rows(new)))
    columns = _headings(old), _headings(new)
    made = TableChange(
        key=either.key,
        caption=either.caption,
        standing="new" if old is None else "gone" if new is None else "changed",
        cells=tuple(change for pair in pairs for change in _cell_changes(pair)),
        came=tuple(_words(name, row) for name, was, row in pairs if row and not was),
        gone=tuple(_words(name, row) for name, row, now in pairs if row and not now),
        columns_came=_missing_from(columns[0], columns[1]) if old and new else (),
        columns_gone=_missing_from(columns[1], columns[0]) if old and new else (),
    )
    is_told = made.count or made.columns_came or made.columns_gone or made.standing != "changed"
    return made if is_told else None


def _headings(table: Table | None) -> tuple[str, ...]:
    return tuple(each.title for each in table.columns) if table else ()


def _missing_from(here: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in there if each not in here)


def _rows(table: Table | None) -> list[tuple[str, Row]]:
    """Return the rows, each by what heads it."""
    if table is None:
        return []
    headings = _headings(table)
    return [(row[table.heading].words, dict(zip(headings, row, strict=True))) for row in table.rows]


def _pairs(old: list[tuple[str, Row]], new: list[tuple[str, Row]]) -> Iterator[Pair]:
    """Yield what heads a row, with the row before and after; None where there is none.

    Where several rows are headed alike, those that say the same belong together, the rest in
    their order.
    """
    was, now = _by_name(old), _by_name(new)
    for name in dict.fromkeys([*now, *was]):
        before, after = was.get(name, []), now.get(name, [])
        left = [each for each in before if each not in after]
        right = [each for each in after if each not in before]
        for at in range(max(len(left), len(right))):
            first = left[at] if at < len(left) else None
            second = right[at] if at < len(right) else None
            heading = (second or first or (name, {}))[0]
            yield heading, first[1] if first else None, second[1] if second else None


def _by_name(rows: list[tuple[str, Row]]) -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = {}
    for words, row in rows:
        code = CODE.match(words)
        found.setdefault(code[0] if code else words, []).append((words, row))
    return found


def _cell_changes(pair: Pair) -> Iterator[CellChange]:
    name, before, after = pair
    if before is None or after is None:
        return
    for column, cell in after.items():
        was = before.get(column)
        if was is not None and was.words != cell.words:
            is_share = was.words.endswith("%") or cell.words.endswith("%")
            by = signed(was.value, cell.value, is_share=is_share)
            yield CellChange(_line(name), column, *_differing(was.words, cell.words), by)


def _differing(was: str, now: str) -> tuple[str, str]:
    """Return two cells, of long lists only the lines that the other lacks."""
    old, new = was.splitlines(), now.splitlines()
    if min(len(old), len(new)) < LONG:
        return _line(was), _line(now)
    gone, came = [one for one in old if one not in new], [one for one in new if one not in old]
    # The same lines in another order: both orders are the difference.
    return ("; ".join(gone), "; ".join(came)) if gone or came else (_line(was), _line(now))


def _words(name: str, row: Row) -> RowWords:
    said = (f"{column}: {_line(cell.words)}" for column, cell in row.items() if cell.words != name)
    return RowWords(_line(name), "; ".join(said))


def _line(words: str) -> str:
    return ", ".join(words.splitlines())
