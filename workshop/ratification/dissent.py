"""Who stood apart on a cell that the panel did not agree on, in words, and what they wrote.

Stable dissent is a result: it goes with the cell into profiles and into the report. Counts and
reasons pass the gate of ``disclosure`` here; names there are none.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consensus.outcome import Outcome
from consensus.scale import NOT_NEEDED, PROFICIENCY_WORDS
from cycles.core.extensions import db
from cycles.profiles.votes import MinorityReason
from workshop.ballot.models import Reason
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import ItemVerdict, Side
from workshop.rooms.queries import Cell

SIDES = {Side.HIGHER: "a higher level", Side.LOWER: "a lower level", None: ""}


@dataclass(frozen=True)
class Minority:
    """Who stood apart, in words, and their reasons."""

    words: str
    reasons: tuple[MinorityReason, ...]


NOBODY = Minority("", ())


def minorities_of(cells: Sequence[Cell], minimum_n: int) -> dict[uuid.UUID, Minority]:
    """Return who stood apart on each of these cells, by item; none where too few rated."""
    shown = [cell for cell in cells if may_show(cell.n, minimum_n)]
    reasons = _reasons([cell.item_id for cell in shown], minimum_n)
    return {
        cell.item_id: Minority(minority_words(cell), reasons.get(cell.item_id, ()))
        for cell in shown
    }


def minority_words(cell: Cell) -> str:
    """Return what those said who did not say what holds: ``6 of 20 said Not needed``."""
    if not cell.is_settled and cell.outcome == Outcome.SPLIT:
        return _smaller_side(cell)
    held = cell.level or NOT_NEEDED
    said = [
        f"{count} said {PROFICIENCY_WORDS[code]}"
        for code, count in enumerate(cell.counts)
        if count and code != held
    ]
    if not said:
        return ""
    said[0] = said[0].replace(" said", f" of {cell.n} said", 1)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _smaller_side(cell: Cell) -> str:
    """Return the fewer of those who said that it is needed and of those who said that it is not."""
    not_needed = cell.counts[NOT_NEEDED]
    needed = cell.n - not_needed
    if not_needed <= needed:
        return f"{not_needed} of {cell.n} said {PROFICIENCY_WORDS[NOT_NEEDED]}"
    return f"{needed} of {cell.n} said that it is needed"


def _reasons(
    item_ids: Sequence[uuid.UUID], minimum_n: int
) -> dict[uuid.UUID, tuple[MinorityReason, ...]]:
    """Return the reasons given for answers to these items, from rounds that enough people rated.

    An argument to ask an item again was made in a round that did not ask it: it has no count of
    its own, and the item has been through the gate already.
    """
    rows = db.session.execute(
        select(Reason.item_id, Reason.id, Reason.side, Reason.text, ItemVerdict.counts)
        .outerjoin(
            ItemVerdict,
            (ItemVerdict.item_id == Reason.item_id) & (ItemVerdict.round_id == Reason.round_id),
        )
        .where(Reason.item_id.in_(item_ids), Reason.is_of_cell.is_(True))
    )
    found: dict[uuid.UUID, list[tuple[bytes, MinorityReason]]] = defaultdict(list)
    for item_id, id_, side, text, counts in rows:
        if counts is None or may_show(sum(counts), minimum_n):
            found[item_id].append((_lot(id_), MinorityReason(SIDES[side], text.strip())))
    return {item_id: _each_once(drawn) for item_id, drawn in found.items()}


def _each_once(drawn: Iterable[tuple[bytes, MinorityReason]]) -> tuple[MinorityReason, ...]:
    ordered = [reason for _, reason in sorted(drawn, key=lambda one: one[0])]
    return tuple(dict.fromkeys(ordered))


def _lot(id_: uuid.UUID) -> bytes:
    return hashlib.sha256(id_.bytes).digest()
