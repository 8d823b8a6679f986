"""Tables of Word: heads that repeat on every page, rows that never break, widths that are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cycles.core.sayable import sayable
from reports.document.body.blocks import Cell, Column, Table
from reports.document.word.elements import element, paragraph, run
from reports.document.word.sheet import TEXT_MM

TWIPS = round(TEXT_MM / 25.4 * 1440)


@dataclass
class TableOf:
    """A table that is being written, row by row; its columns are as many as its first row has."""

    grid: Any
    rows: Any
    is_empty: bool = True

    def begin_row(self, *, is_heading: bool) -> Any:
        """Begin a row; one of headings repeats on every page."""
        made = element(self.rows, "w:tr")
        looks = element(made, "w:trPr")
        element(looks, "w:cantSplit")
        if is_heading:
            element(looks, "w:tblHeader")
        return made

    def begin_cell(self, row: Any, style: str) -> Any:
        """Begin a cell, and return its paragraph."""
        if row.getparent().index(row) == self._first:
            element(self.grid, "w:gridCol")
        self.is_empty = False
        return paragraph(element(row, "w:tc"), style)

    @property
    def _first(self) -> int:
        return 2  # after the properties and the grid


def begin_table(parent: Any, *, caption: str = "", has_row_heads: bool = False) -> TableOf:
    """Begin a table as wide as the text, its cells as wide as their words ask."""
    made = element(parent, "w:tbl")
    looks = element(made, "w:tblPr")
    element(looks, "w:tblStyle", val="ReportTable")
    element(looks, "w:tblW", w=TWIPS, type="dxa")
    # The old way to say it is one number of sixteen bits; both have to agree.
    bits = 0x0620 | (0x0080 if has_row_heads else 0)
    heads = {"firstRow": 1, "firstColumn": int(has_row_heads), "lastRow": 0, "lastColumn": 0}
    element(looks, "w:tblLook", val=f"{bits:04X}", noHBand=1, noVBand=1, **heads)
    if caption:
        element(looks, "w:tblCaption", val=caption)
    return TableOf(element(made, "w:tblGrid"), made)


def write_table(parent: Any, table: Table) -> None:
    """Write a table of the report."""
    made = begin_table(parent, caption=table.caption, has_row_heads=table.heading == 0)
    widths = _widths(table.columns)
    _fix(made, widths)
    head = made.begin_row(is_heading=True)
    for column, width in zip(table.columns, widths, strict=True):
        run(_cell(head, width, "TableHeading", is_number=column.is_number), column.title)
    for row in table.rows:
        _write_row(made, table, row, widths)
    if not table.rows:
        cell = element(made.begin_row(is_heading=False), "w:tc")
        element(element(cell, "w:tcPr"), "w:gridSpan", val=len(table.columns))
        run(paragraph(cell, "TableText"), table.empty)


def _write_row(made: TableOf, table: Table, cells: Iterable[Cell], widths: list[int]) -> None:
    row = made.begin_row(is_heading=False)
    for at, (cell, column, width) in enumerate(zip(cells, table.columns, widths, strict=True)):
        style = "TableNumber" if column.is_number else "TableText"
        words = _cell(row, width, style)
        run(words, sayable(cell.words), *(["b"] if at == table.heading else []))


def _cell(row: Any, width: int, style: str, *, is_number: bool = False) -> Any:
    cell = element(row, "w:tc")
    element(element(cell, "w:tcPr"), "w:tcW", w=width, type="dxa")
    made = paragraph(cell, style)
    if is_number:
        element(made.pPr, "w:jc", val="right")
    return made


def _fix(made: TableOf, widths: list[int]) -> None:
    looks = made.rows.tblPr
    look = looks.find(f"{{{looks.nsmap['w']}}}tblLook")
    look.addprevious(element(None, "w:tblLayout", type="fixed"))
    for width in widths:
        element(made.grid, "w:gridCol", w=width)


def _widths(columns: tuple[Column, ...]) -> list[int]:
    whole = sum(column.width for column in columns)
    return [TWIPS * column.width // whole for column in columns]
