"""Everything that an export of one closed round holds, read once and through the gate.

Panellists' ids are used here to pair two answers to one item, and leave this module with nothing.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from consensus.rule import Rule
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.setup.queries import rule_card_of
from cycles.statements.models import CapabilityStatement
from workshop.ballot.models import Rating
from workshop.exports.pairs import HIDDEN_BY, Pair, Released, release
from workshop.receipts.texts import answer_words
from workshop.rooms.answers import last_asked
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import Item, ItemVerdict, Mode, RoomState, Round, RoundItem
from workshop.rooms.scales import SCALES, Scale

OF_GROUPS = ("groups", "divergence")
"""What stands among the figures and says something of parts of the panel: it has its own gate."""


@dataclass(frozen=True)
class ExportedItem:
    """An item of the round with its frozen verdict. ``released`` is None where too few rated."""

    number: int
    item: Item
    code: str
    role_level: str
    is_first: bool
    verdict: ItemVerdict
    released: Released | None

    @property
    def figures(self) -> dict[str, Any]:
        """Return the frozen figures that may be shown of the panel as a whole."""
        hidden = (*OF_GROUPS, *HIDDEN_BY.get(self.released.pairing, ())) if self.released else ()
        return {name: each for name, each in self.verdict.figures.items() if name not in hidden}


@dataclass(frozen=True)
class ClosedRound:
    """A closed round as it may leave the room. ``is_only`` marks one round in real time."""

    round: Round
    scale: Scale
    rule: Rule
    is_only: bool
    items: tuple[ExportedItem, ...]

    @property
    def shown(self) -> tuple[ExportedItem, ...]:
        """Return the items whose answers may be shown."""
        return tuple(one for one in self.items if one.released is not None)


def require_closed(round_: Round) -> None:
    """Raise ``Closed`` while the round runs: before its end nobody sees what the group said."""
    if round_.state != RoomState.CLOSED:
        raise Closed(
            f"Round {round_.number} is not closed yet, so there is nothing to download. Its "
            "answers can be taken away, without names, as soon as it has closed."
        )


def read_round(round_: Round) -> ClosedRound:
    """Return everything that may be taken away of a round. Raises ``Closed`` while it runs."""
    require_closed(round_)
    scale, earlier = SCALES[round_.scale], last_asked(round_)
    judged = _judged(round_)
    rule = rule_of(round_, judged[0][1] if judged else None)
    answers = _answers(round_, earlier, scale)
    items = []
    for number, (item, verdict, code, level) in enumerate(judged, 1):
        where, is_first = (number, item, code or "", level or ""), item.id not in earlier
        pairs = list(answers.get(item.id, {}).values())
        released = _released(verdict, pairs, rule, scale, is_first=is_first)
        items.append(ExportedItem(*where, is_first, verdict, released))
    is_only = round_.workshop.mode == Mode.REAL_TIME
    return ClosedRound(round_, scale, rule, is_only, tuple(items))


def rule_of(round_: Round, verdict: ItemVerdict | None) -> Rule:
    """Return the rule that judged a round, with the engine of that day rather than today's."""
    rule = rule_card_of(round_.cycle_id).rule()
    return replace(rule, engine=verdict.engine) if verdict else rule


def _judged(round_: Round) -> list[tuple[Item, ItemVerdict, str | None, str | None]]:
    rows = db.session.execute(
        select(Item, ItemVerdict, CapabilityStatement.code, RoleLevel.name)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .join(
            ItemVerdict,
            (ItemVerdict.item_id == Item.id) & (ItemVerdict.round_id == RoundItem.round_id),
        )
        .outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(RoleLevel, RoleLevel.id == Item.role_level_id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position, Item.version, Item.id)
    )
    return [(item, verdict, code, level) for item, verdict, code, level in rows]


def _answers(
    round_: Round, earlier: Mapping[uuid.UUID, uuid.UUID], scale: Scale
) -> dict[uuid.UUID, dict[uuid.UUID, Pair]]:
    """Return, by item and then by panellist, what was answered before and now."""
    found: dict[uuid.UUID, dict[uuid.UUID, Pair]] = {}
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.panellist_id, Rating.answer, Rating.code)
        .join(
            RoundItem,
            (RoundItem.item_id == Rating.item_id) & (RoundItem.round_id == round_.id),
        )
        .where(Rating.round_id.in_([round_.id, *set(earlier.values())]))
    )
    for asked_in, item_id, panellist_id, answer, code in rows:
        if asked_in not in (round_.id, earlier.get(item_id)):
            continue  # asked in a round before the last one too
        side = "now" if asked_in == round_.id else "before"
        pairs = found.setdefault(item_id, {})
        pair = pairs.get(panellist_id, Pair("", ""))
        pairs[panellist_id] = replace(pair, **{side: answer_words(scale, answer, code)})
    return found


def _released(
    verdict: ItemVerdict, pairs: Sequence[Pair], rule: Rule, scale: Scale, *, is_first: bool
) -> Released | None:
    if not may_show(sum(verdict.counts), rule.minimum_n):
        return None
    coded = sum(pair.before in scale.letters for pair in pairs)
    return release(
        verdict.item_id,
        pairs,
        is_first=is_first,
        shows_before=may_show(coded, rule.minimum_n),
    )
