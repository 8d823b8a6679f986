"""What the queue of statements without an area shows: frozen contexts. Made in ``placing_page``."""

import uuid
from dataclasses import dataclass

from cycles.core.paging import Paging
from cycles.statements.pages import Option, StatementLine
from cycles.statements.placing_filters import QueueFilters


@dataclass(frozen=True)
class SuggestionLine:
    """One suggested area with its support in words."""

    position: int
    name: str
    place: str
    support: str
    alike: str
    is_strong: bool


@dataclass(frozen=True)
class QueueLine:
    """One statement of the queue. ``decision`` says in words what was decided, if anything was."""

    line: StatementLine
    suggestions: tuple[SuggestionLine, ...]
    decision: str
    suggested: str
    may_undo: bool


@dataclass(frozen=True)
class Tab:
    """One of the lists: those that wait, were left, were decided."""

    label: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True)
class Last:
    """The newest decision, which can be undone from wherever the reader is."""

    told: str
    statement_id: uuid.UUID


@dataclass(frozen=True)
class Offer:
    """What can be asked for: the lists, the filters, the shares, the areas to choose from."""

    tabs: tuple[Tab, ...]
    supports: tuple[Option, ...]
    functions: tuple[Option, ...]
    shares: tuple[Option, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How far the queue has come; ``bulk`` first suggestions have the share that was asked for."""

    placed: int
    total: int
    unsuggested: int
    bulk: int
    is_by_words: bool
    job_href: str


@dataclass(frozen=True)
class QueuePage:
    """The queue, how far it has come, and what can be done to many at once."""

    cycle_id: uuid.UUID
    filters: QueueFilters
    back: str
    lines: tuple[QueueLine, ...]
    paging: Paging
    offer: Offer
    standing: Standing
    last: Last | None
    problem: str
    may_change: bool
    closed_because: str
