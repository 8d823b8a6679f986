"""Letters as mail servers get them: what is in the headers, and what can never get there."""

import email
import smtplib
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from cycles.core.mail import CalendarPart, Letter, Mailbox, message_of

SENDER = "Pythia <pythia@pythia.example>"
PLAIN = Letter("ema@pythia.example", "Round 1 is open: Öfen", "Hello Ema – welcome.\n")
LONG = f"https://pythia.some-organisation.example/letters/stop/{'x' * 90}"


def parsed(letter: Letter) -> EmailMessage:
    found = email.message_from_bytes(bytes(message_of(letter, SENDER)), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_plain_letter_is_one_part() -> None:
    message = parsed(PLAIN)
    assert message["To"] == "ema@pythia.example"
    assert message["Subject"] == "Round 1 is open: Öfen"
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "Hello Ema – welcome.\n"
    assert message["List-Unsubscribe"] is None


def test_a_long_address_is_left_whole_in_its_header_and_in_the_text() -> None:
    letter = Letter("ema@pythia.example", "Reminder", f"Stop:\n{LONG}\n", stop_address=LONG)
    assert f"List-Unsubscribe: <{LONG}>".encode() in bytes(message_of(letter, SENDER)).splitlines()
    assert LONG in parsed(letter).get_content()


@pytest.mark.parametrize(
    "letter",
    [
        Letter("ema@pythia.example\r\nBcc: all@pythia.example", "Hello", "Hello"),
        Letter("ema@pythia.example", "Hello\r\nBcc: all@pythia.example", "Hello"),
        Letter("ema@pythia.example", "Hello", "Hello", stop_address="https://a\r\nBcc: b"),
    ],
)
def test_a_line_break_in_a_header_is_refused(letter: Letter) -> None:
    with pytest.raises(ValueError, match=r"linefeed|carriage return"):
        message_of(letter, SENDER)


def test_a_letter_with_a_calendar_entry_survives_the_mailbox(tmp_path: Path) -> None:
    content = "BEGIN:VCALENDAR\r\nX-NOTE:Öfen\r\nEND:VCALENDAR\r\n".encode()
    letter = Letter("ema@pythia.example", "Tea", "Tea", calendar=CalendarPart("CANCEL", content))
    Mailbox(tmp_path, SENDER).send(letter)
    (path,) = tmp_path.glob("*.eml")
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    parts = [one for one in message.walk() if not one.is_multipart()]
    assert [one.get_content_type() for one in parts] == [
        "text/plain",
        "text/calendar",
        "application/ics",
    ]
    assert {one.get_payload(decode=True) for one in parts[1:]} == {content}
    assert parts[1].get_param("method") == "CANCEL"


def test_a_letter_goes_through_a_mail_server_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``smtplib`` makes of a message differs from ``bytes``: look at what it would send."""
    handed: list[bytes] = []

    def keep(_self: object, _from: str, _to: object, text: bytes, *_options: object) -> None:
        handed.append(text)

    monkeypatch.setattr(smtplib.SMTP, "ehlo_or_helo_if_needed", lambda _self: None)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", keep)
    letter = Letter("ema@pythia.example", "Reminder", "Hello", stop_address=LONG)
    smtplib.SMTP().send_message(message_of(letter, SENDER))
    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in handed[0]
