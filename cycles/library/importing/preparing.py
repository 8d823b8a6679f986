"""From a file's raw rows to what is saved: filtered, checked against what is known, counted."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cycles.core.errors import Invalid
from cycles.importing.reports import Problem
from cycles.library.importing.records import (
    Names,
    StatementRecord,
    area_key,
    chosen,
    statements,
)
from cycles.library.importing.rows import RawRow

LONGEST_TITLE, LONGEST_CODE = 200, 80


@dataclass(frozen=True)
class Prepared:
    """Statements, or occupation titles, ready to be saved; the problems of the others."""

    statements: tuple[StatementRecord, ...] = ()
    titles: tuple[RawRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many records there are to save."""
        return len(self.statements) + len(self.titles)


def prepared_titles(rows: Sequence[RawRow]) -> Prepared:
    """Check occupation titles: each has its code, once."""
    good: dict[str, RawRow] = {}
    problems = []
    for row in rows:
        if not row.reference or len(row.reference) > LONGEST_CODE:
            problems.append(Problem(row.where, "The occupation's code is missing or too long."))
        elif row.reference in good:
            problems.append(Problem(row.where, f"The code {row.reference} stands twice."))
        elif len(row.text) > LONGEST_TITLE:
            problems.append(Problem(row.where, "The title is longer than 200 characters."))
        else:
            good[row.reference] = row
    return Prepared(titles=tuple(good.values()), problems=tuple(problems))


def prepared_statements(
    rows: Sequence[RawRow],
    *,
    like: Sequence[str],
    titles: Mapping[str, str],
    held: Mapping[str, str],
    areas: Mapping[Names, uuid.UUID],
) -> Prepared:
    """Choose occupations, check areas, and bring the same text together."""
    _check_filter(rows, like, titles)
    some = chosen(rows, like, titles)
    if rows and not some:
        raise Invalid(f"No occupation in this file is like {' or '.join(like)}.")
    placed = [row for row in some if row.area is None or area_key(row.area) in areas]
    problems = [
        Problem(row.where, f"The classification has no area {' / '.join(row.area)}.")
        for row in some
        if row.area is not None and area_key(row.area) not in areas
    ]
    records, clashes = statements(placed, titles, held)
    notes = []
    if len(some) < len(rows):
        notes.append(f"{len(rows) - len(some):,} rows are of other occupations and were left out.")
    repeated = len(placed) - len(records) - len(clashes)
    if repeated:
        notes.append(
            f"{repeated:,} rows repeat the text of another: one statement, every occurrence kept."
        )
    return Prepared(statements=tuple(records), problems=(*problems, *clashes), notes=tuple(notes))


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
