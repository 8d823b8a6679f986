"""The reasons of a closed round: with the side their writer took, without any other trace of them.

A reason leaves the room only where enough people rated what it speaks of.
"""

import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.ballot.models import Reason, ReopenRequest
from workshop.exports.queries import ClosedRound
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import Item, ItemVerdict, Round, Side

OF_ANSWER, OF_CAPABILITY, TO_REOPEN = "the answer", "the capability", "asking again"


@dataclass(frozen=True)
class ReasonLine:
    """One reason. ``number`` is the item's in this round, None where the round did not ask it."""

    number: int | None
    item_id: uuid.UUID
    code: str
    role_level: str
    about: str
    side: str
    text: str


def reasons_of(closed: ClosedRound) -> tuple[ReasonLine, ...]:
    """Return the reasons given in a round, by item; within one the order is drawn by lot."""
    asked = {one.item.id: one for one in closed.shown}
    lines = []
    for id_, item_id, about, side, text in _given(closed.round.id):
        one = asked.get(item_id)
        if one is not None:
            where = (one.number, item_id, one.code, one.role_level)
            lines.append((_lot(id_), ReasonLine(*where, about, _said(side), text)))
    lines += _asked_again(closed)
    return tuple(line for _, line in sorted(lines, key=_place))


def _place(drawn: tuple[bytes, ReasonLine]) -> tuple[bool, int, str, bytes]:
    lot, line = drawn
    return line.number is None, line.number or 0, str(line.item_id), lot


def _given(round_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID, str, Side | None, str]]:
    rows = db.session.execute(
        select(Reason.id, Reason.item_id, Reason.is_of_cell, Reason.side, Reason.text).where(
            Reason.round_id == round_id
        )
    )
    return [
        (id_, item_id, OF_ANSWER if is_of_cell else OF_CAPABILITY, side, text)
        for id_, item_id, is_of_cell, side, text in rows
    ]


def _asked_again(closed: ClosedRound) -> list[tuple[bytes, ReasonLine]]:
    """Return why people asked in this round to have a closed item asked again."""
    rows = db.session.execute(
        select(ReopenRequest, ItemVerdict.counts, CapabilityStatement.code, RoleLevel.name)
        .join(Item, Item.id == ReopenRequest.item_id)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(RoleLevel, RoleLevel.id == Item.role_level_id)
        .join(ItemVerdict, ItemVerdict.item_id == Item.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(
            ReopenRequest.round_id == closed.round.id,
            Round.number <= closed.round.number,
        )
        .order_by(Round.number)
    )
    # Rounds ascend, so the last counts of a request are those of the item's latest verdict.
    latest = {row[0].id: row for row in rows}
    found = []
    for request, counts, code, level in latest.values():
        if may_show(sum(counts), closed.rule.minimum_n):
            where = (None, request.item_id, code or "", level or "")
            line = ReasonLine(*where, TO_REOPEN, _said(request.side), request.text)
            found.append((_lot(request.id), line))
    return found


def _said(side: Side | None) -> str:
    return side.value if side else ""


def _lot(id_: uuid.UUID) -> bytes:
    return hashlib.sha256(id_.bytes).digest()
