"""Changes of profiles and KSBs at the same moment as what would close or cross them.

Real transactions on connections of their own. On PostgreSQL everybody has read before anybody
writes; nobody may wait for another in a ring, and closed means closed.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from cycles.core.audit import Actor, broken_links
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.ksbs import rewording
from cycles.ksbs.models import CapabilityKsb
from cycles.ksbs.suggesting import ask_for_ksbs
from cycles.people.models import Participant
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.setup.models import Cycle
from cycles.standards.models import KsbKind
from cycles.statements import commands as statements
from cycles.statements.models import CapabilityStatement
from tests.cycles.profile_cases import PIA, Case, make_case
from tests.factories import NOW, make_cast
from workshop.ratification import commands
from workshop.ratification.asking import ask_for_profiles
from workshop.rooms.models import RoomState, Workshop, WorkshopKind

BY = {"actor": PIA, "moment": NOW}
Act = Callable[[], object]


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    made = make_case(make_cast())
    db.session.execute(db.text("UPDATE rule_card SET panel_quorum = 1"))
    db.session.commit()
    yield made
    db.session.remove()
    db.drop_all()
    db.create_all()


def together(app: Flask, *acts: Act) -> list[str]:
    """Let each act at once, each commits; return for each how it was refused, or nothing."""
    barrier = threading.Barrier(len(acts))

    def act(command: Act) -> str:
        with app.app_context():
            barrier.wait(timeout=30)
            try:
                command()
                db.session.commit()
            except DomainError as refusal:
                db.session.rollback()
                return str(refusal)
            return ""

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(act, each) for each in acts]]


def test_a_split_and_a_rejection_of_what_was_taken_over_never_cross(app: Flask, case: Case) -> None:
    """The split goes from the profile to its cycle's codes, the rejection the other way round."""
    profile_id, agreed, provisional = case.profile.id, case.agreed.id, case.provisional.id
    statement_id = case.provisional.statement_id
    case.profile.seeded_from = "Before, P-0001"
    db.session.commit()
    version = case.profile.version

    def split() -> None:
        profile = db.session.get_one(Profile, profile_id)
        chosen = [db.session.get_one(ProfileCapability, agreed)]
        facts = {"name": "Sensor hand", "reason": "", "version": version}
        commands.split_profile(profile=profile, members=chosen, **facts, **BY)

    def reject() -> None:
        statement = db.session.get_one(CapabilityStatement, statement_id)
        facts = {"reason": "Said twice", "version": statement.version}
        statements.reject(statement=statement, **facts, **BY)

    said = together(app, split, reject)
    assert said[1] == ""
    assert said[0] == "" or "changed since you opened it" in said[0]
    assert db.session.get_one(ProfileCapability, provisional).is_removed
    assert list(broken_links()) == []


def test_nothing_is_ratified_once_the_workshop_has_closed(app: Flask, case: Case) -> None:
    cycle_id, profile_id, version = case.cast.cycle.id, case.profile.id, case.profile.version
    pia = case.cast.panel_member.id
    facts = {"kind": WorkshopKind.RATIFICATION, "title": "Panel", "state": RoomState.OPEN}
    room = Workshop(cycle_id=cycle_id, opened_at=NOW, **facts)
    db.session.add(room)
    db.session.commit()
    room_id, is_closed, is_done = room.id, threading.Event(), threading.Event()

    def close() -> None:
        db.session.refresh(db.session.get_one(Workshop, room_id), with_for_update=True)
        is_closed.set()
        is_done.wait(timeout=0.3)
        db.session.get_one(Workshop, room_id).state = RoomState.CLOSED

    def approve() -> None:
        is_closed.wait(timeout=30)
        commands.approve(
            profile=db.session.get_one(Profile, profile_id),
            participant=db.session.get_one(Participant, pia),
            version=version,
            **BY,
        )
        db.session.commit()
        is_done.set()

    said = together(app, close, approve)
    assert said[0] == ""
    assert "not open" in said[1]
    assert db.session.get_one(Profile, profile_id).status == ProfileStatus.PROPOSED


def test_nothing_changes_once_the_cycle_is_sealed(app: Flask, case: Case) -> None:
    cycle_id, profile_id = case.cast.cycle.id, case.profile.id
    pia = case.cast.panel_member
    actor = Actor(pia.account_id, "Pia Panel")
    is_sealed, is_done = threading.Event(), threading.Event()

    def seal() -> None:
        cycle = db.session.get_one(Cycle, cycle_id)
        db.session.refresh(cycle, with_for_update=True)
        is_sealed.set()
        is_done.wait(timeout=0.3)
        cycle.sealed_at = NOW

    def rename() -> None:
        is_sealed.wait(timeout=30)
        profile = db.session.get_one(Profile, profile_id)
        facts = {"name": "Night baker", "reason": "", "seen": profile.name}
        commands.rename(profile=profile, actor=actor, moment=NOW, **facts)
        db.session.commit()
        is_done.set()

    said = together(app, seal, rename)
    assert said[0] == ""
    assert "closed" in said[1]
    assert db.session.get_one(Profile, profile_id).name != "Night baker"


def test_the_same_ksb_sent_twice_at_once_is_there_once(app: Flask, case: Case) -> None:
    statement_id, educator = case.agreed.statement_id, case.cast.educator.id

    def add() -> None:
        statement = db.session.get_one(CapabilityStatement, statement_id)
        facts = {"kind": KsbKind.SKILL, "text": "Reads a log", "participant_id": educator}
        rewording.add(statement=statement, **facts, **BY)

    said = together(app, add, add)
    assert sorted(map(bool, said)) == [False, True]
    assert db.session.query(CapabilityKsb).count() == 1


def test_two_ksbs_given_the_same_wording_at_once_stay_two(app: Flask, case: Case) -> None:
    statement, educator = case.agreed.statement, case.cast.educator.id
    facts = {"statement": statement, "kind": KsbKind.SKILL, "participant_id": educator}
    first = rewording.add(text="Reads a log", **facts, **BY).id
    second = rewording.add(text="Writes a log", **facts, **BY).id
    db.session.commit()

    def edit(ksb_id: object) -> Act:
        def command() -> None:
            ksb = db.session.get_one(CapabilityKsb, ksb_id)
            sent = {"kind": KsbKind.SKILL, "text": "Keeps a log", "participant_id": educator}
            rewording.edit(ksb=ksb, **sent, **BY)

        return command

    said = together(app, edit(first), edit(second))
    assert sorted(map(bool, said)) == [False, True]
    assert len({one.text for one in db.session.query(CapabilityKsb)}) == 2


def test_who_asks_the_worker_twice_at_once_gets_one_job(app: Flask, case: Case) -> None:
    cycle_id = case.cast.cycle.id

    def ask() -> None:
        ask_for_ksbs(cycle=db.session.get_one(Cycle, cycle_id), **BY)

    def generate() -> None:
        ask_for_profiles(cycle=db.session.get_one(Cycle, cycle_id), **BY)

    assert together(app, ask, ask, generate, generate) == [""] * 4
    assert db.session.query(Job).count() == 2
