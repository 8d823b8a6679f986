"""What a file of standards says, once read: plain records."""

from dataclasses import dataclass

from cycles.importing.reports import Problem
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
