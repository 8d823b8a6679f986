"""Forms that were open when a cycle moved on, was sealed or archived: nothing of it changes."""

from typing import Any

import pytest
from flask import Flask

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from tests.architecture.browsing import LET_IN, Browser, requests_of
from tests.architecture.permissions import DOORS
from tests.architecture.world import World, undone
from tests.factories import NOW
from tests.journeys.forms import SentForm, forms_of
from tests.journeys.test_foreign_ids import rows_of

PAGES = (
    "current_state.sheet",
    "current_state.upload",
    "ksbs.index",
    "ksbs.show",
    "ksbs.sit",
    "profiles.seed_from",
    "ratification.generation",
    "ratification.merge",
    "ratification.show",
    "ratification.show_preview",
    "ratification.split",
)
CLOSED: dict[str, dict[str, Any]] = {
    "sealed": {"sealed_at": NOW},
    "archived": {"archived_at": NOW},
    "moved on": {"stage": Stage.COMMUNICATING},
}


def forms_on(app: Flask, world: World, page: str) -> list[SentForm]:
    """Return the forms of a page as they stood while the cycle was open."""
    found = []
    for method, rule in requests_of(app, page):
        if method == "GET":
            address = world.address(app, rule)
            answer = Browser(app, world, LET_IN[DOORS[page]][0]).client.get(address)
            found += forms_of(address, answer.text) if answer.mimetype == "text/html" else []
    return [one for one in found if one.method == "POST" and one.action != "/sign-out"]


@pytest.mark.parametrize("why", CLOSED)
@pytest.mark.parametrize("page", PAGES)
def test_no_form_changes_a_cycle_that_is_closed(
    app: Flask, ours: World, page: str, why: str
) -> None:
    person, cycle_id = LET_IN[DOORS[page]][0], ours.values["cycle_id"]
    with undone():
        forms = forms_on(app, ours, page)
        cycle = db.session.get_one(Cycle, cycle_id)
        for name, value in CLOSED[why].items():
            setattr(cycle, name, value)
        db.session.commit()
        before = rows_of(cycle_id)
        for form in forms:
            for fields in form.ways():
                browser = Browser(app, ours, person)
                answer = browser.client.post(form.action, data={**fields, **browser.signed()})
                assert answer.status_code < 500, form.action
                assert rows_of(cycle_id) == before, form.action
        for method, rule in requests_of(app, page):
            if method == "GET":
                address = ours.address(app, rule)
                assert Browser(app, ours, person).client.get(address).status_code < 400, address
