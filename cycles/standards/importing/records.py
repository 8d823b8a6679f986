"""What a file of standards says, once read: plain records, and the shelf that keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cycles.importing.reports import Problem
from cycles.importing.spooling import Spool
from cycles.standards.models import KsbKind


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
class Shelf:
    """Records in the order of their references, each read again whenever it is asked for.

    A country's standards do not stand in memory at once.
    """

    places: tuple[tuple[str, Spool, int], ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """Return every reference, in order."""
        return tuple(reference for reference, _, _ in self.places)

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.places)

    def __iter__(self) -> Iterator[StandardRecord]:
        """Yield every record in order."""
        return (_standard(*spool.read(place)) for _, spool, place in self.places)


def _standard(*fields: Any) -> StandardRecord:
    reference, version, title, level, route, status, overview, job_titles, duties, ksbs = fields
    return StandardRecord(
        reference=reference,
        version=version,
        title=title,
        level=level,
        route=route,
        status=status,
        overview=overview,
        job_titles=tuple(job_titles),
        duties=tuple(_duty(*duty) for duty in duties),
        ksbs=tuple(_ksb(*ksb) for ksb in ksbs),
    )


def _duty(reference: str, text: str, is_core: bool, ksbs: list[str]) -> DutyRecord:
    return DutyRecord(reference, text, is_core, tuple(ksbs))


def _ksb(reference: str, code: str, kind: str, text: str) -> KsbRecord:
    return KsbRecord(reference, code, KsbKind(kind), text)


@dataclass(frozen=True)
class Reading:
    """Everything a file says. ``refused`` are references whose record has a problem.

    A file without a place for duties (or for KSBs) says nothing about them: those held stay.
    """

    standards: Shelf
    problems: tuple[Problem, ...]
    refused: frozenset[str]
    notes: tuple[str, ...]
    has_duties: bool
    has_ksbs: bool
