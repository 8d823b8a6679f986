"""What a file of standards says, once read: plain records, problems and notes."""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.errors import Invalid
from cycles.standards.models import KsbKind

Progress = Callable[[int, int, str], None]
"""Called with done, total and a sentence, never while a transaction is open."""


def quiet(_done: int, _total: int, _message: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class KsbRecord:
    """A knowledge, skill or behaviour statement."""

    reference: str
    code: str
    kind: KsbKind
    text: str


@dataclass(frozen=True)
class DutyRecord:
    """A duty, with the references of the KSBs it needs."""

    reference: str
    text: str
    is_core: bool
    ksbs: tuple[str, ...]


@dataclass(frozen=True)
class StandardRecord:
    """One standard in one version."""

    reference: str
    version: str
    title: str
    level: int
    route: str
    status: str
    overview: str
    job_titles: tuple[str, ...]
    duties: tuple[DutyRecord, ...]
    ksbs: tuple[KsbRecord, ...]


@dataclass(frozen=True)
class Problem:
    """Why one record of the file cannot be imported."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """Everything a file says. ``refused`` are references whose record has a problem.

    A file without a place for duties (or for KSBs) says nothing about them: those held stay.
    """

    standards: tuple[StandardRecord, ...]
    problems: tuple[Problem, ...]
    refused: frozenset[str]
    notes: tuple[str, ...]
    has_duties: bool
    has_ksbs: bool


class RefusedFile(Invalid):
    """A file with problems, of which nothing was imported."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            f"Nothing was imported: {count:,} {'record has a' if count == 1 else 'records have'} "
            f"problem{'' if count == 1 else 's'}. Mend the file, or import the good rows."
        )
        self.rows = problems
