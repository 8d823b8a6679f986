"""Areas for statements: suggested with their support, decided by people, never silently."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from cycles.classification.models import Area
from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Conflict
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics import encoder
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements import commands, placing, prepared, queries
from cycles.statements.models import AreaReview, AreaSuggestion, CapabilityStatement
from cycles.statements.suggesting import ask_to_suggest, suggestions_for
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add, make_area, make_partner, make_statement

RECORDS = {
    "Test Equipment": (
        "Calibrate sensors of machines",
        "Test sensors of machines",
        "Check sensors",
    ),
    "Plan Production": ("Plan shifts of bakers", "Plan the baking of bread"),
}


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    cast.cycle.stage = Stage.CARRYING_OUT
    make_partner(cast.cycle)
    db.session.commit()
    return cast.cycle


@pytest.fixture
def places() -> dict[str, Area]:
    source = add(LibrarySource(name="Tasks", imported_at=NOW))
    found = {}
    for name, texts in RECORDS.items():
        found[name] = make_area(name, "Quality" if name.startswith("T") else "Planning")
        for text in texts:
            area_id = found[name].id
            add(LibraryStatement(source_id=source.id, reference=text, text=text, area_id=area_id))
    return found


@pytest.fixture
def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


Suggest = Callable[[], dict[str, object]]


@pytest.fixture
def suggest(
    cycle: Cycle,
    places: dict[str, Area],
    ada: Actor,
    word_encoder: WordEncoder,
    run_jobs: Callable[[], int],
) -> Suggest:
    def run() -> dict[str, object]:
        job = ask_to_suggest(cycle_id=cycle.id, actor=ada, moment=NOW)
        run_jobs()
        db.session.refresh(job)
        assert job.state == JobState.DONE, job.problem
        return job.finding

    return run


def accept(statement: CapabilityStatement, actor: Actor, position: int = 1) -> Area:
    return placing.accept_suggestion(
        statement=statement, position=position, actor=actor, moment=NOW
    )


def at(cycle: Cycle, path: str = "") -> str:
    return f"/cycles/{cycle.id}/capabilities/areas{path}"


def test_the_nearest_classified_statements_suggest_an_area(cycle: Cycle, suggest: Suggest) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines", 1)
    placed = make_statement(cycle, "Test machines", 2, area=db.session.query(Area).first())
    assert suggest() == {"statements": 1, "suggested": 1, "method": "meaning", "library": 5}
    (first, second) = suggestions_for([sensors])[sensors.id]
    assert (first.area.name, first.support, first.neighbours) == ("Test Equipment", 4, 7)
    assert (second.area.name, second.support) == ("Plan Production", 3)
    assert suggestions_for([placed]) == {}
    assert sensors.area_id is None


def test_a_suggestion_for_another_wording_no_longer_holds(
    cycle: Cycle, suggest: Suggest, ada: Actor
) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    commands.reword(statement=sensors, text="Plan shifts", reason="x", actor=ada, moment=NOW)
    assert suggestions_for([sensors]) == {}
    with pytest.raises(Conflict, match="no longer holds"):
        accept(sensors, ada)


def test_without_a_model_words_decide_and_the_page_says_so(
    cycle: Cycle,
    cast: Cast,
    suggest: Suggest,
    client: ParsingClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(prepared, "has_model", lambda: False)
    sensors = make_statement(cycle, "Check the sensors of ovens", 1)
    strange = make_statement(cycle, "Zymurgy quokka xylophone", 2)
    assert suggest()["method"] == "words"
    found = suggestions_for([sensors, strange])
    assert found[sensors.id][0].area.name == "Test Equipment"
    assert strange.id not in found
    said = client.sign_in(cast.ada).get(at(cycle)).text
    assert "suggested by the words that statements share" in said
    assert "No suggestion yet" in said


def test_accepting_leaves_a_trail_and_can_be_undone(
    cycle: Cycle, suggest: Suggest, ada: Actor
) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    before = db.session.query(AuditEvent).count()
    assert accept(sensors, ada).name == "Test Equipment"
    (revision, _) = queries.trail_of(sensors)[-1]
    assert (revision.kind, revision.reason) == (
        "classified",
        "Implement / Quality / Test Equipment; suggested, 4 of 7 nearest statements",
    )
    review = db.session.get_one(AreaReview, sensors.id)
    assert (review.decision, review.support, review.decided_by_id) == (
        "accepted",
        4,
        ada.account_id,
    )
    with pytest.raises(Conflict, match="has an area by now"):
        accept(sensors, ada, 2)
    placing.undo_placing(statement=sensors, actor=ada, moment=NOW)
    assert sensors.area_id is None
    assert db.session.query(AreaReview).count() == 0
    actions = [e.action for e in db.session.query(AuditEvent).order_by(AuditEvent.id)][before:]
    assert actions == ["statements.placed", "statement.unplaced"]


def test_what_was_placed_elsewhere_since_is_not_undone(
    cycle: Cycle, suggest: Suggest, ada: Actor, places: dict[str, Area]
) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    accept(sensors, ada)
    other = places["Plan Production"]
    commands.classify(statement=sensors, area=other, partners=[], actor=ada, moment=NOW)
    with pytest.raises(Conflict, match="another area since"):
        placing.undo_placing(statement=sensors, actor=ada, moment=NOW)
    assert sensors.area is other


def test_bulk_acceptance_takes_what_has_the_share_and_leaves_what_was_left(
    cycle: Cycle, suggest: Suggest, ada: Actor
) -> None:
    sensors, check, plan = (
        make_statement(cycle, text, number)
        for number, text in enumerate(
            ("Calibrate the sensors of machines", "Check sensors daily", "Plan all shifts"), 1
        )
    )
    suggest()
    placing.leave_without_area(statement=check, actor=ada, moment=NOW)
    before = db.session.query(AuditEvent).count()
    facts = {"cycle_id": cycle.id, "actor": ada, "moment": NOW}
    assert placing.accept_supported(share_percent=57, **facts) == [sensors]
    assert db.session.query(AuditEvent).count() == before + 1
    assert (check.area_id, plan.area_id) == (None, None)
    with pytest.raises(Conflict, match="has the support of 90"):
        placing.accept_supported(share_percent=90, **facts)


def test_a_closed_cycle_takes_no_decision(cycle: Cycle, suggest: Suggest, ada: Actor) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    cycle.stage = Stage.COMMUNICATING
    db.session.flush()
    with pytest.raises(Closed):
        accept(sensors, ada)


def test_the_queue_over_http(
    cycle: Cycle, cast: Cast, suggest: Suggest, client: ParsingClient, places: dict[str, Area]
) -> None:
    statements = [
        make_statement(cycle, text, number)
        for number, text in enumerate(
            ("Calibrate the sensors of machines", "Check sensors daily", "Plan all shifts"), 1
        )
    ]
    suggest()
    client.sign_in(cast.ada)
    said = client.get(at(cycle)).text
    assert "4 of 7 nearest statements" in said
    assert "0 of 3" in said
    sensors, check, plan = (each.id for each in statements)
    answer = client.submit(at(cycle, f"/{sensors}"), page=at(cycle), action="1", back="share=60")
    assert answer.headers["Location"].endswith("?share=60")
    client.submit(at(cycle, f"/{check}"), page=at(cycle), action="leave")
    wrong = client.submit(at(cycle, f"/{plan}"), page=at(cycle), action="other", area="Nowhere")
    assert wrong.status_code == 422
    assert "Choose an area for C-003" in wrong.text
    typed = "plan production (Planning, implement)"
    fragment = client.submit(
        at(cycle, f"/{plan}"),
        page=at(cycle),
        action="other",
        area=typed,
        headers={"HX-Request": "true"},
    )
    assert fragment.text.startswith('<div id="area-queue"')
    assert "Nothing waits" in fragment.text
    db.session.expire_all()
    assert [each.area.name if each.area else None for each in statements] == [
        "Test Equipment",
        None,
        "Plan Production",
    ]
    decided = client.get(at(cycle, "?show=decided")).text
    assert "Another area chosen" in decided
    assert "First suggestion" in decided
    assert "C-002" in client.get(at(cycle, "?show=left")).text
    client.submit(at(cycle, f"/{plan}"), page=at(cycle), action="undo")
    assert "C-003" in client.get(at(cycle)).text


def test_enter_in_the_field_of_another_area_takes_no_suggestion(
    cycle: Cycle, cast: Cast, suggest: Suggest, client: ParsingClient
) -> None:
    sensors = make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    said = client.sign_in(cast.ada).get(at(cycle)).text
    # Enter presses the first button of the form that the field stands in.
    (form,) = re.findall(rf'<form[^>]*id="other-{sensors.id}".*?</form>', said, re.S)
    assert re.findall(r'<button[^>]*value="([^"]*)"', form) == ["other"]


def test_the_table_has_every_statement_with_its_suggestions(
    cycle: Cycle, cast: Cast, suggest: Suggest, client: ParsingClient
) -> None:
    make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    answer = client.sign_in(cast.ada).get(at(cycle, "/download/csv"))
    assert answer.mimetype == "text/csv"
    assert "Implement / Quality / Test Equipment,4,7" in answer.text


def test_asking_twice_makes_one_job(cycle: Cycle, cast: Cast, client: ParsingClient) -> None:
    make_statement(cycle)
    make_area()
    db.session.commit()
    client.sign_in(cast.ada)
    for _ in range(2):
        answer = client.submit(at(cycle, "/suggest"), page=at(cycle))
        assert "/jobs/" in answer.headers["Location"]
    assert db.session.query(Job).count() == 1
    assert "See how far it is" in client.get(at(cycle)).text


def test_bulk_acceptance_over_http(
    cycle: Cycle, cast: Cast, suggest: Suggest, client: ParsingClient
) -> None:
    make_statement(cycle, "Calibrate the sensors of machines")
    suggest()
    client.sign_in(cast.ada)
    assert "Accept the first suggestion of" not in client.get(at(cycle, "?share=90")).text
    assert "Yes, accept 1" in client.get(at(cycle, "?share=50")).text
    answer = client.submit(at(cycle, "/accept"), page=at(cycle), share="50")
    assert answer.headers["Location"].endswith("show=decided")
    assert db.session.query(AreaSuggestion).count() == 2


def test_the_model_is_looked_for_before_anything_is_encoded(app: Flask) -> None:
    before = app.extensions.get(encoder.EXTENSION)
    app.extensions[encoder.EXTENSION] = WordEncoder()
    try:
        assert prepared.has_model()
    finally:
        app.extensions.pop(encoder.EXTENSION)
        if before is not None:
            app.extensions[encoder.EXTENSION] = before
