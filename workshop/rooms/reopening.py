"""Asking again what was agreed: two raters who argue the same way reopen an item.

The rule is the published two-person rule (``consensus.percent.is_reopened``). Requests are made
in an open round and looked at when the next one opens; what they say stands as reasons then.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from consensus.percent import is_reopened
from consensus.stopping import Closing
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.ballot.answering import hold_open
from workshop.ballot.commands import LONGEST_REASON
from workshop.ballot.models import Panellist, Reason, ReopenRequest
from workshop.ballot.upsert import insert_into
from workshop.rooms.latest import Latest, latest_verdicts
from workshop.rooms.models import Item, Mode, Round, RoundItem, Side, Workshop
from workshop.rooms.subjects import subjects_of

_SETTLED = 0
_ARGUED = {Side.HIGHER: 1, Side.LOWER: -1}


@dataclass(frozen=True)
class OwnRequest:
    """What a panellist asked of a closed item in a round: the side they took, and their words."""

    side: Side
    text: str


def request_reopening(
    *, round_: Round, item: Item, panellist: Panellist, side: Side, text: str
) -> None:
    """Keep a panellist's argument that an agreed item be asked again, in place of an earlier one.

    No text takes the argument back. Raises ``Closed`` when the round takes no answers or none
    follows it, ``Missing`` for an item that is not among the agreed ones, ``Invalid`` for a text
    that is too long.
    """
    if len(text) > LONGEST_REASON:
        sentence = f"An argument has at most {LONGEST_REASON} characters."
        raise Invalid(sentence, text=sentence)
    hold_open(round_id=round_.id, cycle_id=panellist.cycle_id)
    _require_next_round(round_)
    if item.id not in {one.item.id for one in agreed_before(round_)}:
        raise Missing("That question is not among those the group has agreed on.")
    if not text.strip():
        _take_back(round_.id, item.id, panellist.id)
        return
    keys = {"round_id": round_.id, "item_id": item.id, "panellist_id": panellist.id}
    adding = insert_into(ReopenRequest).values(
        id=uuid.uuid4(), cycle_id=panellist.cycle_id, **keys, side=side, text=text.strip()
    )
    changed = {name: adding.excluded[name] for name in ("side", "text")}
    db.session.execute(adding.on_conflict_do_update(index_elements=list(keys), set_=changed))


def _take_back(round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID) -> None:
    db.session.execute(
        delete(ReopenRequest).where(
            ReopenRequest.round_id == round_id,
            ReopenRequest.item_id == item_id,
            ReopenRequest.panellist_id == panellist_id,
        )
    )


def may_reopen(round_: Round) -> bool:
    """Say whether a round takes arguments to ask agreed items again: another must follow it."""
    return (
        1 < round_.number < rule_card_of(round_.cycle_id).round_cap
        and round_.workshop.mode == Mode.ROUNDS
    )


def _require_next_round(round_: Round) -> None:
    if not may_reopen(round_):
        raise Closed(
            "Agreed questions can be argued with from round 2 on, while another round is to come."
        )


def agreed_before(round_: Round) -> tuple[Latest, ...]:
    """Return the items that closed as agreed before this round and are not asked in it.

    Those whose statement or solution is gone are left out. In the workshop's order.
    """
    asked = set(
        db.session.scalars(select(RoundItem.item_id).where(RoundItem.round_id == round_.id))
    )
    there = {one.key for one in subjects_of(round_.cycle_id, round_.workshop.kind)}
    return tuple(
        one
        for one in latest_verdicts(round_.workshop_id)
        if one.closing == Closing.AGREED
        and one.round_number < round_.number
        and one.item.id not in asked
        and (one.item.statement_id, one.item.role_level_id, one.item.solution_id) in there
    )


def closed_items_of(workshop: Workshop) -> tuple[Latest, ...]:
    """Return every item of a workshop on which asking has stopped, with its latest verdict."""
    return tuple(one for one in latest_verdicts(workshop.id) if one.closing != Closing.OPEN)


def own_requests(
    round_id: uuid.UUID, panellist_id: uuid.UUID | None
) -> dict[uuid.UUID, OwnRequest]:
    """Return what this panellist argued in a round, by item."""
    rows = db.session.execute(
        select(ReopenRequest.item_id, ReopenRequest.side, ReopenRequest.text).where(
            ReopenRequest.round_id == round_id, ReopenRequest.panellist_id == panellist_id
        )
    )
    return {item_id: OwnRequest(side, text) for item_id, side, text in rows}


def reopened_items(round_: Round) -> list[Item]:
    """Return the agreed items that at least two raters of a round argued about the same way."""
    argued: dict[uuid.UUID, list[int]] = defaultdict(list)
    for item_id, side in db.session.execute(
        select(ReopenRequest.item_id, ReopenRequest.side).where(ReopenRequest.round_id == round_.id)
    ):
        argued[item_id].append(_ARGUED[side])
    again = [item_id for item_id, sides in argued.items() if is_reopened(_SETTLED, sides)]
    return list(
        db.session.scalars(select(Item).where(Item.id.in_(again)).order_by(Item.position, Item.id))
    )


def keep_arguments(*, round_: Round) -> None:
    """Let the arguments that reopened items in a round stand among its reasons."""
    again = [one.id for one in reopened_items(round_)]
    requests = db.session.scalars(
        select(ReopenRequest).where(
            ReopenRequest.round_id == round_.id, ReopenRequest.item_id.in_(again)
        )
    )
    rows = [
        {
            "id": uuid.uuid4(),
            "cycle_id": one.cycle_id,
            "round_id": one.round_id,
            "item_id": one.item_id,
            "panellist_id": one.panellist_id,
            "is_of_cell": True,
            "side": one.side,
            "text": one.text,
        }
        for one in requests
    ]
    if rows:
        db.session.execute(insert(Reason), rows)
