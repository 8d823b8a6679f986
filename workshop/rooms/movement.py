"""Whether the people who answered twice moved in one direction: two tests, worked out on demand.

They stand beside stability and never in its place: with ten people nothing is significant.
"""

import uuid
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import aliased

from consensus.scale import NO_CODE, NOT_NEEDED
from consensus.stability import SignedRanks, Switches, mcnemar, wilcoxon
from consensus.undefined import Undefined
from cycles.core.extensions import db
from workshop.ballot.models import Rating
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import Item, ItemVerdict, Round, ScaleName
from workshop.rooms.telling import p_words


@dataclass(frozen=True)
class MovementTest:
    """Two rounds of an item compared: the test, and its p or why there is none."""

    rounds: str
    name: str
    result: str


def movement_tests(item: Item, minimum_n: int) -> tuple[MovementTest, ...]:
    """Return Wilcoxon's test between each two rounds that asked an item, and McNemar's.

    McNemar's, of switches between needed and not needed, is for proficiency only. Rounds that
    too few people rated to be shown are left out, and those between which it is not kept how many
    moved, because one or two people answered in only one of them.
    """
    rounds = [
        (round_id, number, scale, figures.get("share_moved") is not None)
        for round_id, number, scale, counts, figures in db.session.execute(
            select(Round.id, Round.number, Round.scale, ItemVerdict.counts, ItemVerdict.figures)
            .join(ItemVerdict, ItemVerdict.round_id == Round.id)
            .where(ItemVerdict.item_id == item.id)
            .order_by(Round.number)
        )
        if may_show(sum(counts), minimum_n)
    ]
    found: list[MovementTest] = []
    for (first, one, scale, _), (second, two, _, is_kept) in pairwise(rounds):
        pairs = _pairs(item.id, first, second)
        # The pairs may be fewer than either round's raters.
        if is_kept and may_show(len(pairs), minimum_n):
            found += _tests(pairs, f"{one} and {two}", scale)
    return tuple(found)


def _pairs(item_id: uuid.UUID, first: uuid.UUID, second: uuid.UUID) -> list[tuple[int, int]]:
    before, after = aliased(Rating), aliased(Rating)
    rows = db.session.execute(
        select(before.code, after.code)
        .join(after, after.panellist_id == before.panellist_id)
        .where(
            before.item_id == item_id,
            after.item_id == item_id,
            before.round_id == first,
            after.round_id == second,
            before.code != NO_CODE,
            after.code != NO_CODE,
        )
    )
    return [(row[0], row[1]) for row in rows]


def _tests(pairs: list[tuple[int, int]], rounds: str, scale: ScaleName) -> list[MovementTest]:
    ranks = wilcoxon([one for one, _ in pairs], [two for _, two in pairs])
    tests = [MovementTest(rounds, "Wilcoxon: did people move one way?", _said(ranks))]
    if scale == ScaleName.PROFICIENCY:
        dropped = sum(one != NOT_NEEDED and two == NOT_NEEDED for one, two in pairs)
        taken_up = sum(one == NOT_NEEDED and two != NOT_NEEDED for one, two in pairs)
        switches = mcnemar(dropped, taken_up)
        tests.append(MovementTest(rounds, "McNemar: needed or not needed?", _said(switches)))
    return tests


def _said(result: SignedRanks | Switches | Undefined) -> str:
    return result.value if isinstance(result, Undefined) else f"p {p_words(result.p_value)}"
