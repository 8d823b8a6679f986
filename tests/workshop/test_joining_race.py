"""Many come to one room at the same moment, with real transactions on connections of their own."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.people.models import Group, Organisation, Participant
from tests.conftest import Outbox
from tests.factories import NOW, make_cast
from tests.workshop.rating import make_room
from workshop.ballot.models import Panellist
from workshop.joining.arriving import Comer, Step, come, token_for
from workshop.joining.commands import open_room
from workshop.joining.models import Arrival
from workshop.joining.queries import room_of
from workshop.joining.seating import take_seat

PEOPLE = 8


@pytest.fixture
def committed(app: Flask) -> Iterator[None]:
    """Let the test commit for real, and empty every table afterwards."""
    yield
    db.session.remove()
    db.drop_all()
    db.create_all()


@pytest.mark.usefixtures("committed")
def test_everybody_of_one_organisation_comes_in_once(app: Flask, outbox: Outbox) -> None:
    room = make_room(make_cast())
    room.open_round()
    open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    code, cycle_id = room.workshop.join_code or "", room.cycle.id
    db.session.commit()
    before = db.session.scalar(select(func.count()).select_from(Panellist)) or 0
    db.session.remove()

    def arrive(who: tuple[str, str]) -> Step:
        email, device = who
        with app.test_request_context():
            found = room_of(code)
            assert found is not None
            comer = Comer("Ola New", email, "Crumb Ltd", Group.EMPLOYER, None)
            token = token_for(room=found, email=email, device=device)
            came = come(room=found, comer=comer, token=token, own_account=None, moment=NOW)
            db.session.commit()
            if came.participant is not None:
                take_seat(participant=came.participant, moment=NOW)
                db.session.commit()
            db.session.remove()
            return came.step

    # Everybody clicks twice; one address comes from two devices, and only one of them is its own.
    clicks = [(f"p{n}@new.example", f"device {n}") for n in range(PEOPLE)] * 2
    clicks.append(("p0@new.example", "another device"))
    with ThreadPoolExecutor(6) as pool:
        steps = Counter(pool.map(arrive, clicks))
    assert steps[Step.IN] + steps[Step.KNOWN] == len(clicks)
    assert steps[Step.KNOWN] in (1, 2)
    in_cycle = select(func.count()).where(Participant.cycle_id == cycle_id)
    crumbs = select(func.count()).where(Organisation.cycle_id == cycle_id)
    assert db.session.scalar(in_cycle.where(Participant.organisation_id.is_not(None))) == PEOPLE
    assert db.session.scalar(crumbs) == 1
    assert db.session.scalar(select(func.count()).select_from(Arrival)) == PEOPLE
    assert db.session.scalar(select(func.count()).select_from(Panellist)) == before + PEOPLE
