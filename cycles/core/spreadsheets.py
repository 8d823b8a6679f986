"""The two formats of uploaded tables, from bytes to lines of text. Only ``tables`` calls this."""

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from cycles.core.errors import Invalid

# A workbook of 195 kB can declare 200 MB: what it says is added up before anything is unpacked.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 60
_NOT_A_WORKBOOK = (
    "The file could not be read as an XLSX workbook. Open it in a spreadsheet program, save it "
    "again as XLSX or CSV, and try again."
)


def csv_lines(content: bytes, _most_lines: int) -> Iterator[list[str]]:
    """Yield the lines of a CSV file: UTF-8, with or without a mark, or Windows-1252."""
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    # Spreadsheet programs set to other languages write semicolons or tabs.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        raise Invalid(
            f"Line {reader.line_num} of the file could not be read. Look for a quotation mark "
            "that is opened and never closed."
        ) from problem


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise Invalid("The file is not plain CSV. Save it as “CSV UTF-8” and try again.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("The file's letters could not be read. Save it as “CSV UTF-8” and try again.")


def xlsx_lines(content: bytes, most_lines: int) -> Iterator[list[str]]:
    """Yield the lines of the first sheet of a workbook, every cell as text."""
    _check_container(content)
    try:
        lines = _sheet_lines(content, most_lines)
    except Invalid:
        raise
    except Exception as problem:
        # The library meets a damaged workbook with any exception of its own or its parsers'.
        raise Invalid(_NOT_A_WORKBOOK) from problem
    yield from lines


def _check_container(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise Invalid(_NOT_A_WORKBOOK) from problem
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid("The workbook unpacks to too much. Copy the table into a new, empty one.")
    if any(part.flag_bits & 1 for part in parts):
        raise Invalid("The workbook is locked with a password. Save it without one.")


def _sheet_lines(content: bytes, most_lines: int) -> list[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and checks that no reader of text needs
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            # A sheet may claim a million empty rows; one past the limit is enough to refuse it.
            rows = islice(
                workbook.worksheets[0].iter_rows(max_col=MOST_COLUMNS + 1), most_lines + 1
            )
            return [[_text(cell, number) for cell in row] for number, row in enumerate(rows, 1)]
        finally:
            workbook.close()


def _text(cell: Any, number: int) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        raise Invalid(
            f"Row {number} has a formula. Paste the table as values only, then try again."
        )
    if cell.data_type == "e":
        raise Invalid(f"Row {number} has a cell that shows an error, {cell.value}.")
    return _written(cell.value)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        is_midnight = value.time() == time()
        return (value.date() if is_midnight else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


READERS: dict[str, Callable[[bytes, int], Iterator[list[str]]]] = {
    "csv": csv_lines,
    "xlsx": xlsx_lines,
}
