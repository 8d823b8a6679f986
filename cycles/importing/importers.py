"""What an importer is, and what one import was asked and found: the seam between all of them.

The browser, the worker and the command line drive any importer by this and know no more of it.
"""

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.jobs.files import Attached
from cycles.importing.changes import ChangeLog
from cycles.importing.reports import Problem, Progress

ANOTHER_FILE = "This is not the file that was checked, so nothing was imported. Check it again."


@dataclass(frozen=True)
class Asked:
    """One import as it was asked for. ``options`` are plain, as a job keeps them."""

    files: tuple[Attached, ...]
    options: Mapping[str, Any]
    actor: Actor
    moment: datetime
    report: Progress
    good_rows_only: bool = False
    is_check: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do. ``counts`` is a dataclass of numbers."""

    subject_id: uuid.UUID
    name: str
    shape: str
    counts: Any
    changes: ChangeLog
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class CountLine:
    """What became of one kind of record."""

    label: str
    in_file: int
    added: int
    changed: int
    unchanged: int
    retired: int


@dataclass(frozen=True)
class Importer:
    """A kind of import. ``section`` is its blueprint, and the beginning of its jobs' kinds.

    ``counts`` names, for each kind of record, its counts in the file, added, changed and retired.
    ``scope`` says what is to be encoded afterwards.
    """

    section: str
    doing: str
    endings: tuple[str, ...]
    asked: EventType
    subject: str
    counts: Mapping[str, tuple[str, str, str, str]]
    carry_out: Callable[[Asked], Outcome]
    scope: Callable[[Outcome], str]

    @property
    def kind(self) -> str:
        """Return the kind of the jobs that import."""
        return f"{self.section}.import"

    @property
    def check_kind(self) -> str:
        """Return the kind of the jobs that only check."""
        return f"{self.section}.check"

    def lines(self, counts: Mapping[str, int]) -> tuple[CountLine, ...]:
        """Return what became of every kind of record that the file holds or retires."""
        every = (
            _line(label, *(counts[key] for key in keys)) for label, keys in self.counts.items()
        )
        return tuple(line for line in every if line.in_file or line.retired)


def _line(label: str, in_file: int, added: int, changed: int, retired: int) -> CountLine:
    return CountLine(label, in_file, added, changed, in_file - added - changed, retired)


def digest_of(files: Sequence[Attached]) -> str:
    """Return the SHA-256 of a file, or of the digests of several: what was checked."""
    if len(files) == 1:
        return files[0].digest
    return hashlib.sha256(" ".join(each.digest for each in files).encode()).hexdigest()


def check_digest(files: Sequence[Attached], digest: str | None) -> str:
    """Return the digest; raise ``Invalid`` where another one was checked."""
    found = digest_of(files)
    if digest and digest != found:
        raise Invalid(ANOTHER_FILE)
    return found
