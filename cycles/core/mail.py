"""Mail: SMTP in production, an on-disk mailbox in development. The seam that tests replace.

A message is sent only after the transaction that asked for it has committed.
"""

import smtplib
import uuid
from dataclasses import dataclass
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from pathlib import Path
from typing import Protocol

from flask import current_app

from cycles.core import clock
from cycles.core.settings import Settings

EXTENSION = "pythia_mailer"


@dataclass(frozen=True)
class CalendarPart:
    """A calendar entry that goes with a letter. ``method`` is REQUEST or CANCEL, as inside it."""

    method: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One message to one person, in plain text.

    ``stop_address`` is where the reader ends letters like this one, by opening it or, in mail
    programs that offer it, with one press there (RFC 8058).
    """

    to: str
    subject: str
    text: str
    stop_address: str = ""
    calendar: CalendarPart | None = None


class _OneLineHeader(UnstructuredHeader, BaseHeader):
    """A header with an address of the web. Folded as words are, a long one would be encoded."""

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        """Return the header as one line, however long the address."""
        linesep: str = policy.linesep
        return f"{self.name}: {self}{linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _OneLineHeader)
POLICY = EmailPolicy(header_factory=_headers)


class Mailer(Protocol):
    """Whatever delivers letters."""

    def send(self, letter: Letter) -> None:
        """Deliver the letter or raise ``OSError``."""


@dataclass(frozen=True)
class Mailbox:
    """A folder of .eml files: development's mail."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Write the letter into the folder, newest last by name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:6]}.eml"
        (self.folder / name).write_bytes(bytes(message_of(letter, self.sender)))


@dataclass(frozen=True)
class Smtp:
    """A mail server."""

    settings: Settings

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server."""
        given = self.settings
        with smtplib.SMTP(given.mail_server, given.mail_port, timeout=20) as server:
            if given.mail_use_tls:
                server.starttls()
            if given.mail_username:
                server.login(given.mail_username, given.mail_password)
            server.send_message(message_of(letter, given.mail_sender))


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as it is sent. Raises ``ValueError`` for a line break in a header."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    if letter.stop_address:
        message["List-Unsubscribe"] = f"<{letter.stop_address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    if letter.calendar is not None:
        _enclose(message, letter.calendar)
    return message


def _enclose(message: EmailMessage, calendar: CalendarPart) -> None:
    """Add the entry twice: calendars act on the alternative, people keep the file."""
    # As bytes, because the line ends of a calendar file are its own and must stay.
    message.add_alternative(
        calendar.content,
        maintype="text",
        subtype="calendar",
        params={"method": calendar.method, "charset": "UTF-8"},
    )
    message.add_attachment(
        calendar.content, maintype="application", subtype="ics", filename="invite.ics"
    )


def mailer_for(settings: Settings) -> Mailer:
    """Return SMTP where a server is set, else the on-disk mailbox."""
    if settings.mail_server:
        return Smtp(settings)
    return Mailbox(settings.instance / "mail", settings.mail_sender)


def send(letter: Letter) -> None:
    """Send through the application's mailer."""
    mailer: Mailer = current_app.extensions[EXTENSION]
    mailer.send(letter)
