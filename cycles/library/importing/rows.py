"""Reading a library file: its shape and its raw rows. No database, no meaning yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from cycles.core.errors import Invalid
from cycles.importing.cleaning import LOST_LETTER, clean
from cycles.importing.reports import BadCell, Problem, Progress, problem_of, quiet
from cycles.importing.sheets import ENDINGS, open_sheet
from cycles.library.importing.shapes import Shape, shape_of
from cycles.library.models import LibraryKind

LONGEST = {"text": 2000, "reference": 200, "code": 40, "occupation": 200}
REPORT_EVERY = 2000
LEVELS = (3, 2, 1, 0)
# What sources call the kinds; an empty cell is a capability.
KINDS = {
    "": LibraryKind.CAPABILITY,
    "capability": LibraryKind.CAPABILITY,
    "knowledge": LibraryKind.KNOWLEDGE,
    "k": LibraryKind.KNOWLEDGE,
    "skill": LibraryKind.SKILL,
    "skill/competence": LibraryKind.SKILL,
    "skillgroup": LibraryKind.SKILL,
    "s": LibraryKind.SKILL,
    "behaviour": LibraryKind.BEHAVIOUR,
    "behavior": LibraryKind.BEHAVIOUR,
    "b": LibraryKind.BEHAVIOUR,
}
# ESCO calls its groups of knowledge groups of skills too, and keeps them under fields of education.
FIELDS_OF_EDUCATION = "/isced-f/"


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
    wider: tuple[str, ...] = ()
    wider_text: str = ""

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
        raise Invalid(
            "A library is read from CSV, tab-separated (TXT) or XLSX files. JSON of standards is "
            "imported under Standards."
        )
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
            problems.append(problem_of(f"Row {row.number:,}", problem, row.number))
    if not rows and not problems:
        raise Invalid("The file has headings but no rows below them.")
    return RawFile(shape, tuple(rows), tuple(problems))


def _row(number: int, cells: Mapping[str, str], shape: Shape) -> RawRow:
    if "level 0 uri" in cells:
        cells = _deepest(cells)
    held = {name: _cell(cells, heading) for name, heading in shape.columns.items()}
    if not shape.narrow:
        _check(held, shape)
    return RawRow(
        number=number,
        text=held.get("text", ""),
        kind=_kind(held, shape),
        reference=held.get("reference", ""),
        code=held.get("code", ""),
        occupation=held.get("occupation", ""),
        area=_area(held),
        source=held.get("source", ""),
        wider=_references(cells, shape),
        wider_text=clean(cells.get(shape.wider.text)) if shape.wider else "",
    )


def _cell(cells: Mapping[str, str], heading: str) -> str:
    return "/".join(clean(cells.get(part)) for part in heading.split("/"))


def _check(held: Mapping[str, str], shape: Shape) -> None:
    text = held["text"]
    if not text:
        advice = "Write the text, or take the row out of the file."
        raise BadCell("The text is missing.", column=shape.columns["text"], advice=advice)
    for name, longest in LONGEST.items():
        value = held.get(name, "")
        if len(value) > longest:
            told = f"The {name} is longer than {longest:,} characters."
            advice = "Shorten it; a statement says one thing."
            raise BadCell(told, column=shape.columns[name], value=value, advice=advice)
    if LOST_LETTER in text:
        told = f"A letter of the text was lost: it shows as {LOST_LETTER}."
        advice = "Type the letter that belongs there, or fetch the file again from its source."
        raise BadCell(told, column=shape.columns["text"], value=text, advice=advice)


def _kind(held: Mapping[str, str], shape: Shape) -> LibraryKind:
    told = held.get("kind", "")
    kind = KINDS.get(told.lower())
    if kind is None:
        raise BadCell(
            f"{told!r} is not capability, knowledge, skill or behaviour.",
            column=shape.columns["kind"],
            value=told,
            advice="Write one of these four words, or leave the cell empty for a capability.",
        )
    is_field = FIELDS_OF_EDUCATION in held.get("reference", "")
    return LibraryKind.KNOWLEDGE if is_field else kind


def _references(cells: Mapping[str, str], shape: Shape) -> tuple[str, ...]:
    if shape.wider is None:
        return ()
    # Lists come with a bar between their parts in some files of a source, line by line in others.
    told = cells.get(shape.wider.references, "").replace("\n", "|").split("|")
    return tuple(dict.fromkeys(filter(None, map(clean, told))))


def _deepest(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a row of ESCO's hierarchy as its deepest group, under the group that holds it."""
    last = next((level for level in LEVELS if cells.get(f"level {level} uri")), 0)
    return {
        "uri": cells.get(f"level {last} uri", ""),
        "preferred term": cells.get(f"level {last} preferred term", ""),
        "concepttype": "SkillGroup",
        "broader uri": cells.get(f"level {last - 1} uri", ""),
    }


def _area(held: Mapping[str, str]) -> tuple[str, str, str] | None:
    names = (held.get("function", ""), held.get("domain", ""), held.get("area", ""))
    if not any(names):
        return None
    if not all(names):
        raise BadCell(
            "Give function, domain and area together, or none of them.",
            column="function, domain, area",
            value=" / ".join(names),
            advice="Fill all three cells from the table of areas, or empty all three.",
        )
    return names
