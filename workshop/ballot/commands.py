"""Giving answers: a seat without a name, ratings, reasons, and "I have finished".

Every write looks at the round's state within its own transaction, so that closed means closed.
Nothing here is recorded in the audit log: an event has a time and a name, an answer has neither.
"""

import uuid
from datetime import datetime

from sqlalchemy import delete, select

from consensus.scale import NO_CODE
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from workshop.ballot.answering import OFF_SCALE, hold_open, keep_answer
from workshop.ballot.links import find_key, link_of, make_key
from workshop.ballot.models import Answer, FinishedBallot, Panellist, Reason
from workshop.ballot.upsert import insert_into
from workshop.rooms.models import Side
from workshop.rooms.scales import SCALES

LONGEST_REASON = 600
LARGEST_SCALE = max(scale.size for scale in SCALES.values())
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
    """Return the seat that a participant rates from. The only way from a person to answers.

    Of the person the seat has the group, and the partner that they belong to now.
    """
    key = find_key(cycle_id) or make_key(cycle_id=cycle_id)
    link = link_of(key, participant_id)
    seat = select(Panellist).where(Panellist.link == link)
    partner_id = db.session.scalar(
        select(Participant.partner_id).where(Participant.id == participant_id)
    )
    found = db.session.scalar(seat)
    if found is None:
        row = {"id": uuid.uuid4(), "cycle_id": cycle_id, "group": group, "partner_id": partner_id}
        taking = insert_into(Panellist).values(**row, link=link)
        # Two tabs may both come first; the second finds the seat of the first.
        db.session.execute(taking.on_conflict_do_nothing(index_elements=["link"]))
        return db.session.scalars(seat).one()
    if found.partner_id != partner_id:
        found.partner_id = partner_id
        db.session.flush()
    return found


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
    there already. Raises ``Closed`` when the round takes no answers and ``Paused`` while it takes
    none, ``Missing`` when the item is not asked of this panellist in it, ``Invalid`` for an answer
    off the round's scale.
    """
    check_answer(answer, code, seq)
    given = {"answer": answer, "code": code, "seq": seq}
    where = {"round_id": round_id, "item_id": item_id, "cycle_id": panellist.cycle_id}
    if keep_answer({**where, **given, "panellist_id": panellist.id}) is not None:
        return True
    hold_open(**where, panellist_id=panellist.id)
    return False


def check_answer(answer: Answer, code: int, seq: int) -> None:
    """Raise ``Invalid`` for what is on no scale at all; the round's own is asked with the write."""
    is_on_scale = 0 <= code < LARGEST_SCALE if answer == Answer.RATED else code == NO_CODE
    if not is_on_scale:
        raise Invalid(OFF_SCALE)
    if not 0 < seq <= LARGEST_SEQ:
        raise Invalid("That answer came without its place in order. Reload the page.")


def give_reason(
    *,
    round_id: uuid.UUID,
    item_id: uuid.UUID,
    panellist: Panellist,
    text: str,
    is_of_cell: bool = False,
    side: Side | None = None,
) -> None:
    """Keep the panellist's words on an item, in place of earlier ones; no text removes them.

    ``is_of_cell`` marks the reason of one answer, beside the comment on the whole capability;
    ``side`` is which way it argues, seen from the group that its writer was shown.
    """
    if len(text) > LONGEST_REASON:
        raise Invalid(f"A comment has at most {LONGEST_REASON} characters.")
    seat_id, cycle_id = panellist.id, panellist.cycle_id
    hold_open(round_id=round_id, cycle_id=cycle_id, item_id=item_id, panellist_id=seat_id)
    key = {"round_id": round_id, "item_id": item_id, "panellist_id": seat_id}
    if not text.strip():
        db.session.execute(delete(Reason).filter_by(**key, is_of_cell=is_of_cell))
        return
    adding = insert_into(Reason).values(
        **key,
        is_of_cell=is_of_cell,
        id=uuid.uuid4(),
        cycle_id=cycle_id,
        side=side,
        text=text.strip(),
    )
    newest = {name: adding.excluded[name] for name in ("text", "side")}
    keys = [*key, "is_of_cell"]
    db.session.execute(adding.on_conflict_do_update(index_elements=keys, set_=newest))


def finish_ballot(*, round_id: uuid.UUID, panellist: Panellist) -> None:
    """Note that the panellist says they have finished. Answers may change until the close."""
    hold_open(round_id=round_id, cycle_id=panellist.cycle_id)
    noting = insert_into(FinishedBallot).values(round_id=round_id, panellist_id=panellist.id)
    db.session.execute(noting.on_conflict_do_nothing())
