"""Each gate: what shuts it, what opens it, and what only warns."""

from dataclasses import replace
from typing import Any

import pytest

from cycles.stages.evidence import PROVIDED, provides
from cycles.stages.gates import GATES, WARNINGS, Evidence, blockers, warnings
from cycles.stages.words import ORDER, Stage

DONE = Evidence(
    has_challenge=True,
    has_when=True,
    solutions=2,
    prioritised=1,
    has_sponsor=True,
    has_scenario=True,
    partners=1,
    role_levels=1,
    technologists=5,
    employers=5,
    educators=5,
    panel_members=2,
    has_framework=True,
    are_rules_set=True,
    standards_in_use=1,
    kept_statements=3,
    workshops_closed=2,
    cells_total=3,
    profiles_ratified=1,
    ksbs_accepted=1,
    mapping_reviewed=1,
    reports_published=1,
    reports_signed_off=1,
    actions_total=1,
)

SHUT: list[tuple[Stage, dict[str, Any], str]] = [
    (Stage.CONSIDERING, {"has_challenge": False}, "State the challenge"),
    (Stage.CONSIDERING, {"has_when": False}, "by when"),
    (Stage.CONSIDERING, {"solutions": 0}, "at least one candidate solution"),
    (Stage.IDENTIFYING, {"prioritised": 0}, "Prioritise at least one"),
    (Stage.IDENTIFYING, {"prioritised_without_reason": 1}, "1 prioritised solution has no reason"),
    (Stage.IDENTIFYING, {"prioritised_without_reason": 2}, "2 prioritised solutions have no"),
    (Stage.IDENTIFYING, {"has_sponsor": False}, "Name the sponsor"),
    (Stage.PREPARING, {"partners": 0}, "supply-chain partner"),
    (Stage.PREPARING, {"role_levels": 0}, "at least one role level"),
    (Stage.PREPARING, {"role_levels_without_academic_level": 1}, "no academic level"),
    (Stage.PREPARING, {"technologists": 0}, "No technologist"),
    (Stage.PREPARING, {"employers": 0}, "No employer"),
    (Stage.PREPARING, {"educators": 0}, "No educator"),
    (Stage.PREPARING, {"has_framework": False}, "framework"),
    (Stage.PREPARING, {"are_rules_set": False}, "rules of agreement"),
    (Stage.CARRYING_OUT, {"workshops_open": 1}, "1 workshop is not closed yet"),
    (Stage.CARRYING_OUT, {"kept_statements": 0}, "capture workshop"),
    (Stage.CARRYING_OUT, {"cells_total": 0}, "Hold a proficiency workshop"),
    (Stage.CARRYING_OUT, {"cells_unsettled": 12}, "12 proficiency cells are neither settled"),
    (Stage.CARRYING_OUT, {"profiles_unratified": 1}, "1 profile is neither ratified"),
    (Stage.CARRYING_OUT, {"profiles_ratified": 0}, "Ratify at least one"),
    (Stage.CARRYING_OUT, {"ksbs_unreviewed": 4}, "4 suggested KSBs wait"),
    (Stage.CARRYING_OUT, {"ksbs_accepted": 0}, "accept the KSBs"),
    (Stage.CARRYING_OUT, {"mapping_reviewed": 0}, "map and gap"),
    (Stage.COMMUNICATING, {"reports_published": 0}, "Publish the report"),
    (Stage.COMMUNICATING, {"reports_signed_off": 0}, "sponsor has not signed"),
    (Stage.CAUSING_ACTION, {"actions_total": 0}, "at least one action"),
    (Stage.CAUSING_ACTION, {"actions_without_owner": 1}, "1 action has no owner or no date"),
]
WARNED: list[tuple[dict[str, Any], str]] = [
    ({"technologists": 4}, "Only 4 technologists have joined"),
    ({"employers": 1}, "Only 1 employer has joined"),
    ({"educators": 2}, "Only 2 educators have joined"),
    ({"panel_members": 1}, "panel has 1 member; ratifying a profile takes 2"),
    ({"has_scenario": False}, "no working scenario"),
    ({"standards_in_use": 0}, "current state is not known"),
]


@pytest.mark.parametrize("stage", ORDER)
def test_with_everything_done_every_gate_is_open_and_quiet(stage: Stage) -> None:
    assert blockers(stage, DONE) == ()
    assert warnings(stage, DONE) == ()


@pytest.mark.parametrize(("stage", "missing", "words"), SHUT)
def test_each_missing_thing_shuts_its_own_gate_and_no_other(
    stage: Stage, missing: dict[str, Any], words: str
) -> None:
    evidence = replace(DONE, **missing)
    (sentence,) = blockers(stage, evidence)
    assert words in sentence
    assert sentence.endswith(".")
    assert [each for each in ORDER if blockers(each, evidence)] == [stage]


@pytest.mark.parametrize(
    ("unsettled", "differing", "words"),
    [
        (4, 3, "1 suggested KSB waits for an educator's review, and educators differ on 3 more."),
        (2, 2, "Educators differ on 2 KSBs: a convener settles them."),
    ],
)
def test_the_gate_tells_ksbs_that_wait_from_those_educators_differ_on(
    unsettled: int, differing: int, words: str
) -> None:
    evidence = replace(DONE, ksbs_unreviewed=unsettled, ksbs_differing=differing)
    assert blockers(Stage.CARRYING_OUT, evidence) == (words,)


@pytest.mark.parametrize(("few", "words"), WARNED)
def test_what_only_warns_does_not_shut_the_gate(few: dict[str, Any], words: str) -> None:
    evidence = replace(DONE, **few)
    (sentence,) = warnings(Stage.PREPARING, evidence)
    assert words in sentence
    assert blockers(Stage.PREPARING, evidence) == ()


def test_a_group_of_nobody_blocks_and_does_not_warn_as_well() -> None:
    evidence = replace(DONE, technologists=0)
    assert warnings(Stage.PREPARING, evidence) == ()


def test_every_check_of_the_table_is_held_by_a_case_here() -> None:
    assert sum(len(checks) for checks in GATES.values()) == len(SHUT) - 1
    assert len(WARNINGS[Stage.PREPARING]) == len(WARNED)


def test_a_cycle_just_started_is_stopped_everywhere() -> None:
    assert all(blockers(stage, Evidence()) for stage in ORDER)


def test_a_provider_can_only_tell_what_a_gate_asks() -> None:
    with pytest.raises(ValueError, match="no gate asks for the_weather"):
        provides("the_weather")
    assert "workshops_open" in PROVIDED
