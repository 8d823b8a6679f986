"""Taking ratified profiles and capabilities over from an earlier cycle."""

from dataclasses import dataclass

import pytest

from consensus.ratifying import PanelRule
from cycles.core.audit import Actor, events_of
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.people.models import Group
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import profiles_of, profiles_unratified
from cycles.profiles.seeding import TakenOver, take_over
from cycles.profiles.seeding_arrivals import arrivals
from cycles.profiles.seeding_sources import (
    earlier_cycle,
    earlier_cycles,
    kept_in,
    ratified_in,
    suggested_levels,
)
from cycles.profiles.versions import freeze_version
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import role_levels_of
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import statements_of, trail_of
from tests.factories import (
    NOW,
    Cast,
    add,
    make_area,
    make_cycle,
    make_participant,
    make_partner,
    make_role_level,
    make_statement,
)

ADA = Actor(None, "Ada Bright")
BY = {"actor": ADA, "moment": NOW}


@dataclass(frozen=True)
class Seeds:
    """Ada's cycle, and an earlier one of hers with one ratified profile of two capabilities."""

    cast: Cast
    source: Cycle
    theirs: RoleLevel
    ours: RoleLevel
    oven: CapabilityStatement
    log: CapabilityStatement
    profile: Profile

    @property
    def cycle(self) -> Cycle:
        return self.cast.cycle

    def take(self, **facts: object) -> TakenOver:
        given = {
            "profiles": ratified_in(self.source),
            "levels": {self.theirs.id: self.ours},
            "capabilities": (),
            "stand_ins": {},
        }
        return take_over(cycle=self.cycle, source=self.source, **{**given, **facts}, **BY)


@pytest.fixture
def case(cast: Cast) -> Seeds:
    return make_seeds(cast)


def make_seeds(cast: Cast) -> Seeds:
    cast.cycle.stage = Stage.PREPARING
    source = make_cycle("Ovens before")
    make_participant(source, cast.ada, Group.CONVENER)
    make_partner(cast.cycle, "Manufacturer")
    theirs, ours = make_role_level(source, "Operators"), make_role_level(cast.cycle)
    partner, area = make_partner(source, "MANUFACTURER"), make_area()
    record = add(LibraryStatement(source_id=library(), reference="R1", text="Calibrate"))
    oven = make_statement(source, area=area, partners=[partner], library_statement_id=record.id)
    log = make_statement(source, "Read the oven's log", 2, area=area)
    make_statement(source, "Plan the maintenance of ovens", 3)
    make_statement(source, "Sing to the dough", 4, status=StatementStatus.REJECTED)
    profile = add(
        Profile(
            cycle_id=source.id,
            role_level_id=theirs.id,
            partner_id=partner.id,
            code="P-0003",
            name="Oven technician",
        )
    )
    for statement, level, reason in ((oven, 3, "Ema says so"), (log, 1, "")):
        add(
            ProfileCapability(
                cycle_id=source.id,
                profile_id=profile.id,
                statement_id=statement.id,
                level=level,
                voted_level=2,
                voted_outcome="level",
                voted_counts=[1, 2, 16, 1],
                reason=reason,
            )
        )
    freeze_version(
        profile=profile,
        approvals=2,
        objections=["Too much for one person"],
        quorum=2,
        rule=PanelRule.MAJORITY,
        moment=NOW,
    )
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, NOW
    db.session.commit()
    return Seeds(cast, source, theirs, ours, oven, log, profile)


def library() -> object:
    return add(LibrarySource(name="Library of ovens", imported_at=NOW)).id


def test_only_cycles_that_the_account_convenes_can_be_started_from(case: Seeds) -> None:
    cast = case.cast
    assert earlier_cycles(cast.ada.id, cast.cycle.id) == [case.source]
    assert earlier_cycle(cast.ada.id, cast.cycle.id, case.source.id) is case.source
    for account, source in (
        (cast.eve, case.source),
        (cast.tom, case.source),
        (cast.ada, cast.other_cycle),
        (cast.ada, cast.cycle),
    ):
        with pytest.raises(Missing):
            earlier_cycle(account.id, cast.cycle.id, source.id)


def test_a_profile_comes_as_a_prototype_at_its_ratified_levels(case: Seeds) -> None:
    taken = case.take()
    (profile,) = profiles_of(case.cycle.id)
    assert (taken.profiles, taken.added, taken.known) == ((profile,), 2, 0)
    assert (profile.code, profile.name, profile.status) == (
        "P-0001",
        "Oven technician",
        ProfileStatus.PROPOSED,
    )
    assert profile.seeded_from == "Ovens before, P-0003"
    assert profile.role_level is case.ours
    assert profile.partner is not None
    assert profile.partner.name == "Manufacturer"
    found = {
        one.statement.text: (one.level, one.voted_level, one.voted_outcome, one.voted_counts)
        for one in profile.members
    }
    assert found == {
        "Calibrate oven sensors": (3, None, "", []),
        "Read the oven's log": (1, None, "", []),
    }
    assert {one.reason for one in profile.members} == {"Taken over from Ovens before, P-0003"}
    assert profiles_unratified(case.cycle.id) == 1


def test_capabilities_come_to_be_kept_with_place_and_source(case: Seeds) -> None:
    case.take()
    oven, log = statements_of(case.cycle.id)
    assert {oven.status, log.status} == {StatementStatus.SUBMITTED}
    assert oven.area is case.oven.area
    assert [each.name for each in oven.partners] == ["Manufacturer"]
    assert oven.library_statement_id == case.oven.library_statement_id
    assert (oven.submitted_by_id, log.partners) == (None, [])
    ((revision, _),) = trail_of(oven)
    assert revision.reason == "Taken over from Ovens before"


def test_the_ratified_wording_comes_not_a_later_one(case: Seeds) -> None:
    case.log.text = "Read the log of an oven"
    db.session.commit()
    case.take(capabilities=kept_in(case.source))
    assert [each.text for each in statements_of(case.cycle.id)] == [
        "Calibrate oven sensors",
        "Read the oven's log",
        "Plan the maintenance of ovens",
    ]


def test_what_is_here_in_the_same_words_is_used(case: Seeds) -> None:
    own = make_statement(case.cycle, "calibrate  oven sensors")
    gone = make_statement(
        case.cycle,
        "Read the oven's log",
        2,
        status=StatementStatus.MERGED,
        merged_into_id=own.id,
    )
    db.session.commit()
    lines = arrivals(case.cycle.id, kept_in(case.source)).lines
    assert [line.own for line in lines] == [own, own, None]
    taken = case.take()
    assert (taken.added, taken.known) == (0, 2)
    (member,) = taken.profiles[0].members
    assert (member.statement_id, member.level) == (own.id, 3)
    assert statements_of(case.cycle.id) == [own, gone]


def test_a_near_duplicate_is_told_and_may_stand_in(case: Seeds) -> None:
    near = make_statement(case.cycle, "Calibrate the oven sensors often")
    db.session.commit()
    lines = {
        line.brought.text: line for line in arrivals(case.cycle.id, kept_in(case.source)).lines
    }
    assert lines["Calibrate oven sensors"].near is near
    assert lines["Calibrate oven sensors"].percent >= 65
    assert lines["Plan the maintenance of ovens"].near is None
    taken = case.take(stand_ins={case.oven.id: near})
    assert (taken.added, taken.known) == (1, 1)
    assert near.id in {one.statement_id for one in taken.profiles[0].members}


def test_the_same_profile_is_not_taken_over_twice(case: Seeds) -> None:
    case.take()
    with pytest.raises(Invalid, match="P-0003 Oven technician is here already, as P-0001"):
        case.take()
    case.source.title = "Renamed since"
    with pytest.raises(Invalid, match="here already"):
        case.take()
    again = case.take(profiles=(), capabilities=kept_in(case.source))
    assert (again.added, again.known) == (1, 2)


def test_one_event_and_nothing_of_people(case: Seeds) -> None:
    case.take(capabilities=kept_in(case.source))
    (event,) = [each for each in events_of(case.cycle.id) if "taken" in each.action]
    assert event.facts == {"profiles": ["P-0001"], "added": 3, "known": 0}
    (profile,) = profiles_of(case.cycle.id)
    said = " ".join(f"{one.reason} {one.why}" for one in profile.members)
    for word in ("Ema", "Too much"):
        assert word not in said


def test_a_role_level_has_to_be_said(case: Seeds) -> None:
    for levels in ({}, {case.theirs.id: case.theirs}):
        with pytest.raises(Invalid, match="which role level “Operators” is"):
            case.take(levels=levels)
    with pytest.raises(Invalid, match="at least one"):
        case.take(profiles=())


def test_role_levels_are_suggested_by_name_then_by_the_only_one_alike(case: Seeds) -> None:
    senior = make_role_level(case.source, "Seniors", 2, academic_level=6)
    named = make_role_level(case.source, "TECHNICIANS", 3, academic_level=7)
    make_role_level(case.cycle, "Leads", 2, academic_level=6)
    make_role_level(case.cycle, "Chiefs", 3, academic_level=6)
    found = suggested_levels([case.theirs, senior, named], role_levels_of(case.cycle.id))
    assert found == {case.theirs.id: case.ours.id, senior.id: None, named.id: case.ours.id}


def test_a_name_that_is_taken_gets_a_number(case: Seeds) -> None:
    facts = {"cycle_id": case.cycle.id, "role_level_id": case.ours.id}
    add(Profile(code="P-0001", name="oven technician", **facts))
    (profile,) = case.take().profiles
    assert (profile.code, profile.name) == ("P-0002", "Oven technician 2")


@pytest.mark.parametrize("stage", [Stage.CONSIDERING, Stage.COMMUNICATING])
def test_nothing_comes_outside_preparing_and_carrying_out(case: Seeds, stage: Stage) -> None:
    case.cycle.stage = stage
    db.session.commit()
    with pytest.raises(Closed):
        case.take()
