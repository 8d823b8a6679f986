"""From a file's raw rows to what is saved: filtered, checked against what is known, counted."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cycles.core.errors import Invalid
from cycles.importing.reports import Problem
from cycles.library.importing.records import (
    Names,
    StatementRecord,
    area_key,
    chosen,
    statements,
)
from cycles.library.importing.rows import RawFile, RawRow
from cycles.library.importing.shapes import Shape
from cycles.library.models import LibraryKind

LONGEST_TITLE, LONGEST_CODE = 200, 80
Link = tuple[str, str]


@dataclass(frozen=True)
class Known:
    """What the library holds already that a file is read against."""

    titles: Mapping[str, str]
    held: Mapping[str, str]
    areas: Mapping[Names, uuid.UUID]


@dataclass(frozen=True)
class Prepared:
    """Statements, or occupation titles, ready to be saved; the problems of the others.

    ``wider`` are statements of another source that these stand under, made where it lacks them.
    ``links`` are pairs of references, from a statement (or an occurrence) to a wider statement.
    """

    statements: tuple[StatementRecord, ...] = ()
    titles: tuple[RawRow, ...] = ()
    wider: tuple[StatementRecord, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many records there are to save."""
        return len(self.statements) + len(self.titles) + len(self.links)


def prepare(raw: RawFile, like: Sequence[str], known: Known) -> Prepared:
    """Prepare what the file holds: titles, links alone, or statements."""
    if raw.shape.is_of_titles:
        return _titles(raw.rows)
    _check_filter(raw.rows, like, known.titles)
    some = chosen(raw.rows, like, known.titles)
    if raw.rows and not some:
        raise Invalid(f"No occupation in this file is like {' or '.join(like)}.")
    notes = []
    if len(some) < len(raw.rows):
        left = len(raw.rows) - len(some)
        notes.append(f"{left:,} rows are of other occupations and were left out.")
    prepared = _links(some, raw.shape) if raw.shape.narrow else _statements(some, raw.shape, known)
    return replace(prepared, notes=(*notes, *prepared.notes))


def _titles(rows: Sequence[RawRow]) -> Prepared:
    """Check occupation titles: each has its code, once; other titles of a code are told apart."""
    good: dict[str, RawRow] = {}
    problems = []
    repeated = 0
    for each in rows:
        row = each if each.reference or not each.code else _under_code(each)
        if row is not each and row.reference in good:
            repeated += 1
        elif problem := _problem_of_title(row, good):
            problems.append(problem)
        else:
            good[row.reference] = row
    notes = (f"{repeated:,} rows repeat a title of their occupation.",) if repeated else ()
    return Prepared(titles=tuple(good.values()), problems=tuple(problems), notes=notes)


def _under_code(row: RawRow) -> RawRow:
    named = hashlib.sha256(row.text.encode()).hexdigest()[:16]
    return replace(row, reference=f"{row.code}/{named}")


def _problem_of_title(row: RawRow, good: Mapping[str, RawRow]) -> Problem | None:
    if not row.reference or len(row.reference) > LONGEST_CODE:
        told, column = "The occupation's code is missing or too long.", "code"
    elif row.reference in good:
        told, column = f"The code {row.reference} stands twice.", "code"
    elif len(row.text) > LONGEST_TITLE:
        told, column = "The title is longer than 200 characters.", "title"
    else:
        return None
    value = row.text if column == "title" else row.reference
    advice = "Mend the row, or take it out of the file."
    return Problem(row.where, told, row.number, column, value, advice)


def _statements(rows: Sequence[RawRow], shape: Shape, known: Known) -> Prepared:
    placed = [row for row in rows if row.area is None or area_key(row.area) in known.areas]
    problems = [
        Problem(
            row.where,
            f"The classification has no area {' / '.join(row.area)}.",
            row.number,
            "area",
            " / ".join(row.area),
            "Take the names from the table of areas, which the classification's page offers.",
        )
        for row in rows
        if row.area is not None and area_key(row.area) not in known.areas
    ]
    records, clashes = statements(placed, known.titles, known.held, keeps_twins=shape.keeps_twins)
    repeated = len(placed) - len(records) - len(clashes)
    told = f"{repeated:,} rows repeat the text of another: one statement, every occurrence kept."
    return Prepared(
        statements=tuple(records),
        wider=_wider(rows),
        links=tuple((each.reference, wider) for each in records for wider in each.wider),
        problems=(*problems, *clashes),
        notes=(told,) if repeated else (),
    )


def _links(rows: Sequence[RawRow], shape: Shape) -> Prepared:
    found = {
        (f"{row.code}/{row.reference}" if row.code else row.reference, wider): None
        for row in rows
        for wider in row.wider
    }
    if not found:
        raise Invalid(f"This file holds no links: it should be of {shape.name}.")
    return Prepared(wider=_wider(rows), links=tuple(found))


def _wider(rows: Sequence[RawRow]) -> tuple[StatementRecord, ...]:
    found: dict[str, StatementRecord] = {}
    for row in rows:
        for reference in row.wider if row.wider_text else ():
            made = StatementRecord(reference, LibraryKind.CAPABILITY, row.wider_text, None, "")
            found.setdefault(reference, made)
    return tuple(found.values())


def _check_filter(rows: Sequence[RawRow], like: Sequence[str], titles: Mapping[str, str]) -> None:
    if not like:
        return
    if not any(row.code for row in rows):
        raise Invalid("This file names no occupations to choose from.")
    has_titles = any(row.occupation or row.code in titles for row in rows)
    in_words = [part for part in like if not any(letter.isdigit() for letter in part)]
    if in_words and not has_titles:
        raise Invalid(
            "This file has codes of occupations but no titles. Import the file of occupations "
            "(for O*NET, Occupation Data) first, or choose by code, such as 17-."
        )
