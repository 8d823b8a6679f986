"""What the board of the panel's work shows: frozen contexts, and what its reader asked for."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from workshop.ratification.queue import Choice

STATES = {
    "waiting": "Waiting for somebody",
    "objected": "With an objection",
    "ratified": "Ratified",
}


@dataclass(frozen=True)
class BoardFilters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    role: str = ""
    state: str = ""
    person: str = ""

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the board."""
        return bool(self.role or self.state or self.person)

    def query(self, **changes: str) -> dict[str, Any]:
        """Return the query of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: getattr(changed, each.name) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class BoardCell:
    """What one panel member says of one profile. ``reason`` is that of an objection."""

    person: str
    words: str
    kind: str
    reason: str


@dataclass(frozen=True)
class BoardRow:
    """One profile on the board."""

    code: str
    name: str
    href: str
    role_level: str
    status: str
    tag_kind: str
    answers: str
    comments: int
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class PersonLine:
    """A panel member with how many of the proposed profiles wait for them."""

    name: str
    words: str
    waiting: int
    answered: int
    total: int
    href: str


@dataclass(frozen=True)
class Numbers:
    """The part of the board that refreshes itself."""

    href: str
    version: str
    tiles: tuple[tuple[str, int, str], ...]
    people: tuple[PersonLine, ...]
    rows: tuple[BoardRow, ...]
    total: int
    holding_up: str


@dataclass(frozen=True)
class BoardPage:
    """The whole board."""

    cycle_id: uuid.UUID
    rule: str
    closed_because: str | None
    filters: BoardFilters
    roles: tuple[Choice, ...]
    states: tuple[Choice, ...]
    members: tuple[Choice, ...]
    download_href: str
    numbers: Numbers


def read_filters(args: Mapping[str, str]) -> BoardFilters:
    """Read the filters from an address; what it does not know is left out."""
    state = args.get("state", "")
    return BoardFilters(
        role=args.get("role", "")[:36],
        state=state if state in STATES else "",
        person=args.get("person", "")[:36],
    )
