"""Suggesting KSBs: what and from where, and that what educators touched is never overwritten."""

import uuid
from collections.abc import Callable

import numpy as np
import pytest

from cycles.core.audit import Actor, events_of
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.ksbs import commands, rewording, settling, suggesting
from cycles.ksbs.choosing import Candidate, Held, choose
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbStatus
from cycles.ksbs.queries import ksbs_of, ksbs_unreviewed
from cycles.ksbs.suggesting import ask_for_ksbs, suggest_ksbs
from cycles.library.models import LibraryKind, LibrarySource, LibraryStatement
from cycles.semantics.vectors import encode_missing
from cycles.setup.provision import frameworks_of
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind, StandardKsb
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.encoders import WordEncoder
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_framework,
    make_standard,
    make_statement,
)

EDDY = Actor(None, "Eddy Marsh")
BY = {"actor": EDDY, "moment": NOW}


def make_library(*records: tuple[LibraryKind, str]) -> None:
    source = add(LibrarySource(name="Test library", imported_at=NOW))
    for number, (kind, text) in enumerate(records, 1):
        add(
            LibraryStatement(
                source_id=source.id, reference=f"L{number}", kind=kind, text=text, position=number
            )
        )


def prepare(cast: Cast) -> CapabilityStatement:
    cast.cycle.stage = Stage.CARRYING_OUT
    framework = make_framework()
    make_standard(framework)
    make_standard(framework, "T0002", "Florist", 2, ("Arrange flowers for weddings",))
    compare_with(cast.cycle, framework)
    make_library(
        (LibraryKind.SKILL, "Bake bread in an oven"),
        (LibraryKind.BEHAVIOUR, "Stays calm: bread in an automated oven burns"),
        (LibraryKind.CAPABILITY, "Bake bread in an automated oven every day"),
        (LibraryKind.SKILL, "Prune roses"),
    )
    statement = make_statement(cast.cycle, "Bake bread in an automated oven, the work of a baker")
    db.session.commit()
    return statement


def suggest(cast: Cast) -> list[CapabilityKsb]:
    suggest_ksbs(cycle_id=cast.cycle.id, **BY)
    db.session.commit()
    return ksbs_of(cast.cycle.id)


def test_suggestions_come_from_the_duties_that_match_and_from_the_library(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    found = {one.text: one for one in suggest(cast)}
    linked = found["How the work of a baker is done safely"]
    assert linked.source == "Baker (T0001) K1"
    assert linked.kind == KsbKind.KNOWLEDGE
    assert found["Bake bread in an oven"].source == "Test library"
    assert found["Bake bread in an oven"].score > 0.45
    assert set(found) == {
        "How the work of a baker is done safely",
        "Bake bread in an oven",
        "Stays calm: bread in an automated oven burns",
    }
    assert {one.status for one in found.values()} == {KsbStatus.SUGGESTED}


def test_frameworks_suggest_together_and_skills_stand_in_only_where_they_may(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    baking = frameworks_of(cast.cycle.id)[0].framework
    bare = make_framework("Courses")
    course = make_standard(bare, "C1", "Oven course", duties=("Bake bread in an automated oven",))
    course.duties[0].ksbs.clear()
    oven = make_standard(bare, "C2", "Oven skills", duties=())
    skill = {"reference": "S1", "code": "S1", "kind": KsbKind.SKILL, "position": 2}
    add(StandardKsb(standard_id=oven.id, text="Bake bread in an automated oven now", **skill))
    compare_with(cast.cycle, bare, baking)
    db.session.commit()
    without = {one.text: one.source for one in suggest(cast)}
    # The course's duty is as near as the baker's and names nothing that it needs.
    assert without["How the work of a baker is done safely"] == "Baker (T0001) K1"
    assert "Bake bread in an automated oven now" not in without
    compare_with(cast.cycle, bare, baking, skills=True)
    db.session.commit()
    found = {one.text: one.source for one in suggest(cast)}
    assert found["Bake bread in an automated oven now"] == "Oven skills (C2) S1"


def test_the_same_input_gives_the_same_suggestions_and_encodes_nothing_twice(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    first = [(one.kind, one.text, one.score) for one in suggest(cast)]
    assert [(one.kind, one.text, one.score) for one in suggest(cast)] == first
    assert len(word_encoder.encoded) == len(set(word_encoder.encoded))


def test_what_educators_decided_is_never_overwritten_or_suggested_again(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    knowledge, skill, _ = suggest(cast)
    me = cast.educator.id
    rewording.edit(
        ksb=knowledge, kind=KsbKind.KNOWLEDGE, text="Safe work at ovens", participant_id=me, **BY
    )
    commands.review(ksbs=[skill], answer=KsbAnswer.REJECT, participant_id=me, **BY)
    db.session.commit()
    again = {one.text: one.status for one in suggest(cast)}
    assert again == {
        "Safe work at ovens": KsbStatus.ACCEPTED,
        "Bake bread in an oven": KsbStatus.REJECTED,
        "Stays calm: bread in an automated oven burns": KsbStatus.SUGGESTED,
    }


def test_what_waits_though_somebody_reviewed_it_stays_and_what_is_suggested_again_keeps_its_row(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    rows = suggest(cast)
    ids = {one.id for one in rows}
    unsure = {"answer": KsbAnswer.UNSURE, "participant_id": cast.educator.id}
    commands.review(ksbs=rows[:1], **unsure, **BY)
    db.session.query(StandardKsb).delete()
    db.session.query(LibraryStatement).filter_by(kind=LibraryKind.BEHAVIOUR).delete()
    db.session.commit()
    found = suggest(cast)
    # The first has no source any more and stays for its review; the behaviour goes.
    assert [one.text for one in found] == [rows[0].text, rows[1].text]
    assert {one.id for one in found} < ids


def test_near_duplicates_of_a_run_are_kept_with_what_stands_for_them(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    prepare(cast)
    other = add(LibrarySource(name="Another library", imported_at=NOW))
    fact = {"kind": LibraryKind.SKILL, "position": 1}
    text = "Bake bread in an oven."
    add(LibraryStatement(source_id=other.id, reference="1", text=text, **fact))
    db.session.commit()
    found = {one.text: one for one in suggest(cast)}
    nearest = found[text]
    assert nearest.source == "Another library"
    same = {"kind": "skill", "text": "Bake bread in an oven", "source": "Test library"}
    assert nearest.folded == [{**same, "score": nearest.score}]
    assert same["text"] not in found


def test_a_capability_gets_at_most_eight_with_every_kind_among_them() -> None:
    axis = np.eye(4, 40)[0]
    vectors = {}
    candidates = []
    for number in range(24):
        kind = list(KsbKind)[min(number // 9, 2)]
        text = f"{kind} {number}"
        vectors[text] = np.zeros(40)
        vectors[text][0], vectors[text][number + 1] = 0.6 - number / 100, 0.8
        candidates.append(Candidate(kind, text, "Test"))
    statement_id = uuid.uuid4()
    found = choose(statement_id, axis, candidates, vectors, Held())
    kinds = [one.candidate.kind for one in found]
    assert len(found) == 8
    assert [kinds.count(kind) for kind in KsbKind] == [3, 3, 2]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    left = choose(statement_id, axis, candidates, vectors, Held(count=6))
    assert len(left) == 2


def test_near_duplicates_are_folded_into_the_nearest_and_kept() -> None:
    axis = np.array([1.0, 0.0])
    vectors = {
        "Know ovens": np.array([0.99, 0.14]),
        "Know the ovens": np.array([0.98, 0.2]),
        "know ovens.": np.array([0.0, 1.0]),
        "Know flour": np.array([0.5, 0.87]),
    }
    candidates = [Candidate(KsbKind.KNOWLEDGE, text, "Test") for text in reversed(vectors)]
    again = Candidate(KsbKind.KNOWLEDGE, "Know ovens", "Another source")
    found = choose(uuid.uuid4(), axis, [*candidates, candidates[0], again], vectors, Held())
    assert [one.candidate.text for one in found] == ["Know ovens", "Know flour"]
    folded = [(one.candidate.text, one.candidate.source) for one in found[0].folded]
    assert folded == [("Know ovens", "Another source"), ("Know the ovens", "Test")]
    assert [one.score for one in found[0].folded] == [0.99, 0.98]
    assert found[1].folded == ()


def test_a_knowledge_and_the_skill_that_uses_it_are_two_things() -> None:
    axis = np.array([1.0, 0.0])
    vectors = {"How to knead dough": np.array([0.99, 0.14]), "Knead dough": np.array([0.98, 0.2])}
    knows, does = (
        Candidate(kind, text, "Test")
        for kind, text in zip((KsbKind.KNOWLEDGE, KsbKind.SKILL), vectors, strict=True)
    )
    found = choose(uuid.uuid4(), axis, [knows, does], vectors, Held())
    assert [one.folded for one in found] == [(), ()]
    held = Held(texts=((KsbKind.KNOWLEDGE, knows.text),), count=1)
    assert [one.candidate for one in choose(uuid.uuid4(), axis, [knows, does], vectors, held)] == [
        does
    ]


def test_nothing_is_decided_or_suggested_outside_the_stage(cast: Cast) -> None:
    statement = prepare(cast)
    row = add(
        CapabilityKsb(
            cycle_id=cast.cycle.id,
            statement_id=statement.id,
            kind=KsbKind.SKILL,
            text="Reads logs",
            created_at=NOW,
        )
    )
    cast.cycle.stage = Stage.COMMUNICATING
    db.session.flush()
    me = cast.educator.id
    mine = {"participant_id": me, **BY}
    for command in (
        lambda: commands.review(ksbs=[row], answer=KsbAnswer.ACCEPT, **mine),
        lambda: commands.take_back(ksbs=[row], **mine),
        lambda: rewording.edit(ksb=row, kind=KsbKind.SKILL, text="Another text", **mine),
        lambda: rewording.add(statement=statement, kind=KsbKind.SKILL, text="Another", **mine),
        lambda: rewording.swap(ksb=row, number=1, **mine),
        lambda: rewording.unfold(ksb=row, number=1, **BY),
        lambda: settling.settle(ksb=row, answer=KsbAnswer.ACCEPT, reason="So", **mine),
        lambda: settling.set_back(ksb=row, **BY),
        lambda: suggest_ksbs(cycle_id=cast.cycle.id, **BY),
    ):
        with pytest.raises(Closed):
            command()


def test_ksbs_of_statements_no_longer_kept_hold_nothing_up(
    cast: Cast, word_encoder: WordEncoder
) -> None:
    statement = prepare(cast)
    suggest(cast)
    statement.status = StatementStatus.MERGED
    db.session.flush()
    assert ksbs_unreviewed(cast.cycle.id) == 0


def test_the_job_suggests_and_each_change_writes_one_event(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    prepare(cast)
    job = ask_for_ksbs(cycle=cast.cycle, actor=EDDY, moment=NOW)
    assert ask_for_ksbs(cycle=cast.cycle, actor=EDDY, moment=NOW).id == job.id
    assert run_jobs() == 1
    assert db.session.get(Job, job.id).state == JobState.DONE
    assert db.session.get(Job, job.id).finding["suggested"] == 3
    before = len(events_of(cast.cycle.id))
    commands.review(
        ksbs=ksbs_of(cast.cycle.id),
        answer=KsbAnswer.ACCEPT,
        participant_id=cast.educator.id,
        **BY,
    )
    events = events_of(cast.cycle.id)
    assert len(events) == before + 1
    assert events[0].facts == {"answer": "accept", "count": 3, "capability": "C-001"}


def test_only_ksbs_of_matching_duties_are_read(cast: Cast, word_encoder: WordEncoder) -> None:
    prepare(cast)
    florist = db.session.query(StandardKsb).filter(StandardKsb.text.contains("florist")).one()
    suggest(cast)
    assert florist.text not in word_encoder.encoded


def test_a_linked_ksb_that_has_nothing_to_do_with_the_capability_is_left_out() -> None:
    axis = np.array([1.0, 0.0])
    vectors = {"Know ovens": np.array([0.6, 0.8]), "Know trains": np.array([0.1, 0.995])}
    candidates = [Candidate(KsbKind.KNOWLEDGE, text, "Test") for text in vectors]
    found = choose(uuid.uuid4(), axis, candidates, vectors, Held())
    assert [one.candidate.text for one in found] == ["Know ovens"]


def test_a_cycle_that_moved_on_while_the_worker_encoded_gets_no_ksb(
    cast: Cast, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(cast)

    def encode_and_move_on(texts: list[str], run: object = None) -> None:
        encode_missing(texts, run)
        cast.cycle.stage = Stage.COMMUNICATING
        db.session.commit()

    monkeypatch.setattr(suggesting, "encode_missing", encode_and_move_on)
    with pytest.raises(Closed):
        suggest_ksbs(cycle_id=cast.cycle.id, **BY)
    assert ksbs_of(cast.cycle.id) == []
