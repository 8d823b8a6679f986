"""What the pages of KSBs show: frozen contexts from rows. No permission is judged here."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from cycles.ksbs.forms import KIND_CHOICES
from cycles.ksbs.models import CapabilityKsb, KsbStatus
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
SHOWS = ("", "waiting", "reviewed", "without")


@dataclass(frozen=True)
class CapabilityLine:
    """A capability with the counts of its KSBs."""

    code: str
    text: str
    place: str
    function: str
    href: str
    suggested: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


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
    has_any: bool
    may_ask: bool
    may_review: bool
    next_href: str | None
    closed_because: str | None
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Slip:
    """A refused wording: of which KSB (None: the new one), what is wrong, what was sent."""

    ksb_id: uuid.UUID | None
    sentence: str
    kind: str
    text: str


@dataclass(frozen=True)
class KsbLine:
    """One KSB of a capability."""

    id: uuid.UUID
    kind: str
    letter: str
    text: str
    suggested_text: str
    source: str
    score: str
    status: str
    tag_kind: str
    is_waiting: bool
    is_rejected: bool
    is_own: bool
    decided_by: str


@dataclass(frozen=True)
class CapabilityPage:
    """The KSBs of one capability."""

    cycle_id: uuid.UUID
    statement_id: uuid.UUID
    code: str
    text: str
    place: str
    profiles: tuple[str, ...]
    waiting: tuple[KsbLine, ...]
    decided: tuple[KsbLine, ...]
    counts: tuple[int, int, int]
    may_review: bool
    closed_because: str | None
    previous_href: str | None
    next_href: str | None
    slip: Slip | None
    said: str
    kinds: tuple[tuple[str, str], ...] = tuple(KIND_CHOICES)


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
        suggested=counts.suggested,
        accepted=counts.accepted,
        rejected=counts.rejected,
    )


def ksb_line(ksb: CapabilityKsb, names: Mapping[uuid.UUID, str]) -> KsbLine:
    """Make the line of a KSB; ``names`` are of the participants who decided."""
    is_reworded = bool(ksb.suggested_text) and ksb.suggested_text != ksb.text
    return KsbLine(
        id=ksb.id,
        kind=ksb.kind.value,
        letter=ksb.kind.value[0].upper(),
        text=ksb.text,
        suggested_text=ksb.suggested_text if is_reworded else "",
        source=ksb.source,
        score=f"{round(100 * ksb.score)} % alike" if ksb.score is not None else "",
        status=STATUS_WORDS[ksb.status],
        tag_kind=STATUS_TAGS[ksb.status],
        is_waiting=ksb.status == KsbStatus.SUGGESTED,
        is_rejected=ksb.status == KsbStatus.REJECTED,
        is_own=not ksb.suggested_text,
        decided_by=names.get(ksb.decided_by_id, "") if ksb.decided_by_id else "",
    )
