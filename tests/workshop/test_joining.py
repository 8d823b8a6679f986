"""Joining with a room's code: who comes in, who waits, who is sent elsewhere, and how far."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import segno
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from cycles.accounts.models import WebSession
from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people import commands as people
from cycles.people.models import Group, Participant
from cycles.people.queries import participant_by_email
from tests.browser.people import link_in
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import NOW, Cast, make_organisation, make_partner
from tests.workshop.rating import Room, make_room
from workshop.ballot.models import Assignment, Panellist
from workshop.joining import commands
from workshop.joining.codes import address_of, picture_of
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import joiners_of, room_of
from workshop.rooms.commands import close_workshop, open_workshop, plan_workshop
from workshop.rooms.models import Workshop, WorkshopKind

Client = ParsingClient


@pytest.fixture
def room(cast: Cast) -> Room:
    """Five employers' proficiency workshop. Its door is closed, so people wait to be let in."""
    return make_room(cast, statements=3)


@pytest.fixture
def open_room(room: Room) -> Room:
    room.open_round()
    commands.open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    return room


@pytest.fixture
def new_client(app: Flask, session: object) -> Callable[[], Client]:
    return app.test_client  # type: ignore[return-value]  # set in conftest


def door(room: Room) -> str:
    return f"/join/{room.workshop.join_code}"


def join(client: Client, room: Room, email: str = "ola@new.example", **facts: str):  # type: ignore[no-untyped-def]
    given = {"name": "Ola New", "email": email, "organisation": "", **facts}
    return client.submit(f"{door(room)}?again=yes", **given)


def room_path(room: Room) -> str:
    return f"/cycles/{room.cycle.id}/workshops/{room.workshop.id}/room"


def arrivals() -> list[Arrival]:
    return list(db.session.scalars(select(Arrival).order_by(Arrival.asked_at)))


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


# Codes


def test_a_code_is_taken_however_it_is_typed(client: Client, room: Room) -> None:
    code = room.workshop.join_code or ""
    for typed in (code, code.lower(), f" {code[:4]} {code[4:]} ", f"{code[:4].lower()}-{code[4:]}"):
        answer = client.submit("/join", code=typed)
        assert answer.location == f"/join/{code}", typed
    assert client.get(f"/join/{code[:4].lower()}-{code[4:]}").status_code == 200


def test_a_code_opens_nothing_once_the_workshop_or_the_cycle_is_over(room: Room) -> None:
    code = room.workshop.join_code or ""
    for end in ("archived_at", "sealed_at"):
        setattr(room.cycle, end, NOW)
        db.session.flush()
        assert room_of(code) is None
        setattr(room.cycle, end, None)
    assert room_of(code) is not None
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    assert room_of(code) is None
    with pytest.raises(Closed):
        commands.renew_code(workshop=room.workshop, actor=room.actor, moment=NOW)


def test_a_new_code_ends_the_old_one(client: Client, cast: Cast, room: Room) -> None:
    old = room.workshop.join_code
    client.sign_in(cast.ada).submit(f"{room_path(room)}/code", page=room_path(room))
    assert room.workshop.join_code != old
    assert client.get(f"/join/{old}").status_code == 404
    assert actions()[-1] == "room_code.renewed"


def test_nobody_joins_ratification_with_a_code(cast: Cast, room: Room) -> None:
    panel = plan_workshop(
        cycle=room.cycle,
        kind=WorkshopKind.RATIFICATION,
        title="Ratify",
        actor=room.actor,
        moment=NOW,
    )
    assert joiners_of(panel.kind) == ()
    with pytest.raises(Closed):
        commands.open_room(workshop=panel, actor=room.actor, moment=NOW)


def test_the_picture_is_the_code_of_the_address(client: Client, room: Room) -> None:
    code = room.workshop.join_code or ""
    answer = client.get(f"{door(room)}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert address_of(code) in answer.text
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture_of(code))
        for step in range(int(width))
    }
    squares = segno.make(address_of(code), error="m", micro=False).matrix_iter(border=4)
    assert dark == {(x, y) for y, row in enumerate(squares) for x, bit in enumerate(row) if bit}


# Coming in


def test_an_open_room_leads_straight_to_the_first_question(client: Client, open_room: Room) -> None:
    answer = join(client, open_room)
    assert answer.status_code == 303
    assert "/areas/1" in answer.location
    question = client.get(answer.location)
    assert question.status_code == 200
    assert "Calibrate oven sensor" in question.text
    assert "Ola New" in question.text


def test_who_comes_in_has_a_place_as_the_form_says(client: Client, open_room: Room) -> None:
    cycle = open_room.cycle
    crumb = make_organisation(cycle, "Crumb Ltd")
    crumb.key = "crumb ltd"
    partner = make_partner(cycle)
    db.session.commit()
    join(
        client, open_room, "OLA@new.example", organisation="crumb limited", partner=str(partner.id)
    )
    place = participant_by_email(cycle.id, "ola@new.example")
    assert place is not None
    assert (place.group, place.is_on_panel) == (Group.EMPLOYER, False)
    assert (place.organisation_id, place.partner_id) == (crumb.id, partner.id)
    assert actions()[-1] == "arrival.entered"


def test_before_a_round_opens_the_cycle_is_shown_and_no_seat_taken(
    client: Client, room: Room
) -> None:
    commands.open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert join(client, room).location == f"/cycles/{room.cycle.id}/"
    assert db.session.scalar(select(func.count()).select_from(Panellist)) == 0


@pytest.mark.parametrize(
    ("kind", "where"), [(WorkshopKind.CAPTURE, "capture/"), (WorkshopKind.KSB, "ksbs/")]
)
def test_a_workshop_without_rounds_leads_to_its_work(
    client: Client, room: Room, kind: WorkshopKind, where: str
) -> None:
    facts = {"actor": room.actor, "moment": NOW}
    made = plan_workshop(cycle=room.cycle, kind=kind, title=kind.value, **facts)
    commands.open_room(workshop=made, **facts)
    open_workshop(workshop=made, **facts)
    db.session.commit()
    path = f"/join/{made.join_code}"
    answer = client.submit(path, name="Ola New", email="ola@new.example")
    assert answer.location == f"/cycles/{room.cycle.id}/{where}"
    assert client.get(answer.location).status_code == 200


def test_where_items_are_shared_out_who_comes_late_gets_a_share(client: Client, room: Room) -> None:
    room.workshop.raters_per_item = 5
    open_room = room
    room.open_round()
    commands.open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    before = db.session.scalar(select(func.count()).select_from(Assignment)) or 0
    answer = join(client, open_room)
    assert client.get(answer.location).status_code == 200
    assert (db.session.scalar(select(func.count()).select_from(Assignment)) or 0) > before


def test_a_double_click_is_one_arrival(client: Client, open_room: Room) -> None:
    fields = {
        "name": "Ola",
        "email": "ola@new.example",
        "csrf_token": client.token(door(open_room)),
    }
    first = client.post(door(open_room), data=fields)
    # The second click left before the first was answered: it has the cookies of before.
    with client.session_transaction() as cookie:
        cookie.pop("_user_id")
        cookie["csrf_token"] = _csrf(client, fields["csrf_token"])
    second = client.post(door(open_room), data=fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.location == first.location
    assert len(arrivals()) == 1


def _csrf(client: Client, token: str) -> str:
    signer = URLSafeTimedSerializer(client.application.secret_key or "", salt="wtf-csrf-token")
    return str(signer.loads(token))


def test_a_form_left_empty_says_what_is_missing(client: Client, room: Room) -> None:
    answer = client.submit(door(room))
    assert answer.status_code == 422
    for sentence in ("Enter your name.", "Enter an e-mail address."):
        assert sentence in answer.text
    assert arrivals() == []


def test_only_groups_that_the_workshop_takes_are_offered(client: Client, room: Room) -> None:
    assert "You take part as an employer." in client.get(door(room)).text
    for kind, words in (
        (WorkshopKind.PRIORITISATION, ("Technologist", "Employer", "Educator")),
        (WorkshopKind.CAPTURE, ("You take part as a technologist.",)),
        (WorkshopKind.KSB, ("You take part as an educator.",)),
    ):
        made = plan_workshop(
            cycle=room.cycle, kind=kind, title=kind.value, actor=room.actor, moment=NOW
        )
        commands.give_code(workshop=made, actor=room.actor, moment=NOW)
        commands.open_room(workshop=made, actor=room.actor, moment=NOW)
        db.session.commit()
        text = client.get(f"/join/{made.join_code}").text
        assert all(word in text for word in words), kind
    solutions = _workshop(WorkshopKind.PRIORITISATION)
    fields = {"name": "Ola", "email": "ola@new.example"}
    path = f"/join/{solutions.join_code}"
    for group in ("convener", "sponsor", ""):
        assert client.submit(path, **fields, group=group).status_code == 422
    assert client.submit(path, **fields, group="educator").status_code == 303
    place = participant_by_email(room.cycle.id, "ola@new.example")
    assert place is not None
    assert place.group == Group.EDUCATOR


def _workshop(kind: WorkshopKind) -> Workshop:
    return db.session.scalars(select(Workshop).where(Workshop.kind == kind)).one()


# The waiting room


def test_people_wait_until_the_facilitator_lets_them_in(
    client: Client, new_client: Callable[[], Client], cast: Cast, room: Room
) -> None:
    room.open_round()
    db.session.commit()
    assert join(client, room).location == f"{door(room)}/waiting"
    assert participant_by_email(room.cycle.id, "ola@new.example") is None
    shown = client.get(f"{door(room)}/waiting")
    assert "Waiting to be let in" in shown.text
    assert "Look again" in shown.text
    seen = re.findall(r'data-pulse-seen="([^"]*)"', shown.text)[0]
    state = f"{door(room)}/waiting/state?seen={seen}"
    assert client.get(state).status_code == 204
    # Without being let in, the way in leads back to waiting.
    fields = {"csrf_token": client.token(f"{door(room)}?again=yes")}
    assert client.post(f"{door(room)}/enter", data=fields).location == f"{door(room)}/waiting"

    facilitator = new_client().sign_in(cast.ada)
    listed = facilitator.get(room_path(room)).text
    assert "Ola New" in listed
    assert "ola@new.example" in listed
    one = f"{room_path(room)}/arrivals/{arrivals()[0].id}"
    assert facilitator.submit(f"{one}/admit", page=room_path(room)).location == room_path(room)

    told = client.get(state)
    assert told.status_code == 286
    assert "You are let in" in told.text
    went = client.submit(f"{door(room)}/enter", page=f"{door(room)}/waiting")
    assert "/areas/1" in went.location
    assert client.get(went.location).status_code == 200
    assert arrivals()[0].participant_id is not None


def test_who_is_turned_away_is_told_to_speak_to_the_facilitator(
    client: Client, new_client: Callable[[], Client], cast: Cast, room: Room
) -> None:
    join(client, room)
    facilitator = new_client().sign_in(cast.ada)
    one = f"{room_path(room)}/arrivals/{arrivals()[0].id}"
    answer = facilitator.submit(
        f"{one}/turn-away", page=room_path(room), headers={"HX-Request": "true"}
    )
    assert answer.text.lstrip().startswith("<section")
    assert "Let in after all" in answer.text
    assert "did not let you in" in client.get(f"{door(room)}/waiting").text
    assert client.get(f"{door(room)}/waiting/state").status_code == 286
    # An open door is no way around it, nor is sending the form again.
    commands.open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert join(client, room).location.endswith("/waiting")
    assert participant_by_email(room.cycle.id, "ola@new.example") is None
    facilitator.submit(f"{one}/admit", page=room_path(room))
    assert "You are let in" in client.get(f"{door(room)}/waiting").text


def test_everybody_is_let_in_at_once(
    new_client: Callable[[], Client], cast: Cast, room: Room
) -> None:
    for number in range(4):
        join(new_client(), room, f"p{number}@new.example")
    facilitator = new_client().sign_in(cast.ada)
    facilitator.submit(f"{room_path(room)}/admit", page=room_path(room))
    assert {one.state for one in arrivals()} == {ArrivalState.ADMITTED}
    assert actions()[-1] == "arrival.admitted_all"


def test_who_waits_comes_in_when_the_room_opens(client: Client, room: Room) -> None:
    join(client, room)
    commands.open_room(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert client.get(f"{door(room)}/waiting/state").status_code == 286
    went = client.submit(f"{door(room)}/enter", page=f"{door(room)}/waiting")
    assert went.location == f"/cycles/{room.cycle.id}/"


def test_who_waits_goes_on_waiting_when_the_code_is_renewed(client: Client, room: Room) -> None:
    join(client, room)
    old = door(room)
    commands.renew_code(workshop=room.workshop, actor=room.actor, moment=NOW)
    commands.admit_all(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert "You are let in" in client.get(f"{old}/waiting").text


def test_who_is_in_is_not_turned_away(client: Client, open_room: Room) -> None:
    join(client, open_room)
    with pytest.raises(Closed):
        commands.turn_away(arrival=arrivals()[0], actor=open_room.actor, moment=NOW)


def test_nobody_goes_in_on_the_arrival_of_somebody_else(
    client: Client, new_client: Callable[[], Client], room: Room
) -> None:
    join(client, room)
    commands.admit_all(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    other = new_client()
    answer = other.submit(f"{door(room)}/enter", page=door(room))
    assert answer.location == door(room)
    assert participant_by_email(room.cycle.id, "ola@new.example") is None


# Whose address it is


def test_an_address_with_a_place_gets_its_own_link_instead(
    client: Client, cast: Cast, open_room: Room, outbox: Outbox
) -> None:
    answer = join(client, open_room, cast.ema.email)
    assert answer.location == f"{door(open_room)}/link-sent"
    assert "You have a place already" in client.get(answer.location).text
    (letter,) = outbox.letters
    assert letter.to == cast.ema.email
    assert client.get("/accounts").location.startswith("/sign-in")
    assert arrivals() == []
    link = link_in(letter.text).removeprefix("http://localhost")
    went = client.submit(link)
    assert went.location == door(open_room)
    assert "/areas/1" in client.get(went.location).location


def test_a_place_taken_back_is_for_the_facilitator_to_give(
    client: Client, cast: Cast, open_room: Room, outbox: Outbox
) -> None:
    people.withdraw(
        cycle=open_room.cycle, participant=cast.employer, actor=open_room.actor, moment=NOW
    )
    db.session.commit()
    answer = join(client, open_room, cast.ema.email)
    assert answer.location == f"{door(open_room)}/withdrawn"
    assert "speak to the facilitator" in client.get(answer.location).text
    assert outbox.letters == []


def test_letters_to_one_address_have_an_end_and_nobody_is_told(
    new_client: Callable[[], Client], cast: Cast, open_room: Room, outbox: Outbox
) -> None:
    answers = {join(new_client(), open_room, cast.ema.email).location for _ in range(12)}
    assert answers == {f"{door(open_room)}/link-sent"}
    assert len(outbox.letters) == 10


def test_who_is_signed_in_already_goes_on_without_a_form(
    client: Client, cast: Cast, open_room: Room
) -> None:
    assert "/areas/1" in client.sign_in(cast.ema).get(door(open_room)).location


def test_who_proved_their_address_keeps_their_own_session(
    client: Client, cast: Cast, open_room: Room
) -> None:
    client.sign_in(cast.eve)
    answer = join(client, open_room, cast.eve.email)
    assert "/areas/1" in answer.location
    sessions = db.session.scalars(select(WebSession).where(WebSession.account_id == cast.eve.id))
    assert [one.cycle_id for one in sessions] == [None]
    assert client.get(f"/cycles/{cast.other_cycle.id}/").status_code == 200


# How far a code leads


def test_a_session_from_a_code_reaches_one_cycle_and_no_rights(
    client: Client, cast: Cast, open_room: Room
) -> None:
    cast.eve.is_administrator = True
    db.session.commit()
    join(client, open_room, cast.eve.email)
    assert client.get("/").location == f"/cycles/{open_room.cycle.id}/"
    assert client.get(f"/cycles/{open_room.cycle.id}/").status_code == 200
    assert client.get(f"/cycles/{cast.other_cycle.id}/").status_code == 404
    assert client.get("/cycles/new").status_code == 403
    assert client.get("/accounts").status_code == 403
    assert client.get(f"/cycles/{open_room.cycle.id}/people").status_code == 403
    # The name of whoever the address belongs to is not theirs to read.
    text = client.get(f"/cycles/{open_room.cycle.id}/").text
    assert "Ola New" in text
    assert cast.eve.name not in text


@pytest.mark.parametrize(
    "change", [{"group": Group.CONVENER}, {"group": Group.EMPLOYER, "is_on_panel": True}]
)
def test_what_an_account_is_given_later_stays_out_of_reach(
    client: Client, open_room: Room, change: dict[str, object]
) -> None:
    join(client, open_room)
    place = participant_by_email(open_room.cycle.id, "ola@new.example")
    assert place is not None
    facts = {"is_on_panel": False, "partner": None, "organisation": "", **change}
    people.change_place(
        cycle=open_room.cycle, participant=place, actor=open_room.actor, moment=NOW, **facts
    )
    db.session.commit()
    cycle = f"/cycles/{open_room.cycle.id}"
    assert client.get(f"{cycle}/people").status_code in (403, 404)
    assert client.get(f"{cycle}/ratification/").status_code in (403, 404)


def test_coming_by_code_ends_the_session_of_before(
    client: Client, cast: Cast, open_room: Room
) -> None:
    client.sign_in(cast.eve)
    join(client, open_room, "ola@new.example")
    before = db.session.scalars(select(WebSession).where(WebSession.account_id == cast.eve.id))
    assert all(one.revoked_at is not None for one in before)


# Limits


def test_two_hundred_join_from_one_address(
    new_client: Callable[[], Client], open_room: Room
) -> None:
    for number in range(200):
        answer = join(new_client(), open_room, f"p{number}@new.example")
        assert answer.status_code == 303, number
    count = select(func.count()).select_from(Participant)
    assert (db.session.scalar(count.where(Participant.group == Group.EMPLOYER)) or 0) >= 200


def test_one_device_joins_a_dozen_times_an_hour(client: Client, room: Room) -> None:
    statuses = [join(client, room, f"p{n}@new.example").status_code for n in range(13)]
    assert statuses == [303] * 12 + [429]
    assert len(arrivals()) == 12
    later = clock.now() + timedelta(hours=1, minutes=1)
    with clock.stopped_at(later):
        assert join(client, room, "later@new.example").status_code == 303


def test_wrong_codes_are_refused_after_thirty_and_right_ones_never(
    client: Client, room: Room
) -> None:
    statuses = [client.get(f"/join/WRNG{n:04d}").status_code for n in range(29)]
    statuses.append(client.submit("/join", code="WRNG 2222").status_code)
    assert statuses == [404] * 29 + [422]
    refused = client.get("/join/WRNGCDEF")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert client.submit("/join", code="WRNG 2222").status_code == 429
    assert client.get("/join/WRNGCDEF/qr.svg").status_code == 429
    assert client.get(door(room)).status_code == 200


# Personal links


def test_a_personal_link_leads_to_the_open_round(
    client: Client, open_room: Room, outbox: Outbox, run_jobs: Callable[[], int]
) -> None:
    facts = {"cycle": open_room.cycle, "actor": open_room.actor, "moment": clock.now()}
    people.invite(email="ina@new.example", name="Ina New", group=Group.EMPLOYER, **facts)
    people.invite(email="sue@new.example", name="Sue New", group=Group.SPONSOR, **facts)
    run_jobs()
    where = {}
    for letter in outbox.letters:
        where[letter.to] = client.submit(link_in(letter.text).removeprefix("http://localhost"))
        client.submit("/sign-out", page=f"/cycles/{open_room.cycle.id}/")
    assert "/areas/1" in where["ina@new.example"].location
    assert where["sue@new.example"].location == f"/cycles/{open_room.cycle.id}/"


# The facilitator's pages


def test_the_room_page_shows_the_code_and_who_came(
    client: Client, new_client: Callable[[], Client], cast: Cast, room: Room
) -> None:
    join(new_client(), room, organisation="Crumb Ltd")
    client.sign_in(cast.ada)
    text = client.get(room_path(room)).text
    code = room.workshop.join_code or ""
    assert f"{code[:4]} {code[4:]}" in text
    assert f"{door(room)}/qr.svg" in text
    assert "Crumb Ltd" in text
    shown = client.get(f"{room_path(room)}/arrivals")
    seen = re.findall(r'data-pulse-seen="([^"]*)"', shown.text)[0]
    assert client.get(f"{room_path(room)}/arrivals?seen={seen}").status_code == 204
    join(new_client(), room, "pia@new.example")
    assert client.get(f"{room_path(room)}/arrivals?seen={seen}").status_code == 200
    assert code[:4] in client.get(f"{room_path(room)}/poster").text


def test_the_door_opens_and_closes(client: Client, cast: Cast, room: Room) -> None:
    client.sign_in(cast.ada).submit(f"{room_path(room)}/open", page=room_path(room))
    assert room.workshop.is_room_open
    client.submit(f"{room_path(room)}/close", page=room_path(room))
    assert not room.workshop.is_room_open
    assert actions()[-2:] == ["room.opened", "room.closed"]


def test_a_workshop_without_a_code_is_given_one(client: Client, cast: Cast, room: Room) -> None:
    room.workshop.join_code = None
    db.session.commit()
    client.sign_in(cast.ada)
    assert "no code yet" in client.get(room_path(room)).text
    assert client.get(f"{room_path(room)}/poster").status_code == 303
    client.submit(f"{room_path(room)}/code", page=room_path(room))
    assert len(room.workshop.join_code or "") == 8


def test_somebody_who_came_to_another_workshop_is_not_found(
    client: Client, new_client: Callable[[], Client], cast: Cast, room: Room
) -> None:
    join(new_client(), room)
    other = plan_workshop(
        cycle=room.cycle, kind=WorkshopKind.CAPTURE, title="Else", actor=room.actor, moment=NOW
    )
    db.session.commit()
    path = f"/cycles/{room.cycle.id}/workshops/{other.id}/room/arrivals/{arrivals()[0].id}/admit"
    client.sign_in(cast.ada)
    assert client.submit(path, page=room_path(room)).status_code == 404
