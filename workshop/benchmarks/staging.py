"""Fills a throw-away database with a room for benches: a cycle, capabilities, raters, sessions.

Everything is simulated, and goes through the same commands that people's pages use.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypedDict

from flask import current_app, g, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from cycles.accounts.commands import open_session
from cycles.accounts.models import Account
from cycles.core import clock
from cycles.core.audit import SYSTEM, Actor
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.commands import start_cycle
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import rule_card_of
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.ballot.commands import panellist_for
from workshop.joining.commands import give_code, open_room
from workshop.rooms.commands import open_round, open_workshop, plan_workshop
from workshop.rooms.models import Item, RoomState, Round, RoundItem, WorkshopKind

ROLE_LEVELS = ("Assistants", "Technicians", "Engineers", "Managers")


class By(TypedDict):
    """Who acts and when, as every command takes it."""

    actor: Actor
    moment: datetime


@dataclass(frozen=True)
class Rater:
    """A signed-in employer: the cookie, the form's token, and the seat (for the bare endpoint)."""

    cookie: str
    token: str
    panellist_id: str


@dataclass(frozen=True)
class Room:
    """A room that is ready to be rated in. All ids as text, so that it can be written down.

    ``code`` is what people who are not among ``raters`` come in with.
    """

    cycle_id: str
    workshop_id: str
    round_id: str
    bare_round_id: str
    items: tuple[str, ...]
    raters: tuple[Rater, ...]
    facilitator: Rater
    code: str

    def written(self) -> dict[str, object]:
        """Return the room as plain values."""
        return asdict(self)


def stage_room(*, raters: int, capabilities: int) -> Room:
    """Make the room in the current application's database, and commit it."""
    cycle = _make_cycle(capabilities)
    convener = _make_people(cycle, 1, Group.CONVENER)[0]
    people = _make_people(cycle, raters, Group.EMPLOYER)
    workshop = plan_workshop(cycle=cycle, kind=WorkshopKind.PROFICIENCY, title="The room", **by())
    open_workshop(workshop=workshop, **by())
    round_ = open_round(workshop=workshop, **by())
    items = db.session.scalars(
        select(Item.id)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position)
    ).all()
    room = Room(
        cycle_id=str(cycle.id),
        workshop_id=str(workshop.id),
        round_id=str(round_.id),
        bare_round_id=str(_bare_round(cycle)),
        items=tuple(map(str, items)),
        raters=tuple(_sign_in(one, has_seat=True) for one in people),
        facilitator=_sign_in(convener, has_seat=False),
        code=give_code(workshop=workshop, **by()),
    )
    open_room(workshop=workshop, **by())
    db.session.commit()
    return room


def by() -> By:
    """Return who acts and when, for commands: the machine, now."""
    return {"actor": SYSTEM, "moment": clock.now()}


def _make_cycle(capabilities: int) -> Cycle:
    cycle = start_cycle(title="A room for a bench", **by())
    cycle.stage = Stage.CARRYING_OUT
    moment = clock.now()
    rule_card_of(cycle.id).set_at = moment
    for position, name in enumerate(ROLE_LEVELS, 1):
        db.session.add(RoleLevel(cycle_id=cycle.id, name=name, position=position))
    for number in range(1, capabilities + 1):
        db.session.add(
            CapabilityStatement(
                cycle_id=cycle.id,
                code=f"C-{number:03d}",
                text=f"Carry out task {number} with the new machines",
                status=StatementStatus.KEPT,
                created_at=moment,
            )
        )
    db.session.flush()
    return cycle


def _make_people(cycle: Cycle, count: int, group: Group) -> list[Participant]:
    moment = clock.now()
    made = []
    for number in range(1, count + 1):
        account = Account(
            email=f"{group.value}{number}@room.example",
            name=f"{group.value.capitalize()} {number}",
            created_at=moment,
        )
        db.session.add(account)
        db.session.flush()
        place = Participant(cycle_id=cycle.id, account_id=account.id, group=group, joined_at=moment)
        place.account = account
        db.session.add(place)
        made.append(place)
    db.session.flush()
    return made


def _bare_round(cycle: Cycle) -> uuid.UUID:
    """Make a round that only the bare endpoint writes to: its foreign keys hold there too."""
    workshop = plan_workshop(
        cycle=cycle, kind=WorkshopKind.PROFICIENCY, title="Written to by the bare endpoint", **by()
    )
    bare = Round(
        cycle_id=cycle.id,
        workshop_id=workshop.id,
        number=1,
        state=RoomState.CLOSED,
        opened_at=clock.now(),
    )
    db.session.add(bare)
    db.session.flush()
    return bare.id


def _sign_in(participant: Participant, *, has_seat: bool) -> Rater:
    """Open a session without the mailed link, and write the cookie that a browser would hold."""
    token = open_session(account=participant.account, moment=clock.now())
    seat = panellist_for(participant=participant, moment=clock.now()).id if has_seat else ""
    signer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]  # Flask's own
    with current_app.test_request_context():
        g.pop("csrf_token", None)  # of the person before: the context outlives its request here
        session["_user_id"], session["_fresh"] = token, True
        form_token = generate_csrf()
        cookie = signer.dumps(dict(session))
    name = current_app.config["SESSION_COOKIE_NAME"]
    return Rater(f"{name}={cookie}", form_token, str(seat))
