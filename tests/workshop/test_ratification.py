"""The panel: quorum, approvals set aside, when it sits, what is final."""

import pytest

from cycles.core.audit import Actor, events_of
from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.profiles.models import ProfileStatus
from cycles.profiles.trail import ChangeKind, changes_of
from cycles.stages.words import Stage
from tests.cycles.profile_cases import Case, make_case
from tests.factories import NOW, Cast, add, make_account, make_participant
from workshop.ratification import commands
from workshop.ratification.queries import answers_of, quorum_of
from workshop.rooms.models import RoomState, Workshop, WorkshopKind

PIA = Actor(None, "Pia Panel")
BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def second_member(cast: Cast) -> Participant:
    return make_participant(cast.cycle, make_account("Pat Panel"), Group.EMPLOYER, is_on_panel=True)


def now(case: Case, **facts: object) -> dict[str, object]:
    """Return the facts of a decision about the whole profile, just looked at."""
    return {"profile": case.profile, "version": case.profile.version, **BY, **facts}


def edit(case: Case, **facts: object) -> dict[str, object]:
    """Return the facts of a change by somebody who has just looked."""
    if "member" in facts:
        facts.setdefault("seen", facts["member"].version)
    if "name" in facts:
        facts.setdefault("seen", case.profile.name)
    return {"profile": case.profile, **BY, **facts}


def counts(case: Case) -> tuple[int, int]:
    """Return how many approve and how many object."""
    answers = answers_of(case.profile.id)
    return len(answers.approvals), len(answers.objections)


def test_the_quorum_ratifies_and_one_approval_does_not(case: Case) -> None:
    pat = second_member(case.cast)
    assert quorum_of(case.cast.cycle.id) == 2
    assert not commands.approve(**now(case, participant=case.cast.panel_member))
    assert case.profile.status == ProfileStatus.PROPOSED
    assert not commands.approve(**now(case, participant=case.cast.panel_member))
    assert counts(case) == (1, 0)
    assert commands.approve(**now(case, participant=pat))
    assert case.profile.status == ProfileStatus.RATIFIED
    assert case.profile.ratified_at == NOW


def test_a_panel_smaller_than_the_quorum_ratifies_when_all_approve(case: Case) -> None:
    assert quorum_of(case.cast.cycle.id) == 1
    assert commands.approve(**now(case, participant=case.cast.panel_member))


def test_a_change_sets_approvals_aside_and_says_so(case: Case) -> None:
    second_member(case.cast)
    commands.approve(**now(case, participant=case.cast.panel_member))
    found = commands.change_level(**edit(case, member=case.agreed, level=3, reason="Safety"))
    assert found.sentence.startswith("Saved. 1 approval was set aside")
    assert counts(case) == (0, 0)
    kinds = [one.kind for one in changes_of(case.profile.id)]
    assert kinds == [ChangeKind.APPROVED, ChangeKind.LEVEL, ChangeKind.SET_ASIDE]


def test_a_change_that_changes_nothing_leaves_approvals_alone(case: Case) -> None:
    second_member(case.cast)
    commands.approve(**now(case, participant=case.cast.panel_member))
    assert not commands.change_level(
        **edit(case, member=case.agreed, level=2, reason="")
    ).is_changed
    assert counts(case) == (1, 0)


def test_nobody_approves_a_version_they_have_not_seen(case: Case) -> None:
    stale = case.profile.version
    commands.rename(**edit(case, name="Night baker", reason=""))
    with pytest.raises(Conflict):
        commands.approve(
            profile=case.profile, participant=case.cast.panel_member, version=stale, **BY
        )


def test_only_the_panel_approves_and_leaving_it_takes_the_approval_away(case: Case) -> None:
    second_member(case.cast)
    with pytest.raises(Closed, match="panel"):
        commands.approve(**now(case, participant=case.cast.employer))
    commands.approve(**now(case, participant=case.cast.panel_member))
    case.cast.panel_member.is_on_panel = False
    db.session.flush()
    assert counts(case) == (0, 0)


def test_an_approval_can_be_taken_back_by_who_gave_it(case: Case) -> None:
    pat = second_member(case.cast)
    commands.approve(**now(case, participant=case.cast.panel_member))
    with pytest.raises(Invalid):
        commands.take_back(**now(case, participant=pat))
    commands.take_back(**now(case, participant=case.cast.panel_member))
    assert counts(case) == (0, 0)


def test_a_ratified_profile_refuses_every_command(case: Case) -> None:
    commands.approve(**now(case, participant=case.cast.panel_member))
    one = {"member": case.agreed, "seen": case.agreed.version}
    whole = {"version": case.profile.version}
    who = {**whole, "participant": case.cast.panel_member}
    for command, own in (
        (commands.change_level, {**one, "level": 3, "reason": "x"}),
        (commands.change_level, {**one, "level": 2, "reason": ""}),
        (commands.add_capability, {"statement": case.spare, "level": 1, "reason": "x"}),
        (commands.remove_capability, {**one, "reason": "x"}),
        (commands.restore_capability, one),
        (commands.rename, {"name": "x", "reason": "x", "seen": "Oven technician"}),
        (commands.split_profile, {**whole, "members": [case.agreed], "name": "x", "reason": ""}),
        (commands.approve, who),
        (commands.object_to, {**who, "reason": "x"}),
        (commands.take_back, who),
        (commands.withdraw, {**whole, "reason": "x", "is_convener": False}),
        (commands.put_back, {"is_convener": True}),
    ):
        with pytest.raises(Closed):
            command(profile=case.profile, **BY, **own)


def test_the_panel_works_only_in_its_stage_and_while_its_workshop_is_open(case: Case) -> None:
    room = add(Workshop(cycle_id=case.cast.cycle.id, kind=WorkshopKind.RATIFICATION, title="Panel"))
    with pytest.raises(Closed, match="workshop is not open"):
        commands.rename(**edit(case, name="Baker", reason=""))
    room.state = RoomState.OPEN
    commands.rename(**edit(case, name="Baker", reason=""))
    case.cast.cycle.stage = Stage.COMMUNICATING
    with pytest.raises(Closed, match="carrying-out"):
        commands.approve(**now(case, participant=case.cast.panel_member))


def test_a_convener_may_withdraw_after_the_panel_has_stopped(case: Case) -> None:
    add(
        Workshop(
            cycle_id=case.cast.cycle.id,
            kind=WorkshopKind.RATIFICATION,
            title="Panel",
            state=RoomState.CLOSED,
        )
    )
    with pytest.raises(Closed):
        commands.withdraw(**now(case, reason="Not a trade", is_convener=False))
    commands.withdraw(**now(case, reason="Not a trade", is_convener=True))
    assert case.profile.withdrawn_reason == "Not a trade"


def test_setting_back_to_the_vote_needs_no_reason(case: Case) -> None:
    commands.change_level(**edit(case, member=case.agreed, level=3, reason="Safety"))
    commands.change_level(**edit(case, member=case.agreed, level=2, reason=""))
    assert (case.agreed.level, case.agreed.reason) == (2, "")


def test_each_command_writes_one_event(case: Case) -> None:
    second_member(case.cast)
    whole = {"participant": case.cast.panel_member}
    for command, own in (
        (commands.approve, now(case, **whole)),
        (commands.object_to, now(case, reason="Too thin", **whole)),
        (commands.take_back, now(case, **whole)),
        (commands.change_level, edit(case, member=case.agreed, level=3, reason="x")),
        (commands.undo_last, edit(case, seen=4)),
        (commands.comment, edit(case, text="Well put", **whole)),
    ):
        before = len(events_of(case.cast.cycle.id))
        command(**own)
        assert len(events_of(case.cast.cycle.id)) == before + 1
