"""Tables that people upload, CSV or XLSX: read with every limit, or refused with a sentence.

Nothing of a bad file is given back, and nothing is stored. What the rows mean is not known here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from werkzeug.datastructures import FileStorage

from cycles.core import spreadsheets
from cycles.core.errors import Invalid
from cycles.core.spreadsheets import MOST_COLUMNS

MOST_BYTES = 5 * 1024 * 1024
LONGEST_CELL = 10_000
_FORMULA = re.compile(r"^\s*(?:[=\uff1d]|[-+@\uff0b\uff0d\uff20]\s*\w[\w.]*\s*[(|!])")


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its text under each heading."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file that hold anything, in order."""

    rows: tuple[Row, ...]


Cells = tuple[int, list[str]]


def read_table(
    stream: BinaryIO,
    filename: str,
    *,
    headings: tuple[str, ...],
    required: tuple[str, ...] | None = None,
    most_rows: int = 5000,
) -> Table:
    """Return the table in ``stream``, or raise ``Invalid`` with a sentence for the person.

    ``filename`` only tells CSV from XLSX. Headings match whatever their case, spaces and
    underscores; other columns are ignored. ``required`` headings (all of them if None) must be
    there; a heading that may be missing gives empty text.
    """
    lines = _lines(_bytes_of(stream), filename, most_rows)
    columns = _columns(lines, headings, headings if required is None else required)
    rows = []
    for number, cells in lines:
        values = {heading: cells[at].strip() for heading, at in columns.items() if at < len(cells)}
        rows.append(Row(number, {heading: values.get(heading, "") for heading in headings}))
        if len(rows) > most_rows:
            raise Invalid(f"The file has more than {most_rows:,} rows. Split it and try again.")
    if not rows:
        raise Invalid("The file has headings but no rows below them.")
    return Table(tuple(rows))


def read_sent(file: FileStorage | None, **limits: Any) -> Table:
    """Read what a file field was sent, as ``read_table`` does; refuse a field left empty."""
    if not file or not file.filename:
        raise Invalid("Choose a file.", file="Choose a CSV or XLSX file.")
    return read_table(cast(BinaryIO, file.stream), file.filename, **limits)


def _bytes_of(stream: BinaryIO) -> bytes:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid("The file is larger than 5 MB. Split it and try again.")
    if not content.strip():
        raise Invalid("The file is empty.")
    return content


def _lines(content: bytes, filename: str, most_rows: int) -> Iterator[Cells]:
    """Yield each line that holds anything, checked, with its number."""
    kind = filename.rsplit(".", 1)[-1].lower()
    if kind not in spreadsheets.READERS:
        raise Invalid("Only CSV and XLSX files can be read. Save the table as one of them.")
    # Blank lines cost time too: a sheet may hold a million of them.
    most_lines = 2 * most_rows + 1000
    for number, cells in enumerate(spreadsheets.READERS[kind](content, most_lines), 1):
        if number > most_lines:
            raise Invalid(f"The file has more than {most_rows:,} rows. Split it and try again.")
        if any(cell.strip() for cell in cells):
            _check_cells(number, cells)
            yield number, cells


def _check_cells(number: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        raise Invalid(f"Row {number} has more than {MOST_COLUMNS} columns.")
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            raise Invalid(f"Row {number} has a cell with more than {LONGEST_CELL:,} characters.")
        if _FORMULA.match(cell):
            raise Invalid(
                f"Row {number} has a formula. Paste the table as values only, then try again."
            )
        if any(unicodedata.category(letter) == "Cc" for letter in cell if letter not in "\t\n\r"):
            raise Invalid(f"Row {number} has characters that cannot be read.")


def _columns(
    lines: Iterator[Cells], headings: tuple[str, ...], required: Iterable[str]
) -> dict[str, int]:
    """Return the column of each heading, from the first line that holds anything."""
    _number, found = next(lines, (0, []))
    places: dict[str, list[int]] = {}
    for at, name in enumerate(found):
        places.setdefault(_plain(name), []).append(at)
    columns = {
        heading: places[_plain(heading)] for heading in headings if _plain(heading) in places
    }
    missing = [heading for heading in required if heading not in columns]
    if missing:
        raise Invalid(_missing_sentence(missing, found))
    for heading, places_found in columns.items():
        if len(places_found) > 1:
            raise Invalid(f"The heading “{heading}” stands over two columns. Keep one of them.")
    return {heading: places_found[0] for heading, places_found in columns.items()}


def _missing_sentence(missing: list[str], found: list[str]) -> str:
    names = ", ".join(missing)
    noun = "heading" if len(missing) == 1 else "headings"
    seen = ", ".join(cell.strip()[:40] for cell in found[:8] if cell.strip())
    return f"The first row must hold the {noun} {names}. It holds: {seen or 'nothing'}."


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-]+", " ", unicodedata.normalize("NFKC", heading)).strip().casefold()
