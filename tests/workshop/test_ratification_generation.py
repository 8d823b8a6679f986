"""Generating prototypes from settled cells: bounded, explained, the same every time."""

from collections.abc import Callable
from typing import Any

import pytest

from consensus.grouping import GroupingSettings
from consensus.stopping import Closing
from cycles.core.audit import Actor
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.profiles.drafts import draft_of
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import last_generation, profiles_of
from cycles.profiles.votes import vote_of
from cycles.semantics.vectors import encode_missing
from cycles.setup.models import RoleLevel
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement
from tests.encoders import WordEncoder
from tests.factories import (
    NOW,
    Cast,
    compare_with,
    make_area,
    make_framework,
    make_partner,
    make_role_level,
    make_standard,
    make_statement,
)
from tests.workshop.ratification_cases import (
    AGREED_EXPERT,
    AGREED_PRACTITIONER,
    BETWEEN_TWO,
    NOT_NEEDED,
    make_cell,
    make_closed_round,
)
from workshop.ratification import generation
from workshop.ratification.adding import unplaced
from workshop.ratification.asking import ask_for_profiles
from workshop.ratification.generation import generate_profiles
from workshop.ratification.previewing import find_preview

ADA = Actor(None, "Ada Bright")
OVENS = ("sensors", "doors", "burners", "timers", "probes", "valves", "fans", "belts")
DATA = ("sales", "waste", "energy", "orders", "batches", "returns", "prices", "stock")


def statements_of(cast: Cast) -> list[CapabilityStatement]:
    ovens = make_area("Ovens", "Baking", "Implement")
    records = make_area("Records", "Digital backbone", "Enterprise")
    bakery, office = (
        make_partner(cast.cycle, "Bakery", 1),
        make_partner(cast.cycle, "Office", 2),
    )
    found = []
    for number, noun in enumerate(OVENS, 1):
        found.append(make_statement(cast.cycle, f"Repair automated oven {noun}", number))
        found[-1].area, found[-1].partners = ovens, [bakery]
    for number, noun in enumerate(DATA, len(OVENS) + 1):
        found.append(make_statement(cast.cycle, f"Analyse data about {noun}", number))
        found[-1].area, found[-1].partners = records, [office, bakery]
    db.session.flush()
    return found


def make_level(cast: Cast) -> tuple[RoleLevel, list[CapabilityStatement]]:
    cast.cycle.stage = Stage.CARRYING_OUT
    ovens, offices = make_framework("Ovens"), make_framework("Offices")
    make_standard(ovens, "T0001", "Oven repair technician", 3)
    make_standard(offices, "T0002", "Data analyst", 4)
    make_standard(ovens, "T0003", "Oven repair director", 7)
    compare_with(cast.cycle, ovens, offices)
    level, statements = make_role_level(cast.cycle), statements_of(cast)
    round_ = make_closed_round(cast.cycle)
    for number, statement in enumerate(statements):
        counts = AGREED_EXPERT if number % 2 else AGREED_PRACTITIONER
        make_cell(round_, statement, level, counts)
    unneeded = make_statement(cast.cycle, "Fly a drone over the oven", 90)
    make_cell(round_, unneeded, level, NOT_NEEDED)
    unsettled = make_statement(cast.cycle, "Sell bread in the street", 91)
    make_cell(round_, unsettled, level, (5, 5, 5, 0), Closing.CAPPED)
    doubtful = make_statement(cast.cycle, "Repair the oven of a friend", 92)
    make_cell(round_, doubtful, level, BETWEEN_TWO, Closing.STABLE_DISSENT)
    db.session.commit()
    return level, statements


def picture(cycle_id: object) -> list[dict[str, Any]]:
    """Return all that a generation decided, without ids."""
    codes = dict(db.session.query(CapabilityStatement.id, CapabilityStatement.code).all())
    return [
        {
            "code": one.code,
            "name": one.name,
            "suggested": one.suggested_names,
            "partner": one.partner.name if one.partner else None,
            "members": sorted(
                (codes[m.statement_id], m.level, m.is_second_membership, str(m.why))
                for m in one.members
            ),
        }
        for one in profiles_of(cycle_id)
    ]


def test_the_needed_capabilities_are_grouped_named_and_explained(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    level, statements = make_level(cast)
    found = generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    assert found.proposed == 2
    repairs, data = profiles_of(cast.cycle.id)
    assert (repairs.name, data.name) == ("Oven repair technician", "Data analyst")
    assert repairs.partner.name == "Bakery"
    titles = [one["title"] for one in repairs.suggested_names]
    assert "Oven repair director" not in titles  # level 7 does not adjoin level 3
    assert repairs.suggested_names[0]["source"] == "Ovens T0001"
    assert data.suggested_names[0]["source"] == "Offices T0002"
    held = {member.statement_id for one in (repairs, data) for member in one.members}
    needed = {one.id for one in statements}
    assert needed < held
    assert len(held) == len(needed) + 1
    first = next(one for one in repairs.members if one.statement_id == statements[0].id)
    assert first.level == first.voted_level == 2
    assert vote_of(first).counts == AGREED_PRACTITIONER
    assert first.why["mates"] == 8
    assert first.why["shares_partner"] == 7
    assert level.id == repairs.role_level_id


def test_a_level_nobody_agreed_on_is_marked_provisional_with_its_dissent(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    members = [member for one in profiles_of(cast.cycle.id) for member in one.members]
    marked = [one for one in members if one.is_provisional]
    assert {one.statement.code for one in marked} == {"C-092"}
    assert vote_of(marked[0]).has_dissent
    assert marked[0].level == 2


def test_the_same_input_gives_the_same_profiles(cast: Cast, word_encoder: WordEncoder) -> None:
    make_level(cast)
    generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    first = picture(cast.cycle.id)
    again = generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    assert (again.unchanged, again.changed, again.new, again.replaced) == (2, 0, 0, 0)
    assert picture(cast.cycle.id) == first
    assert len(word_encoder.encoded) == len(set(word_encoder.encoded))


def test_sizes_stay_within_the_bounds_that_the_generation_keeps(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    generation = last_generation(cast.cycle.id)
    smallest, largest = generation.settings["smallest"], generation.settings["largest"]
    assert all(smallest <= len(one.members) <= largest for one in profiles_of(cast.cycle.id))
    assert generation.settings["model"] == "words"
    criterion = next(iter(generation.criterion.values()))
    best = max(score for _, score in criterion["scores"])
    assert [criterion["groups"], best] in criterion["scores"]


def test_counts_of_too_few_raters_never_reach_a_profile(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    db.session.query(Profile).delete()
    statement = make_statement(cast.cycle, "Whisper to dough", 80)
    level = make_role_level(cast.cycle, "Managers", 2, 6)
    cell = make_cell(make_closed_round(cast.cycle), statement, level, (0, 0, 4, 0))
    cell.outcome, cell.level = "level", 2  # a rule card may be content with fewer than five
    db.session.commit()
    generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    member = next(
        one
        for profile in profiles_of(cast.cycle.id)
        for one in profile.members
        if one.statement_id == statement.id
    )
    assert member.voted_counts == []
    assert vote_of(member).sentence == "voted Practitioner"


def test_nothing_is_generated_without_verdicts_or_outside_the_stage(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    with pytest.raises(Closed):
        generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    cast.cycle.stage = Stage.CARRYING_OUT
    make_role_level(cast.cycle)
    db.session.commit()
    with pytest.raises(Invalid, match="settled"):
        generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)


def test_the_job_generates_and_is_asked_for_once(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    make_level(cast)
    job = ask_for_profiles(cycle=cast.cycle, actor=ADA, moment=NOW)
    assert ask_for_profiles(cycle=cast.cycle, actor=ADA, moment=NOW).id == job.id
    assert run_jobs() == 1
    done = db.session.get(Job, job.id)
    assert (done.state, done.finding["proposed"]) == (JobState.DONE, 2)
    assert {one.status for one in profiles_of(cast.cycle.id)} == {ProfileStatus.PROPOSED}


FINDERS = (
    lambda cycle_id: generate_profiles(cycle_id=cycle_id, actor=ADA, moment=NOW),
    lambda cycle_id: find_preview(cycle_id=cycle_id, settings=GroupingSettings(), moment=NOW),
)


@pytest.mark.parametrize("find", FINDERS, ids=("in place", "preview"))
def test_a_cycle_that_moved_on_while_the_worker_encoded_gets_no_prototype(
    cast: Cast,
    word_encoder: WordEncoder,
    monkeypatch: pytest.MonkeyPatch,
    find: Callable[[object], object],
) -> None:
    make_level(cast)
    db.session.commit()

    def encode_and_move_on(texts: list[str], run: object = None) -> None:
        encode_missing(texts, run)
        cast.cycle.stage = Stage.COMMUNICATING
        db.session.commit()

    monkeypatch.setattr(generation, "encode_missing", encode_and_move_on)
    with pytest.raises(Closed):
        find(cast.cycle.id)
    assert profiles_of(cast.cycle.id) == []
    assert draft_of(cast.cycle.id) is None


def test_what_no_profile_holds_is_named_even_where_all_of_a_level_are_withdrawn(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    make_level(cast)
    assert unplaced(cast.cycle.id) == ()
    generate_profiles(cycle_id=cast.cycle.id, actor=ADA, moment=NOW)
    assert unplaced(cast.cycle.id) == ()
    for profile in profiles_of(cast.cycle.id):
        profile.status = ProfileStatus.WITHDRAWN
    db.session.flush()
    ((_, left),) = unplaced(cast.cycle.id)
    assert len(left) == len(OVENS + DATA) + 1
