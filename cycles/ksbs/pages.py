"""What the list of KSBs shows: frozen contexts from rows. No permission is judged here."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from cycles.ksbs.models import KsbStatus
from cycles.ksbs.queries import CapabilityCounts

STATUS_WORDS = {
    KsbStatus.SUGGESTED: "Waiting",
    KsbStatus.ACCEPTED: "Accepted",
    KsbStatus.REJECTED: "Rejected",
}
STATUS_TAGS = {
    KsbStatus.SUGGESTED: "current",
    KsbStatus.ACCEPTED: "done",
    KsbStatus.REJECTED: "quiet",
}
SHOWS = ("", "waiting", "differ", "reviewed", "without")


@dataclass(frozen=True)
class CapabilityLine:
    """A capability with the counts of its KSBs; ``waiting`` without those on which they differ."""

    code: str
    text: str
    place: str
    function: str
    href: str
    waiting: int
    differing: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class WayToQueue:
    """The reader's own queue: how far it has come, and the way into it."""

    label: str
    href: str
    progress: str
    done: int
    total: int


@dataclass(frozen=True)
class ListPage:
    """The capabilities of a cycle with the counts of their KSBs."""

    cycle_id: uuid.UUID
    lines: tuple[CapabilityLine, ...]
    tiles: tuple[tuple[str, int, str | None], ...]
    total: int
    query: str
    show: str
    shows: tuple[Option, ...]
    sort: str
    sort_hrefs: Mapping[str, str]
    has_any: bool
    may_ask: bool
    may_review: bool
    queue: WayToQueue | None
    closed_because: str | None
    downloads: tuple[tuple[str, str], ...]


def capability_line(counts: CapabilityCounts) -> CapabilityLine:
    """Make the line of a capability."""
    statement = counts.statement
    area = statement.area
    return CapabilityLine(
        code=statement.code,
        text=statement.text,
        place=f"{area.function} › {area.name}" if area else "No area",
        function=area.function if area else "",
        href=url_for("ksbs.show", cycle_id=statement.cycle_id, statement_id=statement.id),
        waiting=counts.suggested - counts.differing,
        differing=counts.differing,
        accepted=counts.accepted,
        rejected=counts.rejected,
    )
