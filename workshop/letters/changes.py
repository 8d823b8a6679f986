"""What a round came to and what changed since its wording was frozen, as the digest tells it.

Counts of items, never of answers; an item too few rated is counted apart, whatever it came to.
"""

from dataclasses import dataclass

from sqlalchemy import select

from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import Item, ItemVerdict, RoomState, Round, RoundItem


@dataclass(frozen=True)
class Rewording:
    """A statement that reads otherwise than when it was rated."""

    code: str
    text: str


@dataclass(frozen=True)
class Digest:
    """What everybody in a workshop may be told of one closed round."""

    number: int
    asked: int
    agreed: int
    stable_dissent: int
    capped: int
    still_open: int
    withheld: int
    reworded: tuple[Rewording, ...]
    removed: tuple[str, ...]


def digest_of(round_: Round) -> Digest:
    """Return the digest of a round. Raises ``ValueError`` while it has not closed."""
    if round_.state != RoomState.CLOSED:
        raise ValueError("the results of a round are hidden until it has closed")
    minimum = rule_card_of(round_.cycle_id).minimum_n
    rows = db.session.execute(
        select(ItemVerdict.closing, ItemVerdict.counts).where(ItemVerdict.round_id == round_.id)
    ).all()
    told = [closing for closing, counts in rows if may_show(sum(counts), minimum)]
    reworded, removed = _statements(round_)
    return Digest(
        number=round_.number,
        asked=len(rows),
        agreed=told.count(Closing.AGREED.value),
        stable_dissent=told.count(Closing.STABLE_DISSENT.value),
        capped=told.count(Closing.CAPPED.value),
        still_open=told.count(Closing.OPEN.value),
        withheld=len(rows) - len(told),
        reworded=reworded,
        removed=removed,
    )


def _statements(round_: Round) -> tuple[tuple[Rewording, ...], tuple[str, ...]]:
    rows = db.session.execute(
        select(CapabilityStatement, Item.wording)
        .join(Item, Item.statement_id == CapabilityStatement.id)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(CapabilityStatement.code, Item.position)
    )
    asked = {statement.code: (statement, wording) for statement, wording in rows}
    reworded = tuple(
        Rewording(code, statement.text)
        for code, (statement, wording) in asked.items()
        if statement.status == StatementStatus.KEPT and statement.text != wording
    )
    removed = tuple(
        code for code, (statement, _) in asked.items() if statement.status != StatementStatus.KEPT
    )
    return reworded, removed
