"""Large tables of reference data, row by row: CSV, tab-separated text and XLSX.

Sources of a hundred thousand rows with columns of their own are read here; the small tables that
people fill in are read by ``cycles.core.tables``, with the tighter limits of an upload.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO

from cycles.core.errors import Invalid
from cycles.core.spreadsheets import xlsx_lines
from cycles.importing.letters import text_lines

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 50_000
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


@dataclass(frozen=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by heading."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """Headings, in lower case, and the rows under them, read as they are asked for."""

    headings: tuple[str, ...]
    rows: Iterable[SheetRow]


def open_sheet(stream: BinaryIO, filename: str) -> Sheet:
    """Return the sheet in a file, by the ending of its name; raise ``Invalid`` with the reason."""
    lines = enumerate(_lines(stream, PurePath(filename).suffix.lower()), 1)
    first = next((cells for _, cells in lines if any(cell.strip() for cell in cells)), [])
    headings = tuple(" ".join(cell.split()).lower() for cell in first)
    _check_headings(headings)
    return Sheet(tuple(filter(None, headings)), _rows(headings, lines))


def _check_headings(headings: tuple[str, ...]) -> None:
    if not any(headings):
        raise Invalid("The file is empty: its first row must name the columns.")
    if len(headings) > MOST_COLUMNS:
        raise Invalid(f"The file has more than {MOST_COLUMNS:,} columns. Keep those that are read.")
    twice = {name for name in headings if name and headings.count(name) > 1}
    if twice:
        raise Invalid(f"The column {min(twice)!r} stands twice.")


def _lines(stream: BinaryIO, ending: str) -> Iterator[list[str]]:
    if ending == ".xlsx":
        return xlsx_lines(stream.read(), MOST_ROWS)
    if ending == ".csv":
        return _csv_lines(stream)
    if ending in (".txt", ".tsv"):
        return _tab_lines(stream)
    raise Invalid("Choose a CSV, tab-separated or XLSX file.")


def _csv_lines(stream: BinaryIO) -> Iterator[list[str]]:
    lines = text_lines(stream)
    first = next(lines, "")
    # Spreadsheet programs set to other languages write semicolons or tabs.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        raise Invalid(
            f"Line {reader.line_num:,} of the file could not be read. Look for a quotation mark "
            "that is opened and never closed."
        ) from problem


def _tab_lines(stream: BinaryIO) -> Iterator[list[str]]:
    return ([_unquoted(cell) for cell in line.split("\t")] for line in text_lines(stream))


def _unquoted(cell: str) -> str:
    # Tab-separated files do not quote, but some were saved once by a program that does.
    inside = cell.strip()[1:-1]
    is_quoted = len(cell) > 1 and cell.strip() == f'"{inside}"'
    if is_quoted and '"' not in inside.replace('""', ""):
        return inside.replace('""', '"')
    return cell


def _rows(headings: tuple[str, ...], lines: Iterable[tuple[int, list[str]]]) -> Iterator[SheetRow]:
    for number, cells in lines:
        if number > MOST_ROWS:
            raise Invalid(f"The file has more than {MOST_ROWS:,} rows. Split it.")
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Invalid(f"A cell of row {number:,} is too long to be a statement.")
        # Only "=": the texts of real sources begin with dashes, as lines of a list do.
        if any(cell.lstrip().startswith(("=", "\uff1d")) for cell in cells):
            raise Invalid(
                f"Row {number:,} has a formula. Paste the table as values only, then try again."
            )
        if any(cell.strip() for cell in cells):
            named = zip(headings, cells, strict=False)
            yield SheetRow(number, {name: _value(cell) for name, cell in named if name})


def _value(cell: str) -> str:
    value = cell.strip()
    return "" if value == "n/a" else value
