"""Moving a cycle through its stages: the gate is obeyed, the move is recorded once."""

import uuid

import pytest

from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.stages import evidence
from cycles.stages.commands import advance, step_back
from cycles.stages.queries import evidence_of
from cycles.stages.words import Stage
from cycles.standards.models import StandardInUse
from cycles.statements.models import StatementStatus
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_account,
    make_cycle,
    make_framework,
    make_participant,
    make_partner,
    make_role_level,
    make_solution,
    make_standard,
    make_statement,
)


def actions_of(cycle_id: uuid.UUID) -> list[str]:
    return list(
        db.session.scalars(
            db.select(AuditEvent.action)
            .where(AuditEvent.cycle_id == cycle_id)
            .order_by(AuditEvent.id)
        )
    )


def test_advance_names_every_blocker_and_changes_nothing(session: object) -> None:
    cycle = make_cycle()
    with pytest.raises(Closed) as refusal:
        advance(cycle=cycle, actor=SYSTEM, moment=NOW)
    assert "State the challenge" in str(refusal.value)
    assert "candidate solution" in str(refusal.value)
    assert cycle.stage == Stage.CONSIDERING
    assert actions_of(cycle.id) == []


def test_advance_and_step_back_move_one_stage_and_record_once_each(session: object) -> None:
    cycle = make_cycle(challenge="Feed more people", challenge_when="By 2030")
    make_solution(cycle)
    assert advance(cycle=cycle, actor=SYSTEM, moment=NOW) == Stage.IDENTIFYING
    assert step_back(cycle=cycle, actor=SYSTEM, moment=NOW) == Stage.CONSIDERING
    assert actions_of(cycle.id) == ["cycle.advanced", "cycle.stepped_back"]


def test_there_is_nothing_before_the_first_and_after_the_last_stage(session: object) -> None:
    with pytest.raises(Closed, match="first stage"):
        step_back(cycle=make_cycle(), actor=SYSTEM, moment=NOW)
    last = make_cycle(stage=Stage.CAUSING_ACTION)
    with pytest.raises(Closed, match="last stage"):
        advance(cycle=last, actor=SYSTEM, moment=NOW)


def test_an_archived_cycle_does_not_move(session: object) -> None:
    cycle = make_cycle(stage=Stage.IDENTIFYING, archived_at=NOW)
    for move in (advance, step_back):
        with pytest.raises(Closed, match="archived"):
            move(cycle=cycle, actor=SYSTEM, moment=NOW)


def test_evidence_counts_what_is_there_and_who_has_not_left(cast: Cast) -> None:
    cycle = cast.cycle
    make_partner(cycle)
    make_role_level(cycle)
    make_role_level(cycle, "Managers", 2, academic_level=None)
    make_solution(cycle, is_prioritised=True)
    make_statement(cycle)
    make_statement(cycle, number=2, status=StatementStatus.REJECTED)
    framework = make_framework()
    compare_with(cycle, framework)
    add(StandardInUse(cycle_id=cycle.id, standard_id=make_standard(framework).id))
    make_participant(cycle, make_account("Left Early"), Group.EDUCATOR, withdrawn_at=NOW)
    found = evidence_of(cycle)
    assert (found.partners, found.role_levels) == (1, 2)
    assert found.role_levels_without_academic_level == 1
    assert (found.technologists, found.employers, found.educators) == (1, 2, 1)
    assert found.panel_members == 1
    assert (found.solutions, found.prioritised, found.prioritised_without_reason) == (1, 1, 1)
    assert found.kept_statements == 1
    assert found.standards_in_use == 1
    assert found.has_framework
    assert found.are_rules_set


def test_a_provider_tells_its_fact_and_a_missing_one_counts_as_nothing(
    session: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = make_cycle()
    monkeypatch.setattr(evidence, "_providers", {})
    assert evidence_of(cycle).workshops_open == 0
    evidence.provides("workshops_open")(lambda cycle_id: 2 if cycle_id == cycle.id else 0)
    evidence.provides("mapping_reviewed")(lambda _: True)
    evidence.provides("profiles_unratified")(lambda _: ("P-0001", "P-0002", "P-0003"))
    found = evidence_of(cycle)
    assert (found.workshops_open, found.mapping_reviewed, found.profiles_unratified) == (2, 1, 3)
