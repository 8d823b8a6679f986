"""Near duplicates against the library: found by the worker, settled by people, taken back."""

from collections.abc import Callable

import numpy as np
import pytest
from flask import Flask

from consensus.matching import calibrate
from cycles.core.audit import Actor
from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics.adapters import KeptAdapter
from cycles.semantics.vectors import encode_missing
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements import adopting, chances, comparing, prepared, queries
from cycles.statements.chances import chance_words, chances_of
from cycles.statements.likeness import LibraryPair, ask_to_compare_library, library_pairs
from cycles.statements.models import LibraryLikeness
from cycles.statements.suggesting import ask_to_suggest
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add, make_area, make_statement


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    cast.cycle.stage = Stage.CARRYING_OUT
    db.session.commit()
    return cast.cycle


@pytest.fixture
def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


@pytest.fixture
def record(session: object) -> LibraryStatement:
    source = add(LibrarySource(name="Tasks", version="1", imported_at=NOW))
    area = make_area()
    made = [
        add(LibraryStatement(source_id=source.id, reference=str(n), text=text, area_id=area.id))
        for n, text in enumerate(("Calibrate the oven sensors", "Plan the night shift", "Sell"))
    ]
    return made[0]


Compare = Callable[[], list[LibraryPair]]


@pytest.fixture
def compare(
    cycle: Cycle, ada: Actor, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> Compare:
    def run() -> list[LibraryPair]:
        job = ask_to_compare_library(cycle_id=cycle.id, actor=ada, moment=NOW)
        run_jobs()
        db.session.refresh(job)
        assert job.state == JobState.DONE, job.problem
        return library_pairs(cycle.id)

    return run


def at(cycle: Cycle, path: str = "") -> str:
    return f"/cycles/{cycle.id}/capabilities/alike/library{path}"


def test_pairs_are_found_and_do_not_pile_up(
    cycle: Cycle, record: LibraryStatement, compare: Compare
) -> None:
    sensors = make_statement(cycle, "Calibrate oven sensors", 1)
    make_statement(cycle, "Nothing of the kind", 2)
    for _ in range(2):
        (pair,) = compare()
        assert (pair.statement, pair.record) == (sensors, record)
        assert 0.7 <= pair.score < 1
    assert library_pairs(cycle.id, from_percent=99) == []


def test_adopting_keeps_the_authors_wording_and_can_be_undone(
    cycle: Cycle, record: LibraryStatement, compare: Compare, ada: Actor
) -> None:
    sensors = make_statement(cycle, "Calibrate oven sensors")
    compare()
    facts = {"actor": ada, "moment": NOW}
    with pytest.raises(Conflict, match="took no wording"):
        adopting.give_wording_back(statement=sensors, **facts)
    adopting.adopt_wording(statement=sensors, record=record, **facts)
    assert (sensors.text, sensors.library_statement_id) == (record.text, record.id)
    assert sensors.area_id == record.area_id
    assert library_pairs(cycle.id) == []
    assert compare() == []
    assert adopting.wording_before(sensors) is None, "a bare row has no earlier revision"
    trail = queries.trail_of(sensors)
    assert trail[-1][0].reason == "the wording of Tasks, 0"


def test_the_authors_wording_comes_back(cycle: Cycle, record: LibraryStatement, ada: Actor) -> None:
    from cycles.statements.commands import submit_statement

    facts = {"actor": ada, "moment": NOW}
    sensors = submit_statement(cycle=cycle, text="Calibrate oven sensors", **facts)
    adopting.adopt_wording(statement=sensors, record=record, **facts)
    assert adopting.wording_before(sensors) == "Calibrate oven sensors"
    assert queries.adopted_statements(cycle.id) == [sensors]
    adopting.give_wording_back(statement=sensors, **facts)
    assert (sensors.text, sensors.library_statement_id) == ("Calibrate oven sensors", None)
    with pytest.raises(Conflict, match="changed since"):
        adopting.give_wording_back(statement=sensors, **facts)
    assert [row.kind for row, _ in queries.trail_of(sensors)] == [
        "submitted",
        "adopted",
        "given back",
    ]


def test_a_wording_that_the_cycle_has_already_is_not_adopted(
    cycle: Cycle, record: LibraryStatement, ada: Actor
) -> None:
    make_statement(cycle, record.text, 1)
    other = make_statement(cycle, "Calibrate oven sensors", 2)
    with pytest.raises(Invalid, match="C-001 says the same"):
        adopting.adopt_wording(statement=other, record=record, actor=ada, moment=NOW)


def test_an_ignored_pair_stays_ignored(
    cycle: Cycle, record: LibraryStatement, compare: Compare, ada: Actor
) -> None:
    sensors = make_statement(cycle, "Calibrate oven sensors")
    compare()
    facts = {"statement": sensors, "record": record, "actor": ada, "moment": NOW}
    adopting.ignore_likeness(**facts)
    assert compare() == []
    (pair,) = library_pairs(cycle.id, are_ignored=True)
    assert pair.is_ignored
    adopting.notice_likeness(**facts)
    assert len(library_pairs(cycle.id)) == 1
    db.session.query(LibraryLikeness).delete()
    with pytest.raises(Missing):
        adopting.ignore_likeness(**facts)


def test_over_http(
    cycle: Cycle, cast: Cast, record: LibraryStatement, compare: Compare, client: ParsingClient
) -> None:
    sensors = make_statement(cycle, "Calibrate oven sensors")
    db.session.commit()
    client.sign_in(cast.ada)
    assert "Not compared yet" in client.get(at(cycle)).text
    compare()
    said = client.get(at(cycle, "?from=70")).text
    assert record.text in said
    assert "Tasks, 1, 0" in said
    sent = {"record": record.id, "from": "70"}
    client.submit(at(cycle, f"/{sensors.id}"), page=at(cycle), action="ignore", **sent)
    assert "Show as a pair again" in client.get(at(cycle)).text
    client.submit(at(cycle, f"/{sensors.id}"), page=at(cycle), action="notice", **sent)
    answer = client.submit(at(cycle, f"/{sensors.id}"), page=at(cycle), action="adopt", **sent)
    assert answer.headers["Location"].endswith("?from=70")
    db.session.refresh(sensors)
    assert sensors.text == record.text
    gone = {**sent, "record": sensors.id}
    assert client.submit(at(cycle, f"/{sensors.id}"), page=at(cycle), **gone).status_code == 404


def test_without_a_model_words_are_compared(
    cycle: Cycle, compare: Compare, record: LibraryStatement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "has_model", lambda: False)
    monkeypatch.setattr(comparing, "has_model", lambda: False)
    make_statement(cycle, "Calibrate oven sensors", 1)
    make_statement(cycle, "Calibrate the sensors of ovens", 2)
    assert {pair.method for pair in compare()} == {"words"}
    found = comparing.alike(cycle.id)
    assert (found.method, found.waiting) == ("words", 0)
    assert [(pair.first.code, pair.second.code) for pair in found.pairs] == [("C-001", "C-002")]


def test_keeping_both_can_be_taken_back(
    cycle: Cycle, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "has_model", lambda: False)
    first = make_statement(cycle, "Calibrate oven sensors", 1)
    second = make_statement(cycle, "Calibrate the sensors of ovens", 2)
    facts = {"first": first, "second": second, "actor": ada, "moment": NOW}
    comparing.keep_both(**facts)
    found = comparing.alike(cycle.id)
    assert (len(found.pairs), len(found.settled)) == (0, 1)
    comparing.take_back_both(**facts)
    assert len(comparing.alike(cycle.id).pairs) == 1
    with pytest.raises(Conflict):
        comparing.take_back_both(**facts)


def test_a_sealed_cycle_takes_no_decision_and_starts_no_comparison(
    cycle: Cycle, ada: Actor
) -> None:
    first, second = make_statement(cycle, "Mix dough", 1), make_statement(cycle, "Bake bread", 2)
    cycle.sealed_at = NOW
    db.session.commit()
    for decide in (comparing.keep_both, comparing.take_back_both):
        with pytest.raises(Closed):
            decide(first=first, second=second, actor=ada, moment=NOW)
    for ask in (comparing.ask_to_compare, ask_to_compare_library, ask_to_suggest):
        with pytest.raises(Closed):
            ask(cycle_id=cycle.id, actor=ada, moment=NOW)
    assert db.session.query(Job).count() == 0


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (None, ""),
        (0.01, "less than 1 in 10"),
        (0.07, "about 1 in 10"),
        (0.94, "about 9 in 10"),
        (1.0, "more than 9 in 10"),
    ],
)
def test_chances_are_said_in_words(chance: float | None, words: str) -> None:
    assert chance_words(chance) == words


def test_a_chance_is_told_where_an_adapter_knows_it(
    app: Flask, session: object, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chances_of([("Calibrate sensors", "Calibrate sensors")]) == [None]
    curve = calibrate([0.0, 0.1, 0.9, 1.0], [False, False, True, True])
    kept = KeptAdapter(np.eye(64, dtype=np.float32), curve, curve, {})
    monkeypatch.setattr(chances, "active_adapter", lambda: kept)
    encode_missing(["Calibrate sensors", "Calibrate the sensors"])
    told = chances_of([("Calibrate sensors", "Calibrate the sensors"), ("Calibrate sensors", "?")])
    assert told[0] is not None
    assert told[0] >= 0.5
    assert told[1] is None
