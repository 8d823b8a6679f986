"""What is asked of receipts: one panellist's own, and the list of a round that names nobody."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select, type_coerce
from sqlalchemy.types import NullType

from consensus.scale import NO_CODE
from cycles.core.extensions import db
from workshop.ballot.models import Answer, Rating, Receipt
from workshop.receipts.texts import CountedAnswer, answer_words, receipt_text
from workshop.rooms.models import Item, Round, RoundItem
from workshop.rooms.scales import SCALES, Scale

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
    """Read ids and words as the driver gives them: a full round has a hundred thousand answers."""
    asked = _asked(round_)
    # The driver's ids are hexadecimal on SQLite and UUIDs on PostgreSQL.
    places = {key: place for place, (id_, _) in enumerate(asked) for key in (id_, id_.hex)}
    said = _said(SCALES[round_.scale])
    rows = db.session.connection().execute(
        select(
            type_coerce(Rating.panellist_id, NullType()),
            type_coerce(Rating.item_id, NullType()),
            type_coerce(Rating.answer, NullType()),
            Rating.code,
        ).where(where)
    )
    given: dict[object, list[tuple[int, str]]] = defaultdict(list)
    found: Iterable[Any] = rows.all()
    for rater, item, answer, code in found:
        given[rater].append((places[item], said[answer, code]))
    return {
        uuid.UUID(str(rater)): [
            CountedAnswer(asked[at][0], word, asked[at][1]) for at, word in mine
        ]
        for rater, mine in ((rater, sorted(answers)) for rater, answers in given.items())
    }


def _asked(round_: Round) -> list[tuple[uuid.UUID, str]]:
    rows = db.session.execute(
        select(Item.id, Item.wording)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position, Item.version, Item.id)
    )
    return [(id_, wording) for id_, wording in rows]


def _said(scale: Scale) -> dict[tuple[str, int], str]:
    """Return what files say of every answer and code that the scale allows."""
    rated = [(Answer.RATED, code) for code in range(scale.size)]
    without = [(answer, NO_CODE) for answer in Answer if answer != Answer.RATED]
    return {(one.value, code): answer_words(scale, one, code) for one, code in rated + without}


def text_of(round_: Round, receipt: Receipt) -> str:
    """Return the text of a receipt, from the answers as they stand."""
    return receipt_text(
        round_id=round_.id,
        number=round_.number,
        secret=receipt.secret,
        answers=answers_of(round_, receipt.panellist_id),
    )
