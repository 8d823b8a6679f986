"""Coming in with a room's code: who waits, who comes in at once, who is sent to their own link.

A code proves that somebody is in the room, never that the address they typed is theirs. So the
session is confined to the cycle, and an address that holds a place already gets a letter instead:
otherwise people would vote as somebody else.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import url_for
from sqlalchemy import select

from cycles.accounts.commands import HOUR, check_rate, letter_with_link, open_session
from cycles.accounts.models import Account
from cycles.accounts.queries import tidy_email
from cycles.accounts.tokens import hash_of
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing, TooMany
from cycles.core.extensions import db
from cycles.core.mail import Letter
from cycles.people.models import Group, Participant
from cycles.people.queries import participant_by_email
from cycles.setup.models import Cycle, Partner
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import Room
from workshop.joining.seating import take_place

ASKED_IN = EventType("arrival.asked_in", "group")
ENTERED = EventType("arrival.entered", "group")

MOST_LETTERS = 10


class Step(StrEnum):
    """Where somebody who came with a code stands."""

    IN = "in"
    WAITING = "waiting"
    REFUSED = "refused"
    KNOWN = "link-sent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Comer:
    """What somebody typed who comes with a code."""

    name: str
    email: str
    organisation: str
    group: Group
    partner: Partner | None


@dataclass(frozen=True)
class Coming:
    """What came of it. ``session_token`` is None where the person's own session goes on.

    The letter goes out once everything is committed.
    """

    step: Step
    name: str = ""
    participant: Participant | None = None
    session_token: str | None = None
    letter: Letter | None = None


def token_for(*, room: Room, email: str, device: str) -> str:
    """Return what stands for this address on this device in this room: a double click is one."""
    facts = f"{device}:{room.workshop.id}:{tidy_email(email)}"
    return hashlib.sha256(facts.encode()).hexdigest()


def come(
    *, room: Room, comer: Comer, token: str, own_account: Account | None, moment: datetime
) -> Coming:
    """Come with the room's code: in at once where the room is open, else wait to be let in.

    ``token`` is what ``token_for`` returns. ``own_account`` is whoever is signed in here with a
    mailed link, and so has proved an address.
    """
    _queue_up(room.cycle)
    email = tidy_email(comer.email)
    arrival = _held(token)
    stopped = _stopped(room, email, arrival, own_account, moment)
    if stopped is not None:
        return stopped
    return _go_in(room, _write_down(room, comer, arrival, token, moment), own_account, moment)


def enter(*, room: Room, token: str, own_account: Account | None, moment: datetime) -> Coming:
    """Go in, once let in. Raises ``Missing`` for a token that nobody came with."""
    _queue_up(room.cycle)
    arrival = _held(token)
    if arrival is None or arrival.workshop_id != room.workshop.id:
        raise Missing("Type the code of the room again.")
    stopped = _stopped(room, arrival.email, arrival, own_account, moment)
    return stopped or _go_in(room, arrival, own_account, moment)


def _queue_up(cycle: Cycle) -> None:
    """Let people into a cycle one after the other, while those inside go on saving answers.

    Two of one organisation, or one person on two devices, would make the same row twice.
    """
    db.session.execute(select(Cycle.id).where(Cycle.id == cycle.id).with_for_update(key_share=True))


def _held(token: str) -> Arrival | None:
    return db.session.scalar(
        select(Arrival)
        .where(Arrival.token_hash == hash_of(token))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _stopped(
    room: Room, email: str, arrival: Arrival | None, own_account: Account | None, moment: datetime
) -> Coming | None:
    """Return what comes of it for whoever the code does not let in, None for everybody else."""
    holder = participant_by_email(room.cycle.id, email)
    if holder is not None and holder.withdrawn_at is not None:
        return Coming(Step.WITHDRAWN)
    if holder is not None and own_account is not None and holder.account_id == own_account.id:
        return Coming(Step.IN, own_account.name, holder)
    if holder is not None and (arrival is None or arrival.participant_id != holder.id):
        return Coming(Step.KNOWN, letter=_letter_to(holder.account, room, moment))
    if arrival is not None and arrival.state == ArrivalState.REFUSED:
        return Coming(Step.REFUSED)
    return None


def _letter_to(account: Account, room: Room, moment: datetime) -> Letter | None:
    """Return a letter with a fresh link, or None when this address had too many: nobody is told."""
    if account.is_simulated:
        return None
    try:
        check_rate(
            scope="sign-in as", key=account.email, limit=MOST_LETTERS, per=HOUR, moment=moment
        )
    except TooMany:
        return None
    path = url_for("joining.ask", code=room.workshop.join_code or "")
    return letter_with_link(account=account, next_path=path, moment=moment)


def _write_down(
    room: Room, comer: Comer, arrival: Arrival | None, token: str, moment: datetime
) -> Arrival:
    """Keep what somebody typed; who waits may correct it, who is in no more."""
    facts = {
        "name": " ".join(comer.name.split()),
        "organisation": " ".join(comer.organisation.split()),
        "group": comer.group,
        "partner_id": None if comer.partner is None else comer.partner.id,
    }
    if arrival is not None and arrival.participant_id is None:
        for name, value in facts.items():
            setattr(arrival, name, value)
    if arrival is None:
        arrival = Arrival(
            cycle_id=room.cycle.id,
            workshop_id=room.workshop.id,
            token_hash=hash_of(token),
            email=tidy_email(comer.email),
            asked_at=moment,
            state=ArrivalState.WAITING,
            **facts,
        )
        db.session.add(arrival)
    db.session.flush()
    return arrival


def _go_in(room: Room, arrival: Arrival, own_account: Account | None, moment: datetime) -> Coming:
    if arrival.state == ArrivalState.WAITING and not room.workshop.is_room_open:
        _note(ASKED_IN, arrival, Actor(None, arrival.name), moment)
        return Coming(Step.WAITING)
    participant = take_place(room=room, arrival=arrival, moment=moment)
    account = participant.account
    _note(ENTERED, arrival, Actor(account.id, account.name), moment)
    if own_account is not None and own_account.id == account.id:
        return Coming(Step.IN, account.name, participant)
    opened = open_session(account=account, moment=moment, cycle_id=room.cycle.id)
    return Coming(Step.IN, arrival.name, participant, opened)


def _note(event: EventType, arrival: Arrival, actor: Actor, moment: datetime) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=arrival.cycle_id,
        subject_id=arrival.id,
        group=arrival.group.value,
    )
