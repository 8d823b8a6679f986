"""Runs of map and gap: what is compared and kept, what a run refuses, who judges and reviews."""

import uuid
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from consensus.matching import Calibration, apply_adapter
from cycles.core.audit import Actor
from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import cancel
from cycles.core.jobs.models import Job, JobState
from cycles.profiles.models import ProfileCapability, ProfileStatus
from cycles.semantics.adapters import KeptAdapter
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import encode_missing, hash_as_written, text_hash
from cycles.stages.evidence import provided
from cycles.standards.models import KsbKind, StandardKsb
from reports.mapping import running
from reports.mapping.changing import changes_since
from reports.mapping.commands import review_run, run_mapping
from reports.mapping.findings import Findings
from reports.mapping.ground import Ground
from reports.mapping.models import MappingRun, MatchVerdict
from reports.mapping.queries import findings, ground_of, latest_run, runs_of
from reports.mapping.sourcing import vectors_of
from reports.reviewing.commands import review_match
from tests.encoders import DIMENSIONS, WordEncoder
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_framework,
    make_standard,
    make_statement,
)
from tests.reports.mapping_cases import CLEAN, LONELY, MIX, Bakery, make_bakery, reopened

Jobs = Callable[[], int]
pytestmark = pytest.mark.usefixtures("word_encoder")


@pytest.fixture
def bakery(cast: Cast) -> Bakery:
    return make_bakery(cast.cycle)


def actor_of(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def make_run(cast: Cast, run_jobs: Jobs) -> MappingRun:
    job = run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    run_jobs()
    db.session.refresh(job)
    assert job.state == JobState.DONE, job.problem
    made = latest_run(cast.cycle.id)
    assert made is not None
    return made


def judge(cast: Cast, verdict: MatchVerdict, statement: uuid.UUID, duty: uuid.UUID) -> None:
    review_match(
        cycle_id=cast.cycle.id,
        statement_id=statement,
        duty_id=duty,
        verdict=verdict,
        participant_id=cast.educator.id,
        actor=Actor(cast.eddy.id, cast.eddy.name),
        moment=NOW,
    )


def found(cast: Cast, threshold: int | None = None, run: MappingRun | None = None) -> Findings:
    result = findings(cast.cycle.id, threshold, run)
    assert result is not None
    return result


def test_a_run_compares_every_capability_with_every_duty(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    made = make_run(cast, run_jobs)
    assert (made.number, made.model_name, made.threshold_percent) == (1, "words", 55)
    assert len(ground_of(made).survey.pairs.row) == 16
    result = found(cast)
    assert [each.code for each in result.unsupported] == ["C-004"]
    assert (result.totals.standards, result.totals.standards_without_duties) == (4, 1)
    operator, planner = result.profiles
    # The baker's two duties are both met; the driver stands at level 6, out of reach of level 3.
    best = operator.standings[0]
    assert (best.reference, best.fit_count, best.member_count) == ("T0001", 2, 3)
    assert (best.surplus_count, best.duty_count) == (0, 2)
    assert [each.reference for each in operator.standings] == ["T0001", "T0002"]
    assert (planner.best_fit_percent, planner.unsupported_count) == (0.0, 1)
    assert [each.code for each in result.priorities] == ["P-0002", "P-0001"]


def test_texts_that_were_read_before_are_not_read_again(
    cast: Cast, bakery: Bakery, run_jobs: Jobs, word_encoder: WordEncoder
) -> None:
    make_run(cast, run_jobs)
    read_once = len(word_encoder.encoded)
    make_run(cast, run_jobs)
    assert len(word_encoder.encoded) == read_once == 5


def test_every_run_has_its_own_number_and_older_ones_stay(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    first = make_run(cast, run_jobs)
    digest = first.digest
    make_run(cast, run_jobs)
    assert [each.number for each in runs_of(cast.cycle.id)] == [2, 1]
    # The same inputs and the same model give the same digest, to the last bit.
    assert {each.digest for each in runs_of(cast.cycle.id)} == {digest}


def test_a_run_is_frozen_when_a_statement_is_reworded(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    made = make_run(cast, run_jobs)
    bakery.lonely.text = CLEAN
    db.session.commit()
    result = found(cast)
    assert result.capabilities[3].text == LONELY
    assert not result.capabilities[3].is_supported
    assert changes_since(made) == ("capability statements",)
    assert make_run(cast, run_jobs).number == 2
    assert found(cast).capabilities[3].is_supported


def test_a_change_of_framework_or_duties_is_noticed(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    made = make_run(cast, run_jobs)
    assert changes_since(made) == ()
    make_standard(bakery.framework, "T0009", "Miller", 3, ("Mill grain",))
    assert changes_since(made) == ("the standards of the frameworks",)
    compare_with(cast.cycle, make_framework("Another"))
    assert changes_since(made) == ("the chosen frameworks",)


def kept_of(run: MappingRun) -> tuple[bytes, ...]:
    survey = ground_of(run).survey
    arrays = (survey.pairs.row, survey.pairs.duty, survey.pairs.score, survey.two_way)
    return tuple(each.tobytes() for each in arrays)


def test_a_run_after_an_edit_compares_only_what_changed_and_finds_the_same(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    make_run(cast, run_jobs)
    bakery.lonely.text = "Forecast demand for sanitised bread"
    added = make_statement(cast.cycle, "Proof dough overnight", 9)
    reopened(bakery.operator, bakery.planner)
    db.session.delete(
        db.session.query(ProfileCapability).filter_by(statement_id=bakery.bake.id).one()
    )
    db.session.commit()
    after = make_run(cast, run_jobs)
    # New are two wordings; both profiles have other members now, and those go along.
    assert after.counts["compared_anew"] == 4
    bakery.mix.text = "Knead dough by hand"
    db.session.query(ProfileCapability).filter_by(statement_id=bakery.mix.id).delete()
    db.session.commit()
    once_more = make_run(cast, run_jobs)
    assert once_more.counts["compared_anew"] == 2
    patched = kept_of(once_more), once_more.digest
    for run in runs_of(cast.cycle.id):
        run.model_digest = "0" * 64
    db.session.commit()
    whole = make_run(cast, run_jobs)
    assert whole.counts["compared_anew"] == 5
    assert (kept_of(whole), whole.digest) == patched
    assert added.id in ground_of(whole).inputs.row_of


def test_skills_stand_in_only_where_they_may_and_are_marked(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    courses = make_framework("Our own courses")
    course = make_standard(courses, "C1", "Planning course", 3, ())
    add(
        StandardKsb(
            standard_id=course.id,
            reference="C1-S1",
            code="S1",
            kind=KsbKind.SKILL,
            position=2,
            text=LONELY,
        )
    )
    compare_with(cast.cycle, bakery.framework, courses)
    db.session.commit()
    make_run(cast, run_jobs)
    plain = found(cast)
    assert [each.words for each in plain.run.frameworks] == [
        "Test framework, snapshot of 2 March 2026",
        "Our own courses, snapshot of 2 March 2026",
    ]
    assert plain.run.frameworks[1].without_duties == 1
    assert not plain.capabilities[3].is_supported
    compare_with(cast.cycle, bakery.framework, courses, skills=True)
    db.session.commit()
    made = make_run(cast, run_jobs)
    result = found(cast)
    lonely = result.capabilities[3]
    assert (lonely.is_supported, lonely.is_only_skills) == (True, True)
    assert lonely.best is not None
    assert (lonely.best.is_skill, lonely.best.framework_name) == (True, "Our own courses")
    # The knowledge of a standard never stands in, nor a skill where there are duties.
    assert (result.totals.duties, result.totals.standards_by_skills) == (5, 1)
    best = next(each for each in result.profiles if each.code == "P-0002").best
    assert best is not None
    assert (best.reference, best.by_skills, best.fit_count) == ("C1", True, 1)
    assert changes_since(made) == ()
    compare_with(cast.cycle, bakery.framework, courses)
    assert changes_since(made) == ("the chosen frameworks",)


def make_adapter() -> KeptAdapter:
    """An adapter that halves every other dimension."""
    matrix = np.diag(np.where(np.arange(DIMENSIONS) % 2, 1.0, 0.5)).astype(np.float32)
    curve = Calibration(np.array([0.4, 0.9]), np.array([0.2, 0.7]), 50)
    facts = {
        "model_digest": WordEncoder.digest,
        "source": "Links of ours",
        "licence": "CC BY 4.0",
        "attribution": "Made by us.",
    }
    return KeptAdapter(matrix, curve, curve, facts)


def test_a_run_is_turned_by_the_adapter_and_keeps_it(
    cast: Cast, bakery: Bakery, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = make_run(cast, run_jobs)
    adapter = make_adapter()
    monkeypatch.setattr(running, "active_adapter", lambda: adapter)
    made = make_run(cast, run_jobs)
    assert (plain.adapter_digest, made.adapter_digest) == ("", adapter.digest)
    assert made.digest != plain.digest
    assert made.counts["compared_anew"] == 4
    result = found(cast)
    assert result.run.adapter is not None
    assert (result.run.adapter.source, result.run.adapter.attribution) == (
        "Links of ours",
        "Made by us.",
    )
    assert result.totals.expected_false == 1
    chances = [
        each.capabilities[0].best and each.capabilities[0].best.chance
        for each in (result, found(cast, run=plain))
    ]
    assert chances == [pytest.approx(0.7), None]
    # Whatever is trained later, the run's own scores can be worked out again.
    monkeypatch.undo()
    ground = ground_of(made)
    left, right = (apply_adapter(each, adapter.matrix) for each in both_sides(ground))
    again = ground.source.capabilities(np.array([0, 1])), ground.source.duties(np.arange(4))
    assert np.array_equal(again[0], left[:2])
    assert np.array_equal(again[1], right)


def test_a_run_of_before_finds_its_vectors_although_spelling_is_evened_out_since(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    bakery.mix.text = "Organise colour by fibre"
    db.session.commit()
    made = make_run(cast, run_jobs)
    held = db.session.get_one(TextVector, (WordEncoder.digest, text_hash(bakery.mix.text)))
    held.text_hash = hash_as_written(bakery.mix.text)
    made.counts = {name: value for name, value in made.counts.items() if name != "generic_rule"}
    db.session.commit()
    assert ground_of(made).source.capabilities(np.array([0, 1])).shape == (2, DIMENSIONS)


def both_sides(ground: Ground) -> tuple[Any, ...]:
    sides = (ground.inputs.capabilities, ground.inputs.duties)
    return tuple(vectors_of([each.text for each in side], WordEncoder.digest) for side in sides)


def test_generic_duties_are_told_by_the_routes_they_are_near_to(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    for number, route in enumerate(("Baking", "Care", "Digital", "Law", "Transport")):
        own = (f"Write {route} code, poems, deeds", "Talk clearly with people about work")
        make_standard(bakery.framework, f"R{number}", route, 3, own).route = route
    db.session.commit()
    made = make_run(cast, run_jobs)
    ground = ground_of(made)
    generic = {ground.inputs.duties[at].text for at in np.flatnonzero(ground.kept.is_generic)}
    assert "Talk clearly with people about work" in generic
    assert MIX not in generic
    assert made.counts["tagged"] == [True]
    assert found(cast).run.frameworks[0].is_tagged


def test_a_cancelled_run_keeps_nothing(
    cast: Cast, bakery: Bakery, run_jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    db.session.commit()

    def encode_and_cancel(texts: list[str], _run: object) -> None:
        encode_missing(texts)
        cancel(job=job, actor=actor_of(cast), moment=NOW)
        db.session.commit()

    monkeypatch.setattr(running, "encode_missing", encode_and_cancel)
    run_jobs()
    db.session.refresh(job)
    assert job.state == JobState.CANCELLED
    assert runs_of(cast.cycle.id) == []


def test_withdrawn_profiles_and_removed_members_do_not_count(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    bakery.planner.status = ProfileStatus.WITHDRAWN
    reopened(bakery.operator)
    db.session.query(ProfileCapability).filter_by(
        profile_id=bakery.operator.id, statement_id=bakery.route.id
    ).one().is_removed = True
    db.session.commit()
    make_run(cast, run_jobs)
    (operator,) = found(cast).profiles
    assert (operator.code, operator.member_count, operator.best_fit_percent) == ("P-0001", 2, 100.0)


def test_a_run_says_what_it_lacks(cast: Cast) -> None:
    with pytest.raises(Invalid, match=r"No capability statements are kept.*No framework"):
        run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    assert db.session.query(Job).count() == 0


def test_a_framework_without_duties_fails_the_job_in_plain_words(
    cast: Cast, run_jobs: Jobs
) -> None:
    make_statement(cast.cycle)
    compare_with(cast.cycle, make_framework())
    job = run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    run_jobs()
    db.session.refresh(job)
    assert job.state == JobState.FAILED
    assert job.problem.startswith("The chosen frameworks have no standard with duties")


def test_asking_twice_means_the_run_under_way(cast: Cast, bakery: Bakery) -> None:
    first = run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    assert run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW).id == first.id


def test_the_gate_asks_for_a_reviewed_run(cast: Cast, bakery: Bakery, run_jobs: Jobs) -> None:
    made = make_run(cast, run_jobs)
    assert provided(cast.cycle.id)["mapping_reviewed"] == 0
    review_run(cycle=cast.cycle, run=made, actor=actor_of(cast), moment=NOW)
    assert provided(cast.cycle.id)["mapping_reviewed"] == 1
    assert found(cast).run.reviewed_by == "Ada Bright"
    # A newer run, or capabilities that it never compared, need a review of their own.
    bakery.lonely.text = CLEAN
    db.session.flush()
    assert provided(cast.cycle.id)["mapping_reviewed"] == 0


def test_a_run_that_no_longer_holds_cannot_be_reviewed(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    first = make_run(cast, run_jobs)
    second = make_run(cast, run_jobs)
    with pytest.raises(Conflict, match="not the newest"):
        review_run(cycle=cast.cycle, run=first, actor=actor_of(cast), moment=NOW)
    bakery.lonely.text = CLEAN
    db.session.flush()
    with pytest.raises(Conflict, match="before a change to capability statements"):
        review_run(cycle=cast.cycle, run=second, actor=actor_of(cast), moment=NOW)


def test_a_sealed_cycle_is_closed_to_runs_and_verdicts(
    cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    make_run(cast, run_jobs)
    cast.cycle.sealed_at = NOW
    db.session.flush()
    with pytest.raises(Closed):
        run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    with pytest.raises(Closed):
        judge(cast, MatchVerdict.ACCEPTED, bakery.mix.id, bakery.baker.duties[0].id)
