"""Opening, pausing and closing the rounds of a rating workshop.

Opening chooses what is asked (``asking``) and of whom (``seating``, ``assigning``), closing
judges it (``freezing``). A closed round never opens again; another one asks what is still open.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert

from consensus.stopping import Closing
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.commands import fix_rule_card
from cycles.setup.models import RuleCard
from cycles.setup.queries import rule_card_of
from workshop.receipts.commands import seal_receipts
from workshop.rooms.asking import items_of_next_round, make_items
from workshop.rooms.assigning import assign_items
from workshop.rooms.freezing import freeze_verdicts
from workshop.rooms.models import Item, Mode, RoomState, Round, RoundItem, Workshop, WorkshopKind
from workshop.rooms.queries import last_round
from workshop.rooms.reopening import keep_arguments
from workshop.rooms.scales import KIND_SCALES, has_rounds
from workshop.rooms.seating import seat_raters
from workshop.rooms.stage import require_stage

ROUND_OPENED = EventType("round.opened", "number", "asked", "rule_digest")
ROUND_PAUSED = EventType("round.paused", "number")
ROUND_RESUMED = EventType("round.resumed", "number")
ROUND_CLOSED = EventType("round.closed", "number", "asked", "still_open")

NOTHING_TO_ASK = {
    WorkshopKind.PRIORITISATION: "There is nothing to ask. Add at least one candidate solution.",
    WorkshopKind.VALIDATION: (
        "There is nothing to ask. Capture at least one capability statement; what another "
        "validation workshop asked is not asked again."
    ),
    WorkshopKind.PROFICIENCY: (
        "There is nothing to ask. Keep at least one capability statement and set at "
        "least one role level; what another workshop asks is not asked again."
    ),
}


def open_round(*, workshop: Workshop, actor: Actor, moment: datetime) -> Round:
    """Open the next round of a rating workshop.

    Round 1 asks all that no other workshop like it asks, and fixes the rule card. A later round
    asks what the one before left open, what two raters argued about, and what is new since; a
    workshop in real time has one round. Raises ``Closed`` when the stage, the workshop, a running
    round or the cap of rounds forbids it, ``Invalid`` when there is nothing to ask.
    """
    require_stage(workshop)
    db.session.refresh(workshop, with_for_update=True)
    last = last_round(workshop.id)
    _require_next_round(workshop, last)
    card = fix_rule_card(cycle_id=workshop.cycle_id, moment=moment, actor=actor)
    items = _items_to_ask(workshop, last, card)
    if last is not None:
        keep_arguments(round_=last)
    round_ = _start(workshop, last.number + 1 if last else 1, items, moment)
    assign_items(round_=round_, before=last, raters=seat_raters(workshop=workshop))
    facts = {"number": round_.number, "asked": len(items), "rule_digest": card.digest}
    ROUND_OPENED.record(
        actor=actor, moment=moment, cycle_id=workshop.cycle_id, subject_id=round_.id, **facts
    )
    return round_


def _start(workshop: Workshop, number: int, items: Sequence[Item], moment: datetime) -> Round:
    round_ = Round(
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        number=number,
        scale=KIND_SCALES[workshop.kind].name,
        state=RoomState.OPEN,
        opened_at=moment,
    )
    db.session.add(round_)
    db.session.flush()
    asked = [{"round_id": round_.id, "item_id": item.id} for item in items]
    db.session.execute(insert(RoundItem), asked)
    return round_


def _require_next_round(workshop: Workshop, last: Round | None) -> None:
    if not has_rounds(workshop.kind):
        raise Invalid("Only prioritisation, validation and proficiency workshops have rounds.")
    if workshop.state != RoomState.OPEN:
        raise Closed("Open the workshop first; a round opens only in an open workshop.")
    if last is None:
        return
    if last.state != RoomState.CLOSED:
        raise Closed(f"Round {last.number} is {last.state} already.")
    if workshop.mode == Mode.REAL_TIME:
        raise Closed("A workshop in real time has one round, and it is over.")


def _items_to_ask(workshop: Workshop, last: Round | None, card: RuleCard) -> list[Item]:
    if last is None:
        items = make_items(workshop)
        if not items:
            raise Invalid(NOTHING_TO_ASK[workshop.kind])
        return items
    items = [] if last.number >= card.round_cap else items_of_next_round(workshop)
    if not items:
        raise Closed(
            f"Round {last.number} left nothing open. Close the workshop and decide what is "
            "unsettled."
        )
    return items


def pause_round(*, round_: Round, actor: Actor, moment: datetime) -> None:
    """Pause an open round: it takes no answers until it is resumed. Raises ``Closed`` if not open.

    Answers under way wait for this, or this for them, so none is half in.
    """
    _move(round_, RoomState.OPEN, RoomState.PAUSED)
    _note(ROUND_PAUSED, round_, actor, moment)


def resume_round(*, round_: Round, actor: Actor, moment: datetime) -> None:
    """Let a paused round take answers again. Raises ``Closed`` if it is not paused."""
    _move(round_, RoomState.PAUSED, RoomState.OPEN)
    _note(ROUND_RESUMED, round_, actor, moment)


def _move(round_: Round, was: RoomState, becomes: RoomState) -> None:
    db.session.refresh(round_, with_for_update=True)
    if round_.state != was:
        raise Closed(f"Round {round_.number} is {round_.state}, not {was}.")
    round_.state = becomes
    db.session.flush()


def _note(event: EventType, round_: Round, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=round_.cycle_id,
        subject_id=round_.id,
        number=round_.number,
    )


def close_round(*, round_: Round, actor: Actor, moment: datetime) -> None:
    """Close a round and freeze the verdict of every item it asked, in the same transaction.

    Raises ``Closed`` when it is closed already. It never opens again.
    """
    # The lock waits for every rating under way and makes those that follow see a closed round.
    db.session.refresh(round_, with_for_update=True)
    if round_.state == RoomState.CLOSED:
        raise Closed(f"Round {round_.number} is closed already.")
    round_.state, round_.closed_at = RoomState.CLOSED, moment
    db.session.flush()
    closings = freeze_verdicts(round_=round_, rule=rule_card_of(round_.cycle_id).rule())
    seal_receipts(round_=round_)
    facts = {
        "number": round_.number,
        "asked": len(closings),
        "still_open": closings.count(Closing.OPEN),
    }
    ROUND_CLOSED.record(
        actor=actor, moment=moment, cycle_id=round_.cycle_id, subject_id=round_.id, **facts
    )
