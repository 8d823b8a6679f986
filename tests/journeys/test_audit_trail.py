"""The audit log over HTTP: one event for each change, none for a refusal, none for an answer."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from cycles.core.audit import AuditEvent, broken_links
from cycles.core.extensions import db
from tests.architecture.browsing import LET_IN, Browser, requests_of
from tests.architecture.permissions import DOORS
from tests.architecture.world import World, undone
from tests.journeys.forms import SentForm, forms_of

PAGES = sorted(page for page in DOORS if LET_IN[DOORS[page]][0] is not None)
# An answer is never an event: who answered what, and when, is nobody's to read.
# Nor is what somebody typed and did not save.
SILENT = ("ballot.", "receipts.", "narrative.keep", "narrative.discard")
# Sent as they stand, these may leave things as they were (the first does not move up; a name is
# kept; a level that is rated, or that a profile holds already, stays; so do a partner whose current
# state is captured and an answer that is given again); comparing only fills the cache of vectors.
MAY_CHANGE_NOTHING = {
    "actions.move",
    "cycle.add_standards_in_use",
    "cycle.change_milestone",
    "cycle.framework",
    "cycle.move_partner",
    "cycle.move_role_level",
    "cycle.move_solution",
    "cycle.remove_partner",
    "cycle.remove_role_level",
    "ksbs.decide",
    "ksbs.edit",
    "ratification.change",
    "ratification.rename",
    "statements.compare",
}
# Pages whose forms, filled in plainly, have to succeed: otherwise nothing was tested.
SAMPLED = {
    "accounts.create_account",
    "actions.edit",
    "actions.new",
    "capture.index",
    "cards.show",
    "cycle.challenge",
    "cycle.change_solution",
    "cycle.new",
    "cycle.scenario",
    "ksbs.show",
    "ksbs.sit",
    "letters.open_stop",
    "letters.send",
    "mapping.overview",
    "narrative.edit",
    "people.invite",
    "people.list_people",
    "ratification.generation",
    "ratification.show",
    "report.index",
    "statements.index",
    "statements.show",
    "workshops.end_round",
    "workshops.plan",
}


def count() -> int:
    return db.session.scalar(select(func.count(AuditEvent.id))) or 0


def endpoint_of(app: Flask, form: SentForm) -> str:
    adapter = app.url_map.bind("localhost")
    return str(adapter.match(form.action.split("?")[0], method="POST")[0])


@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_changes_something_is_one_event(app: Flask, ours: World, page: str) -> None:
    person = LET_IN[DOORS[page]][0]
    events: list[str] = []
    for method, rule in requests_of(app, page):
        if method == "GET":
            address = ours.address(app, rule)
            answer = Browser(app, ours, person).client.get(address)
            forms = forms_of(address, answer.text) if answer.mimetype == "text/html" else []
            for form in forms:
                if form.method == "POST" and form.action != "/sign-out":
                    events += events_of(app, ours, person, form)
    assert events or page not in SAMPLED


def events_of(app: Flask, world: World, person: str | None, form: SentForm) -> list[str]:
    """Send the form in each of its ways; return the events, having seen that their number fits."""
    endpoint, events = endpoint_of(app, form), []
    for fields in form.ways():
        browser = Browser(app, world, person)
        with undone():
            before = count()
            answer = browser.client.post(form.action, data={**fields, **browser.signed()})
            found = actions_since(before)
            assert list(broken_links()) == []
        if endpoint.startswith(SILENT) or answer.status_code not in (204, 303):
            assert found == [], endpoint
        else:
            assert len(found) == 1 or (not found and endpoint in MAY_CHANGE_NOTHING), endpoint
        events += found
    return events


def actions_since(before: int) -> list[str]:
    newest = select(AuditEvent.action).order_by(AuditEvent.id.desc())
    return list(db.session.scalars(newest.limit(count() - before)))
