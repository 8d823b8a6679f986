"""Three of the panel at one profile at once, with real transactions on connections of their own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from cycles.core.audit import Actor, broken_links
from cycles.core.errors import Closed, Conflict
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.trail import changes_of
from cycles.profiles.versions import latest_version, read
from tests.cycles.profile_cases import Case, make_case
from tests.factories import NOW, make_account, make_cast, make_participant
from workshop.ratification import commands
from workshop.ratification.queries import answers_of

Act = Callable[[dict[str, Any]], object]


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    """A committed cycle with a panel of three, emptied afterwards."""
    made = make_case(make_cast())
    for name in ("Pat Panel", "Per Panel"):
        make_participant(made.cast.cycle, make_account(name), Group.EMPLOYER, is_on_panel=True)
    db.session.execute(db.text("UPDATE rule_card SET panel_quorum = 2"))
    db.session.commit()
    yield made
    db.session.remove()
    db.drop_all()
    db.create_all()


class Desk:
    """Panel members who all look first, and only then act, all at once."""

    def __init__(self, app: Flask, case: Case) -> None:
        self.app, self.profile_id = app, case.profile.id
        self.rows = {"agreed": case.agreed.id, "provisional": case.provisional.id}
        members = db.session.query(Participant).filter_by(is_on_panel=True)
        self.people = {one.account.name.split()[0]: one.id for one in members}
        self.seen = {
            "version": case.profile.version,
            "agreed": case.agreed.version,
            "provisional": case.provisional.version,
        }
        # A transaction on SQLite is the only one; on PostgreSQL others may have read old rows.
        self.may_read_first = db.session.connection().dialect.name == "postgresql"
        db.session.remove()

    def together(self, *acts: tuple[str, Act]) -> list[str]:
        """Let each act at once; return for each the sentence of a refusal, or nothing."""
        barrier = threading.Barrier(len(acts))

        def act(who: str, command: Act) -> str:
            with self.app.app_context():
                if self.may_read_first:
                    at = self._loaded(who)
                    barrier.wait(timeout=30)
                else:
                    barrier.wait(timeout=30)
                    at = self._loaded(who)
                try:
                    command(at)
                except (Closed, Conflict) as refusal:
                    db.session.rollback()
                    return str(refusal)
                db.session.commit()
                return ""

        with ThreadPoolExecutor(len(acts)) as pool:
            return [one.result() for one in [pool.submit(act, *each) for each in acts]]

    def _loaded(self, who: str) -> dict[str, Any]:
        participant = db.session.get_one(Participant, self.people[who])
        rows = {name: db.session.get_one(ProfileCapability, id_) for name, id_ in self.rows.items()}
        return {
            **rows,
            "profile": db.session.get_one(Profile, self.profile_id),
            "participant": participant,
            "actor": Actor(participant.account_id, participant.account.name),
            "moment": NOW,
            "seen": self.seen,
        }

    def level(self) -> int:
        return db.session.get_one(ProfileCapability, self.rows["agreed"]).level


def by(at: dict[str, Any]) -> dict[str, Any]:
    return {name: at[name] for name in ("profile", "actor", "moment")}


def level(which: str, code: int) -> Act:
    def command(at: dict[str, Any]) -> object:
        facts = {"member": at[which], "seen": at["seen"][which], "level": code}
        return commands.change_level(reason="Safety", **facts, **by(at))

    return command


def approve(at: dict[str, Any]) -> object:
    facts = {"participant": at["participant"], "version": at["seen"]["version"]}
    return commands.approve(**facts, **by(at))


def test_changes_to_different_capabilities_at_once_are_both_kept(app: Flask, case: Case) -> None:
    desk = Desk(app, case)
    assert desk.together(("Pia", level("agreed", 3)), ("Pat", level("provisional", 1))) == ["", ""]
    levels = {one.id: one.level for one in db.session.query(ProfileCapability)}
    assert levels == {desk.rows["agreed"]: 3, desk.rows["provisional"]: 1}
    assert [one.number for one in changes_of(desk.profile_id)] == [1, 2]
    assert list(broken_links()) == []


def test_of_two_changes_to_one_capability_the_second_names_the_first(
    app: Flask, case: Case
) -> None:
    desk = Desk(app, case)
    said = desk.together(("Pia", level("agreed", 3)), ("Pat", level("agreed", 1)))
    first = ("Pia Panel", "Expert") if said[1] else ("Pat Panel", "Awareness")
    refusal = said[0] or said[1]
    assert sorted(bool(one) for one in said) == [False, True]
    assert f"{first[0]} was first." in refusal
    assert f"Practitioner became {first[1]}" in refusal


def test_nobody_ratifies_what_another_changes_meanwhile(app: Flask, case: Case) -> None:
    desk = Desk(app, case)
    said = desk.together(("Pia", approve), ("Pat", approve), ("Per", level("agreed", 3)))
    profile = db.session.get_one(Profile, desk.profile_id)
    if profile.status == ProfileStatus.RATIFIED:
        # Both approved before the change, which then came too late.
        assert read(latest_version(profile.id)).members[0].level == desk.level() == 2
        assert said[:2] == ["", ""]
    else:
        assert said[2] == ""
        assert desk.level() == 3
        assert answers_of(profile.id).count == 0
        assert latest_version(profile.id) is None


def case_level(desk: Desk) -> int:
    return db.session.get_one(ProfileCapability, desk.agreed).level
