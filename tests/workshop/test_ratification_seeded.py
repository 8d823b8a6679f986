"""Profiles of an earlier cycle as this one goes on: rejected, merged, rated, ratified."""

import pytest

from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import members_of, profiles_of, profiles_unratified, removed_from
from cycles.profiles.trail import changes_of
from cycles.profiles.versions import latest_version, read
from cycles.profiles.votes import Vote
from cycles.profiles.wording import difference_words, vote_words
from cycles.stages.words import Stage
from cycles.statements import commands as statements
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import statements_of
from tests.client import ParsingClient
from tests.cycles.profile_cases import make_case
from tests.cycles.test_profiles_seeding import BY, Seeds, make_seeds
from tests.factories import Cast, make_account, make_participant, make_statement
from workshop.ratification import seeded
from workshop.ratification.commands import approve, change_level, rename, undo_last
from workshop.ratification.models import Approval
from workshop.rooms.commands import open_workshop, plan_workshop
from workshop.rooms.models import WorkshopKind


@pytest.fixture
def case(cast: Cast) -> Seeds:
    made = make_seeds(cast)
    made.cycle.stage = Stage.CARRYING_OUT
    made.take()
    workshop = plan_workshop(cycle=made.cycle, kind=WorkshopKind.RATIFICATION, title="Ratify", **BY)
    open_workshop(workshop=workshop, **BY)
    db.session.commit()
    return made


def only(case: Seeds) -> Profile:
    (profile,) = profiles_of(case.cycle.id)
    return profile


def here(case: Seeds, text: str) -> CapabilityStatement:
    return next(each for each in statements_of(case.cycle.id) if each.text == text)


def approve_once(case: Seeds) -> None:
    profile = only(case)
    approve(profile=profile, participant=case.cast.panel_member, version=profile.version, **BY)


def test_a_rejected_capability_leaves_and_the_answers_are_set_aside(case: Seeds) -> None:
    second = make_participant(
        case.cycle, make_account("Pau Panel"), Group.EMPLOYER, is_on_panel=True
    )
    assert second.is_on_panel
    approve_once(case)
    assert db.session.query(Approval).count() == 1
    statements.reject(statement=here(case, "Read the oven's log"), reason="Too plain", **BY)
    profile = only(case)
    assert [one.statement.code for one in members_of(profile.id)] == ["C-001"]
    assert [one.reason for one in removed_from(profile.id)] == ["C-002 was rejected"]
    kinds = [str(each.kind) for each in changes_of(profile.id)]
    assert kinds == ["approved", "removed", "approvals set aside"]
    assert db.session.query(Approval).count() == 0


def test_a_merged_capability_is_followed_to_what_took_it_in(case: Seeds) -> None:
    into = make_statement(case.cycle, "Keep ovens true", 9)
    statements.merge(statement=here(case, "Calibrate oven sensors"), into=into, **BY)
    profile = only(case)
    found = {one.statement.code: one.level for one in members_of(profile.id)}
    assert found == {"C-002": 1, "C-009": 3}
    statements.merge(statement=here(case, "Read the oven's log"), into=into, **BY)
    assert [(one.statement.code, one.level) for one in members_of(profile.id)] == [("C-009", 3)]


def test_undoing_a_change_gives_back_where_the_level_came_from(case: Seeds) -> None:
    profile = only(case)
    member = members_of(profile.id)[0]
    before = member.reason
    assert before.startswith("Taken over from ")
    facts = {"level": 1, "reason": "Less here", "seen": member.version}
    change_level(profile=profile, member=member, **facts, **BY)
    undo_last(profile=profile, seen=changes_of(profile.id)[-1].number, **BY)
    assert members_of(profile.id)[0].reason == before


def test_later_votes_stand_beside_the_levels_that_came_along(
    case: Seeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, oven = only(case), here(case, "Calibrate oven sensors")
    vote = Vote(level=2, outcome="level", counts=(1, 2, 16, 1))
    monkeypatch.setattr(seeded, "votes_of", lambda _: {(oven.id, profile.role_level_id): vote})
    facts = {"cycle_id": case.cycle.id, **BY}
    before = profile.version
    assert seeded.bring_votes(**facts) == 1
    assert seeded.bring_votes(**facts) == 0
    member = next(one for one in profile.members if one.statement_id == oven.id)
    assert (member.level, member.voted_level) == (3, 2)
    assert vote_words(member) == "voted Practitioner, 16 of 20"
    assert difference_words(member, profile.status) == "Voted Practitioner, panel says Expert"
    assert profile.version > before


def test_the_panel_reads_and_ratifies_it(case: Seeds, client: ParsingClient) -> None:
    assert profiles_unratified(case.cycle.id) == 1
    client.sign_in(case.cast.pia)
    path = f"/cycles/{case.cycle.id}/ratification/"
    assert client.get(path).status_code == 200
    assert client.get(f"{path}{only(case).id}").status_code == 200
    statements.keep(statements=statements_of(case.cycle.id), **BY)
    approve_once(case)
    profile = only(case)
    assert profile.status == ProfileStatus.RATIFIED
    version = latest_version(profile.id)
    assert version is not None
    assert [(one.code, one.level, one.vote) for one in read(version).members] == [
        ("C-001", 3, "not voted on at this role level"),
        ("C-002", 1, "not voted on at this role level"),
    ]
    assert profiles_unratified(case.cycle.id) == 0


@pytest.mark.parametrize("is_touched", [False, True])
def test_a_prototype_lets_go_of_what_is_rejected_and_can_still_be_replaced(
    cast: Cast, is_touched: bool
) -> None:
    found = make_case(cast)
    if is_touched:
        seen = {"seen": found.profile.name, "reason": ""}
        rename(profile=found.profile, name="Oven hand", **seen, **BY)
    before = found.profile.version
    statements.reject(statement=found.agreed.statement, reason="Bought in", **BY)
    assert [one.statement.code for one in members_of(found.profile.id)] == ["C-002"]
    assert found.profile.version > before
    kinds = [str(each.kind) for each in changes_of(found.profile.id)]
    assert kinds == (["renamed", "removed"] if is_touched else [])


def test_what_a_ratified_profile_holds_is_neither_rejected_nor_merged(cast: Cast) -> None:
    found = make_case(cast)
    found.profile.status = ProfileStatus.RATIFIED
    db.session.commit()
    with pytest.raises(Closed, match="C-001 is in P-0001, which the panel has ratified"):
        statements.reject(statement=found.agreed.statement, reason="Bought in", **BY)
    db.session.rollback()
    with pytest.raises(Closed, match="C-001 is in P-0001"):
        statements.merge(statement=found.agreed.statement, into=found.spare, **BY)
