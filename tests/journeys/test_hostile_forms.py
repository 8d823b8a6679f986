"""Every form of every page, one field at a time, filled with what no honest person would send.

Nothing may break: an answer below 500, whatever stands in the field or in the address.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from tests.architecture.browsing import LET_IN, Browser, requests_of
from tests.architecture.permissions import DOORS
from tests.architecture.world import World, undone
from tests.journeys.forms import SentForm, forms_of

HOSTILE = (
    "",
    "\x00",
    "9" * 30,
    "9" * 5_000,
    "-1",
    "\u0665",
    "no id",
    "w" * 12_000,
    "\U0001f642" * 300,
    "0001-01-01",
)
HOSTILE_QUERIES = ("\x00", "9" * 30, "-1", "no id")
EVERYWHERE = ("page", "q", "sort", "seen", "threshold", "next")
PAGES = sorted(endpoint for endpoint in DOORS if endpoint not in ("home.healthz", "home.readyz"))


def pages(app: Flask, world: World, endpoint: str) -> Iterator[tuple[Browser, str, str]]:
    """Yield each page of the route with its browser, its address and its text."""
    for method, rule in requests_of(app, endpoint):
        browser = Browser(app, world, LET_IN[DOORS[endpoint]][0])
        if method == "GET":
            address = world.address(app, rule)
            answer = browser.client.get(address)
            yield browser, address, answer.text if answer.mimetype == "text/html" else ""


def status(browser: Browser, form: SentForm, fields: dict[str, str]) -> int | str:
    """Return the status of the answer, or the name of what broke."""
    with undone():
        sent = {**fields, **browser.signed()}
        try:
            return int(browser.client.post(form.action, data=sent).status_code)
        except Exception as broken:
            return f"{type(broken).__name__}: {str(broken)[:200]}"


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_field_of_a_form_breaks_anything(app: Flask, ours: World, endpoint: str) -> None:
    broken = {}
    for browser, address, text in pages(app, ours, endpoint):
        for form in forms_of(address, text):
            if form.method == "POST" and form.action != "/sign-out":
                broken |= broken_by(browser, form)
    assert broken == {}


def broken_by(browser: Browser, form: SentForm) -> dict[str, int | str]:
    """Send the form with each field in turn spoilt; return what broke."""
    broken = {}
    for number, fields in enumerate(form.ways()):
        # Another button of the same form reads the same fields: a few values tell.
        values = HOSTILE if number == 0 else HOSTILE[1::3]
        for name in unlike(form.names()):
            for value in values:
                found = status(browser, form, {**fields, name: value})
                if isinstance(found, str) or found >= 500:
                    broken[f"{form.action} {name}={value[:20]!r}"] = found
    return broken


def unlike(names: set[str]) -> list[str]:
    """Return one name of each kind: a ballot has a field a cell, and one code reads them all."""
    kinds = {re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "#", name): name for name in sorted(names)}
    return sorted(kinds.values())


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_query_breaks_a_page(app: Flask, ours: World, endpoint: str) -> None:
    for browser, address, text in pages(app, ours, endpoint):
        for name in sorted(queries_of(address, text)):
            for value in HOSTILE_QUERIES:
                answer = browser.client.get(address, query_string={name: value})
                assert answer.status_code < 500, (name, value[:20])


def queries_of(address: str, text: str) -> set[str]:
    """Return the names that the page's own links and forms put in an address, and a few more."""
    names = set(EVERYWHERE)
    for form in forms_of(address, text):
        names |= form.names() if form.method == "GET" else set()
    for link in re.findall(r'href="([^"]*\?[^"]*)"', text):
        names |= {name for name, _ in parse_qsl(urlsplit(link).query)}
    return names
