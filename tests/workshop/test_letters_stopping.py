"""Stopping reminders: from the letter, by the page or by the mail program, and starting again."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast
from tests.workshop.letter_cases import MONDAY, Sent, ask
from tests.workshop.rating import Room, make_room
from workshop.letters.models import LetterKind
from workshop.letters.planning import plan_mailing
from workshop.letters.stopping import stop_address

RunJobs = Callable[[], int]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def room(cast: Cast) -> Room:
    made = make_room(cast, employers=2)
    made.open_round()
    db.session.commit()
    return made


@pytest.fixture
def link(room: Room, cast: Cast) -> str:
    return urlsplit(stop_address(cast.employer.id)).path


def is_stopped(cast: Cast) -> bool:
    db.session.refresh(cast.employer)
    return cast.employer.reminders_stopped_at is not None


def events() -> list[str]:
    found = db.session.query(AuditEvent).filter(AuditEvent.action.like("reminders.%"))
    return [event.action for event in found.order_by(AuditEvent.id)]


def test_every_reminder_carries_its_readers_link_in_text_and_header(
    room: Room, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    with clock.stopped_at(MONDAY):
        ask(room, LetterKind.REMINDER)
        run_jobs()
    letter = next(one for one in outbox.letters if one.to == cast.ema.email)
    assert letter.stop_address == stop_address(cast.employer.id)
    assert f"\n{letter.stop_address}\n" in letter.text
    message = Sent(letter).message
    assert message["List-Unsubscribe"] == f"<{letter.stop_address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # Folded or encoded, a mail program would not find the address.
    assert f"\nList-Unsubscribe: <{letter.stop_address}>\n".encode() in bytes(message)
    assert len({one.stop_address for one in outbox.letters}) == len(outbox.letters)


def test_a_scanner_that_opens_the_link_stops_nothing(
    client: ParsingClient, cast: Cast, link: str
) -> None:
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert not is_stopped(cast)
    assert events() == []


def test_the_button_stops_reminders_and_the_page_then_offers_them_again(
    client: ParsingClient, cast: Cast, room: Room, link: str
) -> None:
    answer = client.submit(link)
    assert answer.status_code == 303
    assert "Reminders are stopped" in client.get(answer.location).text
    assert is_stopped(cast)
    left = plan_mailing(room.workshop, LetterKind.REMINDER, MONDAY)
    assert cast.employer not in left.to
    assert (1, "asked for no reminders") in left.left_out
    assert client.submit(f"{link}/start", page=link).status_code == 303
    assert not is_stopped(cast)
    assert events() == ["reminders.stopped", "reminders.started"]


def test_a_mail_program_stops_them_with_one_post_and_no_cookie(
    client: ParsingClient, cast: Cast, link: str
) -> None:
    answer = client.post(link, data=ONE_CLICK)
    assert answer.status_code == 200  # never a redirect: RFC 8058
    assert is_stopped(cast)
    assert client.post(link, data=ONE_CLICK).status_code == 200
    assert events() == ["reminders.stopped"]


def test_any_other_post_needs_the_pages_token(client: ParsingClient, cast: Cast, link: str) -> None:
    assert client.post(link).status_code == 400
    assert client.post(link, data={"List-Unsubscribe": "yes"}).status_code == 400
    assert client.post(f"{link}/start", data=ONE_CLICK).status_code == 400
    assert not is_stopped(cast)


def test_a_link_that_was_tampered_with_is_refused(
    client: ParsingClient, cast: Cast, link: str
) -> None:
    token = link.rsplit("/", 1)[1]
    payload, signature = token.rsplit(".", 1)
    other = urlsplit(stop_address(cast.panel_member.id)).path.rsplit("/", 1)[1]
    for tampered in (
        payload,
        f"{payload}.{signature[:-2]}xx",
        f"{other.rsplit('.', 1)[0]}.{signature}",
        str(cast.employer.id),
        "nonsense",
    ):
        path = f"/letters/stop/{tampered}"
        assert client.get(path).status_code == 404
        assert client.post(path, data=ONE_CLICK).status_code == 404
    assert not is_stopped(cast)
    assert events() == []


def test_a_link_from_before_the_secret_changed_still_works(
    client: ParsingClient, cast: Cast, link: str
) -> None:
    config = client.application.config
    before, fallbacks = config["SECRET_KEY"], config["SECRET_KEY_FALLBACKS"]
    config.update(SECRET_KEY="a newer secret, which is long enough", SECRET_KEY_FALLBACKS=[before])
    try:
        assert client.post(link, data=ONE_CLICK).status_code == 200
    finally:
        config.update(SECRET_KEY=before, SECRET_KEY_FALLBACKS=fallbacks)
    assert is_stopped(cast)


def test_the_page_names_nobody(client: ParsingClient, cast: Cast, link: str) -> None:
    text = client.get(link).text
    assert cast.cycle.title in text
    assert cast.ema.name not in text
    assert cast.ema.email not in text
