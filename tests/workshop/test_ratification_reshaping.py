"""Moving, splitting, merging, adding from the library, and undoing across profiles."""

import pytest

from cycles.core.audit import events_of
from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibrarySource, LibraryStatement
from cycles.people.models import Group
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import members_of, profiles_of, removed_from
from cycles.profiles.trail import changes_since, standing_edits
from cycles.profiles.votes import vote_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.cycles.profile_cases import AGREED, PIA, Case, make_case, ratify
from tests.factories import (
    NOW,
    Cast,
    add,
    make_account,
    make_area,
    make_participant,
    make_role_level,
    make_statement,
)
from workshop.ratification import commands

BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def second(case: Case, level_id: object = None, code: str = "P-0002") -> Profile:
    """Another profile of the same role level, holding the spare statement at Expert."""
    facts = {"cycle_id": case.profile.cycle_id, "code": code, "name": f"Miller {code}"}
    made = add(Profile(role_level_id=level_id or case.profile.role_level_id, **facts))
    holds = {"cycle_id": made.cycle_id, "profile_id": made.id, "statement_id": case.spare.id}
    add(ProfileCapability(level=3, **holds))
    db.session.commit()
    return made


def move(case: Case, to: Profile, member: ProfileCapability, reason: str = "") -> commands.Outcome:
    facts = {"profile": case.profile, "member": member, "seen": member.version}
    return commands.move_capability(to=to, reason=reason, **facts, **BY)


def held(profile: Profile) -> dict[str, int]:
    return {one.statement.code: one.level for one in members_of(profile.id)}


def make_record(text: str) -> LibraryStatement:
    source = add(LibrarySource(name=f"Tasks: {text}", version="1", imported_at=NOW))
    facts = {"reference": "T1", "kind": LibraryKind.CAPABILITY}
    return add(LibraryStatement(source_id=source.id, text=text, **facts))


def approve(profile: Profile, case: Case) -> None:
    # A panel of one would ratify by this; two are needed here.
    facts = {"participant": case.cast.panel_member, "version": profile.version}
    assert not commands.approve(profile=profile, **facts, **BY)


@pytest.fixture
def two_needed(case: Case) -> None:
    account = make_account("Pat Panel")
    make_participant(case.cast.cycle, account, Group.EMPLOYER, is_on_panel=True)


@pytest.mark.usefixtures("two_needed")
def test_a_move_takes_level_vote_and_reason_along_and_is_in_both_trails(case: Case) -> None:
    other, agreed = second(case), case.agreed
    commands.change_level(
        profile=case.profile, member=agreed, level=3, reason="Safety", seen=agreed.version, **BY
    )
    approve(case.profile, case)
    approve(other, case)
    before = len(events_of(case.profile.cycle_id))
    found = move(case, other, agreed)
    assert len(events_of(case.profile.cycle_id)) == before + 1
    assert found.approvals == 2
    assert held(case.profile) == {"C-002": 2}
    assert held(other) == {"C-001": 3, "C-003": 3}
    arrived = next(one for one in members_of(other.id) if one.statement.code == "C-001")
    assert (vote_of(arrived), arrived.reason) == (AGREED, "Safety")
    assert not arrived.is_added_by_panel
    assert [one.reason for one in removed_from(case.profile.id)] == ["Moved to P-0002."]
    assert changes_since(case.profile.id, 2)[0].sentence == (
        "Moved “Calibrate oven sensors” to P-0002"
    )
    assert changes_since(other.id, 1)[0].sentence == (
        "Moved “Calibrate oven sensors” here from P-0001 at Expert"
    )


@pytest.mark.parametrize("is_undone_there", [True, False])
def test_a_move_is_undone_in_both_from_either_side(case: Case, is_undone_there: bool) -> None:
    other = second(case)
    move(case, other, case.agreed)
    here = other if is_undone_there else case.profile
    commands.undo_last(profile=here, seen=standing_edits(here.id)[-1].number, **BY)
    assert held(case.profile) == {"C-001": 2, "C-002": 2}
    assert held(other) == {"C-003": 3}
    assert standing_edits(case.profile.id) == standing_edits(other.id) == []


def test_undoing_leaves_what_was_moved_away_or_taken_out_as_it_stood(case: Case) -> None:
    other, agreed = second(case), case.agreed
    move(case, other, agreed, "Not an oven")
    restored = {"profile": case.profile, "member": agreed, "seen": agreed.version}
    commands.restore_capability(**restored, **BY)
    commands.undo_last(profile=case.profile, seen=standing_edits(case.profile.id)[-1].number, **BY)
    assert [one.reason for one in removed_from(case.profile.id)] == ["Moved to P-0002. Not an oven"]


def test_what_comes_back_from_another_role_level_keeps_the_vote_it_had(case: Case) -> None:
    far = second(case, make_role_level(case.cast.cycle, "Manager").id, "P-0003")
    move(case, far, case.agreed, "For managers")
    arrived = next(one for one in members_of(far.id) if one.statement.code == "C-001")
    back = {"profile": far, "member": arrived, "to": case.profile, "seen": arrived.version}
    commands.move_capability(reason="For technicians after all", **back, **BY)
    here = next(one for one in members_of(case.profile.id) if one.statement.code == "C-001")
    assert (vote_of(here), here.is_added_by_panel) == (AGREED, False)


def test_a_move_is_not_undone_over_a_later_change_at_the_other_end(case: Case) -> None:
    other = second(case)
    move(case, other, case.agreed)
    arrived = next(one for one in members_of(other.id) if one.statement.code == "C-001")
    facts = {"member": arrived, "seen": arrived.version, "level": 1, "reason": "Less"}
    commands.change_level(profile=other, **facts, **BY)
    number = standing_edits(case.profile.id)[-1].number
    with pytest.raises(Conflict, match="Practitioner became Awareness"):
        commands.undo_last(profile=case.profile, seen=number, **BY)


def test_a_move_is_refused_where_it_means_nothing_or_is_closed(case: Case) -> None:
    other = second(case)
    with pytest.raises(Invalid, match="another profile"):
        move(case, case.profile, case.agreed)
    commands.add_capability(
        profile=case.profile, statement=case.spare, level=1, reason="Nights", **BY
    )
    spare = members_of(other.id)[0]
    facts = {"member": spare, "seen": spare.version, "reason": ""}
    with pytest.raises(Invalid, match="already"):
        commands.move_capability(profile=other, to=case.profile, **facts, **BY)
    ratify(other)
    with pytest.raises(Closed, match="P-0002 is ratified"):
        move(case, other, case.agreed)


def test_another_role_level_asks_for_a_reason(case: Case) -> None:
    other = second(case, make_role_level(case.cast.cycle, "Managers", 2, 6).id)
    with pytest.raises(Invalid, match="another role level"):
        move(case, other, case.agreed)
    assert move(case, other, case.agreed, "Managers calibrate").is_changed
    arrived = next(one for one in members_of(other.id) if one.statement.code == "C-001")
    assert (arrived.is_added_by_panel, vote_of(arrived)) == (True, None)


def test_a_reason_is_asked_for_only_where_a_settled_verdict_is_left(case: Case) -> None:
    facts = {"profile": case.profile, "reason": "", **BY}
    with pytest.raises(Invalid):
        commands.remove_capability(member=case.agreed, seen=case.agreed.version, **facts)
    unsettled = case.provisional
    commands.remove_capability(member=unsettled, seen=unsettled.version, **facts)
    with pytest.raises(Invalid):
        commands.add_capability(statement=case.spare, level=1, **facts)
    commands.add_capability(statement=case.spare, level=1, **{**facts, "reason": "Nights"})
    added = case.member(case.spare)
    assert commands.remove_capability(member=added, seen=added.version, **facts).is_changed


def test_a_split_makes_a_profile_of_what_was_chosen(case: Case) -> None:
    whole = {"profile": case.profile, "reason": "Two trades", "version": case.profile.version}
    for members, name, field in (
        ([], "Reader", "members"),
        ([case.agreed, case.provisional], "Reader", "members"),
        ([case.agreed], "oven technician", "name"),
    ):
        with pytest.raises(Invalid) as refused:
            commands.split_profile(members=members, name=name, **whole, **BY)
        assert field in refused.value.problems
    new = commands.split_profile(members=[case.provisional], name="Log reader", **whole, **BY)
    assert (new.code, new.name, new.status) == ("P-0002", "Log reader", ProfileStatus.PROPOSED)
    assert new.role_level_id == case.profile.role_level_id
    assert (held(case.profile), held(new)) == ({"C-001": 2}, {"C-002": 2})
    assert changes_since(new.id, 0)[0].sentence == "Split off from P-0001 as “Log reader”"
    assert changes_since(case.profile.id, 0)[-1].sentence == "Split off P-0002 with 1 capability"
    commands.rename(profile=new, name="Log keeper", reason="", seen="Log reader", **BY)
    commands.undo_last(profile=new, seen=standing_edits(new.id)[-1].number, **BY)
    assert (new.name, new.is_name_suggested) == ("Log reader", False)
    with pytest.raises(Conflict, match="Split off P-0002"):
        commands.split_profile(members=[case.agreed], name="Other", **whole, **BY)


def test_a_merger_withdraws_one_and_keeps_the_levels_of_the_other(case: Case) -> None:
    other = second(case)
    commands.add_capability(
        profile=case.profile, statement=case.spare, level=1, reason="Nights", **BY
    )
    facts = {"profile": case.profile, "reason": "One trade", "version": case.profile.version}
    manager = second(case, make_role_level(case.cast.cycle, "Managers", 2, 6).id, "P-0003")
    with pytest.raises(Invalid, match="same role level"):
        commands.merge_profiles(into=manager, **facts, **BY)
    assert commands.merge_profiles(into=other, **facts, **BY) is other
    assert case.profile.status == ProfileStatus.WITHDRAWN
    assert case.profile.withdrawn_reason == "Merged into P-0002. One trade"
    assert held(other) == {"C-001": 2, "C-002": 2, "C-003": 3}
    commands.undo_last(profile=other, seen=standing_edits(other.id)[-1].number, **BY)
    assert held(other) == {"C-001": 2, "C-003": 3}


def test_what_the_library_says_becomes_a_kept_capability_of_the_cycle(case: Case) -> None:
    record = make_record("Proof dough overnight")
    record.area = make_area("Proving Rooms")
    before = len(events_of(case.profile.cycle_id))
    facts = {"profile": case.profile, "level": 2, **BY}
    with pytest.raises(Invalid):
        commands.add_from_library(record=record, reason="", **facts)
    commands.add_from_library(record=record, reason="Nights", **facts)
    assert len(events_of(case.profile.cycle_id)) == before + 1
    assert events_of(case.profile.cycle_id)[0].facts["from_library"]
    statement = db.session.query(CapabilityStatement).filter_by(text=record.text).one()
    assert (statement.status, statement.library_statement_id) == (StatementStatus.KEPT, record.id)
    assert statement.area_id == record.area_id
    assert held(case.profile)[statement.code] == 2
    with pytest.raises(Invalid, match="already"):
        commands.add_from_library(record=record, reason="Again", **facts)


def test_a_capability_that_says_the_same_is_used_and_kept_if_it_waited(case: Case) -> None:
    waiting = make_statement(
        case.cast.cycle, "Proof dough overnight", 9, status=StatementStatus.SUBMITTED
    )
    gone = make_statement(case.cast.cycle, "Leave dough overnight", 10)
    gone.status, gone.merged_into_id = StatementStatus.MERGED, case.spare.id
    for text in ("proof dough  overnight.", "Leave dough overnight"):
        facts = {"record": make_record(text), "level": 1, "reason": "Nights"}
        commands.add_from_library(profile=case.profile, **facts, **BY)
    assert waiting.status == StatementStatus.KEPT
    assert set(held(case.profile)) == {"C-001", "C-002", "C-003", "C-009"}
    assert len(profiles_of(case.profile.cycle_id)) == 1
