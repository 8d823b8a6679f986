"""The set-up's commands: what they keep, what they refuse, and one audit event a change."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consensus.ratifying import PanelRule
from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.setup import commands, queries
from cycles.setup.models import Cycle, Milestone, RuleCard, Solution
from cycles.setup.provision import ChosenFramework, frameworks_of, standards_in_use_of
from cycles.standards.models import StandardInUse
from tests.factories import (
    NOW,
    add,
    compare_with,
    make_cycle,
    make_framework,
    make_partner,
    make_role_level,
    make_solution,
    make_standard,
    make_statement,
)

BY: dict[str, Any] = {"actor": SYSTEM, "moment": NOW}
RULES: dict[str, Any] = {
    "threshold_percent": 80,
    "minimum_n": 6,
    "stability_percent": 10,
    "round_cap": 2,
    "panel_quorum": 3,
    "panel_rule": "unanimous",
    "rationale": "Four in five is what the sector's earlier panels used.",
}


def events(cycle_id: uuid.UUID) -> list[AuditEvent]:
    rows = db.select(AuditEvent).where(AuditEvent.cycle_id == cycle_id).order_by(AuditEvent.id)
    return list(db.session.scalars(rows))


def one_of_each(cycle: Cycle) -> list[tuple[str, Callable[[], object]]]:
    """Every change that can be made to a cycle's set-up, with the event it records."""
    solution, partner, level = make_solution(cycle), make_partner(cycle), make_role_level(cycle)
    add(Solution(cycle_id=cycle.id, name="Sensors", position=2))
    make_partner(cycle, "Integrator", 2)
    make_role_level(cycle, "Leads", 2)
    milestone = add(Milestone(cycle_id=cycle.id, on=date(2026, 5, 1), title="X"))
    framework = make_framework()
    standard = make_standard(framework)
    c = commands
    return [
        (
            "cycle.title_changed",
            lambda: c.change_title(cycle=cycle, title="Anew", convener_organisation="", **BY),
        ),
        (
            "cycle.challenge_changed",
            lambda: c.change_challenge(cycle=cycle, challenge="W", challenge_when="By 2030", **BY),
        ),
        (
            "cycle.case_changed",
            lambda: c.change_case(cycle=cycle, case_for_foresighting="", sponsor="Forum", **BY),
        ),
        ("cycle.scenario_changed", lambda: c.change_scenario(cycle=cycle, scenario="2030", **BY)),
        ("solution.added", lambda: c.add_solution(cycle=cycle, name="Twins", **BY)),
        (
            "solution.changed",
            lambda: c.change_solution(solution=solution, name="Ovens", description="", **BY),
        ),
        ("solution.moved", lambda: c.move_solution(solution=solution, up=False, **BY)),
        (
            "solution.prioritised",
            lambda: c.prioritise_solution(solution=solution, reason="First", **BY),
        ),
        ("solution.set_aside", lambda: c.set_aside_solution(solution=solution, **BY)),
        ("solution.removed", lambda: c.remove_solution(solution=solution, **BY)),
        ("partner.added", lambda: c.add_partner(cycle=cycle, name="Miller", **BY)),
        (
            "partner.changed",
            lambda: c.change_partner(partner=partner, name="Maker", description="", **BY),
        ),
        ("partner.moved", lambda: c.move_partner(partner=partner, up=False, **BY)),
        ("partner.removed", lambda: c.remove_partner(partner=partner, **BY)),
        (
            "role_level.added",
            lambda: c.add_role_level(cycle=cycle, name="Managers", academic_level=7, **BY),
        ),
        (
            "role_level.changed",
            lambda: c.change_role_level(
                role_level=level, name="Technicians", academic_level=4, description="", **BY
            ),
        ),
        ("role_level.moved", lambda: c.move_role_level(role_level=level, up=False, **BY)),
        ("role_level.removed", lambda: c.remove_role_level(role_level=level, **BY)),
        (
            "milestone.added",
            lambda: c.add_milestone(cycle=cycle, on=date(2026, 4, 1), title="Kick-off", **BY),
        ),
        (
            "milestone.changed",
            lambda: c.change_milestone(
                milestone=milestone, on=date(2026, 5, 2), title="Capture", **BY
            ),
        ),
        ("milestone.removed", lambda: c.remove_milestone(milestone=milestone, **BY)),
        ("rule_card.set", lambda: c.set_rule_card(cycle=cycle, **RULES, **BY)),
        (
            "cycle.frameworks_chosen",
            lambda: c.choose_frameworks(cycle=cycle, chosen=[(framework.id, True)], **BY),
        ),
        (
            "cycle.threshold_set",
            lambda: c.set_threshold(cycle=cycle, threshold_percent=47, **BY),
        ),
        (
            "cycle.current_state_set",
            lambda: c.set_standards_in_use(cycle=cycle, standard_ids=[standard.id], **BY),
        ),
        ("rule_card.fixed", lambda: c.fix_rule_card(cycle_id=cycle.id, **BY)),
        ("cycle.archived", lambda: c.archive(cycle=cycle, **BY)),
    ]


def test_every_change_records_exactly_one_event_of_its_kind(session: object) -> None:
    cycle = make_cycle()
    for number, (action, change) in enumerate(one_of_each(cycle), 1):
        change()
        recorded = events(cycle.id)
        assert len(recorded) == number, action
        assert recorded[-1].action == action


def test_an_archived_cycle_refuses_every_change(session: object) -> None:
    cycle = make_cycle()
    changes = one_of_each(cycle)
    cycle.archived_at = NOW
    for action, change in changes:
        with pytest.raises(Closed, match="archived"):
            change()
        assert events(cycle.id) == [], action


def test_a_change_to_the_same_values_is_no_change(session: object) -> None:
    cycle = make_cycle()
    for action, change in one_of_each(cycle):
        if action in {"cycle.case_changed", "cycle.challenge_changed", "rule_card.set"}:
            change()
            change()
    assert len(events(cycle.id)) == 3


def test_unarchiving_brings_a_cycle_back_to_change(session: object) -> None:
    cycle = make_cycle(archived_at=NOW)
    commands.unarchive(cycle=cycle, **BY)
    assert queries.open_cycle(cycle.id) is cycle
    with pytest.raises(Closed, match="not archived"):
        commands.unarchive(cycle=cycle, **BY)


def test_a_sealed_cycle_neither_changes_nor_comes_back(session: object) -> None:
    cycle = make_cycle(sealed_at=NOW, archived_at=NOW)
    with pytest.raises(Closed, match="sealed"):
        commands.change_scenario(cycle=cycle, scenario="Another", **BY)
    with pytest.raises(Closed, match="sealed"):
        commands.unarchive(cycle=cycle, **BY)


def test_a_new_cycle_starts_at_the_first_stage_with_unset_default_rules(session: object) -> None:
    cycle = commands.start_cycle(title="Ports", **BY)
    card = queries.rule_card_of(cycle.id)
    assert (card.threshold_percent, card.minimum_n, card.set_at) == (75, 5, None)
    assert cycle.stage == "considering"
    assert [each.action for each in events(cycle.id)] == ["cycle.started"]


def test_a_copy_takes_the_frame_and_leaves_what_belongs_to_one_challenge(session: object) -> None:
    source = make_cycle(
        impact_domain="Food",
        convener_organisation="Hearth",
        threshold_percent=60,
        sponsor="Forum",
        scenario="It is 2030.",
        challenge="Bake more",
    )
    compare_with(source, make_framework("One"), make_framework("Another"), skills=True)
    make_partner(source, "Second", 2)
    make_partner(source, "First", 1)
    make_role_level(source)
    make_solution(source)
    card = commands.set_rule_card(cycle=source, **RULES, **BY)
    card.fixed_at = NOW
    copy = commands.start_cycle(title="Next year", copy_from=source, **BY)
    assert [each.name for each in queries.partners_of(copy.id)] == ["First", "Second"]
    assert [each.academic_level for each in queries.role_levels_of(copy.id)] == [3]
    assert frameworks_of(copy.id) == frameworks_of(source.id) != ()
    assert copy.threshold_percent == 60
    assert (copy.impact_domain, copy.convener_organisation) == ("Food", "Hearth")
    rules = queries.rule_card_of(copy.id)
    assert (rules.threshold_percent, rules.panel_quorum) == (80, 3)
    assert rules.panel_rule == PanelRule.UNANIMOUS
    assert (rules.set_at, rules.fixed_at, rules.digest) == (None, None, None)
    assert queries.solutions_of(copy.id) == []
    assert (copy.sponsor, copy.scenario, copy.challenge) == ("", "", "")
    assert events(copy.id)[0].facts["copied_from"] == str(source.id)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (lambda c: commands.start_cycle(title=" ", **BY), {"title"}),
        (lambda c: commands.start_cycle(title="x" * 201, **BY), {"title"}),
        (
            lambda c: commands.change_challenge(cycle=c, challenge="", challenge_when="", **BY),
            {"challenge", "challenge_when"},
        ),
        (
            lambda c: commands.change_case(cycle=c, case_for_foresighting="", sponsor="", **BY),
            {"sponsor"},
        ),
        (lambda c: commands.add_solution(cycle=c, name="", **BY), {"name"}),
        (lambda c: commands.add_partner(cycle=c, name="MANUFACTURER", **BY), {"name"}),
        (
            lambda c: commands.add_role_level(cycle=c, name="A", academic_level=9, **BY),
            {"academic_level"},
        ),
        (
            lambda c: commands.add_milestone(cycle=c, on=date(2026, 1, 1), title="", **BY),
            {"title"},
        ),
        (
            lambda c: commands.set_rule_card(
                cycle=c,
                **{**RULES, "threshold_percent": 50, "rationale": "", "panel_rule": "one"},
                **BY,
            ),
            {"threshold_percent", "rationale", "panel_rule"},
        ),
        (
            lambda c: commands.choose_frameworks(
                cycle=c, chosen=[(uuid.uuid4(), False)], threshold_percent=39, **BY
            ),
            {"frameworks", "threshold_percent"},
        ),
        (lambda c: commands.choose_frameworks(cycle=c, chosen=[], **BY), {"frameworks"}),
        (
            lambda c: commands.set_threshold(cycle=c, threshold_percent=100, **BY),
            {"threshold_percent"},
        ),
    ],
)
def test_refusals_name_their_fields(
    session: object, change: Callable[[Cycle], object], fields: set[str]
) -> None:
    cycle = make_cycle()
    make_partner(cycle)
    with pytest.raises(Invalid) as refusal:
        change(cycle)
    assert set(refusal.value.problems) == fields
    assert events(cycle.id) == []


def test_a_reason_is_asked_for_when_a_solution_is_prioritised(session: object) -> None:
    solution = make_solution(make_cycle())
    with pytest.raises(Invalid, match="Say why"):
        commands.prioritise_solution(solution=solution, reason=" ", **BY)
    assert not solution.is_prioritised


def test_moving_swaps_neighbours_and_stops_at_the_ends(session: object) -> None:
    cycle = make_cycle()
    first, second, third = (
        add(Solution(cycle_id=cycle.id, name=name, position=place))
        for place, name in enumerate("ABC", 1)
    )
    commands.move_solution(solution=third, up=True, **BY)
    assert queries.solutions_of(cycle.id) == [first, third, second]
    commands.move_solution(solution=first, up=True, **BY)
    assert queries.solutions_of(cycle.id) == [first, third, second]
    assert [each.action for each in events(cycle.id)] == ["solution.moved"]


def test_removing_closes_the_gap(session: object) -> None:
    cycle = make_cycle()
    rows = [make_role_level(cycle, name, place) for place, name in enumerate("ABC", 1)]
    commands.remove_role_level(role_level=rows[1], **BY)
    left = queries.role_levels_of(cycle.id)
    assert [(each.position, each.name) for each in left] == [(1, "A"), (2, "C")]


def test_a_partner_that_statements_are_tagged_with_stays(session: object) -> None:
    cycle = make_cycle()
    partner = make_partner(cycle)
    statement = make_statement(cycle)
    statement.partners.append(partner)
    db.session.flush()
    with pytest.raises(Invalid, match="1 capability statement is tagged with Manufacturer"):
        commands.remove_partner(partner=partner, **BY)
    assert queries.partners_of(cycle.id) == [partner]


def test_a_partner_whose_current_state_is_captured_stays(session: object) -> None:
    cycle = make_cycle()
    partner, statement = make_partner(cycle), make_statement(cycle)
    captured = PresentCapability(
        cycle_id=cycle.id,
        statement_id=statement.id,
        partner_id=partner.id,
        strength=Strength.SOME,
        captured_at=NOW,
    )
    db.session.add(captured)
    db.session.flush()
    with pytest.raises(Invalid, match="The current state of 1 capability is captured"):
        commands.remove_partner(partner=partner, **BY)
    assert queries.partners_of(cycle.id) == [partner]


def test_a_role_level_that_was_asked_about_stays(session: object) -> None:
    from workshop.rooms.models import Item, Workshop, WorkshopKind

    cycle = make_cycle()
    level, statement = make_role_level(cycle), make_statement(cycle)
    workshop = add(Workshop(cycle_id=cycle.id, kind=WorkshopKind.PROFICIENCY, title="P"))
    asked = {"statement_id": statement.id, "role_level_id": level.id}
    add(Item(cycle_id=cycle.id, workshop_id=workshop.id, position=1, wording="W", **asked))
    with pytest.raises(Invalid, match="asked about in a workshop"):
        commands.remove_role_level(role_level=level, **BY)
    assert queries.role_levels_of(cycle.id) == [level]
    assert events(cycle.id) == []


def test_a_fixed_card_keeps_its_digest_and_refuses_another_rule(session: object) -> None:
    cycle = make_cycle()
    commands.set_rule_card(cycle=cycle, **RULES, **BY)
    card = commands.fix_rule_card(cycle_id=cycle.id, **BY)
    digest = card.digest
    assert digest == card.rule().digest()
    assert commands.fix_rule_card(cycle_id=cycle.id, **BY).digest == digest
    with pytest.raises(Closed, match="fixed when round 1 opened"):
        commands.set_rule_card(cycle=cycle, **{**RULES, "threshold_percent": 60}, **BY)
    assert [each.action for each in events(cycle.id)] == ["rule_card.set", "rule_card.fixed"]


def test_a_card_nobody_set_cannot_be_fixed(session: object) -> None:
    cycle = commands.start_cycle(title="Ports", **BY)
    with pytest.raises(Closed, match="Set the rule card"):
        commands.fix_rule_card(cycle_id=cycle.id, **BY)


def test_several_frameworks_are_kept_in_the_order_chosen(session: object) -> None:
    cycle, first, second = make_cycle(), make_framework("Zinc"), make_framework("Alder")
    commands.choose_frameworks(
        cycle=cycle, chosen=[(first.id, False), (second.id, True)], threshold_percent=47, **BY
    )
    assert frameworks_of(cycle.id) == (ChosenFramework(first, False), ChosenFramework(second, True))
    version = cycle.version
    told = events(cycle.id)[0].facts
    assert told == {
        "frameworks": ["Zinc", "Alder"],
        "with_skills": ["Alder"],
        "threshold_percent": 47,
    }
    # The same again is no change; another order is one, and outdates a form filled before it.
    commands.choose_frameworks(cycle=cycle, chosen=[(first.id, False), (second.id, True)], **BY)
    assert (len(events(cycle.id)), cycle.version) == (1, version)
    commands.choose_frameworks(cycle=cycle, chosen=[(second.id, True), (first.id, False)], **BY)
    assert [each.framework for each in frameworks_of(cycle.id)] == [second, first]
    assert cycle.version == version + 1


def test_a_framework_taken_out_sets_its_standards_in_use_aside(
    session: object,
) -> None:
    cycle = make_cycle()
    old, new = make_framework("Old"), make_framework("New")
    gone, stays = make_standard(old), make_standard(new, title="Miller")
    commands.choose_frameworks(cycle=cycle, chosen=[(old.id, False), (new.id, False)], **BY)
    commands.set_standards_in_use(cycle=cycle, standard_ids=[gone.id, stays.id], **BY)
    assert standards_in_use_of(cycle.id) == [gone, stays]
    with pytest.raises(Invalid, match="1 of Old"):
        commands.choose_frameworks(cycle=cycle, chosen=[(new.id, False)], may_set_aside=False, **BY)
    commands.choose_frameworks(cycle=cycle, chosen=[(new.id, False)], **BY)
    assert standards_in_use_of(cycle.id) == [stays]
    with pytest.raises(Invalid, match="own frameworks"):
        commands.set_standards_in_use(cycle=cycle, standard_ids=[gone.id], **BY)
    commands.choose_frameworks(cycle=cycle, chosen=[(new.id, False), (old.id, False)], **BY)
    assert standards_in_use_of(cycle.id) == [gone, stays]


def test_standards_in_use_are_set_as_a_whole(session: object) -> None:
    framework = make_framework()
    cycle = make_cycle()
    compare_with(cycle, framework)
    baker, miller = make_standard(framework), make_standard(framework, "T0002", "Miller")
    commands.set_standards_in_use(cycle=cycle, standard_ids=[baker.id], **BY)
    commands.set_standards_in_use(cycle=cycle, standard_ids=[miller.id], **BY)
    assert standards_in_use_of(cycle.id) == [miller]
    assert db.session.query(StandardInUse).filter_by(cycle_id=cycle.id).count() == 1


def test_a_cycle_that_is_not_there_is_missing(session: object) -> None:
    for ask in (queries.get_cycle, queries.open_cycle, queries.rule_card_of):
        with pytest.raises(Missing):
            ask(uuid.uuid4())
    assert db.session.get(RuleCard, uuid.uuid4()) is None
