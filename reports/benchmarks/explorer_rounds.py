"""The rounds of a large cycle for the bench of the explorer: simulated employers rate every cell.

Answers are drawn, the same every time; opening, closing and freezing are the room's own commands.
Where the cycle's other parts come from lives in ``explorer_staging``.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import insert, select

from consensus.scale import NO_CODE
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.setup.models import Cycle
from cycles.setup.queries import rule_card_of
from workshop.ballot.commands import panellist_for
from workshop.ballot.models import Answer, Panellist, Rating, Reason
from workshop.benchmarks.staging import by
from workshop.rooms.commands import close_round, open_round, open_workshop, plan_workshop
from workshop.rooms.decisions import MEDIAN_OUTCOMES, accept_medians
from workshop.rooms.models import Item, Round, RoundItem, Side, Workshop, WorkshopKind

# Shares of N, A, P, E that a cell is drawn from; the last three are not agreed on at first.
SHARES = (
    (0.04, 0.80, 0.12, 0.04),
    (0.02, 0.08, 0.84, 0.06),
    (0.02, 0.04, 0.10, 0.84),
    (0.88, 0.08, 0.04, 0.00),
    (0.02, 0.40, 0.50, 0.08),
    (0.05, 0.35, 0.25, 0.35),
    (0.40, 0.05, 0.05, 0.50),
)
SILENT_SHARE, MOVED_SHARE = 0.03, 0.35
WITH_REASON = 9
LETTERS = ("not needed", "awareness", "practitioner", "expert")
AT_ONCE = 5_000


def play_rounds(cycle: Cycle, employers: Sequence[Participant]) -> None:
    """Rate every cell in rounds until nothing is open, and decide what was left by its median."""
    rule_card_of(cycle.id).set_at = by()["moment"]
    workshop = plan_workshop(
        cycle=cycle, kind=WorkshopKind.PROFICIENCY, title="What each role needs", **by()
    )
    open_workshop(workshop=workshop, **by())
    seats = [panellist_for(participant=one, moment=by()["moment"]) for one in employers]
    while (round_ := _next_round(workshop)) is not None:
        _rate(round_, seats)
        close_round(round_=round_, **by())
    try:
        accept_medians(
            workshop=workshop, outcomes=MEDIAN_OUTCOMES, reason="Simulated: the median.", **by()
        )
    except Invalid:  # every cell was agreed on: nothing is left to decide
        return


def _next_round(workshop: Workshop) -> Round | None:
    try:
        return open_round(workshop=workshop, **by())
    except (Closed, Invalid):  # the cap of rounds is reached, or nothing is open
        return None


def _rate(round_: Round, seats: Sequence[Panellist]) -> None:
    items = db.session.scalars(
        select(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position)
    ).all()
    rows = [row for item in items for row in _ratings(round_, item, seats)]
    for start in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(Rating), rows[start : start + AT_ONCE])
    db.session.add_all(_reasons(round_, items, seats))
    db.session.flush()


def _ratings(round_: Round, item: Item, seats: Sequence[Panellist]) -> Iterator[dict[str, Any]]:
    for seat, code in zip(seats, _codes(item, round_.number, len(seats)), strict=True):
        yield {
            "cycle_id": round_.cycle_id,
            "round_id": round_.id,
            "item_id": item.id,
            "panellist_id": seat.id,
            "answer": Answer.CANNOT_JUDGE if code == NO_CODE else Answer.RATED,
            "code": code,
            "seq": round_.number,
        }


def _codes(item: Item, number: int, raters: int) -> list[int]:
    """Return what each rater says in a round; from round to round some move to the middle."""
    seed = zlib.crc32(f"{item.wording} {item.role_level_id and item.position}".encode())
    draw = np.random.default_rng(seed)
    codes = draw.choice(4, raters, p=SHARES[seed % len(SHARES)])
    for _ in range(1, number):
        middle = int(np.median(codes))
        codes = np.where(draw.random(raters) < MOVED_SHARE, middle, codes)
    codes[draw.random(raters) < SILENT_SHARE] = NO_CODE
    return [int(code) for code in codes]


def _reasons(round_: Round, items: Sequence[Item], seats: Sequence[Panellist]) -> Iterator[Reason]:
    for item in items[::WITH_REASON]:
        for place, side in enumerate(Side):
            seat = seats[(item.position + place) % len(seats)]
            yield Reason(
                cycle_id=round_.cycle_id,
                round_id=round_.id,
                item_id=item.id,
                panellist_id=seat.id,
                is_of_cell=True,
                side=side,
                text=f"Simulated: plants differ, so {LETTERS[2 * place + 1]} is nearer.",
            )
