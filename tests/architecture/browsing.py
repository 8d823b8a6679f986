"""Browsers of the people of a filled cycle: who each door lets in, and requests in their name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

from cycles.core.access import Door
from cycles.semantics import encoder
from tests.architecture.world import World, apart, make_worlds
from tests.client import ParsingClient
from tests.encoders import WordEncoder

PEOPLE = ("ada", "tom", "ema", "pia", "eddy", "sol")
OUTSIDERS = ("eve", "alan", "gone")
EVERYBODY = (*PEOPLE, *OUTSIDERS)
# Ada convenes, Tom is a technologist, Ema an employer, Pia one on the panel, Eddy an educator,
# Sol a sponsor. The first of each is the one whose requests have to succeed.
LET_IN: dict[Door, tuple[str | None, ...]] = {
    Door.PUBLIC: (None, *EVERYBODY),
    Door.SIGNED_IN: EVERYBODY,
    Door.CONVENES: ("ada", "eve", "alan"),
    Door.ADMINISTRATOR: ("alan",),
    Door.MEMBER: PEOPLE,
    Door.CONVENER: ("ada",),
    Door.TECHNOLOGIST: ("tom", "ada"),
    Door.RECORDER: ("tom", "ema", "pia", "ada"),
    Door.EMPLOYER: ("ema", "pia"),
    Door.RATER: ("ema", "pia", "tom", "eddy"),
    Door.PANEL: ("pia",),
    Door.PANEL_OR_CONVENER: ("pia", "ada"),
    Door.EDUCATOR: ("eddy", "ada"),
    Door.REVIEWER: ("ada", "eddy", "ema", "pia"),
    Door.SPONSOR: ("sol",),
    Door.SPONSOR_OR_CONVENER: ("ada", "sol"),
}
CSRF = "a token that the cookie holds"
HTMX = {"HX-Request": "true"}
Worlds = tuple[World, World]
# What a POST has to hold before it is asked whose it is; every other one is sent empty.
SENT: dict[str, dict[str, str]] = {
    "accounts.change_rights": {"right": "may_convene", "given": "yes"},
    "ballot.comment": {"item": "{item_id}", "text": "We need it."},
    "ballot.save": {"item": "{item_id}", "value": "P", "seq": "1"},
    "explorer.judge": {"verdict": "accepted", "on": "provision"},
    "reviewing.judge": {"verdict": "accepted"},
    "statements.settle_library": {"action": "give back"},
    "statements.settle": {
        "first": "{statement_id}",
        "second": "{other_statement_id}",
        "action": "keep both",
    },
}


@contextmanager
def two_worlds(app: Flask) -> Iterator[Worlds]:
    """Make both cycles for the length of the block, read by a model of hashed words."""
    before = app.extensions.get(encoder.EXTENSION)
    app.extensions[encoder.EXTENSION] = WordEncoder()
    try:
        with apart():
            yield make_worlds()
    finally:
        app.extensions.pop(encoder.EXTENSION)
        if before is not None:
            app.extensions[encoder.EXTENSION] = before


class Browser:
    """Somebody's browser, with a CSRF token that is good."""

    def __init__(self, app: Flask, world: World, person: str | None) -> None:
        self.client: ParsingClient = app.test_client()  # type: ignore[assignment]  # set in conftest
        self.world = world
        self.signer = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
        with self.client.session_transaction() as cookie:
            cookie["csrf_token"] = CSRF
            if person is not None:
                cookie["_user_id"] = world.people[person]
                cookie["_fresh"] = True

    def ask(
        self, method: str, rule: Rule, headers: dict[str, str] | None = None, **swapped: Any
    ) -> Any:
        """Ask for the route in this cycle; a POST sends the token and no more than it must."""
        address = self.world.address(self.client.application, rule, **swapped)
        if method == "GET":
            return self.client.get(address, headers=headers)
        fields = SENT.get(rule.endpoint, {})
        sent = {name: text.format(**self.world.values) for name, text in fields.items()}
        return self.client.post(address, data={**sent, **self.signed()}, headers=headers)

    def signed(self) -> dict[str, str]:
        """Return the field that says that a form came from our own page."""
        return {"csrf_token": self.signer.dumps(CSRF)}


def requests_of(app: Flask, endpoint: str) -> list[tuple[str, Rule]]:
    return [
        (method, rule)
        for rule in app.url_map.iter_rules(endpoint)
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]
