"""Reminding owners of actions: whom, when, never twice in a week, and how to stop it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from cycles.core import clock, mail
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_due
from cycles.core.mail import Letter
from cycles.stages.words import Stage
from reports.actions.commands import Content, change_recommendation
from reports.actions.models import ActionReminder, ActionStatus, Recommendation
from reports.actions.reminding.asking import ask_reminders
from reports.actions.reminding.planning import Plan, plan_reminders
from reports.actions.reminding.queries import reminders_of
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast
from tests.reports.test_actions import actor_of, base, make_action, text_of
from workshop.letters.models import LetterState
from workshop.letters.stopping import stop_reminders

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DUE = date(2026, 3, 10)
RunJobs = Callable[[], int]


@pytest.fixture(autouse=True)
def monday(session: object) -> Iterator[None]:
    with clock.stopped_at(MONDAY):
        yield


def ask(cast: Cast, moment: datetime = MONDAY) -> Plan:
    found = ask_reminders(cycle=cast.cycle, actor=actor_of(cast), moment=moment)
    db.session.commit()
    return found


def due(cast: Cast, topic: str = "Train", on: date = DUE, **facts: object) -> Recommendation:
    facts = facts or {"owner_id": cast.educator.id}
    return make_action(cast, topic, due_on=on, **facts)


def states(cast: Cast) -> list[tuple[LetterState, str]]:
    db.session.expire_all()
    return [(each.state, each.problem) for each in reminders_of(cast.cycle.id)]


def test_one_letter_an_owner_with_what_is_overdue_or_due_soon(
    cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    due(cast, "Train", date(2026, 3, 16))
    due(cast, "Late", date(2026, 2, 28))
    due(cast, "Far", date(2026, 3, 17))
    due(cast, "Through", status=ActionStatus.DONE, owner_id=cast.educator.id)
    due(cast, "Outside", owner="Otto\nHale", owner_email="otto@bakers.example")
    ask(cast)
    run_jobs()
    to_eddy, to_otto = sorted(outbox.letters, key=lambda each: each.to)
    assert (to_eddy.to, to_otto.to) == (cast.eddy.email, "otto@bakers.example")
    assert to_eddy.subject == "2 actions of yours, 1 overdue"
    assert to_eddy.text.index("Late") < to_eddy.text.index("Train")
    assert "Due 28 February 2026, 2 days ago" in to_eddy.text
    assert f"http://localhost/cycles/{cast.cycle.id}/actions/mine" in to_eddy.text
    for topic in ("Far", "Through", "Outside"):
        assert topic not in to_eddy.text
    # Who cannot sign in is told whom to write to.
    assert to_otto.subject == "Due soon: Outside"
    assert "Hello Otto Hale," in to_otto.text
    assert f"tell Ada Bright how far you have come: {cast.ada.email}" in to_otto.text
    assert "/actions/mine" not in to_otto.text
    assert {state for state, _ in states(cast)} == {LetterState.SENT}


def test_nobody_is_reminded_of_an_action_twice_in_a_week(
    cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    due(cast)
    ask(cast)
    with pytest.raises(Closed, match="Nobody can be reminded now"):
        ask(cast)
    run_jobs()
    for days in (1, 6):
        assert plan_reminders(cast.cycle.id, MONDAY + timedelta(days=days)).to == ()
    week = MONDAY + timedelta(days=7, minutes=1)
    with clock.stopped_at(week):
        ask(cast, week)
        run_jobs()
    assert len(outbox.letters) == 2


def test_who_is_left_out_is_said_with_the_reason(cast: Cast) -> None:
    due(cast, "A", owner="")
    due(cast, "B", owner="Otto")
    due(cast, "C", owner_id=cast.employer.id)
    due(cast, "D", owner_id=cast.technologist.id)
    due(cast, "E", owner_id=cast.educator.id)
    cast.ema.is_simulated = True
    cast.technologist.withdrawn_at = MONDAY
    stop_reminders(participant=cast.educator, moment=MONDAY)
    found = plan_reminders(cast.cycle.id, MONDAY)
    assert found.blocked == "Nobody can be reminded now."
    assert sorted(reason for _, reason in found.left_out) == [
        "whose owner asked for no reminders",
        "whose owner has no address here",
        "whose owner is simulated and has no mailbox",
        "whose owner no longer takes part",
        "without an owner",
    ]


def test_at_night_and_on_a_sunday_it_waits(cast: Cast, outbox: Outbox, run_jobs: RunJobs) -> None:
    due(cast)
    saturday_night = datetime(2026, 3, 7, 21, 0, tzinfo=UTC)
    with clock.stopped_at(saturday_night):
        assert ask(cast, saturday_night).not_before == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
        run_jobs()
    with clock.stopped_at(datetime(2026, 3, 8, 12, 0, tzinfo=UTC)):
        run_due()
    assert outbox.letters == []
    with clock.stopped_at(datetime(2026, 3, 9, 8, 0, tzinfo=UTC)):
        run_due()
    assert len(outbox.letters) == 1


def test_the_worker_reminds_by_itself_at_the_last_stage_alone(cast: Cast, outbox: Outbox) -> None:
    due(cast)
    run_due()
    assert outbox.letters == []
    cast.cycle.stage = Stage.CAUSING_ACTION
    db.session.commit()
    for _ in range(3):
        run_due()
    assert [each.to for each in outbox.letters] == [cast.eddy.email]
    cast.cycle.is_demonstration = True
    db.session.commit()
    with clock.stopped_at(MONDAY + timedelta(days=8)):
        run_due()
    assert len(outbox.letters) == 1


def test_what_has_changed_meanwhile_is_not_sent(
    cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    done, given_away = due(cast, "Done"), due(cast, "Given away")
    ask(cast)
    done.status = ActionStatus.DONE
    given_away.owner_id = cast.employer.id
    db.session.commit()
    run_jobs()
    assert outbox.letters == []
    assert {state for state, _ in states(cast)} == {LetterState.DROPPED}
    assert "The action was done by then." in {problem for _, problem in states(cast)}


def test_a_letter_that_the_server_refuses_is_on_record_and_tried_again_by_hand(
    cast: Cast, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    due(cast)
    cast.cycle.stage = Stage.CAUSING_ACTION

    def refuse(_letter: Letter) -> None:
        raise OSError("no route")

    monkeypatch.setattr(mail, "send", refuse)
    ask(cast)
    run_jobs()
    assert states(cast) == [(LetterState.FAILED, "The mail server did not take it.")]
    run_due()  # not every minute
    assert len(states(cast)) == 1
    monkeypatch.undo()
    ask(cast)
    run_jobs()
    assert len(outbox.letters) == 1


def test_an_owner_outside_stops_reminders_with_the_link_of_the_letter(
    client: ParsingClient, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    row = due(cast, "Outside", owner="Otto", owner_email="otto@bakers.example")
    ask(cast)
    run_jobs()
    (letter,) = outbox.letters
    assert letter.stop_address in letter.text
    address = letter.stop_address.removeprefix("http://localhost")
    assert "Stop reminders?" in text_of(client.get(address))
    db.session.expire_all()
    assert row.reminders_stopped_at is None
    # As a mail program does it by itself: no page of ours, no cookie.
    one_click = {"List-Unsubscribe": "One-Click"}
    assert client.post(address, data=one_click).status_code == 200
    week = MONDAY + timedelta(days=8)
    assert plan_reminders(cast.cycle.id, week).to == ()
    assert client.submit(f"{address}/start", page=address).status_code == 303
    assert len(plan_reminders(cast.cycle.id, week).to) == 1
    assert client.get(f"{address}x").status_code == 404


def test_who_stopped_reminders_gets_none_of_a_new_action_either(
    client: ParsingClient, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    otto = {"owner": "Otto", "owner_email": "otto@bakers.example"}
    due(cast, "Outside", **otto)
    ask(cast)
    run_jobs()
    address = outbox.letters[0].stop_address.removeprefix("http://localhost")
    client.submit(address, page=address)
    due(cast, "New", **otto)
    other = due(cast, "Given on", owner="Olga", owner_email="olga@bakers.example")
    assert [each.owner.name for each in plan_reminders(cast.cycle.id, MONDAY).to] == ["Olga"]
    change_recommendation(
        recommendation=other,
        content=Content(horizon=other.horizon, topic=other.topic, due_on=DUE, **otto),
        version=None,
        actor=actor_of(cast),
        moment=MONDAY,
    )
    assert plan_reminders(cast.cycle.id, MONDAY).to == ()


def test_a_convener_sees_the_letter_before_it_goes_and_the_record_after(
    client: ParsingClient, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    due(cast, "Outside", owner="Otto", owner_email="otto@bakers.example")
    address = f"{base(cast)}reminders"
    client.sign_in(cast.ada)
    said = text_of(client.get(address))
    assert "1 owner is to be reminded of 1 action." in said
    # The sample is in the convener's own name, with the convener's own link to stop.
    assert "Hello Ada Bright," in said
    assert "/action-reminders/stop/" not in said
    # An owner outside cannot sign in: they write to the convener, and so it reads here.
    assert "Please tell Ada Bright how far you have come" in said
    assert outbox.letters == []
    assert client.submit(address).status_code == 303
    run_jobs()
    assert "Sent" in text_of(client.get(address))
    assert db.session.query(ActionReminder).one().email == "otto@bakers.example"
    token = client.token(f"{base(cast)}new")
    assert client.post(address, data={"csrf_token": token}).status_code == 409
