"""The library by classification: areas that follow from links, and the page that counts them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from cycles.classification.activities import place_library, read_activities
from cycles.classification.commands import import_classification
from cycles.classification.queries import area_by_names, areas
from cycles.classification.references import references
from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.extensions import db
from cycles.library.models import (
    LibraryKind,
    LibraryLink,
    LibrarySource,
    LibraryStatement,
)
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_area

MAP = "activity,function,domain,area\n"
PLAN, TEST = "4.A.2.b.6.I01", "4.A.1.b.2.I04"


@pytest.fixture
def own_map(session: object, tmp_path: Path) -> Path:
    make_area("Plan Production", "Planning", "Implement")
    make_area("Test Equipment", "Quality Control", "Implement")
    path = tmp_path / "activities.csv"
    path.write_text(
        MAP + f"{PLAN},Implement,Planning,Plan Production\n"
        f"{TEST},Implement,Quality Control,Test Equipment\n"
    )
    return path


Recorder = Callable[..., LibraryStatement]


@pytest.fixture
def record(session: object) -> Recorder:
    source = add(LibrarySource(name="Tasks", imported_at=NOW))

    def make(reference: str, *wider: LibraryStatement, **facts: object) -> LibraryStatement:
        text = str(facts.pop("text", f"Do what {reference} says"))
        made = add(LibraryStatement(source_id=source.id, reference=reference, text=text, **facts))
        for each in wider:
            add(LibraryLink(statement_id=made.id, wider_id=each.id))
        return made

    return make


def place(path: Path) -> tuple[int, int]:
    report = place_library(actor=SYSTEM, moment=NOW, path=path)
    return report.placed, report.left


def area_of(record: LibraryStatement) -> str | None:
    db.session.refresh(record)
    return record.area.name if record.area else None


def test_every_area_of_our_map_is_one_of_our_classification(session: object) -> None:
    import_classification(actor=SYSTEM, moment=NOW)
    held = {(area.function, area.domain, area.name) for area in areas()}
    ours = read_activities()
    assert len(ours) == 332
    assert set(ours.values()) == held
    assert all(re.fullmatch(r"4\.A\.\d\.[a-c]\.\d\.I\d\d", code) for code in ours)


def test_tasks_stand_where_their_activities_stand(own_map: Path, record: Recorder) -> None:
    detailed = [record(f"{TEST}.D01"), record(f"{TEST}.D02"), record(f"{PLAN}.D01")]
    task = record("123", *detailed)
    plain = record("124", detailed[2])
    unlinked = record("125")
    skill = record("126", *detailed, kind=LibraryKind.SKILL)
    assert place(own_map) == (5, 1)
    assert [area_of(each) for each in (task, plain, unlinked, skill)] == [
        "Test Equipment",
        "Plan Production",
        None,
        None,
    ]
    assert place(own_map) == (0, 1)
    assert [event.action for event in db.session.query(AuditEvent)] == ["library.placed"]


def test_equal_votes_go_by_the_order_of_the_classification(own_map: Path, record: Recorder) -> None:
    task = record("123", record(f"{TEST}.D01"), record(f"{PLAN}.D01"))
    place(own_map)
    assert area_of(task) == "Plan Production"


def test_an_area_that_a_record_has_is_kept_and_counts(own_map: Path, record: Recorder) -> None:
    other = make_area("Measure", "Quality Control", "Implement")
    chosen = record(f"{TEST}.D01", area_id=other.id)
    task, own = record("123", chosen), record("124", record(f"{PLAN}.D01"), area_id=other.id)
    place(own_map)
    assert {area_of(each) for each in (chosen, task, own)} == {"Measure"}


def test_a_second_step_serves_activities_that_say_nothing(own_map: Path, record: Recorder) -> None:
    task = record("123", record("a detailed one", record(PLAN)))
    place(own_map)
    assert area_of(task) == "Plan Production"


def test_references_hold_each_text_once_and_the_areas(own_map: Path, record: Recorder) -> None:
    area = area_by_names("Implement", "Planning", "Plan Production")
    assert area is not None
    for reference in ("1", "2"):
        record(reference, text="Plan the week", area_id=area.id)
    record("3", text="Retired", area_id=area.id, retired_at=NOW)
    record("4", text="Without a place")
    held = references()
    assert held.texts == (
        "Plan the week",
        "Plan Production: What it is.",
        "Test Equipment: What it is.",
    )
    assert [held.area_ids[place] for place in held.places[:2]] == [area.id, area.id]
    assert held.from_library == 1


def test_the_page_counts_and_links(
    cast: Cast, own_map: Path, record: Recorder, client: ParsingClient
) -> None:
    area = area_by_names("Implement", "Planning", "Plan Production")
    assert area is not None
    for number in range(3):
        record(str(number), area_id=area.id)
    record("9")
    db.session.commit()
    said = client.sign_in(cast.ema).get("/classification/library").text
    assert "3 of 4" in said
    assert f"area={area.id}" in said


def test_an_empty_library_says_so(cast: Cast, client: ParsingClient) -> None:
    make_area()
    db.session.commit()
    assert "The library is empty" in client.sign_in(cast.ema).get("/classification/library").text


def test_the_command_line_places(app: Flask, own_map: Path, record: Recorder) -> None:
    record(f"{PLAN}.D01")
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["classification", "place-library"])
    assert answer.exit_code == 0, answer.output
    assert "still have none" in answer.output
