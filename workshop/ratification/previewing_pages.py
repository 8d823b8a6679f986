"""What the page of a preview shows: frozen contexts. They are filled in ``previewing_showing``."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Capability:
    """A capability in a few words."""

    code: str
    text: str


@dataclass(frozen=True)
class OtherName:
    """A suggested title with its score and where it comes from."""

    title: str
    score: str
    source: str


@dataclass(frozen=True)
class MemberRow:
    """A capability of a prototype: its level, where that comes from, and why it is there.

    ``mark`` says what is new of it in a prototype that changes.
    """

    capability: Capability
    letter: str
    level: str
    vote: str
    why: tuple[str, ...]
    is_provisional: bool
    mark: str


@dataclass(frozen=True)
class Bar:
    """One number of groups and the score that was reached with it; geometry in percent."""

    groups: int
    score: str
    x: float
    width: float
    top: float
    height: float
    is_chosen: bool


@dataclass(frozen=True)
class PrototypeLine:
    """A prototype as it would stand, or the profile because of which it is left out."""

    anchor: str
    code: str
    name: str
    score: str
    source: str
    other_names: tuple[OtherName, ...]
    fate: str
    tag_kind: str
    change: str
    size: int
    seconds: int
    counts: tuple[int, int, int, int]
    words: str
    partner: str
    rows: tuple[MemberRow, ...]
    goes: tuple[Capability, ...]


@dataclass(frozen=True)
class ProfileLink:
    """A profile that stands now. ``why`` says why it stays; empty for one that goes."""

    code: str
    name: str
    role_level: str
    href: str
    size: int
    why: str


@dataclass(frozen=True)
class LevelPreview:
    """What would stand at one role level."""

    id: str
    name: str
    academic_level: int | None
    capabilities: int
    groups: int
    bars: tuple[Bar, ...]
    curve: str
    summary: str
    prototypes: tuple[PrototypeLine, ...]
    repeats: tuple[PrototypeLine, ...]
    gone: tuple[ProfileLink, ...]
    unplaced: tuple[Capability, ...]


@dataclass(frozen=True)
class PreviewPage:
    """A preview: what would stand afterwards, and what would change. ``seen`` is its digest."""

    cycle_id: uuid.UUID
    made: str
    settings: str
    method: str
    tiles: tuple[tuple[str, int, str], ...]
    levels: tuple[LevelPreview, ...]
    staying: tuple[ProfileLink, ...]
    seen: str
    is_as_it_stands: bool
    stale: tuple[str, ...]
    closed_because: str | None
    refused: str
    downloads: tuple[tuple[str, str], ...]
