"""Who may open what: every route, for everybody, over two cycles that are filled alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from cycles.core import security, shell
from cycles.core.access import Door
from cycles.core.extensions import db
from tests.architecture.browsing import (
    EVERYBODY,
    HTMX,
    LET_IN,
    OUTSIDERS,
    PEOPLE,
    Browser,
    Worlds,
    requests_of,
    two_worlds,
)
from tests.architecture.permissions import DOORS
from tests.architecture.world import NESTED, World, undone
from tests.client import ParsingClient

BY_ENDPOINT = pytest.mark.parametrize("endpoint", sorted(DOORS))
# Standards belong to no cycle; taking one out of use that is not in use leaves the list as it is.
NOBODYS = {("cycle.remove_standard_in_use", "standard_id")}


@pytest.fixture(scope="module")
def worlds(app: Flask) -> Iterator[Worlds]:
    """Both cycles, made once; every test of this module starts from them as they were made."""
    with two_worlds(app) as made:
        yield made


@pytest.fixture
def ours(worlds: Worlds) -> Iterator[World]:
    with undone():
        yield worlds[0]


@pytest.fixture
def theirs(worlds: Worlds) -> World:
    return worlds[1]


def needs_place(endpoint: str) -> bool:
    without = {Door.PUBLIC, Door.SIGNED_IN, Door.CONVENES, Door.ADMINISTRATOR}
    return DOORS[endpoint] not in without


def cycle_routes() -> list[str]:
    return sorted(filter(needs_place, DOORS))


def statuses(
    app: Flask, world: World, endpoint: str, person: str | None, **swapped: Any
) -> dict[str, int]:
    """Return the status of each kind of request that ``person`` makes to the route."""
    found = {}
    browser = Browser(app, world, person)
    for method, rule in requests_of(app, endpoint):
        found[method] = browser.ask(method, rule, **swapped).status_code
        if method == "GET":
            found["htmx"] = browser.ask(method, rule, HTMX, **swapped).status_code
    return found


@BY_ENDPOINT
def test_who_has_not_signed_in_is_sent_to_do_so(app: Flask, ours: World, endpoint: str) -> None:
    browser = Browser(app, ours, None)
    for method, rule in requests_of(app, endpoint):
        answer, fragment = browser.ask(method, rule), browser.ask(method, rule, HTMX)
        if DOORS[endpoint] == Door.PUBLIC:
            assert answer.status_code not in (401, 403, 404, 500)
            continue
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")
        assert fragment.status_code == 204
        assert fragment.headers["HX-Redirect"].startswith("/sign-in")
        assert not fragment.data


@pytest.mark.parametrize("endpoint", cycle_routes())
@pytest.mark.parametrize("person", OUTSIDERS)
def test_a_cycle_does_not_exist_for_who_has_no_place_in_it(
    app: Flask, ours: World, person: str, endpoint: str
) -> None:
    assert set(statuses(app, ours, endpoint, person).values()) == {404}


@BY_ENDPOINT
def test_the_wrong_role_is_told_so(app: Flask, ours: World, endpoint: str) -> None:
    if DOORS[endpoint] == Door.PUBLIC:
        return
    everybody = PEOPLE if needs_place(endpoint) else EVERYBODY
    for person in sorted(set(everybody) - set(LET_IN[DOORS[endpoint]])):
        assert set(statuses(app, ours, endpoint, person).values()) == {403}, person


@BY_ENDPOINT
def test_the_right_role_is_let_in(app: Flask, ours: World, endpoint: str) -> None:
    first, *others = LET_IN[DOORS[endpoint]]
    found = statuses(app, ours, endpoint, first)
    if endpoint == "home.readyz":
        return  # the tests' own database has no migrations, and it says so
    assert found.get("GET", 200) < 400
    assert found.get("htmx", 200) < 400
    # What is sent is empty, so it may be refused; but the route is found and opens.
    assert found.get("POST", 200) not in (400, 401, 403, 404, 405)
    assert max(found.values()) < 500
    for person in others:
        found = statuses(app, ours, endpoint, person)
        assert set(found.values()).isdisjoint({400, 401, 403, 405}), person
        assert max(found.values()) < 500


@pytest.mark.parametrize("endpoint", cycle_routes())
def test_what_belongs_to_another_cycle_is_not_found_in_this_one(
    app: Flask, ours: World, theirs: World, endpoint: str
) -> None:
    person = LET_IN[DOORS[endpoint]][0]
    (_, rule), *_rest = requests_of(app, endpoint)
    for name in rule.arguments.intersection(NESTED):
        if (endpoint, name) in NOBODYS:
            continue
        swapped = {name: theirs.value(endpoint, name)}
        assert set(statuses(app, ours, endpoint, person, **swapped).values()) == {404}, name


def test_every_id_inside_a_cycle_is_swapped(app: Flask) -> None:
    nested = {
        name
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if "cycle_id" in rule.arguments and type(converter).__name__ == "UUIDConverter"
    }
    assert nested - {"cycle_id"} <= set(NESTED)


@BY_ENDPOINT
def test_a_post_without_its_token_changes_nothing(app: Flask, ours: World, endpoint: str) -> None:
    person = LET_IN[DOORS[endpoint]][0]
    for method, rule in requests_of(app, endpoint):
        if method == "POST":
            answer = Browser(app, ours, person).client.post(ours.address(app, rule))
            assert answer.status_code == 400
            assert "That request could not be read" in answer.text


@BY_ENDPOINT
def test_every_answer_carries_the_security_headers(app: Flask, ours: World, endpoint: str) -> None:
    person = LET_IN[DOORS[endpoint]][0]
    for method, rule in requests_of(app, endpoint):
        if method != "GET":
            continue
        answer = Browser(app, ours, person).ask(method, rule)
        for name, value in security.ALWAYS.items():
            assert answer.headers[name] == value
        policy = answer.headers["Content-Security-Policy"]
        directives = dict(each.strip().split(" ", 1) for each in policy.split(";"))
        assert directives["default-src"] == "'none'"
        assert directives["script-src"].startswith("'nonce-")
        assert len(directives["script-src"]) > 20
        assert directives["style-src"] == directives["form-action"] == "'self'"
        assert directives["base-uri"] == directives["frame-ancestors"] == "'none'"
        assert "unsafe" not in policy
        if person is not None:
            assert answer.headers["Cache-Control"] == "no-store"


def test_answers_to_nobody_known_carry_them_too(app: Flask, ours: World) -> None:
    browser = Browser(app, ours, None)
    for address in ("/nothing-here", "/cycles/new", "/sign-in", "/sign-in/none"):
        answer = browser.client.get(address)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_navigation_offers_only_what_the_door_lets_in(app: Flask) -> None:
    offers = {each.endpoint: each.door for each in shell._offers}
    for endpoint, door in offers.items():
        assert set(LET_IN[door]) <= set(LET_IN[DOORS[endpoint]]), endpoint


def test_a_swapped_session_is_nobodys(app: Flask, ours: World) -> None:
    client: ParsingClient = app.test_client()  # type: ignore[assignment]  # set in conftest
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(ours.values["account_id"])
    assert client.get("/").status_code in (200, 303)
    assert client.get("/accounts").location.startswith("/sign-in")
    db.session.rollback()
