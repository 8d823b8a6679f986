"""How an import tells what it does: progress, problems, and the refusal of a whole file."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.errors import Invalid

Progress = Callable[[int, int, str], None]
"""Called with done, total and a sentence, never while a transaction is open."""

PROBLEM_HEADINGS = ("row", "where", "column", "value", "problem", "what to do")
LONGEST_VALUE = 300


def quiet(_done: int, _total: int, _message: str) -> None:
    """Report progress to nobody."""


class BadCell(Invalid):
    """A record that cannot be imported because of one cell of it."""

    def __init__(self, message: str, *, column: str, value: str = "", advice: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.value = value
        self.advice = advice


@dataclass(frozen=True)
class Problem:
    """Why one record of the file cannot be imported, where it stands, and what to do."""

    where: str
    sentence: str
    row: int = 0
    column: str = ""
    value: str = ""
    advice: str = ""

    @property
    def cells(self) -> tuple[str | int, ...]:
        """Return the problem as a row under ``PROBLEM_HEADINGS``."""
        row = self.row or ""
        return (row, self.where, self.column, self.value, self.sentence, self.advice)


def problem_of(where: str, error: Invalid, row: int = 0) -> Problem:
    """Return what went wrong with the record at ``where``."""
    if isinstance(error, BadCell):
        value = error.value[:LONGEST_VALUE]
        return Problem(where, str(error), row, error.column, value, error.advice)
    return Problem(where, str(error), row)


class RefusedFile(Invalid):
    """A file with problems, of which nothing was imported."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            f"Nothing was imported: {count:,} {'record has a' if count == 1 else 'records have'} "
            f"problem{'' if count == 1 else 's'}. Mend the file, or import the good rows."
        )
        self.rows = problems
