"""The order in which one person is taken through the KSBs, capability by capability. Pure.

Where the rows come from and how they look is not known here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.ksbs.agreement import is_differing
from cycles.ksbs.models import KsbStatus
from cycles.standards.models import KsbKind

OPEN, DIFFER, SECOND, MINE, ALL = "", "differ", "second", "mine", "all"
SHOWN = {
    OPEN: "Waiting for me",
    DIFFER: "Educators differ",
    SECOND: "Settled by one other: a second opinion",
    MINE: "Reviewed by me",
    ALL: "All",
}
GO_ROUND = (OPEN, SECOND)
"""What one's own review takes out of the queue: going on may go back to what was left out."""


@dataclass(frozen=True)
class Asked:
    """A KSB as the queue sees it. ``is_own`` was written by an educator, not suggested."""

    ksb_id: uuid.UUID
    statement_id: uuid.UUID
    kind: KsbKind
    status: KsbStatus
    reviewers: int
    is_mine: bool
    is_own: bool
    is_decided: bool


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as it stands in the address. Empty means what waits for them."""

    show: str = OPEN
    profile: str = ""
    kind: str = ""

    @property
    def is_set(self) -> bool:
        """Say whether anything but all that waits for the reader is asked for."""
        return bool(self.show or self.profile or self.kind)

    def query(self, **changes: str) -> dict[str, Any]:
        """Return the part of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Stop:
    """A capability on the way: its KSBs that the filters let through, in order, and those open."""

    statement_id: uuid.UUID
    ksb_ids: tuple[uuid.UUID, ...]
    open_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Progress:
    """How many of the suggestions in the queue the reader has reviewed."""

    done: int
    total: int


def read_filters(args: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what it does not know is left out."""
    show, kind = args.get("show", ""), args.get("kind", "")
    return Filters(
        show=show if show in SHOWN else OPEN,
        # PostgreSQL refuses a text with NUL in it, even to search for.
        profile=args.get("profile", "").replace("\x00", "")[:12],
        kind=kind if kind in tuple(KsbKind) else "",
    )


def narrowed(
    asked: Sequence[Asked], filters: Filters, in_profile: frozenset[uuid.UUID] | None
) -> tuple[Asked, ...]:
    """Return the KSBs of the kind and the profile asked for, reviewed or not.

    ``in_profile`` are the capabilities of that profile; None where no profile is asked for.
    """
    return tuple(
        one
        for one in asked
        if (not filters.kind or one.kind == filters.kind)
        and (in_profile is None or one.statement_id in in_profile)
    )


def is_open(one: Asked, show: str) -> bool:
    """Say whether the reader asked to see this KSB."""
    is_settled = one.status != KsbStatus.SUGGESTED
    return {
        OPEN: not one.is_mine and not is_settled,
        DIFFER: is_differing(one.status, one.reviewers),
        SECOND: not one.is_mine and is_settled and one.reviewers == 1 and not one.is_decided,
        MINE: one.is_mine,
        ALL: True,
    }[show]


def stops(asked: Sequence[Asked], show: str, start: int) -> tuple[Stop, ...]:
    """Return the capabilities in the order in which this reader comes to them.

    Those that nobody else has reviewed come first, so that educators share the work; within each
    part the round begins at ``start``, another place for each of them. ``asked`` stands in the
    order of the cycle's capabilities.
    """
    by_statement: dict[uuid.UUID, list[Asked]] = {}
    for one in asked:
        by_statement.setdefault(one.statement_id, []).append(one)
    ids = list(by_statement)
    turned = [*ids[start % len(ids) :], *ids[: start % len(ids)]] if ids else []
    ordered = sorted(turned, key=lambda each: _is_begun_by_others(by_statement[each]))
    return tuple(
        Stop(
            each,
            tuple(one.ksb_id for one in by_statement[each]),
            tuple(one.ksb_id for one in by_statement[each] if is_open(one, show)),
        )
        for each in ordered
    )


def _is_begun_by_others(asked: Sequence[Asked]) -> bool:
    return any(one.reviewers > one.is_mine for one in asked)


def first_stop(ordered: Sequence[Stop]) -> Stop | None:
    """Return the first capability with something open, or None where all is done."""
    return next((one for one in ordered if one.open_ids), None)


def next_stop(ordered: Sequence[Stop], statement_id: uuid.UUID) -> Stop | None:
    """Return the next capability with something open, from the start again after the last."""
    ids = [one.statement_id for one in ordered]
    here = ids.index(statement_id) if statement_id in ids else -1
    return first_stop([*ordered[here + 1 :], *ordered[: max(here, 0)]])


def previous_stop(ordered: Sequence[Stop], statement_id: uuid.UUID) -> Stop | None:
    """Return the capability before this one, done or not: going back is to look again."""
    ids = [one.statement_id for one in ordered]
    here = ids.index(statement_id) if statement_id in ids else 0
    return ordered[here - 1] if here else None


def next_in(stop: Stop, ksb_id: uuid.UUID, show: str) -> uuid.UUID | None:
    """Return the open KSB of a capability that comes after this one; None where none is left.

    Where one's own review takes a KSB out, those before it come last.
    """
    place = stop.ksb_ids.index(ksb_id) + 1 if ksb_id in stop.ksb_ids else 0
    after = stop.ksb_ids[place:]
    around = stop.ksb_ids[:place] if show in GO_ROUND else ()
    return next((one for one in (*after, *around) if one in stop.open_ids and one != ksb_id), None)


def progress(asked: Sequence[Asked], show: str) -> Progress:
    """Return how far the reader is: what they reviewed, of that and what is open for them.

    What educators wrote themselves was never asked of anybody, and is in neither number.
    """
    suggested = [one for one in asked if not one.is_own]
    done = sum(one.is_mine for one in suggested)
    return Progress(done, done + sum(is_open(one, show) and not one.is_mine for one in suggested))


def start_of(reader: uuid.UUID, educators: Sequence[uuid.UUID], capabilities: int) -> int:
    """Return at which capability a reader begins: the educators' rounds are spread evenly."""
    if reader not in educators:
        return 0
    return list(educators).index(reader) * capabilities // len(educators)
