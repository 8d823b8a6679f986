"""What changed between a round and the one before it, in counts and lists.

The task list shows it and letters tell it. It says what became of questions, never who said what,
and no counts of answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consensus.stopping import Closing
from cycles.core.extensions import db
from workshop.rooms.latest import Before, verdicts_before
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem


@dataclass(frozen=True)
class Change:
    """A question that something became of: its code (none for solutions), words, role level."""

    code: str
    wording: str
    role_level: str
    earlier_wording: str = ""


@dataclass(frozen=True)
class Digest:
    """What became of the questions of round ``number`` − 1, and what round ``number`` asks anew.

    The first four are closed; ``dropped`` were open, and their statement or solution was merged
    or set aside since. ``still_open`` are asked again as they were, ``reworded`` in new words,
    ``reopened`` because two people argued the same way; ``added`` are asked for the first time.
    """

    number: int
    agreed: tuple[Change, ...]
    stable_dissent: tuple[Change, ...]
    capped: tuple[Change, ...]
    dropped: tuple[Change, ...]
    still_open: tuple[Change, ...]
    reworded: tuple[Change, ...]
    reopened: tuple[Change, ...]
    added: tuple[Change, ...]

    @property
    def asked(self) -> int:
        """Return how many questions the round asks."""
        return sum(map(len, (self.still_open, self.reworded, self.reopened, self.added)))

    @property
    def lines(self) -> tuple[tuple[str, int], ...]:
        """Return what happened in words with its number, without what happened to none."""
        told = (
            ("agreed", self.agreed),
            ("closed with two lasting views", self.stable_dissent),
            ("stopped at the last round", self.capped),
            ("merged or dropped", self.dropped),
            ("still open and asked again", self.still_open),
            ("reworded and asked again", self.reworded),
            ("reopened because two people argued the same way", self.reopened),
            ("asked for the first time", self.added),
        )
        return tuple((words, len(changes)) for words, changes in told if changes)


def digest_of(round_: Round) -> Digest | None:
    """Return what changed since the round before, or None for a round 1."""
    if round_.number == 1:
        return None
    asked, before = _asked(round_), verdicts_before(round_)
    closed = _closed_in(round_)
    again = {one.id for one in asked} | {one.earlier_item_id for one in asked}
    gone = [one for one, closing in closed if closing == Closing.OPEN and one.id not in again]
    by_why: dict[str, list[Change]] = {"open": [], "reworded": [], "reopened": [], "added": []}
    for item in asked:
        by_why[_why(before.get(item.id))].append(_change(item, before.get(item.id)))
    return Digest(
        number=round_.number,
        agreed=_with(closed, Closing.AGREED),
        stable_dissent=_with(closed, Closing.STABLE_DISSENT),
        capped=_with(closed, Closing.CAPPED),
        dropped=tuple(_change(one) for one in gone),
        still_open=tuple(by_why["open"]),
        reworded=tuple(by_why["reworded"]),
        reopened=tuple(by_why["reopened"]),
        added=tuple(by_why["added"]),
    )


def _why(before: Before | None) -> str:
    if before is None:
        return "added"
    if before.verdict.closing == Closing.AGREED:
        return "reopened"
    return "reworded" if before.is_older_wording else "open"


def _asked(round_: Round) -> list[Item]:
    return list(
        db.session.scalars(
            select(Item)
            .join(RoundItem, RoundItem.item_id == Item.id)
            .options(joinedload(Item.statement), joinedload(Item.role_level))
            .where(RoundItem.round_id == round_.id)
            .order_by(Item.position, Item.id)
        )
    )


def _closed_in(round_: Round) -> list[tuple[Item, Closing]]:
    rows = db.session.execute(
        select(Item, ItemVerdict.closing)
        .join(ItemVerdict, ItemVerdict.item_id == Item.id)
        .join(Round, Round.id == ItemVerdict.round_id)
        .options(joinedload(Item.statement), joinedload(Item.role_level))
        .where(Round.workshop_id == round_.workshop_id, Round.number == round_.number - 1)
        .order_by(Item.position, Item.id)
    )
    return [(item, Closing(closing)) for item, closing in rows]


def _with(closed: Iterable[tuple[Item, Closing]], closing: Closing) -> tuple[Change, ...]:
    return tuple(_change(item) for item, closes in closed if closes == closing)


def _change(item: Item, before: Before | None = None) -> Change:
    return Change(
        code=item.statement.code if item.statement else "",
        wording=item.wording,
        role_level=item.role_level.name if item.role_level else "",
        earlier_wording=before.wording if before and before.is_older_wording else "",
    )
