"""Following actions up: who owns one, who may say how far it has come, its history and progress."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from cycles.accounts.commands import open_session
from cycles.core import clock
from cycles.core.clock import stopped_at
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.people.models import Participant
from reports.actions import commands
from reports.actions.commands import Content
from reports.actions.history import changes_of, history_of
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.moving import moves_since
from reports.actions.queries import recommendations_of
from reports.document.commands import take_snapshot
from reports.document.models import Report, ReportState
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add
from tests.reports.test_actions import actor_of, base, make_action, text_of

LATER = NOW + timedelta(days=30)
DONE, UNDER_WAY = ActionStatus.DONE, ActionStatus.UNDER_WAY


def owned(cast: Cast, topic: str = "Train", owner: Participant | None = None) -> Recommendation:
    person = owner or cast.educator
    return make_action(cast, topic, owner_id=person.id, due_on=date(2026, 4, 1))


def path(row: Recommendation) -> str:
    return f"/cycles/{row.cycle_id}/actions/{row.id}/follow"


def follow(
    cast: Cast, row: Recommendation, status: ActionStatus, note: str = "", at: datetime = LATER
) -> None:
    commands.follow_action(
        recommendation=row, status=status, note=note, actor=actor_of(cast), moment=at
    )
    db.session.commit()


def test_an_owner_is_somebody_of_the_cycle_or_has_a_name(cast: Cast) -> None:
    row = owned(cast)
    assert (row.owner, row.owner_email) == ("Eddy Marsh", "")
    outside = make_action(cast, "T", owner="Otto", owner_email=" Otto@Bakers.example ")
    assert (outside.owner_id, outside.owner_email) == (None, "otto@bakers.example")
    for facts, field in (
        ({"owner": "Otto", "owner_email": "otto at home"}, "owner_email"),
        ({"owner_email": "otto@bakers.example"}, "owner"),
    ):
        with pytest.raises(Invalid) as refusal:
            make_action(cast, "T", **facts)
        assert field in refusal.value.problems


def test_editing_keeps_the_owner_and_takes_no_name_for_somebody_else(
    client: ParsingClient, cast: Cast
) -> None:
    row = owned(cast)
    address = f"{base(cast)}{row.id}"
    form = client.sign_in(cast.ada).get(address).text
    assert f'<option selected value="{cast.educator.id}">Eddy Marsh (educator)</option>' in form
    assert 'name="owner" type="text" value=""' in form
    sent = {"horizon": "general", "topic": "Train", "status": "proposed", "owner": "Otto"}
    of_eddy = {**sent, "owner_id": str(cast.educator.id), "version": str(row.version)}
    assert client.submit(address, **of_eddy).status_code == 303
    db.session.expire_all()
    assert (row.owner, row.owner_id) == ("Eddy Marsh", cast.educator.id)
    assert client.submit(address, **sent, version=str(row.version)).status_code == 303
    db.session.expire_all()
    assert (row.owner, row.owner_id) == ("Otto", None)


def test_nobody_of_another_cycle_and_nobody_who_withdrew_owns_anything_new(cast: Cast) -> None:
    row = owned(cast)
    (elsewhere,) = db.session.query(Participant).filter_by(cycle_id=cast.other_cycle.id)
    cast.educator.withdrawn_at = NOW
    for person in (elsewhere, cast.educator):
        with pytest.raises(Invalid, match="takes part in this cycle"):
            make_action(cast, "T", owner_id=person.id)
    # Who held it before they withdrew keeps it until somebody else takes it.
    kept = Content(horizon=Horizon.SHORT, topic="Train again", owner_id=cast.educator.id)
    change = {"version": row.version, "actor": actor_of(cast), "moment": NOW}
    commands.change_recommendation(recommendation=row, content=kept, **change)
    assert row.owner == "Eddy Marsh"


def test_an_owner_finds_the_action_moves_it_and_writes_a_note(
    client: ParsingClient, cast: Cast
) -> None:
    row = owned(cast)
    client.sign_in(cast.eddy)
    home = text_of(client.get(f"/cycles/{cast.cycle.id}/"))
    assert "1 action is yours: say how far it has come." in home
    assert "My actions (1 open )" in text_of(client.get(base(cast)))
    assert "Train" in text_of(client.get(f"{base(cast)}mine"))
    sent = client.submit(path(row), status="under way", note="Two dates are set.")
    assert sent.status_code == 303
    db.session.expire_all()
    assert row.status == UNDER_WAY
    said = text_of(client.get(path(row)))
    assert "From proposed to under way. Two dates are set." in said
    assert "Added as proposed." in said
    assert "No action is yours" in text_of(client.sign_in(cast.ema).get(f"{base(cast)}mine"))


def test_others_read_how_far_it_has_come_but_neither_notes_nor_names(
    client: ParsingClient, cast: Cast
) -> None:
    row = owned(cast)
    follow(cast, row, UNDER_WAY, "Between ourselves")
    said = text_of(client.sign_in(cast.ema).get(path(row)))
    assert "From proposed to under way." in said
    for secret in ("Between ourselves", "Ada Bright", "Say how far it has come"):
        assert secret not in said
    token = client.token(f"/cycles/{cast.cycle.id}/actions/mine")
    refused = client.post(path(row), data={"csrf_token": token, "status": "done"})
    assert refused.status_code == 404
    db.session.expire_all()
    assert row.status == UNDER_WAY
    assert "Between ourselves" in text_of(client.sign_in(cast.ada).get(path(row)))


def test_who_came_with_a_room_s_code_owns_nothing(client: ParsingClient, cast: Cast) -> None:
    row = owned(cast)
    follow(cast, row, UNDER_WAY, "Between ourselves")
    token = open_session(account=cast.eddy, moment=clock.now(), cycle_id=cast.cycle.id)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert "No action is yours" in text_of(client.get(f"{base(cast)}mine"))
    assert "Between ourselves" not in text_of(client.get(path(row)))
    given = client.token(f"{base(cast)}mine")
    assert client.post(path(row), data={"csrf_token": given, "status": "done"}).status_code == 404


def test_only_conveners_drop_an_action(client: ParsingClient, cast: Cast) -> None:
    row = owned(cast)
    with pytest.raises(Invalid, match="for the conveners to say"):
        follow(cast, row, ActionStatus.DROPPED)
    client.sign_in(cast.eddy)
    assert 'value="dropped"' not in client.get(path(row)).text
    assert client.submit(path(row), status="dropped").status_code == 422
    client.sign_in(cast.ada)
    assert client.submit(path(row), status="dropped").status_code == 303
    # What was dropped is not taken up again by its owner alone.
    assert client.sign_in(cast.eddy).submit(path(row), status="under way").status_code == 422


def test_saying_nothing_is_refused(cast: Cast) -> None:
    row = owned(cast)
    with pytest.raises(Invalid, match="Choose another status, or write a note"):
        follow(cast, row, row.status, " ")


def test_the_history_says_what_was_edited(cast: Cast) -> None:
    row = owned(cast)
    content = Content(
        horizon=Horizon.SHORT, topic="Train all", owner_id=cast.employer.id, status=DONE
    )
    change = {"version": row.version, "actor": actor_of(cast), "moment": LATER}
    commands.change_recommendation(recommendation=row, content=content, **change)
    newest, oldest = history_of(row.id)
    assert (newest.before, newest.status) == (ActionStatus.PROPOSED, DONE)
    assert newest.changed == ["topic", "owner", "due_on"]
    assert oldest.before is None


def test_what_moved_is_counted_from_the_last_report(cast: Cast) -> None:
    early, late, noted, _still = (owned(cast, name) for name in ("Early", "Late", "Noted", "Still"))
    follow(cast, early, DONE, at=NOW + timedelta(days=1))
    follow(cast, late, UNDER_WAY)
    follow(cast, late, DONE, "At last", at=LATER + timedelta(hours=1))
    follow(cast, noted, noted.status, "Waiting for a room")
    rows, changes = recommendations_of(cast.cycle.id), changes_of(cast.cycle.id)
    found = moves_since(rows, changes, NOW + timedelta(days=2))
    told = [(each.action.topic, each.before, each.notes) for each in found]
    # The last to move first.
    assert told == [("Late", ActionStatus.PROPOSED, 1), ("Noted", ActionStatus.PROPOSED, 1)]
    whole = {each.action.topic: each.before for each in moves_since(rows, changes, None)}
    assert whole == dict.fromkeys(("Early", "Late", "Noted", "Still"))


def test_the_progress_page_counts_by_group_and_lists_the_overdue_first(
    client: ParsingClient, cast: Cast
) -> None:
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    facts = {"cycle_id": cast.cycle.id, "snapshot_id": snapshot.id, "created_at": NOW}
    add(Report(state=ReportState.PUBLISHED, published_at=NOW, **facts))
    for topic, due, status in (
        ("Settled", date(2026, 3, 1), DONE),
        ("Soon", date(2026, 3, 20), UNDER_WAY),
        ("Late", date(2026, 3, 5), ActionStatus.PROPOSED),
        ("Away", None, ActionStatus.DROPPED),
    ):
        make_action(cast, topic, owner="Ada", due_on=due, status=status)
    with stopped_at(datetime(2026, 3, 8, 9, 0, tzinfo=UTC)):
        said = text_of(client.sign_in(cast.sol).get(f"{base(cast)}progress"))
        sheet = client.get(f"{base(cast)}progress.csv").data.decode("utf-8-sig")
        assert client.get(f"{base(cast)}progress.xlsx").data.startswith(b"PK")
    assert "What moved since the report of 2 March 2026" in said
    assert "Short term 1 done, 1 under way, 1 proposed" in said
    assert "3 days overdue" in said
    assert "Due in 12 days" in said
    lines = list(csv.DictReader(io.StringIO(sheet)))
    assert [each["Action"] for each in lines] == ["Late", "Soon", "Settled", "Away"]
    assert [each["Days overdue"] for each in lines] == ["3", "0", "0", "0"]
    assert client.sign_in(cast.ema).get(f"{base(cast)}progress").status_code == 403
