"""Reading a library file: its shape and its raw rows. No database, no meaning yet."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from cycles.core.errors import Invalid
from cycles.importing.cleaning import clean
from cycles.importing.reports import Problem, Progress, quiet
from cycles.importing.sheets import ENDINGS, open_sheet
from cycles.library.importing.shapes import Shape, shape_of
from cycles.library.models import LibraryKind

LONGEST = {"text": 2000, "reference": 200, "code": 40, "occupation": 200}
REPORT_EVERY = 2000
# What sources call the kinds; an empty cell is a capability.
KINDS = {
    "": LibraryKind.CAPABILITY,
    "capability": LibraryKind.CAPABILITY,
    "knowledge": LibraryKind.KNOWLEDGE,
    "k": LibraryKind.KNOWLEDGE,
    "skill": LibraryKind.SKILL,
    "skill/competence": LibraryKind.SKILL,
    "s": LibraryKind.SKILL,
    "behaviour": LibraryKind.BEHAVIOUR,
    "behavior": LibraryKind.BEHAVIOUR,
    "b": LibraryKind.BEHAVIOUR,
}


@dataclass(frozen=True)
class RawRow:
    """One row of the file, cleaned, with its number."""

    number: int
    text: str
    kind: LibraryKind
    reference: str
    code: str
    occupation: str
    area: tuple[str, str, str] | None
    source: str

    @property
    def where(self) -> str:
        """Return the row's place, for a problem."""
        return f"Row {self.number:,}"


@dataclass(frozen=True)
class RawFile:
    """A file as it was read: its shape, its usable rows and the problems of the others."""

    shape: Shape
    rows: tuple[RawRow, ...]
    problems: tuple[Problem, ...]


def read_rows(stream: BinaryIO, filename: str, report: Progress = quiet) -> RawFile:
    """Read a library file; raise ``Invalid`` where it cannot be read at all."""
    if PurePath(filename).suffix.lower() not in ENDINGS:
        raise Invalid("A library is read from CSV, tab-separated (TXT) or XLSX files.")
    sheet = open_sheet(stream, filename)
    shape = shape_of(sheet.headings)
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for count, row in enumerate(sheet.rows, 1):
        if count % REPORT_EVERY == 0:
            report(0, 0, f"Read {count:,} rows")
        try:
            rows.append(_row(row.number, row.cells, shape))
        except Invalid as problem:
            problems.append(Problem(f"Row {row.number:,}", str(problem)))
    if not rows and not problems:
        raise Invalid("The file has headings but no rows below them.")
    return RawFile(shape, tuple(rows), tuple(problems))


def _row(number: int, cells: dict[str, str], shape: Shape) -> RawRow:
    held = {name: clean(cells.get(heading)) for name, heading in shape.columns.items()}
    if not held["text"]:
        raise Invalid("The text is missing.")
    for name, longest in LONGEST.items():
        if len(held.get(name, "")) > longest:
            raise Invalid(f"The {name} is longer than {longest:,} characters.")
    kind = KINDS.get(held.get("kind", "").lower())
    if kind is None:
        raise Invalid(f"{held['kind']!r} is not capability, knowledge, skill or behaviour.")
    return RawRow(
        number=number,
        text=held["text"],
        kind=kind,
        reference=held.get("reference", ""),
        code=held.get("code", ""),
        occupation=held.get("occupation", ""),
        area=_area(held),
        source=held.get("source", ""),
    )


def _area(held: dict[str, str]) -> tuple[str, str, str] | None:
    names = (held.get("function", ""), held.get("domain", ""), held.get("area", ""))
    if not any(names):
        return None
    if not all(names):
        raise Invalid("Give function, domain and area together, or none of them.")
    return names
