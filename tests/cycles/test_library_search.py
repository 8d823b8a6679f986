"""Searching the library: by words alike on both databases, by meaning where it is running."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from cycles.core.extensions import db
from cycles.library.models import (
    LibraryKind,
    LibraryLink,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
)
from cycles.library.queries import By, LibraryFilter, Order, find_statements
from cycles.library.searching.finding import search
from cycles.library.searching.near import near_records
from cycles.library.searching.words import terms_of
from cycles.semantics.nearest import Method
from cycles.semantics.service.asking import ABSENT
from cycles.semantics.service.wire import address_of
from cycles.statements.nearby import near_to
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add, make_area, make_statement
from tests.searching import encode, search_service

PATIENT = 5.0
LINES = (
    ("R1", "Calibrate the sensors of bread ovens", "Oven engineers"),
    ("R2", "Organize repair/replacement of ovens", "Planners"),
    ("R3", "Prepare café menus for visitors", "Cooks"),
    ("R4", "Write C++ programs at 100% speed", "Développeurs"),
    ("R5", "Drive vans in the city", "Drivers"),
)


@dataclass
class Shelf:
    """The library of these tests."""

    source: LibrarySource
    records: dict[str, LibraryStatement]


@pytest.fixture
def shelf(session: object, app: Flask, word_encoder: WordEncoder) -> Shelf:
    address_of(app.extensions["pythia_settings"]).unlink(missing_ok=True)
    facts = {"version": "1.2", "licence": "Free", "attribution": "By us."}
    source = add(LibrarySource(name="Ours", imported_at=NOW, **facts))
    records = {
        reference: add(
            LibraryStatement(
                source_id=source.id,
                reference=reference,
                text=words,
                occupation=occupation,
                position=position,
            )
        )
        for position, (reference, words, occupation) in enumerate(LINES)
    }
    db.session.commit()
    return Shelf(source, records)


def references(**wanted: Any) -> list[str]:
    lines, total = find_statements(LibraryFilter(**wanted))
    assert total == len(lines)
    return [line.statement.reference for line in lines]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ovens", ["R1", "R2"]),
        ("OVEN calibration", ["R1"]),
        ("bread engineers", ["R1"]),
        ("organise repairs", ["R2"]),
        ("replacement", ["R2"]),
        ("cafe", ["R3"]),
        ("CAFÉ Menu", ["R3"]),
        ("developpeur", ["R4"]),
        ("the city in", ["R5"]),
        ("helicopters", []),
        ("ovens vans", []),
        ("%", ["R4"]),
        ("++", ["R4"]),
    ],
)
def test_every_word_has_to_be_there_however_it_ends_or_is_spelt(
    shelf: Shelf, words: str, found: list[str]
) -> None:
    assert sorted(references(words=words)) == found


@pytest.mark.parametrize(
    "words",
    [
        *('"', "'", 'ovens"* OR text:x', "NEAR(", "ovens:*", "a & ! |", "ovens' | 'vans"),
        *("{x} : y", "\\", "*", "AND OR NOT", "½ Ⅷ ﬁ", "−", "x" * 200, "كلمة", "-- ;"),
    ],
)
def test_nothing_typed_is_taken_for_a_query(shelf: Shelf, words: str) -> None:
    find_statements(LibraryFilter(words=words))
    find_statements(LibraryFilter(words=words), every=False)
    assert all(each.isalnum() for term in terms_of(words) for each in term)


def test_any_word_will_do_where_that_is_asked_for(shelf: Shelf) -> None:
    lines, total = find_statements(LibraryFilter(words="ovens vans"), every=False)
    assert {line.statement.reference for line in lines} == {"R1", "R2", "R5"}
    assert total == 3


def test_the_words_follow_what_is_changed_and_deleted(shelf: Shelf) -> None:
    shelf.records["R5"].text = "Sail boats along the coast"
    db.session.commit()
    assert references(words="vans") == []
    assert references(words="boats drivers") == ["R5"]
    db.session.delete(shelf.records["R5"])
    shelf.records["R1"].retired_at = NOW
    db.session.commit()
    assert references(words="boats") == []
    assert references(words="ovens") == ["R2"]


def test_a_database_keeps_its_words_by_itself(shelf: Shelf) -> None:
    if db.session.connection().dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps them in a generated column")
    wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'library_words%'"
    names = db.session.execute(text(wanted)).scalars().all()
    assert sorted(names) == ["library_words_added", "library_words_changed", "library_words_gone"]


def test_orders_and_filters_hold_for_words(shelf: Shelf) -> None:
    area = make_area()
    shelf.records["R2"].area_id = area.id
    shelf.records["R4"].kind = LibraryKind.SKILL
    db.session.commit()
    assert references(order=Order.TEXT)[0] == "R1"
    assert references(order=Order.TEXT)[-1] == "R4"
    assert references(words="ovens", area_id=area.id) == ["R2"]
    assert references(words="ovens", domain="Quality Control") == ["R2"]
    assert references(kind=LibraryKind.SKILL) == ["R4"]
    assert references(source_id=uuid.uuid4()) == []


def test_by_meaning_where_it_runs_and_by_words_with_the_reason_where_not(
    shelf: Shelf, app: Flask
) -> None:
    wanted = LibraryFilter(words="sensors of bread ovens")
    without = search(wanted)
    assert not without.is_by_meaning
    assert f"because {ABSENT}" in without.how
    assert without.lines[0].statement.reference == "R1"
    encode(*shelf.records.values())
    with search_service(app):
        found = search(wanted)
        assert found.is_by_meaning
        assert found.lines[0].statement.reference == "R1"
        assert found.percents == tuple(sorted(found.percents, reverse=True))
        shelf.records["R1"].retired_at = NOW
        db.session.commit()
        gone = [line.statement.reference for line in search(wanted).lines]
        assert "R1" not in gone, "what the service still holds is asked of the database again"
        by_words = search(LibraryFilter(words="ovens", by=By.WORDS))
        assert not by_words.is_by_meaning
        assert "because" not in by_words.how


def test_a_library_half_prepared_is_searched_by_words(shelf: Shelf, app: Flask) -> None:
    encode(shelf.records["R5"])
    with search_service(app):
        found = near_records("ovens for bread", most=3, within=PATIENT)
    assert found.method == Method.WORDS
    assert "not prepared" in found.because
    assert found.records[0].record.reference == "R1"


def test_suggestions_come_from_the_cycle_and_the_library_by_meaning_or_words(
    shelf: Shelf, app: Flask, cast: Cast, word_encoder: WordEncoder
) -> None:
    own = make_statement(cast.cycle, "Calibrate sensors of ovens", 1)
    used = shelf.records["R2"]
    make_statement(cast.cycle, "Organize the repair of ovens", 2, library_statement_id=used.id)
    db.session.commit()
    typed = "Calibrate the sensors of ovens"
    by_words = near_to(cast.cycle.id, typed)
    assert by_words.method == Method.WORDS
    assert by_words.because == ABSENT
    assert by_words.own[0].statement.id == own.id
    assert by_words.own[0].looks_the_same
    assert [near.record.reference for near in by_words.library] == ["R1"]
    encode(*shelf.records.values())
    with search_service(app):
        found = near_to(cast.cycle.id, typed)
        assert near_to(cast.other_cycle.id, typed).own == ()
        assert near_to(cast.cycle.id, "abc") == near_to(cast.cycle.id, " ")
    assert (found.method, found.because) == (Method.MEANING, "")
    assert [near.record.reference for near in found.library] == ["R1"]
    assert found.own[0].statement.id == own.id, "not encoded yet, it is compared by words"


def test_a_record_says_where_it_comes_from_and_what_is_like_it(
    shelf: Shelf, cast: Cast, client: ParsingClient
) -> None:
    record, wider = shelf.records["R1"], shelf.records["R2"]
    area = make_area()
    record.area_id = area.id
    add(LibraryLink(statement_id=record.id, wider_id=wider.id))
    for code in ("17-2141.00", "17-2199.05"):
        add(
            LibraryOccurrence(
                statement_id=record.id, reference=code, occupation_code=code, occupation="Engineers"
            )
        )
    db.session.commit()
    client.sign_in(cast.tom)
    shown = client.get(f"/library/statements/{record.id}").text
    for words in (
        "Ours, version 1.2",
        "Free",
        "By us.",
        "17-2199.05",
        "Quality Control",
        "Part of",
    ):
        assert words in shown
    assert f"because {ABSENT}" in shown
    assert f'href="/library/statements/{wider.id}"' in shown
    assert "What it takes in" in client.get(f"/library/statements/{wider.id}").text
    record.retired_at = NOW
    db.session.commit()
    assert "Retired on 2 March 2026" in client.get(f"/library/statements/{record.id}").text
    assert client.get(f"/library/statements/{uuid.uuid4()}").status_code == 404


def test_results_are_taken_away_whole(shelf: Shelf, cast: Cast, client: ParsingClient) -> None:
    client.sign_in(cast.tom)
    page = client.get("/library/?q=ovens&by=words").text
    assert "Found by words: each holds every word you typed" in page
    assert "/library/statements.csv?q=ovens" in page
    table = client.get("/library/statements.csv?q=ovens&by=words").text
    heading, *rows = table.lstrip("\ufeff").splitlines()
    assert heading.startswith("statement,kind,function")
    assert len(rows) == 2
    assert rows[0].endswith("Ours,1.2,R1,Free,By us.")
    assert client.get("/library/statements.xlsx").status_code == 200
    assert client.get("/library/statements.pdf").status_code == 404
    assert "Nothing fits" in client.get("/library/?q=helicopters").text


def test_every_text_of_the_library_can_be_found_by_its_own_words(shelf: Shelf) -> None:
    for record in db.session.scalars(select(LibraryStatement)):
        assert record.reference in references(words=record.text)
