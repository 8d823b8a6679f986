"""What the panel answers: objections, the rule, dissent that stays, reopening, comments."""

import pytest

from consensus.ratifying import PanelRule
from cycles.core.audit import events_of
from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.profiles.models import ProfileStatus
from cycles.profiles.trail import ChangeKind, changes_of, changes_since
from cycles.profiles.versions import latest_version, read
from cycles.setup.queries import rule_card_of
from tests.cycles.profile_cases import PIA, Case, make_case
from tests.factories import NOW, Cast, add, make_account, make_participant
from workshop.ratification import commands
from workshop.ratification.queries import (
    Stand,
    answers_by_profile,
    answers_of,
    comments_of,
    panel_members,
    quorum_of,
    rule_of,
    waiting_for,
)
from workshop.rooms.models import RoomState, Workshop, WorkshopKind

BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    """A panel of three of whom three have to answer, two thirds of them with an approval."""
    made = make_case(cast)
    for name in ("Pat Panel", "Per Panel"):
        make_participant(cast.cycle, make_account(name), Group.EMPLOYER, is_on_panel=True)
    card = rule_card_of(cast.cycle.id)
    card.panel_quorum, card.panel_rule = 3, PanelRule.TWO_THIRDS
    db.session.commit()
    return made


def panel(case: Case) -> list[Participant]:
    return panel_members(case.cast.cycle.id)


def now(case: Case, who: int, **facts: object) -> dict[str, object]:
    whole = {"profile": case.profile, "version": case.profile.version}
    return {**whole, "participant": panel(case)[who], **BY, **facts}


def ratified(case: Case, reason: str = "Too thin") -> None:
    commands.approve(**now(case, 0))
    commands.approve(**now(case, 1))
    assert commands.object_to(**now(case, 2, reason=reason))


def test_an_objection_is_an_answer_and_stays_as_dissent(case: Case) -> None:
    with pytest.raises(Invalid) as refused:
        commands.object_to(**now(case, 2, reason=" "))
    assert "reason" in refused.value.problems
    ratified(case)
    assert case.profile.status == ProfileStatus.RATIFIED
    content = read(latest_version(case.profile.id))
    assert (content.approvals, content.objections) == (2, ("Too thin",))
    assert (content.quorum, content.rule) == (3, PanelRule.TWO_THIRDS)
    event = events_of(case.cast.cycle.id)[0]
    assert event.action == "profile.objected_to"
    assert "Too thin" not in str(event.facts)
    assert event.facts["is_ratified"]
    assert [one.reason for one in answers_of(case.profile.id).objections] == ["Too thin"]


@pytest.mark.parametrize(
    ("rule", "answers", "is_ratified"),
    [
        (PanelRule.MAJORITY, "AAO", True),
        (PanelRule.MAJORITY, "AOO", False),
        (PanelRule.TWO_THIRDS, "AAO", True),
        (PanelRule.UNANIMOUS, "AAO", False),
        (PanelRule.UNANIMOUS, "AAA", True),
        (PanelRule.MAJORITY, "AA", False),
    ],
)
def test_quorum_and_rule_decide_together(
    case: Case, rule: PanelRule, answers: str, is_ratified: bool
) -> None:
    rule_card_of(case.cast.cycle.id).panel_rule = rule
    for who, answer in enumerate(answers):
        if answer == "A":
            commands.approve(**now(case, who))
        else:
            commands.object_to(**now(case, who, reason="Too thin"))
    assert (case.profile.status == ProfileStatus.RATIFIED) == is_ratified
    assert (quorum_of(case.cast.cycle.id), rule_of(case.cast.cycle.id)) == (3, rule)


def test_who_objects_does_not_approve_and_the_other_way_round(case: Case) -> None:
    me = panel(case)[0].id
    commands.approve(**now(case, 0))
    commands.object_to(**now(case, 0, reason="Too thin"))
    assert answers_of(case.profile.id).of(me) == Stand.OBJECTS
    commands.object_to(**now(case, 0, reason="Much too thin"))
    assert [one.reason for one in answers_of(case.profile.id).objections] == ["Much too thin"]
    commands.approve(**now(case, 0))
    assert answers_of(case.profile.id).of(me) == Stand.APPROVES
    assert answers_of(case.profile.id).count == 1


def test_taking_an_objection_back_can_leave_enough_to_ratify(case: Case) -> None:
    case_card = rule_card_of(case.cast.cycle.id)
    case_card.panel_quorum, case_card.panel_rule = 2, PanelRule.UNANIMOUS
    commands.object_to(**now(case, 2, reason="Too thin"))
    assert not commands.approve(**now(case, 0))
    assert not commands.approve(**now(case, 1))
    assert commands.take_back(**now(case, 2))
    assert read(latest_version(case.profile.id)).objections == ()


def test_a_change_sets_objections_aside_too_and_the_trail_keeps_their_reasons(case: Case) -> None:
    commands.approve(**now(case, 0))
    commands.object_to(**now(case, 1, reason="Too thin"))
    found = commands.change_level(
        profile=case.profile,
        member=case.provisional,
        level=3,
        reason="",
        seen=case.provisional.version,
        **BY,
    )
    assert (found.approvals, found.objections) == (1, 1)
    assert "1 approval and 1 objection were set aside" in found.sentence
    assert answers_by_profile(case.cast.cycle.id) == {}
    kinds = {one.kind: one for one in changes_of(case.profile.id)}
    assert kinds[ChangeKind.OBJECTED].reason == "Too thin"
    assert kinds[ChangeKind.SET_ASIDE].before == "1 approval and 1 objection"


def test_the_board_says_who_is_waited_for(case: Case) -> None:
    commands.approve(**now(case, 0))
    commands.object_to(**now(case, 2, reason="Too thin"))
    (line,) = waiting_for(case.cast.cycle.id)
    first, second, third = (one.id for one in panel(case))
    assert line.stands == (
        (first, Stand.APPROVES),
        (second, Stand.WAITED_FOR),
        (third, Stand.OBJECTS),
    )
    assert line.waits_for == (second,)
    assert line.answers.would_ratify(second, quorum=3, rule=PanelRule.TWO_THIRDS)
    assert not line.answers.would_ratify(second, quorum=3, rule=PanelRule.UNANIMOUS)
    commands.approve(**now(case, 1))
    assert waiting_for(case.cast.cycle.id)[0].waits_for == ()


def test_an_empty_profile_cannot_be_approved(case: Case) -> None:
    for member in (case.agreed, case.provisional):
        facts = {"member": member, "seen": member.version, "reason": "Not ours"}
        commands.remove_capability(profile=case.profile, **facts, **BY)
    with pytest.raises(Invalid, match="holds no capability"):
        commands.approve(**now(case, 0))


def test_a_convener_reopens_with_a_reason_and_answers_start_anew(case: Case) -> None:
    ratified(case)
    whole = {"profile": case.profile, **BY}
    with pytest.raises(Invalid, match="reopened"):
        commands.reopen(reason="", version=case.profile.version, **whole)
    with pytest.raises(Conflict):
        commands.reopen(reason="New plant", version=1, **whole)
    commands.reopen(reason="New plant", version=case.profile.version, **whole)
    assert case.profile.status == ProfileStatus.PROPOSED
    assert answers_of(case.profile.id).count == 0
    commands.rename(name="Night baker", reason="", seen="Oven technician", **whole)
    ratified(case, "Still too thin")
    assert read(latest_version(case.profile.id)).objections == ("Still too thin",)
    assert latest_version(case.profile.id).number == 2


def test_only_a_convener_withdraws_what_the_panel_ratified_and_its_version_stays(
    case: Case,
) -> None:
    ratified(case)
    facts = {"profile": case.profile, "version": case.profile.version, "reason": "Gone", **BY}
    with pytest.raises(Closed, match="convener"):
        commands.withdraw(is_convener=False, **facts)
    commands.withdraw(is_convener=True, **facts)
    assert case.profile.status == ProfileStatus.WITHDRAWN
    assert latest_version(case.profile.id).number == 1
    commands.put_back(profile=case.profile, is_convener=True, **BY)
    assert (case.profile.status, answers_of(case.profile.id).count) == (ProfileStatus.PROPOSED, 0)


def test_comments_change_nothing_and_their_own_writer_or_a_convener_takes_them_away(
    case: Case,
) -> None:
    commands.approve(**now(case, 0))
    version = case.profile.version
    mine, other = panel(case)[:2]
    about = {"profile": case.profile, "participant": mine, **BY}
    said = commands.comment(text=" Do we need nights? ", statement=case.agreed.statement, **about)
    assert [(row.comment.text, row.name) for row in comments_of(case.profile.id)] == [
        ("Do we need nights?", mine.account.name)
    ]
    assert (case.profile.version, answers_of(case.profile.id).count) == (version, 1)
    assert changes_since(case.profile.id, 1)[-1].sentence == "Commented on “Calibrate oven sensors”"
    for text in ("", "x" * 2001):
        with pytest.raises(Invalid):
            commands.comment(text=text, **about)
    with pytest.raises(Missing):
        commands.comment(text="Not in it", statement=case.spare, **about)
    with pytest.raises(Closed, match="panel"):
        commands.comment(text="Hello", **{**about, "participant": case.cast.employer})
    with pytest.raises(Closed, match="Only who wrote"):
        commands.take_comment_away(comment=said, participant=other, is_convener=False, **BY)
    commands.take_comment_away(comment=said, participant=mine, is_convener=False, **BY)
    assert comments_of(case.profile.id) == ()


def test_once_the_panel_has_stopped_only_a_convener_speaks(case: Case) -> None:
    room = {"kind": WorkshopKind.RATIFICATION, "title": "Panel", "state": RoomState.CLOSED}
    add(Workshop(cycle_id=case.cast.cycle.id, **room))
    ada = db.session.query(Participant).filter_by(account_id=case.cast.ada.id).one()
    about = {"profile": case.profile, "text": "Well put", **BY}
    with pytest.raises(Closed):
        commands.comment(participant=panel(case)[0], **about)
    assert commands.comment(participant=ada, **about)
