"""How one cell went from round to round, and what people wrote about its capability."""

import hashlib
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from consensus.stopping import Closing
from cycles.core.extensions import db
from workshop.ballot.models import Reason
from workshop.rooms.disclosure import Shown, may_show, shown
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem
from workshop.rooms.words import CLOSING_WORDS, SCALE_OUTCOME_WORDS

_subject = func.coalesce(Item.statement_id, Item.solution_id)


@dataclass(frozen=True)
class RoundResult:
    """What one round made of a cell."""

    number: int
    outcome: str
    closing: str
    shown: Shown
    is_older_wording: bool


@dataclass(frozen=True)
class RoundLine:
    """A round of a workshop in figures. The last three are None until it has closed."""

    round: Round
    asked: int
    agreed: int | None
    stable_dissent: int | None
    still_open: int | None


def rounds_of_item(item: Item, minimum_n: int) -> tuple[RoundResult, ...]:
    """Return the verdicts of what an item asks, first round to last, older wordings too."""
    rows = db.session.execute(
        select(ItemVerdict, Round.number)
        .join(Round, Round.id == ItemVerdict.round_id)
        .join(Item, Item.id == ItemVerdict.item_id)
        .where(
            Item.workshop_id == item.workshop_id,
            _subject == item.subject_id,
            Item.role_level_id == item.role_level_id
            if item.role_level_id
            else Item.role_level_id.is_(None),
        )
        .order_by(Round.number)
    )
    return tuple(
        RoundResult(
            number=number,
            outcome=SCALE_OUTCOME_WORDS[verdict.outcome],
            closing=CLOSING_WORDS[Closing(verdict.closing)],
            shown=shown(verdict.counts, minimum_n),
            is_older_wording=verdict.item_id != item.id,
        )
        for verdict, number in rows
    )


def comments_on(item: Item, minimum_n: int) -> tuple[str, ...]:
    """Return the comments on the item's capability from rounds in which enough people rated it.

    Their order comes from their random ids, so it tells nothing of who wrote first.
    """
    rows = db.session.execute(
        select(Reason.id, Reason.text, ItemVerdict.counts)
        .join(Item, Item.id == Reason.item_id)
        .join(
            ItemVerdict,
            (ItemVerdict.item_id == Reason.item_id) & (ItemVerdict.round_id == Reason.round_id),
        )
        .where(
            Item.workshop_id == item.workshop_id,
            _subject == item.subject_id,
        )
    )
    found = [(_lot(id_), text) for id_, text, counts in rows if may_show(sum(counts), minimum_n)]
    return tuple(text for _, text in sorted(found))


def _lot(id_: uuid.UUID) -> bytes:
    return hashlib.sha256(id_.bytes).digest()


def round_lines(workshop_id: uuid.UUID) -> tuple[RoundLine, ...]:
    """Return the rounds of a workshop with what each asked and settled, first to last."""
    asked: dict[uuid.UUID, int] = {}
    for round_id in db.session.scalars(
        select(RoundItem.round_id)
        .join(Round, Round.id == RoundItem.round_id)
        .where(Round.workshop_id == workshop_id)
    ):
        asked[round_id] = asked.get(round_id, 0) + 1
    closings: dict[uuid.UUID, list[str]] = {}
    for round_id, closing in db.session.execute(
        select(ItemVerdict.round_id, ItemVerdict.closing)
        .join(Round, Round.id == ItemVerdict.round_id)
        .where(Round.workshop_id == workshop_id)
    ):
        closings.setdefault(round_id, []).append(closing)
    rounds = db.session.scalars(
        select(Round).where(Round.workshop_id == workshop_id).order_by(Round.number)
    )
    return tuple(_line(one, asked.get(one.id, 0), closings.get(one.id)) for one in rounds)


def _line(round_: Round, asked: int, closings: list[str] | None) -> RoundLine:
    if closings is None:
        return RoundLine(round_, asked, None, None, None)
    return RoundLine(
        round_,
        asked,
        closings.count(Closing.AGREED.value),
        closings.count(Closing.STABLE_DISSENT.value),
        closings.count(Closing.OPEN.value),
    )
