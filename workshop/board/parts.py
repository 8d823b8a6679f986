"""What one breakout said in a closed round, past the gate.

Only of a round that opened after the breakouts last changed: whoever moves one person and looks
again would otherwise read that person's answers in the difference. And never of an open round,
whose live numbers move in batches of the whole panel, not of one room. The same panel is shown by
partner or by group too, so a room that is all but one or two of such a part, or has one or two
more, is not shown either: the difference would be theirs.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import chain, combinations

from sqlalchemy import func, select

from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.ballot.models import Panellist, Rating
from workshop.board.breakouts import CHANGES
from workshop.rooms.disclosure import breakdown, may_show, stands_out
from workshop.rooms.models import RoomState, Round
from workshop.rooms.scales import RATERS, SCALES

OPEN_SENTENCE = (
    "What one breakout said is shown once the round has closed. While it is open the numbers of "
    "a room this small would move person by person."
)
CHANGED_SENTENCE = (
    "The breakouts changed after this round opened, so its numbers are not shown by breakout: "
    "the difference would tell what the people who moved had answered."
)


def why_no_parts(round_: Round) -> str:
    """Return why a round's numbers are not shown by breakout, or nothing."""
    if round_.state != RoomState.CLOSED:
        return OPEN_SENTENCE
    changed = _last_change(round_.cycle_id)
    return CHANGED_SENTENCE if changed is not None and changed >= round_.opened_at else ""


def _last_change(cycle_id: uuid.UUID) -> datetime | None:
    moments = select(func.max(AuditEvent.moment)).where(
        AuditEvent.cycle_id == cycle_id, AuditEvent.action.in_(CHANGES)
    )
    return db.session.scalar(moments)


def counts_of_part(round_: Round, breakout: str) -> dict[uuid.UUID, tuple[int, ...]]:
    """Return the counts of one breakout, of the items where they may be shown.

    Each room needs as many raters as the whole panel does, and what all rooms leave out together
    is nobody or at least three.
    """
    minimum_n = rule_card_of(round_.cycle_id).minimum_n
    found, telling = {}, _telling(round_)
    for item_id, rooms in _rooms(round_).items():
        if item_id in telling:
            continue
        gated = breakdown(rooms, minimum_n).get(breakout)
        if gated and gated.counts and may_show(gated.n or 0, minimum_n):
            found[item_id] = gated.counts
    return found


def _telling(round_: Round) -> set[uuid.UUID]:
    """Return the items of which some rooms together are nearly some parts of the panel."""
    part = Panellist.group if len(RATERS[round_.workshop.kind]) > 1 else Panellist.partner_id
    rows = db.session.execute(
        select(Rating.item_id, Panellist.breakout, part, func.count())
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .where(Rating.round_id == round_.id, Rating.code >= 0)
        .group_by(Rating.item_id, Panellist.breakout, part)
    )
    sizes: dict[uuid.UUID, dict[object, Counter[str]]] = {}
    for item_id, breakout, of, count in rows:
        sizes.setdefault(item_id, {}).setdefault(of, Counter())[breakout or ""] += count
    return {item_id for item_id, parts in sizes.items() if _is_telling(parts.values())}


def _is_telling(parts: Collection[Mapping[str, int]]) -> bool:
    rooms = sorted(set(chain.from_iterable(parts)))
    together = chain(combinations(rooms, 1), combinations(rooms, 2))
    return any(stands_out(_between(some, parts)) for some in together)


def _between(rooms: Collection[str], parts: Collection[Mapping[str, int]]) -> int:
    """Return how many people tell these rooms from the parts of the panel that come closest."""
    inside = [sum(part.get(room, 0) for room in rooms) for part in parts]
    return sum(
        min(here, sum(part.values()) - here) for here, part in zip(inside, parts, strict=True)
    )


def _rooms(round_: Round) -> dict[uuid.UUID, dict[str, list[int]]]:
    """Return, of each item, the counts of each room; those in no room are one of their own."""
    rows = db.session.execute(
        select(Rating.item_id, Panellist.breakout, Rating.code, func.count())
        .join(Panellist, Panellist.id == Rating.panellist_id)
        .where(Rating.round_id == round_.id, Rating.code >= 0)
        .group_by(Rating.item_id, Panellist.breakout, Rating.code)
        .order_by(Rating.item_id, Panellist.breakout, Rating.code)
    )
    size = SCALES[round_.scale].size
    found: dict[uuid.UUID, dict[str, list[int]]] = {}
    for item_id, breakout, code, count in rows:
        rooms = found.setdefault(item_id, {})
        rooms.setdefault(breakout or "", [0] * size)[code] = count
    return found
