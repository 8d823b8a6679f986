"""Giving answers: a seat without a name, ratings, reasons, and "I have finished".

Every write looks at the round's state within its own transaction, so that closed means closed.
Nothing here is recorded in the audit log: an event has a time and a name, an answer has neither.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, literal, select

from consensus.scale import EXPERT, NO_CODE, NOT_NEEDED
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from workshop.ballot.links import find_key, link_of, make_key
from workshop.ballot.models import Answer, FinishedBallot, Panellist, Rating, Reason
from workshop.ballot.upsert import insert_into
from workshop.rooms.models import RoomState, Round, RoundItem

LONGEST_REASON = 600
LARGEST_SEQ = 2**53 - 1  # what a browser counts to without losing a step


def panellist_for(
    *,
    participant: Participant,
    moment: datetime,  # noqa: ARG001 - a seat has no time, or it could be told whose it is
) -> Panellist:
    """Return the participant's nameless seat, taken now if they have none."""
    return take_seat(
        cycle_id=participant.cycle_id, participant_id=participant.id, group=participant.group
    )


def take_seat(*, cycle_id: uuid.UUID, participant_id: uuid.UUID, group: Group) -> Panellist:
    """Return the seat that a participant rates from. The only way from a person to answers."""
    key = find_key(cycle_id) or make_key(cycle_id=cycle_id)
    seat = select(Panellist).where(Panellist.link == link_of(key, participant_id))
    found = db.session.scalar(seat)
    if found is not None:
        return found
    row = {"id": uuid.uuid4(), "cycle_id": cycle_id, "group": group}
    taking = insert_into(Panellist).values(**row, link=link_of(key, participant_id))
    # Two tabs may both come first; the second finds the seat of the first.
    db.session.execute(taking.on_conflict_do_nothing(index_elements=["link"]))
    return db.session.scalars(seat).one()


def rate(
    *,
    round_id: uuid.UUID,
    item_id: uuid.UUID,
    panellist: Panellist,
    answer: Answer,
    code: int,
    seq: int,
) -> bool:
    """Keep an answer if it is the newest of this panellist to this item in this round.

    Returns False, and keeps what stands, when an answer with the same or a higher ``seq`` is
    there already. Raises ``Closed`` when the round takes no answers, ``Missing`` when the item
    is not asked in it, ``Invalid`` for an answer off the scale.
    """
    _check_answer(answer, code, seq)
    adding = insert_into(Rating).from_select(
        ["round_id", "item_id", "panellist_id", "cycle_id", "answer", "code", "seq"],
        _asked_while_open(round_id, item_id, panellist, answer, code, seq),
    )
    newer = adding.on_conflict_do_update(
        index_elements=["round_id", "item_id", "panellist_id"],
        set_={name: adding.excluded[name] for name in ("answer", "code", "seq")},
        where=adding.excluded.seq > Rating.seq,
    )
    # Straight on the connection: the unit of work would look for a row to load.
    if db.session.connection().execute(newer.returning(Rating.seq)).first() is not None:
        return True
    hold_open(round_id=round_id, cycle_id=panellist.cycle_id, item_id=item_id)
    return False


def _check_answer(answer: Answer, code: int, seq: int) -> None:
    is_on_scale = NOT_NEEDED <= code <= EXPERT if answer == Answer.RATED else code == NO_CODE
    if not is_on_scale:
        raise Invalid("That answer is not on the scale. Reload the page and answer again.")
    if not 0 < seq <= LARGEST_SEQ:
        raise Invalid("That answer came without its place in order. Reload the page.")


def _asked_while_open(
    round_id: uuid.UUID, item_id: uuid.UUID, panellist: Panellist, answer: Answer, *numbers: int
) -> Select[uuid.UUID, uuid.UUID, Any, uuid.UUID, Any, Any, Any]:
    """Select the rating's row if, and only if, the round is open and asks the item.

    PostgreSQL's share lock makes a closing wait for this write, or this write for the closing.
    """
    code, seq = numbers
    return (
        select(
            RoundItem.round_id,
            RoundItem.item_id,
            literal(panellist.id, Panellist.id.type),
            Round.cycle_id,
            literal(answer, Rating.answer.type),
            literal(code, Rating.code.type),
            literal(seq, Rating.seq.type),
        )
        .join(Round, Round.id == RoundItem.round_id)
        .where(
            RoundItem.round_id == round_id,
            RoundItem.item_id == item_id,
            Round.state == RoomState.OPEN,
            Round.cycle_id == panellist.cycle_id,
        )
        .with_for_update(read=True, of=Round)
    )


def hold_open(
    *, round_id: uuid.UUID, cycle_id: uuid.UUID, item_id: uuid.UUID | None = None
) -> None:
    """Keep the round from closing until this transaction ends.

    Raises ``Missing`` when this cycle has no such round or the round does not ask the item, and
    ``Closed`` when it takes no answers.
    """
    found = select(Round).where(Round.id == round_id, Round.cycle_id == cycle_id)
    if item_id is not None:
        found = found.join(
            RoundItem, and_(RoundItem.round_id == Round.id, RoundItem.item_id == item_id)
        )
    held = db.session.scalar(
        found.with_for_update(read=True, of=Round).execution_options(populate_existing=True)
    )
    if held is None:
        raise Missing("That question is not asked in this round.")
    if held.state != RoomState.OPEN:
        raise Closed(f"Round {held.number} has closed, so this was not saved.")


def give_reason(
    *, round_id: uuid.UUID, item_id: uuid.UUID, panellist: Panellist, text: str
) -> None:
    """Keep the panellist's comment on an item, in place of an earlier one; no text removes it."""
    if len(text) > LONGEST_REASON:
        raise Invalid(f"A comment has at most {LONGEST_REASON} characters.")
    hold_open(round_id=round_id, cycle_id=panellist.cycle_id, item_id=item_id)
    if not text.strip():
        mine = and_(Reason.round_id == round_id, Reason.item_id == item_id)
        db.session.execute(delete(Reason).where(mine, Reason.panellist_id == panellist.id))
        return
    adding = insert_into(Reason).values(
        id=uuid.uuid4(),
        cycle_id=panellist.cycle_id,
        round_id=round_id,
        item_id=item_id,
        panellist_id=panellist.id,
        is_of_cell=False,
        text=text.strip(),
    )
    keys = ["round_id", "item_id", "panellist_id", "is_of_cell"]
    db.session.execute(
        adding.on_conflict_do_update(index_elements=keys, set_={"text": adding.excluded.text})
    )


def finish_ballot(*, round_id: uuid.UUID, panellist: Panellist) -> None:
    """Note that the panellist says they have finished. Answers may change until the close."""
    hold_open(round_id=round_id, cycle_id=panellist.cycle_id)
    noting = insert_into(FinishedBallot).values(round_id=round_id, panellist_id=panellist.id)
    db.session.execute(noting.on_conflict_do_nothing())
