"""What is asked of receipts: one panellist's own, and the list of a round that names nobody."""

import uuid
from collections import defaultdict

from sqlalchemy import ColumnElement, func, select

from cycles.core.extensions import db
from workshop.ballot.models import Rating, Receipt
from workshop.receipts.texts import CountedAnswer, answer_words, receipt_text
from workshop.rooms.models import Item, Round
from workshop.rooms.scales import SCALES

Answers = dict[uuid.UUID, list[CountedAnswer]]


def receipt_of(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> Receipt | None:
    """Return the receipt of a panellist in a round, or None."""
    return db.session.scalar(
        select(Receipt).where(Receipt.round_id == round_id, Receipt.panellist_id == panellist_id)
    )


def digests_of(round_id: uuid.UUID) -> tuple[str, ...]:
    """Return the digests of a round in the order of the digests."""
    found = db.session.scalars(
        select(Receipt.digest).where(Receipt.round_id == round_id, Receipt.digest.is_not(None))
    )
    return tuple(sorted(digest for digest in found if digest is not None))


def count_raters(round_id: uuid.UUID) -> int:
    """Return how many people answered anything in a round."""
    return (
        db.session.scalar(
            select(func.count(Rating.panellist_id.distinct())).where(Rating.round_id == round_id)
        )
        or 0
    )


def answers_of_all(round_: Round) -> Answers:
    """Return every panellist's answers in a round as they are counted, in the items' order."""
    return _answers(round_, Rating.round_id == round_.id)


def answers_of(round_: Round, panellist_id: uuid.UUID) -> list[CountedAnswer]:
    """Return one panellist's answers in a round as they are counted, in the items' order."""
    own = (Rating.round_id == round_.id) & (Rating.panellist_id == panellist_id)
    return _answers(round_, own).get(panellist_id, [])


def _answers(round_: Round, where: ColumnElement[bool]) -> Answers:
    scale = SCALES[round_.scale]
    rows = db.session.execute(
        select(Rating.panellist_id, Rating.item_id, Rating.answer, Rating.code, Item.wording)
        .join(Item, Item.id == Rating.item_id)
        .where(where)
        .order_by(Item.position, Item.version, Item.id)
    )
    found: Answers = defaultdict(list)
    for panellist_id, item_id, answer, code, wording in rows:
        said = answer_words(scale, answer, code)
        found[panellist_id].append(CountedAnswer(item_id, said, wording))
    return found


def text_of(round_: Round, receipt: Receipt) -> str:
    """Return the text of a receipt, from the answers as they stand."""
    return receipt_text(
        round_id=round_.id,
        number=round_.number,
        secret=receipt.secret,
        answers=answers_of(round_, receipt.panellist_id),
    )
