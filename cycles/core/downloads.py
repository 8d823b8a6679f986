"""Tables that people download, CSV, XLSX and JSON: text that no spreadsheet takes for a formula.

Every export goes through here. What the rows mean is not known here.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cycles.core.clock import LONDON
from cycles.core.sayable import sayable

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
# Each opens a formula somewhere; the wide forms do in spreadsheets set to East Asian languages.
OPENS_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

LONGEST_TITLE = 31
NO_SHEET_TITLE = re.compile(r"[\\/*?:\[\]]+")

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its title, its headings, and the rows below them."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_answer(filename: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return the table as a CSV file."""
    return file_answer(filename, csv_bytes(headings, rows), "text/csv; charset=utf-8")


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the table as CSV, in UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_csv_cell(heading) for heading in headings])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def json_answer(filename: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return the table as a JSON list with one object a row; nothing in it needs a shield."""
    lines = [dict(zip(headings, row, strict=True)) for row in rows]
    text = json.dumps(lines, ensure_ascii=False, indent=1, default=_plain)
    return file_answer(filename, text.encode(), "application/json; charset=utf-8")


def xlsx_answer(filename: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return the table as a workbook with one sheet; numbers stay numbers, text stays text."""
    return workbook_answer(filename, [Sheet("Table", headings, rows)])


def workbook_answer(filename: str, sheets: Iterable[Sheet]) -> Response:
    """Return a workbook with these sheets, each under a title of its own that fits."""
    return file_answer(filename, workbook_bytes(sheets), XLSX_TYPE)


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Return the bytes of a workbook with these sheets."""
    workbook = Workbook(write_only=True)
    titles: list[str] = []
    for each in sheets:
        titles.append(_sheet_title(each.title, titles))
        _write_sheet(workbook.create_sheet(titles[-1]), each)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _sheet_title(asked: str, taken: Sequence[str]) -> str:
    """Return a title that a workbook takes: short, without its own signs, and not there yet."""
    plain = NO_SHEET_TITLE.sub(" ", sayable(asked)).strip(" '")
    title, number = plain[:LONGEST_TITLE].strip() or "Sheet", 1
    while title.casefold() in {one.casefold() for one in taken}:
        number += 1
        ending = f" ({number})"
        title = plain[: LONGEST_TITLE - len(ending)].strip() + ending
    return title


def _write_sheet(sheet: Any, asked: Sheet) -> None:
    sheet.freeze_panes = "A2"
    for at, heading in enumerate(asked.headings, 1):
        width = max(12, min(60, 2 * len(heading)))
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_xlsx_cell(sheet, heading, Font(bold=True)) for heading in asked.headings])
    for row in asked.rows:
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])


def _plain(cell: Cell) -> str | int | float | None:
    """Return numbers as they are and everything else as text."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.astimezone(LONDON).isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _csv_cell(cell: Cell) -> str | int | float:
    plain = _plain(cell)
    if plain is None:
        return ""
    return shielded(plain) if isinstance(plain, str) else plain


def shielded(text: str) -> str:
    """Return text as a CSV file may hold it: what opens a formula stands behind an apostrophe."""
    # Spreadsheets skip spaces before the sign, so those do not shield.
    return f"'{text}" if text.lstrip(" ").startswith(OPENS_A_FORMULA) else text


def _xlsx_cell(sheet: Any, cell: Cell, font: Font | None = None) -> Any:
    plain = _plain(cell)
    if isinstance(plain, str):
        plain = sayable(plain)[:LONGEST_CELL] or None
    # The library would make a formula of "=1+1" and an error of "#N/A".
    is_taken_wrong = isinstance(plain, str) and plain.startswith(("=", "#"))
    if font is None and not is_taken_wrong:
        return plain  # a cell of its own takes as long again as writing it
    made = WriteOnlyCell(sheet, value=plain)
    if isinstance(plain, str):
        made.data_type = "s"
    if font is not None:
        made.font = font
    return made


def file_answer(filename: str, content: bytes, kind: str) -> Response:
    """Return a file to keep under ``filename``, of the content type ``kind``."""
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer
