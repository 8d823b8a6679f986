"""Narrowing the queue, as it stands in the address, and walking along it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from reports.mapping.verdicts import Pair
from reports.reviewing.order import Queued, is_differing

OPEN, ALL, MINE, DIFFER = "", "all", "mine", "differ"
SHOWN = {
    OPEN: "Open for me",
    ALL: "All",
    MINE: "Judged by me",
    DIFFER: "Reviewers differ",
}


@dataclass(frozen=True)
class Filters:
    """What the reader asked for. Empty means what is open for them."""

    show: str = OPEN
    profile: str = ""
    q: str = ""

    @property
    def is_set(self) -> bool:
        """Say whether anything but the reader's open matches is asked for."""
        return bool(self.show or self.profile or self.q)

    def query(self, **changes: str) -> dict[str, str]:
        """Return the part of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value}


def read_filters(args: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what it does not know is left out."""
    show = args.get("show", "")
    return Filters(
        show=show if show in SHOWN else OPEN,
        profile=args.get("profile", "")[:12],
        q=args.get("q", "").strip()[:200],
    )


def pair_of(queued: Queued) -> Pair:
    """Return the statement and the duty of a queued match."""
    return queued.capability.statement_id, queued.match.duty_id


def narrowed(queue: Sequence[Queued], filters: Filters) -> tuple[Queued, ...]:
    """Return what stands for the profile and the words asked for, judged or not."""
    words = filters.q.casefold().split()
    return tuple(
        each
        for each in queue
        if (not filters.profile or filters.profile in each.capability.profile_codes)
        and all(word in _text(each) for word in words)
    )


def shown(queue: Sequence[Queued], filters: Filters, mine: Collection[Pair]) -> tuple[Queued, ...]:
    """Return what the reader wants to see of an already narrowed queue."""
    return tuple(each for each in queue if _is_shown(each, filters.show, mine))


def next_after(
    queue: Sequence[Queued], pair: Pair, filters: Filters, mine: Collection[Pair]
) -> Queued | None:
    """Return the next match that is shown, from the start again after the last; None if none is.

    The match itself is never its own next one.
    """
    places = [pair_of(each) for each in queue]
    start = places.index(pair) + 1 if pair in places else 0
    round_trip = [each for each in (*queue[start:], *queue[:start]) if pair_of(each) != pair]
    return next(iter(shown(round_trip, filters, mine)), None)


def previous_before(queue: Sequence[Queued], pair: Pair) -> Queued | None:
    """Return the match before this one, judged or not: going back is to look again."""
    places = [pair_of(each) for each in queue]
    at = places.index(pair) if pair in places else 0
    return queue[at - 1] if at else None


def _is_shown(each: Queued, show: str, mine: Collection[Pair]) -> bool:
    is_mine = pair_of(each) in mine
    return {OPEN: not is_mine, ALL: True, MINE: is_mine, DIFFER: is_differing(each.match)}[show]


def _text(each: Queued) -> str:
    match = each.match
    parts = [each.capability.code, each.capability.text, match.duty_text]
    parts += [match.standard_title, match.standard_reference, *each.capability.profile_codes]
    return " ".join(parts).casefold()
