"""The answers to one item as an export gives them: pairs of two rounds, and nobody's row.

A row is never carried from item to item: the facilitator knows by name how much somebody has
answered, so a row that could be followed would soon have a name. Nothing is read here.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workshop.ballot.models import Answer

SMALLEST_SIDE = 3
"""Fewer people than this who answered in only one of two rounds would stand out by name."""


class Pairing(StrEnum):
    """How the two sides of an item's rows belong together."""

    FIRST = "no earlier round"
    PAIRED = "paired"
    APART = "listed apart"
    WITHHELD = "earlier answers withheld"


HIDDEN_BY = {
    Pairing.APART: ("share_moved",),
    Pairing.WITHHELD: ("share_moved", "change"),
}
"""Figures that would tell what the one or two answered who are in only one of the rounds: when
nobody else moved, the difference of the two rounds is theirs."""


@dataclass(frozen=True, order=True)
class Pair:
    """What one rater answered when it was last asked, and now; empty where they did not."""

    before: str
    now: str


@dataclass(frozen=True)
class Released:
    """The rows of one item that may leave the room, in an order that says nothing."""

    pairing: Pairing
    rows: tuple[Pair, ...]


def release(
    item_id: uuid.UUID, pairs: Sequence[Pair], *, is_first: bool, shows_before: bool
) -> Released:
    """Return the rows of an item.

    ``is_first`` says that no round asked it before, ``shows_before`` that enough people rated it
    when it was last asked. Where one or two
    people answered in only one of the rounds, the sides are listed apart: who they are can be
    read off the list of who has answered, and their pair would say what they answered.
    """
    given = [one for one in pairs if one.before or one.now]
    if is_first:
        return Released(Pairing.FIRST, _in_no_order(item_id, given))
    if not shows_before:
        now = [Pair("", one.now) for one in given if one.now]
        return Released(Pairing.WITHHELD, _in_no_order(item_id, now))
    if _stands_out(given):
        apart = [Pair(one.before, "") for one in given if one.before]
        apart += [Pair("", one.now) for one in given if one.now]
        return Released(Pairing.APART, _in_no_order(item_id, apart))
    return Released(Pairing.PAIRED, _in_no_order(item_id, given))


def _stands_out(pairs: Sequence[Pair]) -> bool:
    """Say whether one or two people are on one side: by answering at all, or by giving a code.

    The second is not seen by name, but with a share of those who moved it would tell as much.
    """
    return any(_has_small_side(pairs, is_there) for is_there in (bool, _is_coded))


def _has_small_side(pairs: Sequence[Pair], is_there: Callable[[str], bool]) -> bool:
    sides = Counter((is_there(one.before), is_there(one.now)) for one in pairs)
    sides.pop((False, False), None)
    return any(many < SMALLEST_SIDE for many in sides.values())


def _is_coded(answer: str) -> bool:
    return bool(answer) and answer not in (Answer.CANNOT_JUDGE, Answer.NOT_MY_FIELD)


def _in_no_order(item_id: uuid.UUID, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs by lot. The lot knows only the answers, so it can tell nothing else.

    The same answers give the same order for ever: two copies of an export can be compared.
    """
    drawn = []
    for place, pair in enumerate(sorted(pairs)):
        lot = f"{item_id}|{pair.before}|{pair.now}|{place}"
        drawn.append((hashlib.sha256(lot.encode()).digest(), pair))
    return tuple(pair for _, pair in sorted(drawn))
