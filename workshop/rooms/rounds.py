"""Opening and closing the rounds of a proficiency workshop.

Opening chooses what is asked (``asking``), closing judges it (``freezing``). A closed round never
opens again; another one asks what is still open.
"""

import uuid
from datetime import datetime

from sqlalchemy import insert, select

from consensus.stopping import Closing
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.commands import fix_rule_card
from cycles.setup.models import RuleCard
from cycles.setup.queries import rule_card_of
from workshop.ballot.commands import take_seat
from workshop.ballot.links import make_key
from workshop.rooms.asking import make_items, open_items
from workshop.rooms.freezing import freeze_verdicts
from workshop.rooms.models import Item, RoomState, Round, RoundItem, Workshop, WorkshopKind
from workshop.rooms.queries import last_round
from workshop.rooms.stage import require_carrying_out

ROUND_OPENED = EventType("round.opened", "number", "asked", "rule_digest")
ROUND_CLOSED = EventType("round.closed", "number", "asked", "still_open")


def open_round(*, workshop: Workshop, actor: Actor, moment: datetime) -> Round:
    """Open the next round of a proficiency workshop.

    Round 1 asks every kept statement at every role level that no other workshop asks, and fixes
    the rule card. A later round asks what the one before left open. Raises ``Closed`` when the
    stage, the workshop, an open round or the cap of rounds forbids it, ``Invalid`` when there is
    nothing to ask.
    """
    require_carrying_out(workshop.cycle_id)
    db.session.refresh(workshop, with_for_update=True)
    last = last_round(workshop.id)
    _require_next_round(workshop, last)
    card = fix_rule_card(cycle_id=workshop.cycle_id, moment=moment, actor=actor)
    items = _items_to_ask(workshop, last, card)
    round_ = _start(workshop, last.number + 1 if last else 1, items, moment)
    _seat_employers(workshop.cycle_id)
    facts = {"number": round_.number, "asked": len(items), "rule_digest": card.digest}
    ROUND_OPENED.record(
        actor=actor, moment=moment, cycle_id=workshop.cycle_id, subject_id=round_.id, **facts
    )
    return round_


def _start(workshop: Workshop, number: int, items: list[Item], moment: datetime) -> Round:
    round_ = Round(
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        number=number,
        state=RoomState.OPEN,
        opened_at=moment,
    )
    db.session.add(round_)
    db.session.flush()
    asked = [{"round_id": round_.id, "item_id": item.id} for item in items]
    db.session.execute(insert(RoundItem), asked)
    return round_


def _require_next_round(workshop: Workshop, last: Round | None) -> None:
    if workshop.kind != WorkshopKind.PROFICIENCY:
        raise Invalid("Only a proficiency workshop has rounds.")
    if workshop.state != RoomState.OPEN:
        raise Closed("Open the workshop first; a round opens only in an open workshop.")
    if last is not None and last.state == RoomState.OPEN:
        raise Closed(f"Round {last.number} is open already.")


def _items_to_ask(workshop: Workshop, last: Round | None, card: RuleCard) -> list[Item]:
    if last is None:
        items = make_items(workshop)
        if not items:
            raise Invalid(
                "There is nothing to ask. Keep at least one capability statement and set at "
                "least one role level; what another workshop asks is not asked again."
            )
        return items
    items = [] if last.number >= card.round_cap else open_items(workshop)
    if not items:
        raise Closed(
            f"Round {last.number} left nothing open. Close the workshop and decide what is "
            "unsettled."
        )
    return items


def _seat_employers(cycle_id: uuid.UUID) -> None:
    """Give every employer a seat at once, in an order that says nothing about who they are.

    Seats taken one by one, as people come, would stand in the table in the order they came.
    """
    make_key(cycle_id=cycle_id)
    employers = db.session.scalars(
        select(Participant.id).where(
            Participant.cycle_id == cycle_id,
            Participant.group == Group.EMPLOYER,
            Participant.withdrawn_at.is_(None),
        )
    ).all()
    for _, participant_id in sorted((uuid.uuid4(), one) for one in employers):
        take_seat(cycle_id=cycle_id, participant_id=participant_id, group=Group.EMPLOYER)


def close_round(*, round_: Round, actor: Actor, moment: datetime) -> None:
    """Close a round and freeze the verdict of every item it asked, in the same transaction.

    Raises ``Closed`` when it is closed already. It never opens again.
    """
    # The lock waits for every rating under way and makes those that follow see a closed round.
    db.session.refresh(round_, with_for_update=True)
    if round_.state != RoomState.OPEN:
        raise Closed(f"Round {round_.number} is closed already.")
    round_.state, round_.closed_at = RoomState.CLOSED, moment
    db.session.flush()
    card = rule_card_of(round_.cycle_id)
    closings = freeze_verdicts(round_=round_, rule=card.rule())
    facts = {
        "number": round_.number,
        "asked": len(closings),
        "still_open": closings.count(Closing.OPEN),
    }
    ROUND_CLOSED.record(
        actor=actor, moment=moment, cycle_id=round_.cycle_id, subject_id=round_.id, **facts
    )
