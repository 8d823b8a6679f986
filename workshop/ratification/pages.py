"""What the panel's pages show: frozen contexts from rows. Permissions come in from the views."""

import uuid
from dataclasses import dataclass

from cycles.profiles.pages import Head, MemberLine, ProfileLine, TrailLine

LEVEL_CHOICES = (("1", "A", "Awareness"), ("2", "P", "Practitioner"), ("3", "E", "Expert"))


@dataclass(frozen=True)
class QueueLine:
    """A profile in the panel's queue."""

    line: ProfileLine
    panel_href: str
    role_level: str
    state: str
    tag_kind: str
    is_approved_by_me: bool
    is_waiting_for_me: bool


@dataclass(frozen=True)
class QueuePage:
    """The panel's queue: what waits, what is ratified, what nobody has placed."""

    cycle_id: uuid.UUID
    lines: tuple[QueueLine, ...]
    tiles: tuple[tuple[str, int], ...]
    closed_because: str | None
    needed: int
    panel: int
    is_panel: bool
    may_generate: bool
    unplaced: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Slip:
    """A refused change: where on the page it was made, what is wrong, and what was sent."""

    place: str
    sentence: str
    level: str = ""
    reason: str = ""
    name: str = ""


@dataclass(frozen=True)
class PanelMember:
    """A capability of the profile with the form that changes it."""

    id: uuid.UUID
    version: int
    line: MemberLine
    level: str
    asks_reason: bool
    may_set_back: bool
    set_back_label: str


@dataclass(frozen=True)
class AddLine:
    """A kept capability that could be added."""

    statement_id: uuid.UUID
    code: str
    text: str
    place: str
    vote: str
    elsewhere: str
    level: str


@dataclass(frozen=True)
class Found:
    """Capabilities found for a few words, and how they were found."""

    query: str
    lines: tuple[AddLine, ...]
    method: str


@dataclass(frozen=True)
class Approvals:
    """How far a profile is on its way to being ratified, for the person who looks."""

    count: int
    needed: int
    names: tuple[str, ...]
    is_mine: bool
    is_panel: bool


@dataclass(frozen=True)
class May:
    """What the person who looks may do, and why the panel may not."""

    change: bool
    withdraw: bool
    put_back: bool
    closed_because: str | None


@dataclass(frozen=True)
class PanelPage:
    """The panel's page of one profile: as it stands, with what was just said or refused."""

    head: Head
    approvals: Approvals
    may: May
    members: tuple[PanelMember, ...]
    removed: tuple[PanelMember, ...]
    found: Found
    undo_label: str
    undo_number: int
    trail: tuple[TrailLine, ...]
    said: str
    slip: Slip | None
    level_choices: tuple[tuple[str, str, str], ...] = LEVEL_CHOICES
