"""Actions: by horizon, how far they have come, and who is told who does them."""

from datetime import timedelta

import pytest

from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.document.commands import take_snapshot
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from reports.results.queries import forget
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add
from tests.reports.explorer_cases import links, page, rows, words


@pytest.fixture
def home(cast: Cast) -> str:
    """Three recommendations: one owned and overdue, one done, one that nobody owns."""
    today = clock.now().date()
    for position, (horizon, topic, facts) in enumerate(
        (
            (
                Horizon.MEDIUM,
                "Revise the standard",
                {"owner": "Bea Crumb", "due_on": today - timedelta(days=9), "who": "Trade body"},
            ),
            (
                Horizon.SHORT,
                "Teach the ovens",
                {
                    "owner": "Bea Crumb",
                    "due_on": today - timedelta(days=9),
                    "status": ActionStatus.DONE,
                },
            ),
            (Horizon.SHORT, "Find a room", {"result": "A room"}),
        ),
        1,
    ):
        add(
            Recommendation(
                cycle_id=cast.cycle.id, position=position, horizon=horizon, topic=topic, **facts
            )
        )
    db.session.commit()
    forget()
    return f"/cycles/{cast.cycle.id}/findings/actions"


def test_actions_stand_by_horizon_in_the_report_s_order(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    client.sign_in(cast.ada)
    found = rows(client, home)
    assert [(row["horizon"], row["topic"]) for row in found] == [
        ("Short term", "Teach the ovens"),
        ("Short term", "Find a room"),
        ("Medium term", "Revise the standard"),
    ]
    html = page(client, home)
    said = words(html[html.index("<tbody") : html.index("</tbody>")])
    assert said.index("Short term") < said.index("Find a room") < said.index("Medium term")
    assert "1 of 3 still needs an owner or a date." in words(html)


def test_what_has_become_of_them_is_counted_and_leads_to_them(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    client.sign_in(cast.ada)
    counts = {"Done": 1, "Proposed": 2, "Overdue": 1}
    html = page(client, home)
    for label, count in counts.items():
        href = next(href for href, text in links(html) if text == label)
        assert len(rows(client, href)) == count
    assert [row["topic"] for row in rows(client, f"{home}?overdue=yes")] == ["Revise the standard"]
    assert [row["topic"] for row in rows(client, f"{home}?settled=no")] == ["Find a room"]


def test_conveners_are_led_to_where_actions_are_written(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    change = f"/cycles/{cast.cycle.id}/actions/"
    for account, is_led in ((cast.ada, True), (cast.eddy, False)):
        found = links(page(client.sign_in(account), home))
        assert any(href == change and "Add or change" in text for href, text in found) == is_led


def test_an_empty_tracker_tells_a_convener_where_to_add(client: ParsingClient, cast: Cast) -> None:
    address = f"/cycles/{cast.cycle.id}/findings/actions"
    html = page(client.sign_in(cast.ada), address)
    assert "No actions yet" in words(html)
    assert (f"/cycles/{cast.cycle.id}/actions/", "Add actions") in links(html)


def test_a_link_s_reader_is_not_told_who(client: ParsingClient, cast: Cast, home: str) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    made = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, actor=actor, moment=NOW)
    db.session.commit()
    address = f"/published/{token_of(made)}/actions"
    html, found = page(client, address), rows(client, address)
    assert len(found) == 3
    assert {"who", "owner", "notes"}.isdisjoint(found[0])
    for secret in ("Bea Crumb", "Trade body"):
        assert secret not in html
    assert "Proposed" in words(html)
