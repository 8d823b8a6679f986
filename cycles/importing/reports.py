"""How an import tells what it does: progress, problems, and the refusal of a whole file."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.errors import Invalid

Progress = Callable[[int, int, str], None]
"""Called with done, total and a sentence, never while a transaction is open."""


def quiet(_done: int, _total: int, _message: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Problem:
    """Why one record of the file cannot be imported."""

    where: str
    sentence: str


class RefusedFile(Invalid):
    """A file with problems, of which nothing was imported."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            f"Nothing was imported: {count:,} {'record has a' if count == 1 else 'records have'} "
            f"problem{'' if count == 1 else 's'}. Mend the file, or import the good rows."
        )
        self.rows = problems
