"""The hot pages ask the database as much of fifty rows as of five, and never much of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_due
from cycles.people.models import Group
from cycles.setup.models import Milestone
from cycles.stages.words import Stage
from reports.explorer.registry import pages
from reports.mapping.commands import run_mapping
from reports.results.queries import forget
from tests.architecture.world import apart, undone
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_account,
    make_area,
    make_cast,
    make_framework,
    make_participant,
    make_partner,
    make_role_level,
    make_solution,
    make_standard,
    make_statement,
)
from tests.reports.findings_cases import fill_findings
from tests.reports.mapping_cases import make_profile
from tests.workshop.rating import make_room
from workshop.ballot.commands import give_reason, panellist_for

FEW, MANY = 5, 50
MOST_OF_FINDINGS = 15
# Enough of either that some scores are not kept by the run, and are worked out when asked for.
SOME_AND_MORE = 10, 30
NOT_ASKED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")


@contextmanager
def asked() -> Iterator[list[str]]:
    """Collect the statements that the block sends to the database."""
    statements: list[str] = []
    engine = db.session.connection().engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().startswith(NOT_ASKED):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fill_set_up(cast: Cast, count: int) -> str:
    """Fill a cycle that is being prepared; return its overview."""
    for number in range(count):
        make_partner(cast.cycle, f"Partner {number}", number)
        make_role_level(cast.cycle, f"Level {number}", number)
        make_solution(cast.cycle, f"Solution {number}")
        make_participant(cast.cycle, make_account(f"Person{number} X"), Group.EMPLOYER)
        add(Milestone(cycle_id=cast.cycle.id, on=NOW.date(), title=f"Day {number}"))
    fill_statements(cast, count)
    return "/"


def fill_statements(cast: Cast, count: int) -> str:
    area, partner = make_area(), make_partner(cast.cycle, "Baker")
    for number in range(count):
        facts = {"area_id": area.id, "partners": [partner]}
        make_statement(cast.cycle, f"Calibrate sensor {number}", number + 1, **facts)
    return "/capabilities/"


def fill_rounds(cast: Cast, count: int) -> str:
    """Close a round of ``count`` capabilities with comments and open another; return its ballot."""
    room = make_room(cast, employers=6, statements=count)
    first = room.open_round()
    for item in room.asked(first):
        room.answer(first, item, "NNAPEE")
        seat = panellist_for(participant=room.employers[1], moment=NOW)
        give_reason(round_id=first.id, item_id=item.id, panellist=seat, text="Ask suppliers.")
    room.close(first)
    return f"/ballot/rounds/{room.open_round().id}"


def fill_area(cast: Cast, count: int) -> str:
    return f"{fill_rounds(cast, count)}/areas/1"


def fill_results(cast: Cast, count: int) -> str:
    room = make_room(cast, employers=6, statements=count)
    round_ = room.open_round()
    for item in room.asked(round_):
        room.answer(round_, item, "NNAPEE")
    room.close(round_)
    return f"/workshops/{room.workshop.id}/results"


def fill_profiles(cast: Cast, count: int) -> str:
    level = make_role_level(cast.cycle)
    fill_statements(cast, count)
    statements = [make_statement(cast.cycle, f"Bake {n} loaves", 500 + n) for n in range(4)]
    for number in range(count):
        make_profile(cast.cycle, level, f"P-{number:04d}", tuple(statements))
    return "/profiles/"


def fill_mapping(cast: Cast, count: int) -> str:
    fill_profiles(cast, count)
    framework = make_framework()
    compare_with(cast.cycle, framework)
    for number in range(count):
        make_standard(framework, f"T{number:04d}", f"Baker {number}")
    run_mapping(cycle=cast.cycle, actor=Actor(None, "Test"), moment=NOW)
    db.session.commit()
    run_due()
    return "/map-and-gap/"


# Who opens it, what fills the cycle, and the most statements that it may take.
PAGES: dict[str, tuple[str, Callable[[Cast, int], str], int]] = {
    "cycle.home": ("ada", fill_set_up, 40),
    "statements.index": ("ada", fill_statements, 15),
    "ballot.tasks": ("ema", fill_rounds, 14),
    "ballot.area": ("ema", fill_area, 17),
    "workshops.results": ("ada", fill_results, 12),
    "profiles.index": ("ada", fill_profiles, 10),
    "mapping.overview": ("ada", fill_mapping, 20),
}


@pytest.fixture(scope="module")
def outside(app: Flask) -> Iterator[None]:
    before = app.extensions.get("pythia_encoder")
    app.extensions["pythia_encoder"] = WordEncoder()
    with apart():
        yield
    app.extensions.pop("pythia_encoder")
    if before is not None:
        app.extensions["pythia_encoder"] = before


def open_page(app: Flask, person: str, fill: Callable[[Cast, int], str], count: int) -> list[str]:
    """Return what the page asked of a cycle that was filled with ``count`` rows."""
    with undone():
        cast = make_cast()
        cast.cycle.stage = Stage.CARRYING_OUT
        path = fill(cast, count)
        db.session.commit()
        client: ParsingClient = app.test_client()  # type: ignore[assignment]  # set in conftest
        client.sign_in(getattr(cast, person))
        address = f"/cycles/{cast.cycle.id}{path}"
        with asked() as statements:
            answer = client.get(address)
        assert answer.status_code == 200
    return statements


@pytest.mark.parametrize("name", PAGES)
def test_a_hot_page_asks_no_more_of_many_rows(app: Flask, outside: None, name: str) -> None:
    person, fill, most = PAGES[name]
    few, many = (open_page(app, person, fill, count) for count in (FEW, MANY))
    assert len(many) <= len(few), set(many) - set(few)
    assert len(many) <= most


@pytest.mark.parametrize("count", [FEW, MANY])
def test_saving_one_answer_asks_little_however_long_the_ballot(
    app: Flask, outside: None, count: int
) -> None:
    with undone():
        cast = make_cast()
        room = make_room(cast, employers=6, statements=count)
        round_ = room.open_round()
        db.session.commit()
        item = room.asked(round_)[0].id.hex
        ballot = f"/cycles/{cast.cycle.id}/ballot/rounds/{round_.id}"
        client: ParsingClient = app.test_client()  # type: ignore[assignment]  # set in conftest
        token = client.sign_in(cast.ema).token(f"{ballot}/areas/1")
        sent = {"item": item, "value": "P", "seq": "1", "csrf_token": token}
        with asked() as statements:
            answer = client.post(f"{ballot}/answers", data=sent)
        assert answer.status_code == 200
    assert len(statements) <= 9, statements


def counts_of_findings(app: Flask, count: int) -> dict[str, int]:
    """Return how much every page of the findings, and one thing on each, asks of the database.

    What was gathered for the first of them serves the others; it stands under "gathering".
    """
    counts = {}
    with undone():
        cast = make_cast()
        fill_findings(cast, count)
        start = f"/cycles/{cast.cycle.id}/findings"
        db.session.commit()
        forget()
        client: ParsingClient = app.test_client()  # type: ignore[assignment]  # set in conftest
        client.sign_in(cast.ada)
        with asked() as statements:
            client.get(f"{start}/overview")
        counts["gathering"] = len(statements)
        for name in pages():
            address = f"{start}/{name}" + ("?q=sensor" if name == "search" else "")
            counts[name], html = count_of(client, address)
            thing = re.search(rf'href="({start}/{name}/[\w-]+)["?]', html)
            if thing and pages()[name].item:
                counts[f"{name}, one"], _ = count_of(client, thing[1])
    return counts


def count_of(client: ParsingClient, address: str) -> tuple[int, str]:
    with asked() as statements:
        answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    return len(statements), answer.get_data(as_text=True)


def test_no_page_of_the_findings_asks_much_or_more_of_many_rows(app: Flask, outside: None) -> None:
    few, many = (counts_of_findings(app, count) for count in SOME_AND_MORE)
    assert {name for name in few if many[name] > few[name]} == set()
    asking = {name: count for name, count in many.items() if name != "gathering"}
    assert {name: count for name, count in asking.items() if count > MOST_OF_FINDINGS} == {}
    assert "profiles, one" in asking
