"""Making receipts: the secret while the round runs, the digest when it has closed.

Nothing here is an event of the audit log: an event has a name, and a receipt must have none.
"""

import secrets
import uuid
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import bindparam, insert, select, update

from cycles.core.extensions import db
from workshop.ballot.answering import hold_open
from workshop.ballot.models import Panellist, Receipt
from workshop.ballot.upsert import insert_into
from workshop.receipts.queries import answers_of_all
from workshop.receipts.texts import CountedAnswer, digest_of, receipt_text
from workshop.rooms.models import Round

SECRET_BYTES = 32


def make_receipt(*, round_id: uuid.UUID, panellist: Panellist) -> None:
    """Draw the secret of a panellist's receipt, once. Raises ``Closed`` after the round.

    Whoever asks for none while the round runs is given one when it closes.
    """
    hold_open(round_id=round_id, cycle_id=panellist.cycle_id)
    drawing = insert_into(Receipt).values(
        round_id=round_id, panellist_id=panellist.id, secret=_secret()
    )
    db.session.execute(drawing.on_conflict_do_nothing())


def seal_receipts(*, round_: Round) -> None:
    """Take the digest of everybody's counted answers. Part of closing the round.

    It has to run in the closing transaction, after the state is set: then no answer can change
    any more. Everybody who answered gets a digest, so the published list is as long as the list
    of those counted, and nobody can be told by having asked for one.
    """
    answers = answers_of_all(round_)
    held = _secrets_of(round_, list(answers))
    digests = [
        {"of": panellist_id, "taken": _digest(round_, held[panellist_id], given)}
        for panellist_id, given in answers.items()
    ]
    if digests:
        _write(round_.id, digests)


def _secrets_of(round_: Round, raters: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return everybody's secret, drawn now for those who have none."""
    rows = db.session.execute(
        select(Receipt.panellist_id, Receipt.secret).where(Receipt.round_id == round_.id)
    )
    drawn = dict(rows.all())
    fresh = {panellist_id: _secret() for panellist_id in raters if panellist_id not in drawn}
    if fresh:
        added = [{"round_id": round_.id, "panellist_id": k, "secret": v} for k, v in fresh.items()]
        db.session.execute(insert(Receipt), added)
    return drawn | fresh


def _digest(round_: Round, secret: str, answers: Sequence[CountedAnswer]) -> str:
    text = receipt_text(round_id=round_.id, number=round_.number, secret=secret, answers=answers)
    return digest_of(text)


def _write(round_id: uuid.UUID, digests: list[dict[str, object]]) -> None:
    """Write all digests in one statement. The session forgets what it held of them."""
    writing = (
        update(Receipt.__table__)  # type: ignore[arg-type]  # the table itself: many rows at once
        .where(Receipt.round_id == round_id, Receipt.panellist_id == bindparam("of"))
        .values(digest=bindparam("taken"))
    )
    db.session.connection().execute(writing, digests)
    db.session.expire_all()


def _secret() -> str:
    return secrets.token_hex(SECRET_BYTES)


def forget_owners(*, cycle_id: uuid.UUID) -> None:
    """Take the owners off every receipt of a cycle: part of sealing it.

    The secrets go, and the digests are dealt out anew among the seats of their round. Otherwise
    whoever once showed their digest could be found by it in the database, with all they answered.
    The published list stays the same, and so does every file that somebody kept.
    """
    rows = db.session.scalars(
        select(Receipt)
        .join(Round, Round.id == Receipt.round_id)
        .where(Round.cycle_id == cycle_id)
        .order_by(Receipt.round_id, Receipt.panellist_id)
    ).all()
    for _, of_round in groupby(rows, key=lambda row: row.round_id):
        receipts = list(of_round)
        digests = sorted((row.digest for row in receipts), key=lambda digest: digest or "")
        for row, digest in zip(receipts, digests, strict=True):
            row.secret, row.digest = "", digest
    db.session.flush()
