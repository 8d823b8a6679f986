"""The convener's pages of letters: what can be sent, how it reads, and the record."""

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast
from tests.workshop.letter_cases import MONDAY, answer_everything, ask
from tests.workshop.rating import Room, make_room
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.stopping import stop_address

RunJobs = Callable[[], int]


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=6)


@pytest.fixture
def path(room: Room, cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/letters"


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def read(answer: object) -> str:
    """Return a page's words, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())  # type: ignore[attr-defined]


def open_round(room: Room) -> object:
    opened = room.open_round()
    db.session.commit()
    return opened


def test_with_nothing_to_send_each_kind_says_why(ada: ParsingClient, path: str) -> None:
    text = read(ada.get(path))
    assert text.count("No round is open.") == 2
    assert "Results stay hidden until one has." in text
    assert "The workshop has no date. Set one first." in text
    assert "Nothing has been sent yet" in text
    assert f'href="{path}/send/' not in ada.get(path).text


def test_a_letter_is_seen_before_it_is_sent_then_stands_on_record(
    ada: ParsingClient, path: str, room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    open_round(room)
    assert f'href="{path}/send/opening"' in ada.get(path).text
    shown = read(ada.get(f"{path}/send/opening"))
    assert "6 letters will go out." in shown
    assert "Round 1 is open: What each role needs" in shown
    assert "Hello Ada Bright," in shown
    answer = ada.submit(f"{path}/send/opening")
    assert answer.status_code == 303
    page = read(ada.get(path))
    assert "6 letters are on the way." in page
    assert page.count("waiting") >= 6
    run_jobs()
    page = read(ada.get(path))
    assert "Everybody has had it." in page
    assert room.employers[0].account.email in page
    assert "1 to 6 of 6" in page


def test_a_preview_shows_nobody_elses_stop_link(
    ada: ParsingClient, path: str, room: Room, cast: Cast
) -> None:
    open_round(room)
    text = ada.get(f"{path}/send/reminder").text
    assert "/letters/stop/" in text
    for person in room.employers:
        assert stop_address(person.id) not in text


def test_the_page_counts_who_is_left_out_and_names_who_asked_for_no_reminders(
    ada: ParsingClient, path: str, room: Room
) -> None:
    round_ = open_round(room)
    answer_everything(room, round_, "P     ")  # type: ignore[arg-type]  # a round
    room.employers[1].reminders_stopped_at = MONDAY
    db.session.commit()
    text = read(ada.get(path))
    assert "To 4 people Left out: 1 finished; 1 asked for no reminders" in text
    assert "Asked for no reminders (1) Pia Panel" in text


def test_a_reminder_at_night_says_when_it_will_go(
    client: ParsingClient, cast: Cast, path: str, room: Room
) -> None:
    open_round(room)
    with clock.stopped_at(datetime(2026, 3, 2, 22, 0, tzinfo=UTC)):
        ada = client.sign_in(cast.ada)
        assert "They go at 08:00 on Tuesday 3 March." in read(ada.get(f"{path}/send/reminder"))
        ada.submit(f"{path}/send/reminder")
        shown = read(ada.get(path))
    assert "6 letters are on the way. They go at 08:00 on Tuesday 3 March." in shown
    assert "from 3 Mar 2026, 08:00" in shown


def test_what_cannot_be_sent_is_refused_with_its_reason(ada: ParsingClient, path: str) -> None:
    refused = ada.submit(f"{path}/send/opening", page="/")
    assert refused.status_code == 409
    assert "No round is open." in read(refused)
    assert ada.submit(f"{path}/again", page="/").status_code == 409
    assert db.session.query(AuditEvent).filter(AuditEvent.action.like("letters.%")).count() == 0


def test_failed_letters_are_shown_and_tried_again(
    ada: ParsingClient, path: str, room: Room, outbox: Outbox, run_jobs: RunJobs
) -> None:
    open_round(room)
    with clock.stopped_at(MONDAY):
        ask(room, LetterKind.OPENING)
    row = db.session.query(WorkshopLetter).first()
    assert row
    db.session.query(WorkshopLetter).filter(WorkshopLetter.id != row.id).update(
        {"state": LetterState.SENT, "sent_at": MONDAY}
    )
    row.state, row.problem = LetterState.FAILED, "The mail server did not take it."
    db.session.commit()
    page = read(ada.get(path))
    assert "1 letter failed." in page
    assert "The mail server did not take it." in page
    assert ada.submit(f"{path}/again", page=path).status_code == 303
    run_jobs()
    assert len(outbox.letters) == 1
    assert "failed." not in read(ada.get(path))
    event = db.session.query(AuditEvent).filter_by(action="letters.tried_again").one()
    assert event.facts == {"count": 1}


def test_the_record_can_be_filtered(ada: ParsingClient, path: str, room: Room) -> None:
    open_round(room)
    with clock.stopped_at(MONDAY):
        ask(room, LetterKind.OPENING)
        ask(room, LetterKind.REMINDER)
    assert "of 12." in read(ada.get(path))
    assert "1 to 6 of 6." in read(ada.get(f"{path}?kind=reminder"))
    assert "1 to 2 of 2." in read(ada.get(f"{path}?q=ema"))
    assert "No letter fits" in read(ada.get(f"{path}?state=sent"))
    assert "of 12." in read(ada.get(f"{path}?kind=nonsense&state=nonsense&page=0"))


def test_a_long_record_has_pages(ada: ParsingClient, path: str, room: Room) -> None:
    open_round(room)
    for _ in range(60):
        db.session.add(
            WorkshopLetter(
                cycle_id=room.cycle.id,
                workshop_id=room.workshop.id,
                participant_id=room.employers[0].id,
                kind=LetterKind.OPENING,
                subject="Round 1 is open",
                asked_at=MONDAY,
            )
        )
    db.session.commit()
    assert "1 to 50 of 60." in read(ada.get(path))
    assert "51 to 60 of 60." in read(ada.get(f"{path}?page=2"))


def test_the_record_downloads_as_tables(ada: ParsingClient, path: str, room: Room) -> None:
    room.employers[0].account.name = "=HYPERLINK(1)"
    open_round(room)
    with clock.stopped_at(MONDAY):
        ask(room, LetterKind.OPENING)
    answer = ada.get(f"{path}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert {row["letter"] for row in rows} == {"Opening"}
    assert {row["state"] for row in rows} == {"waiting"}
    assert "'=HYPERLINK(1)" in {row["to"] for row in rows}
    sheet = load_workbook(io.BytesIO(ada.get(f"{path}.xlsx").data)).active
    assert sheet is not None
    assert sheet.max_row == 7


def test_only_conveners_see_the_record(client: ParsingClient, path: str, cast: Cast) -> None:
    assert client.sign_in(cast.ema).get(path).status_code == 403
