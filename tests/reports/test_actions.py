"""Recommendations and actions: drafted from findings, kept by conveners, asked for by the gate."""

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cycles.core.audit import Actor, events_of
from cycles.core.clock import stopped_at
from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.stages.evidence import provided
from reports.actions import commands
from reports.actions.commands import Content
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.queries import recommendations_of
from reports.mapping.commands import run_mapping
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.reports.mapping_cases import make_bakery


def actor_of(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def make_action(
    cast: Cast, topic: str, horizon: Horizon = Horizon.SHORT, **facts: Any
) -> Recommendation:
    made = commands.add_recommendation(
        cycle_id=cast.cycle.id,
        content=Content(horizon=horizon, topic=topic, **facts),
        actor=actor_of(cast),
        moment=NOW,
    )
    db.session.commit()
    return made


def topics(cast: Cast) -> list[str]:
    return [each.topic for each in recommendations_of(cast.cycle.id)]


def base(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/actions/"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
    return re.sub(r"\s+", " ", text)


FIELDS = {
    "horizon": "medium term",
    "topic": "Review the baker standard",
    "owner": "Ada Bright",
    "due_on": "2026-09-30",
    "status": "under way",
}


def test_actions_stand_by_group_and_then_in_their_own_order(cast: Cast) -> None:
    make_action(cast, "Later", Horizon.ADDITIONAL)
    first = make_action(cast, "First")
    make_action(cast, "Second")
    make_action(cast, "Middle", Horizon.MEDIUM)
    assert topics(cast) == ["First", "Second", "Middle", "Later"]
    commands.move_recommendation(recommendation=first, up=False, actor=actor_of(cast), moment=NOW)
    assert topics(cast) == ["Second", "First", "Middle", "Later"]
    commands.remove_recommendation(recommendation=first, actor=actor_of(cast), moment=NOW)
    assert [each.position for each in recommendations_of(cast.cycle.id)] == [1, 1, 1]


def test_an_action_that_changes_group_goes_to_its_end(cast: Cast) -> None:
    first = make_action(cast, "First")
    make_action(cast, "Second")
    make_action(cast, "Middle", Horizon.MEDIUM)
    commands.change_recommendation(
        recommendation=first,
        content=Content(horizon=Horizon.MEDIUM, topic="First"),
        version=first.version,
        actor=actor_of(cast),
        moment=NOW,
    )
    assert topics(cast) == ["Second", "Middle", "First"]
    assert [each.position for each in recommendations_of(cast.cycle.id)] == [1, 1, 2]


def test_an_action_needs_a_topic(cast: Cast) -> None:
    with pytest.raises(Invalid, match="Enter the topic"):
        make_action(cast, "")


def test_an_older_version_does_not_overwrite_a_newer_one(cast: Cast) -> None:
    row = make_action(cast, "First")
    with pytest.raises(Conflict):
        commands.change_recommendation(
            recommendation=row,
            content=Content(horizon=Horizon.SHORT, topic="Mine"),
            version=row.version - 1,
            actor=actor_of(cast),
            moment=NOW,
        )


def test_a_sealed_cycle_keeps_its_actions_as_they_are(cast: Cast) -> None:
    row = make_action(cast, "First")
    cast.cycle.sealed_at = NOW
    with pytest.raises(Closed):
        commands.remove_recommendation(recommendation=row, actor=actor_of(cast), moment=NOW)


def test_the_gate_counts_actions_without_an_owner_or_a_date(cast: Cast) -> None:
    make_action(cast, "No owner", due_on=date(2026, 9, 1))
    make_action(cast, "No date", owner="Ada")
    make_action(cast, "Both", owner="Ada", due_on=date(2026, 9, 1))
    make_action(cast, "Dropped", status=ActionStatus.DROPPED)
    facts = provided(cast.cycle.id)
    assert (facts["actions_total"], facts["actions_without_owner"]) == (3, 2)


def test_a_convener_adds_edits_and_removes_on_the_pages(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    assert client.submit(f"{base(cast)}new", **FIELDS).status_code == 303
    (row,) = recommendations_of(cast.cycle.id)
    assert (row.owner, row.due_on) == ("Ada Bright", date(2026, 9, 30))
    path = f"{base(cast)}{row.id}"
    changed = {**FIELDS, "topic": "Review it twice", "version": str(row.version)}
    assert client.submit(path, **changed).status_code == 303
    assert "Review it twice" in text_of(client.get(base(cast)))
    assert client.submit(f"{path}/remove", page=path).status_code == 303
    assert topics(cast) == []
    assert [each.action for each in events_of(cast.cycle.id)] == [
        "action.removed",
        "action.changed",
        "action.added",
    ]


def test_what_is_wrong_is_said_beside_its_field(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    answer = client.submit(f"{base(cast)}new", **{**FIELDS, "topic": " ", "due_on": "2026-09-30"})
    assert answer.status_code == 422
    assert "Enter the topic." in answer.get_data(as_text=True)
    answer = client.submit(f"{base(cast)}new", **{**FIELDS, "due_on": "30 Sept"})
    assert answer.status_code == 422


def test_everyone_reads_and_only_conveners_change(client: ParsingClient, cast: Cast) -> None:
    row = make_action(cast, "First", notes="Between ourselves")
    text = text_of(client.sign_in(cast.sol).get(base(cast)))
    assert "First" in text
    assert "Between ourselves" not in text
    assert client.get(f"{base(cast)}new").status_code == 403
    assert client.get(f"{base(cast)}{row.id}").status_code == 403


def test_another_cycles_action_is_not_found(client: ParsingClient, cast: Cast) -> None:
    row = make_action(cast, "First")
    client.sign_in(cast.eve)
    assert client.get(f"/cycles/{cast.other_cycle.id}/actions/{row.id}").status_code == 404
    assert client.get(base(cast)).status_code == 404


def test_what_is_late_is_called_out(client: ParsingClient, cast: Cast) -> None:
    make_action(cast, "Late", owner="Ada", due_on=date(2026, 3, 1))
    make_action(cast, "Done", owner="Ada", due_on=date(2026, 3, 1), status=ActionStatus.DONE)
    client.sign_in(cast.sol)
    with stopped_at(datetime(2026, 3, 1, 23, 0, tzinfo=UTC)):
        assert "0 Overdue" in text_of(client.get(base(cast)))
    with stopped_at(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        assert "1 Overdue" in text_of(client.get(base(cast)))


def test_actions_download(client: ParsingClient, cast: Cast) -> None:
    make_action(cast, "=Late", owner="Ada", due_on=date(2026, 3, 1), notes="Ours")
    client.sign_in(cast.sol)
    text = client.get(f"{base(cast)}download.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][1:2] == ["'=Late"]
    assert "Ours" not in text
    assert client.get(f"{base(cast)}download.xlsx").data.startswith(b"PK")


@pytest.mark.usefixtures("word_encoder")
def test_drafts_follow_the_findings_and_are_added_once(
    client: ParsingClient, cast: Cast, run_jobs: Callable[[], int]
) -> None:
    make_bakery(cast.cycle)
    run_mapping(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    run_jobs()
    client.sign_in(cast.ada)
    text = text_of(client.get(base(cast)))
    assert "Extend the standard Baker (T0001, level 3) for Oven operator (P-0001)" in text
    assert "it covers 2 of 3 of the profile's capabilities" in text
    assert "Develop new provision for Planner (P-0002)" in text
    assert "Review 1 of 4 capabilities with employers" in text
    added = client.submit(f"{base(cast)}suggestions/profile-P-0001", page=base(cast))
    assert added.status_code == 303
    (row,) = recommendations_of(cast.cycle.id)
    assert (row.horizon, row.source) == (Horizon.SHORT, "profile-P-0001")
    again = client.submit(f"{base(cast)}suggestions/profile-P-0001", page=base(cast))
    assert again.status_code == 404


def test_without_a_run_nothing_is_drafted(client: ParsingClient, cast: Cast) -> None:
    text = text_of(client.sign_in(cast.ada).get(base(cast)))
    assert "No actions yet" in text
    assert "Drafts from the findings" not in text
