"""Profiles: what a generation replaces, what the panel changes, what is kept of it."""

import re

import pytest

from cycles.core.audit import Actor, broken_links, events_of
from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.profiles import commands, standing, undoing
from cycles.profiles.generating import generate
from cycles.profiles.models import ProfileStatus
from cycles.profiles.queries import (
    live_members,
    members_of,
    profiles_of,
    profiles_ratified,
    profiles_unratified,
    removed_from,
)
from cycles.profiles.trail import ChangeKind, changes_of, standing_edits
from cycles.profiles.votes import departs, vote_of
from tests.cycles.profile_cases import AGREED, OPEN_PAIR, PIA, Case, make_case, propose, ratify
from tests.factories import NOW, Cast, make_account, make_statement

BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def changed(case: Case, **facts: object) -> dict[str, object]:
    """Return the facts of a command of somebody who has just looked."""
    if "member" in facts:
        facts.setdefault("seen", facts["member"].version)
    return {"profile": case.profile, **BY, **facts}


def decided(case: Case, **facts: object) -> dict[str, object]:
    """Return the facts of a decision about the whole profile, just looked at."""
    return {"profile": case.profile, "version": case.profile.version, **BY, **facts}


def undo(case: Case) -> undoing.Undone | None:
    edits = standing_edits(case.profile.id)
    seen = edits[-1].number if edits else 0
    return undoing.undo_last(profile=case.profile, seen=seen, **BY)


def test_a_generated_profile_keeps_votes_reasons_and_suggested_names(case: Case) -> None:
    assert (case.profile.code, case.profile.name) == ("P-0001", "Oven technician")
    assert case.profile.is_name_suggested
    assert case.profile.suggested_names[0]["score"] == 0.52
    vote = vote_of(case.agreed)
    assert vote == AGREED
    assert vote.sentence == "voted Practitioner, 16 of 20"
    assert case.agreed.why["shares_area"] == 2
    assert case.provisional.is_provisional


def test_the_difference_between_vote_and_panel_is_kept(case: Case) -> None:
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety critical"))
    db.session.commit()
    member = case.member(case.agreed.statement)
    assert (member.voted_level, member.level, member.reason) == (2, 3, "Safety critical")
    assert departs(member)
    change = changes_of(case.profile.id)[-1]
    assert (change.kind, change.before, change.after) == ("level", "Practitioner", "Expert")
    assert change.reason == "Safety critical"


def test_leaving_an_agreed_level_needs_a_reason_and_going_back_does_not(case: Case) -> None:
    with pytest.raises(Invalid) as refused:
        commands.change_level(**changed(case, member=case.agreed, level=3, reason=" "))
    assert "reason" in refused.value.problems
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    commands.change_level(**changed(case, member=case.agreed, level=2, reason=""))
    assert not departs(case.agreed)


def test_settling_a_provisional_level_needs_no_reason(case: Case) -> None:
    assert commands.change_level(**changed(case, member=case.provisional, level=1, reason=""))


def test_the_same_level_again_changes_nothing(case: Case) -> None:
    before = case.profile.version
    assert not commands.change_level(**changed(case, member=case.agreed, level=2, reason=""))
    assert case.profile.version == before
    assert changes_of(case.profile.id) == []


@pytest.mark.parametrize("level", [-1, 0, 4])
def test_a_profile_holds_only_the_three_levels(case: Case, level: int) -> None:
    with pytest.raises(Invalid):
        commands.change_level(**changed(case, member=case.agreed, level=level, reason="Why not"))


def test_adding_asks_for_a_reason_and_keeps_the_vote(case: Case) -> None:
    with pytest.raises(Invalid):
        commands.add_capability(
            **changed(case, statement=case.spare, level=1, reason="", vote=None)
        )
    member = commands.add_capability(
        **changed(case, statement=case.spare, level=1, reason="Needed at night", vote=OPEN_PAIR)
    )
    assert member.is_added_by_panel
    assert vote_of(member) == OPEN_PAIR
    with pytest.raises(Invalid, match="already"):
        commands.add_capability(
            **changed(case, statement=case.spare, level=2, reason="Again", vote=None)
        )


def test_a_capability_of_another_cycle_cannot_be_added(case: Case) -> None:
    foreign = make_statement(case.cast.other_cycle, "Fly drones")
    with pytest.raises(Missing):
        commands.add_capability(
            **changed(case, statement=foreign, level=1, reason="Because", vote=None)
        )


def test_a_removed_capability_stays_for_the_trail_and_can_be_put_back(case: Case) -> None:
    with pytest.raises(Invalid):
        commands.remove_capability(**changed(case, member=case.agreed, reason=""))
    commands.remove_capability(**changed(case, member=case.agreed, reason="Another trade's"))
    assert [one.id for one in members_of(case.profile.id)] == [case.provisional.id]
    assert [one.reason for one in removed_from(case.profile.id)] == ["Another trade's"]
    with pytest.raises(Missing):
        commands.change_level(**changed(case, member=case.agreed, level=1, reason="x"))
    commands.restore_capability(**changed(case, member=case.agreed))
    assert removed_from(case.profile.id) == []


def test_a_name_is_unique_in_the_cycle_whatever_its_case(case: Case) -> None:
    level, statement = case.profile.role_level, make_statement(case.cast.cycle, "Bake", 9)
    generate(
        cycle_id=case.cast.cycle.id,
        proposals=[
            propose(None, level, [case.agreed.statement, case.provisional.statement], [AGREED] * 2),
            propose(None, level, [statement], [AGREED]),
        ],
        settings={},
        criterion={},
        **BY,
    )
    first, second = profiles_of(case.cast.cycle.id)
    assert (first.name, second.name) == ("Oven technician", "Oven technician: Test Equipment")
    with pytest.raises(Invalid) as refused:
        commands.rename(profile=second, name="oven  TECHNICIAN", reason="", seen=second.name, **BY)
    assert "P-0001" in refused.value.problems["name"]
    commands.rename(profile=first, name="Électricien", reason="", seen=first.name, **BY)
    for name in ("Électricien", "électricien"):
        with pytest.raises(Invalid, match="P-0001 has that name already"):
            commands.rename(profile=second, name=name, reason="", seen=second.name, **BY)


def test_every_change_raises_the_version_of_what_it_changed_and_of_the_profile(
    case: Case,
) -> None:
    profile, agreed, provisional = (
        one.version for one in (case.profile, case.agreed, case.provisional)
    )
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    assert case.profile.version == profile + 1
    assert case.agreed.version == agreed + 1
    assert case.provisional.version == provisional


def test_changes_to_different_things_never_refuse_each_other(case: Case) -> None:
    seen = {"member": case.provisional, "seen": case.provisional.version}
    name = case.profile.name
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    assert commands.change_level(**changed(case, level=1, reason="", **seen))
    assert commands.rename(**changed(case, name="Night baker", reason="", seen=name))


def test_who_comes_second_is_told_who_was_first_and_what_they_did(case: Case) -> None:
    pat = Actor(make_account("Pat Panel").id, "Pat Panel")
    seen, name = case.agreed.version, case.profile.name
    commands.change_level(
        **changed(case, member=case.agreed, level=3, reason="Safety") | {"actor": pat}
    )
    commands.rename(**changed(case, name="Night baker", reason="", seen=name) | {"actor": pat})
    for refused, said in (
        (
            lambda: commands.remove_capability(
                **changed(case, member=case.agreed, reason="Not ours", seen=seen)
            ),
            "Pat Panel was first. “Calibrate oven sensors”: Practitioner became Expert.",
        ),
        (
            lambda: commands.rename(**changed(case, name="Day baker", reason="", seen=name)),
            "Pat Panel was first. Renamed from “Oven technician” to “Night baker”.",
        ),
        (
            lambda: standing.withdraw(**decided(case, version=1, reason="Not a trade")),
            "Pat Panel: “Calibrate oven sensors”: Practitioner became Expert; Pat Panel: Renamed",
        ),
    ):
        with pytest.raises(Conflict, match=re.escape(said)):
            refused()


def test_the_same_change_sent_twice_is_made_once(case: Case) -> None:
    seen = {"member": case.agreed, "seen": case.agreed.version}
    assert commands.change_level(**changed(case, level=3, reason="Safety", **seen))
    assert not commands.change_level(**changed(case, level=3, reason="Safety", **seen))
    number = changes_of(case.profile.id)[-1].number
    assert undoing.undo_last(profile=case.profile, seen=number, **BY)
    assert undoing.undo_last(profile=case.profile, seen=number, **BY) is None
    seen["seen"] = case.agreed.version
    assert commands.remove_capability(**changed(case, reason="Not ours", **seen))
    assert not commands.remove_capability(**changed(case, reason="Not ours", **seen))
    seen["seen"] = case.agreed.version
    assert commands.restore_capability(**changed(case, **seen))
    assert not commands.restore_capability(**changed(case, **seen))
    assert len(changes_of(case.profile.id)) == 4


def test_an_undo_takes_back_what_was_seen_though_others_changed_other_things(case: Case) -> None:
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    mine = changes_of(case.profile.id)[-1].number
    commands.change_level(**changed(case, member=case.provisional, level=1, reason=""))
    assert undoing.undo_last(profile=case.profile, seen=mine, **BY)
    assert (case.agreed.level, case.provisional.level) == (2, 1)
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    mine = changes_of(case.profile.id)[-1].number
    commands.change_level(**changed(case, member=case.agreed, level=1, reason="Cheaper"))
    with pytest.raises(Conflict, match="Expert became Awareness"):
        undoing.undo_last(profile=case.profile, seen=mine, **BY)


def test_undo_takes_changes_back_one_at_a_time(case: Case) -> None:
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    commands.change_level(**changed(case, member=case.agreed, level=1, reason="Cheaper"))
    commands.add_capability(
        **changed(case, statement=case.spare, level=1, reason="Nights", vote=None)
    )
    commands.remove_capability(**changed(case, member=case.provisional, reason="Not ours"))
    commands.rename(**changed(case, name="Night baker", reason="", seen=case.profile.name))
    for _ in range(2):
        undo(case)
    assert case.profile.name == "Oven technician"
    assert case.profile.is_name_suggested
    assert removed_from(case.profile.id) == []
    undo(case)
    assert len(members_of(case.profile.id)) == 2
    undo(case)
    member = case.member(case.agreed.statement)
    assert (member.level, member.reason) == (3, "Safety")
    undo(case)
    member = case.member(case.agreed.statement)
    assert (member.level, member.reason) == (2, "")
    with pytest.raises(Invalid, match="no change"):
        undo(case)
    assert [one.kind for one in changes_of(case.profile.id)].count(ChangeKind.UNDONE) == 5


@pytest.mark.parametrize("status", [ProfileStatus.RATIFIED, ProfileStatus.WITHDRAWN])
def test_a_profile_that_is_not_proposed_refuses_every_change(
    case: Case, status: ProfileStatus
) -> None:
    if status == ProfileStatus.RATIFIED:
        ratify(case.profile)
    else:
        standing.withdraw(**decided(case, reason="Not a trade"))
    db.session.flush()
    for change in (
        lambda: commands.change_level(**changed(case, member=case.agreed, level=3, reason="x")),
        lambda: commands.add_capability(
            **changed(case, statement=case.spare, level=3, reason="x", vote=None)
        ),
        lambda: commands.remove_capability(**changed(case, member=case.agreed, reason="x")),
        lambda: commands.restore_capability(**changed(case, member=case.agreed)),
        lambda: commands.rename(**changed(case, name="Baker", reason="x", seen=case.profile.name)),
        lambda: undo(case),
    ):
        with pytest.raises(Closed, match=status.value):
            change()


def test_a_withdrawn_profile_can_be_put_back_and_a_ratified_one_cannot(case: Case) -> None:
    standing.withdraw(**decided(case, reason="Not a trade"))
    assert profiles_unratified(case.cast.cycle.id) == 0
    assert live_members(case.cast.cycle.id) == []
    standing.put_back(profile=case.profile, **BY)
    assert profiles_unratified(case.cast.cycle.id) == 1
    ratify(case.profile)
    db.session.flush()
    assert profiles_ratified(case.cast.cycle.id) == 1
    with pytest.raises(Closed):
        standing.put_back(profile=case.profile, **BY)


def test_a_new_generation_replaces_what_nobody_touched(case: Case) -> None:
    statement = make_statement(case.cast.cycle, "Bake", 9)
    found = generate(
        cycle_id=case.cast.cycle.id,
        proposals=[propose(None, case.profile.role_level, [statement], [AGREED], "Baker")],
        settings={},
        criterion={},
        **BY,
    )
    assert (found.number, found.replaced, found.kept) == (2, 1, 0)
    assert [(one.code, one.name) for one in profiles_of(case.cast.cycle.id)] == [
        ("P-0002", "Baker")  # a code that was used once is never given again
    ]


def test_a_new_generation_keeps_what_the_panel_touched_and_does_not_repeat_it(case: Case) -> None:
    commands.rename(**changed(case, name="Night baker", reason="", seen=case.profile.name))
    statement = make_statement(case.cast.cycle, "Bake", 9)
    level = case.profile.role_level
    found = generate(
        cycle_id=case.cast.cycle.id,
        proposals=[
            propose(None, level, [case.agreed.statement, case.provisional.statement], [AGREED] * 2),
            propose(None, level, [statement], [AGREED], "Baker"),
        ],
        settings={},
        criterion={},
        **BY,
    )
    assert (found.proposed, found.kept, found.repeated) == (1, 1, 1)
    assert [(one.code, one.name) for one in profiles_of(case.cast.cycle.id)] == [
        ("P-0001", "Night baker"),
        ("P-0002", "Baker"),
    ]


def test_each_change_writes_one_event_without_a_level(case: Case) -> None:
    before = len(events_of(case.cast.cycle.id))
    commands.change_level(**changed(case, member=case.agreed, level=3, reason="Safety"))
    events = events_of(case.cast.cycle.id)
    assert len(events) == before + 1
    assert events[0].action == "profile.changed"
    assert events[0].facts == {"code": "P-0001", "kind": "level", "capability": "C-001"}
    assert list(broken_links()) == []
