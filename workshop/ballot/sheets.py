"""Cutting a round into pages of one functional area, and shuffling each person's rows.

The pages are the same for everybody; only the order of the rows differs from person to person,
and it stays the same for one person however often they come back. Nothing is read or written.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from workshop.ballot.queries import AskedItem

MOST_ROWS = 8
SECONDS_A_CELL = 4
EVERYTHING = "All questions"
"""The title of a page whose questions belong to no functional area."""


@dataclass(frozen=True)
class Row:
    """A capability and the role levels at which the round asks it; or one question alone."""

    subject_id: uuid.UUID
    code: str
    wording: str
    cells: tuple[AskedItem, ...]


@dataclass(frozen=True)
class Sheet:
    """One page of a ballot: some capabilities of one functional area. Numbered from 1."""

    number: int
    function: str
    domain: str
    area: str
    part: int
    parts: int
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """Return the name of the area, with its part when it fills several pages."""
        name = self.area or EVERYTHING
        return name if self.parts == 1 else f"{name} ({self.part} of {self.parts})"

    @property
    def cells(self) -> tuple[AskedItem, ...]:
        """Return every cell of the page, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells)


def cut_sheets(asked: Sequence[AskedItem]) -> tuple[Sheet, ...]:
    """Cut the cells of a round, in the workshop's order, into pages of at most eight rows."""
    sheets: list[Sheet] = []
    for (function, domain, area), cells in groupby(asked, key=lambda one: one.place):
        rows = _rows(cells)
        parts = ceil(len(rows) / MOST_ROWS)
        for part in range(parts):
            # Even parts: nine rows make five and four, not eight and one.
            share = rows[part * len(rows) // parts : (part + 1) * len(rows) // parts]
            sheets.append(
                Sheet(len(sheets) + 1, function, domain, area, part + 1, parts, tuple(share))
            )
    return tuple(sheets)


def _rows(cells: Iterable[AskedItem]) -> list[Row]:
    return [
        Row(subject_id, same[0].code, same[0].wording, tuple(same))
        for subject_id, same in (
            (key, list(group)) for key, group in groupby(cells, key=lambda one: one.subject_id)
        )
    ]


def shuffled(sheet: Sheet, participant_id: uuid.UUID) -> Sheet:
    """Return the page with its rows in this person's own order."""
    return replace(
        sheet,
        rows=tuple(sorted(sheet.rows, key=lambda row: _lot(participant_id, row.subject_id))),
    )


def _lot(person: uuid.UUID, thing: uuid.UUID) -> bytes:
    return hashlib.sha256(person.bytes + thing.bytes).digest()


def shuffled_comments(
    comments: Sequence[tuple[uuid.UUID, str]], participant_id: uuid.UUID
) -> tuple[str, ...]:
    """Return comments in this reader's own order, which says nothing of when they were written."""
    return tuple(text for _, text in sorted(comments, key=lambda one: _lot(participant_id, one[0])))


def count_answered(sheet: Sheet, answers: Mapping[uuid.UUID, object]) -> int:
    """Return how many cells of the page have an answer."""
    return sum(cell.item_id in answers for cell in sheet.cells)


def first_blank(sheets: Sequence[Sheet], answers: Mapping[uuid.UUID, object]) -> AskedItem | None:
    """Return the first cell without an answer, or None when all have one."""
    return next(
        (cell for sheet in sheets for cell in sheet.cells if cell.item_id not in answers), None
    )


def minutes_left(answered: int, asked: int) -> int:
    """Return about how many minutes the unanswered cells take, rounded up."""
    return ceil((asked - answered) * SECONDS_A_CELL / 60)


def progress_words(answered: int, asked: int) -> str:
    """Return how far a ballot is, in a sentence that is also read aloud."""
    if answered >= asked:
        return f"All {asked} answered"
    minutes = minutes_left(answered, asked)
    unit = "minute" if minutes == 1 else "minutes"
    return f"{answered} of {asked} answered · about {minutes} {unit} left"
