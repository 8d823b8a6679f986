"""The plan of a workshop: when, where and how it asks; join codes; pausing rounds."""

from datetime import date, time
from typing import Any

import pytest

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.rating import make_room
from workshop.rooms.commands import (
    change_workshop,
    close_round,
    close_workshop,
    pause_round,
    plan_workshop,
    resume_round,
)
from workshop.rooms.models import Mode, RoomState, Workshop, WorkshopKind
from workshop.rooms.plans import CODE_LENGTH, CODE_LETTERS, Asking
from workshop.rooms.queries import open_rounds, rounds_under_way, workshops_of

MONDAY, TUESDAY = date(2026, 7, 6), date(2026, 7, 7)


def plan(cast: Cast, kind: WorkshopKind = WorkshopKind.PROFICIENCY, **facts: Any) -> Workshop:
    actor = Actor(cast.ada.id, cast.ada.name)
    facts = {"title": "Employers in July", **facts}
    return plan_workshop(cycle=cast.cycle, kind=kind, actor=actor, moment=NOW, **facts)


def change(cast: Cast, workshop: Workshop, **facts: Any) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    facts = {"title": workshop.title, "starts_on": MONDAY, "ends_on": None, **facts}
    change_workshop(workshop=workshop, actor=actor, moment=NOW, **facts)


def test_join_codes_are_short_clear_and_unique(cast: Cast) -> None:
    codes = [plan(cast, title=f"Workshop {number}").join_code or "" for number in range(30)]
    assert len(set(codes)) == 30
    assert all(len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) for code in codes)
    assert not set("O0I1") & set(CODE_LETTERS)


def test_a_validation_runs_two_weeks_unless_said_otherwise(cast: Cast) -> None:
    assert plan(cast, WorkshopKind.VALIDATION, starts_on=MONDAY).ends_on == date(2026, 7, 20)
    kept = plan(cast, WorkshopKind.VALIDATION, starts_on=MONDAY, ends_on=TUESDAY)
    assert kept.ends_on == TUESDAY
    assert plan(cast, WorkshopKind.VALIDATION).ends_on is None
    assert plan(cast, WorkshopKind.PROFICIENCY, starts_on=MONDAY).ends_on is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"starts_on": TUESDAY, "ends_on": MONDAY}, "ends_on"),
        ({"starts_time": time(9)}, "starts_time"),
        ({"starts_on": MONDAY, "ends_time": time(9)}, "ends_time"),
        ({"starts_on": MONDAY, "starts_time": time(9), "ends_time": time(9)}, "ends_time"),
        ({"venue": "x" * 301}, "venue"),
        ({"asking": Asking(raters_per_item=4)}, "raters_per_item"),
        ({"asking": Asking(raters_per_item=0)}, "raters_per_item"),
        ({"asking": Asking(raters_per_item=501)}, "raters_per_item"),
        ({"kind": WorkshopKind.CAPTURE, "asking": Asking(Mode.REAL_TIME)}, "mode"),
        ({"kind": WorkshopKind.KSB, "asking": Asking(raters_per_item=6)}, "raters_per_item"),
    ],
)
def test_a_plan_that_cannot_be_names_its_field(
    cast: Cast, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        plan(cast, **facts)
    assert field in refusal.value.problems
    assert workshops_of(cast.cycle.id) == []


def test_a_workshop_over_night_may_end_earlier_in_the_day(cast: Cast) -> None:
    made = plan(cast, starts_on=MONDAY, ends_on=TUESDAY, starts_time=time(14), ends_time=time(12))
    assert made.ends_time == time(12)


def test_calendars_are_told_of_changes_of_when_and_where_only(cast: Cast) -> None:
    made = plan(cast, starts_on=MONDAY)
    assert made.sequence == 0
    change(cast, made, title="A better title")
    assert made.sequence == 0
    change(cast, made, venue="Room 4")
    change(cast, made, venue="Room 4", starts_time=time(9, 30))
    change(cast, made, venue=" Room 4 ", starts_time=time(9, 30))
    assert (made.sequence, made.venue) == (2, "Room 4")


def test_how_it_asks_stays_once_round_one_has_opened(cast: Cast) -> None:
    room = make_room(cast)
    change(cast, room.workshop, asking=Asking(Mode.ROUNDS, 5))
    assert room.workshop.raters_per_item == 5
    room.open_round()
    change(cast, room.workshop, title="Still may be renamed", asking=Asking(Mode.ROUNDS, 5))
    with pytest.raises(Closed, match="Round 1 has opened"):
        change(cast, room.workshop, asking=Asking(Mode.REAL_TIME, 5))
    with pytest.raises(Closed, match="Round 1 has opened"):
        change(cast, room.workshop, asking=Asking(Mode.ROUNDS, None))


def test_the_plan_is_made_and_changed_on_the_page(cast: Cast, client: ParsingClient) -> None:
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops"
    answer = client.submit(
        f"{base}/plan",
        kind="prioritisation",
        title="What matters most",
        starts_on="2026-07-06",
        starts_time="09:30",
        ends_time="12:00",
        venue="Town hall",
        mode="real time",
        raters_per_item="6",
    )
    assert answer.status_code == 303
    (made,) = workshops_of(cast.cycle.id)
    assert (made.starts_time, made.ends_time, made.venue) == (time(9, 30), time(12), "Town hall")
    assert (made.mode, made.raters_per_item) == (Mode.REAL_TIME, 6)
    edit = f"{base}/{made.id}/edit"
    changed = {"title": "What matters", "starts_on": "2026-07-06", "starts_time": "09:30"}
    answer = client.submit(edit, **changed, venue="Library", mode="rounds", raters_per_item="")
    assert answer.status_code == 303
    db.session.expire_all()
    assert (made.venue, made.starts_time) == ("Library", time(9, 30))
    assert (made.mode, made.raters_per_item, made.sequence) == (Mode.ROUNDS, None, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts_on": "32 July"}, "Enter a real day"),
        ({"starts_time": "25:00"}, "Enter a real time"),
        ({"raters_per_item": "many"}, "Enter a whole number"),
        ({"raters_per_item": "-1"}, "Enter a number from 5"),
        ({"mode": "by post"}, "Not a valid choice"),
        ({"kind": "party"}, "Not a valid choice"),
    ],
)
def test_nonsense_in_the_plan_is_refused_beside_its_field(
    cast: Cast, client: ParsingClient, fields: dict[str, str], sentence: str
) -> None:
    client.sign_in(cast.ada)
    fields = {"kind": "proficiency", "title": "Employers", **fields}
    answer = client.submit(f"/cycles/{cast.cycle.id}/workshops/plan", **fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert workshops_of(cast.cycle.id) == []


def test_a_paused_round_takes_nothing_until_it_is_resumed(cast: Cast) -> None:
    room = make_room(cast)
    round_ = room.open_round()
    who: dict[str, Any] = {"actor": room.actor, "moment": NOW}
    pause_round(round_=round_, **who)
    assert open_rounds(cast.cycle.id) == []
    assert rounds_under_way(cast.cycle.id) == [round_]
    with pytest.raises(Closed, match="is paused"):
        pause_round(round_=round_, **who)
    with pytest.raises(Closed, match="still paused"):
        close_workshop(workshop=room.workshop, **who)
    with pytest.raises(Closed, match="Round 1 is paused already"):
        room.open_round()
    resume_round(round_=round_, **who)
    room.answer(round_, room.asked(round_)[0], "PPPPP")
    with pytest.raises(Closed, match="is open, not paused"):
        resume_round(round_=round_, **who)
    events = (
        db.session.query(AuditEvent).filter_by(subject_id=round_.id).order_by(AuditEvent.id).all()
    )
    assert [one.action for one in events] == ["round.opened", "round.paused", "round.resumed"]


def test_a_paused_round_closes_with_what_it_has(cast: Cast) -> None:
    room = make_room(cast)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPP")
    pause_round(round_=round_, actor=room.actor, moment=NOW)
    close_round(round_=round_, actor=room.actor, moment=NOW)
    assert round_.state == RoomState.CLOSED
    with pytest.raises(Closed, match="is closed"):
        resume_round(round_=round_, actor=room.actor, moment=NOW)


def test_the_convener_pauses_and_resumes_from_the_page(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast)
    round_ = room.open_round()
    db.session.commit()
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops"
    show, path = f"{base}/{room.workshop.id}", f"{base}/rounds/{round_.id}"
    assert client.submit(f"{path}/pause", page=show).status_code == 303
    db.session.refresh(round_)
    assert round_.state == RoomState.PAUSED
    assert client.submit(f"{path}/pause", page=show).status_code == 409
    assert client.submit(f"{path}/resume", page=show).status_code == 303
    db.session.refresh(round_)
    assert round_.state == RoomState.OPEN
