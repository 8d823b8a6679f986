"""How far a session from a room's code reaches: every route, in its own cycle and in another.

Con administers, convenes the other cycle and is on the panel of this one. Somebody typed Con's
address in the room, and that proves nothing.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from cycles.accounts.commands import open_session
from cycles.core import clock
from cycles.core.access import Door
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.people.models import Group
from cycles.setup.models import Cycle
from tests.architecture.browsing import Browser, Worlds, requests_of, two_worlds
from tests.architecture.permissions import DOORS
from tests.architecture.world import undone
from tests.factories import make_account, make_participant

ANYWHERE = {Door.PUBLIC, Door.SIGNED_IN}
RIGHTS = {Door.ADMINISTRATOR, Door.CONVENES}
RATES = {Door.MEMBER, Door.EMPLOYER, Door.RATER, Door.RECORDER, Door.REVIEWER}
IN_CYCLES = sorted(name for name, door in DOORS.items() if door not in ANYWHERE | RIGHTS)


@pytest.fixture(scope="module")
def worlds(app: Flask) -> Iterator[Worlds]:
    with two_worlds(app) as (ours, theirs):
        con = make_account("Con Fined", is_administrator=True, may_convene=True)
        here, there = (db.session.get_one(Cycle, one.values["cycle_id"]) for one in (ours, theirs))
        make_participant(here, con, Group.EMPLOYER, is_on_panel=True)
        make_participant(there, con, Group.CONVENER)
        for job in db.session.scalars(select(Job)):
            job.asked_by_id = con.id
        token = open_session(account=con, moment=clock.now(), cycle_id=here.id)
        ours.people["con"] = theirs.people["con"] = token
        db.session.commit()
        yield ours, theirs


@pytest.fixture(autouse=True)
def as_they_were(worlds: Worlds) -> Iterator[None]:
    with undone():
        yield


def statuses(app: Flask, worlds: Worlds, endpoint: str, *, is_own: bool) -> set[int]:
    browser = Browser(app, worlds[0] if is_own else worlds[1], "con")
    asked = requests_of(app, endpoint)
    return {browser.ask(method, rule).status_code for method, rule in asked}


@pytest.mark.parametrize("endpoint", IN_CYCLES)
def test_no_other_cycle_exists_for_it(app: Flask, worlds: Worlds, endpoint: str) -> None:
    assert statuses(app, worlds, endpoint, is_own=False) == {404}


@pytest.mark.parametrize("endpoint", IN_CYCLES)
def test_in_its_own_cycle_it_is_a_raters_and_no_more(
    app: Flask, worlds: Worlds, endpoint: str
) -> None:
    found = statuses(app, worlds, endpoint, is_own=True)
    if DOORS[endpoint] in RATES:
        assert 403 not in found
    else:
        assert found == {403}


@pytest.mark.parametrize("endpoint", sorted(name for name, door in DOORS.items() if door in RIGHTS))
def test_the_rights_of_the_account_stay_out_of_reach(
    app: Flask, worlds: Worlds, endpoint: str
) -> None:
    assert statuses(app, worlds, endpoint, is_own=True) == {403}


@pytest.mark.parametrize("endpoint", [name for name in DOORS if name.startswith("jobs.")])
def test_the_jobs_of_the_account_are_not_found(app: Flask, worlds: Worlds, endpoint: str) -> None:
    assert statuses(app, worlds, endpoint, is_own=True) == {404}


def test_the_start_leads_to_its_cycle(app: Flask, worlds: Worlds) -> None:
    client = Browser(app, worlds[0], "con").client
    assert client.get("/").location == f"/cycles/{worlds[0].values['cycle_id']}/"
    assert "Accounts" not in client.get("/classification/").text
