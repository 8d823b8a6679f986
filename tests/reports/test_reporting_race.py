"""Two at once at a report, its prose and its actions, with real transactions of their own."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from cycles.core import clock
from cycles.core.audit import Actor, broken_links
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.people.models import Group
from cycles.setup.models import Cycle
from reports.actions.models import ActionReminder
from reports.actions.reminding.asking import ask_reminders
from reports.document.commands import publish, take_snapshot
from reports.document.models import Report, ReportState
from reports.narrative.commands import change_narrative
from reports.narrative.models import NarrativeVersion, Unfinished
from reports.narrative.unfinished import keep_unfinished
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_account, make_cast, make_participant
from tests.reports.test_actions import actor_of, make_action

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
Act = Callable[[Cycle, Actor], object]


@pytest.fixture
def cast(app: Flask) -> Iterator[Cast]:
    """A committed cycle, emptied afterwards."""
    made = make_cast()
    make_participant(made.cycle, make_account("Ben Crust"), Group.CONVENER)
    db.session.commit()
    yield made
    db.session.remove()
    db.drop_all()
    db.create_all()


def together(app: Flask, cast: Cast, *acts: Act) -> list[str]:
    """Let each act at once; return for each the sentence of a refusal, or nothing."""
    barrier, cycle_id, actor = threading.Barrier(len(acts)), cast.cycle.id, actor_of(cast)
    db.session.remove()

    def act(command: Act) -> str:
        with app.app_context():
            barrier.wait(timeout=30)
            try:
                command(db.session.get_one(Cycle, cycle_id), actor)
            except DomainError as refusal:
                db.session.rollback()
                return str(refusal)
            db.session.commit()
            return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(act, each) for each in acts]]


def test_reminders_asked_for_twice_at_once_go_once(app: Flask, cast: Cast) -> None:
    for name in ("Otto", "Olga"):
        make_action(
            cast, name, due_on=date(2026, 3, 10), owner=name, owner_email=f"{name}@bakers.example"
        )

    def ask(cycle: Cycle, actor: Actor) -> object:
        return ask_reminders(cycle=cycle, actor=actor, moment=MONDAY)

    said = together(app, cast, ask, ask)
    assert sorted(said) == ["", "Nobody can be reminded now."]
    assert db.session.query(ActionReminder).count() == 2
    assert list(broken_links()) == []


def test_a_report_published_twice_at_once_is_drawn_up_once(app: Flask, cast: Cast) -> None:
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    facts = {"snapshot_id": snapshot.id, "state": ReportState.DRAFT, "created_at": NOW}
    report_id = add(Report(cycle_id=cast.cycle.id, **facts)).id
    db.session.commit()

    def go(_cycle: Cycle, actor: Actor) -> object:
        row = db.session.get_one(Report, report_id)
        given = {"accepts_drafts": True, "accepts_differences": True}
        return publish(report=row, actor=actor, moment=NOW, **given)

    assert sum(bool(each) for each in together(app, cast, go, go)) == 1
    assert db.session.query(Job).count() == 1


def test_words_kept_and_saved_by_many_at_once(app: Flask, cast: Cast) -> None:
    def keep(cycle: Cycle, actor: Actor) -> object:
        assert actor.account_id is not None
        facts = {"account_id": actor.account_id, "started_from": 0, "moment": NOW}
        return keep_unfinished(cycle=cycle, section="summary", markdown="Mine", **facts)

    def save(cycle: Cycle, actor: Actor) -> object:
        facts = {"actor": actor, "moment": NOW, "version": 0}
        return change_narrative(cycle=cycle, section="challenge", markdown="Hers", **facts)

    said = together(app, cast, keep, save, keep, save)
    assert sum(bool(each) for each in said) == 1
    assert db.session.query(Unfinished).count() == 1
    assert db.session.query(NarrativeVersion).count() == 1


def test_words_on_their_way_do_not_come_back_after_they_were_saved(app: Flask, cast: Cast) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    client: ParsingClient = app.test_client().sign_in(cast.ada)
    fields = {"markdown": "Sav", "version": "0", "csrf_token": client.token(path)}
    db.session.commit()
    actor, moment = actor_of(cast), clock.now()
    change_narrative(
        cycle=cast.cycle, section="summary", markdown="Saved.", actor=actor, moment=moment
    )

    def keep() -> str:
        with app.app_context():
            return str(client.post(f"{path}/unfinished", data=fields).text)

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(keep)
        time.sleep(0.5)  # it has read what it reads before it waits for us
        db.session.commit()
        assert "in another window" in late.result()
    assert db.session.query(Unfinished).count() == 0
