"""Mail: SMTP in production, an on-disk mailbox in development. The seam that tests replace.

A message is sent only after the transaction that asked for it has committed.
"""

import smtplib
import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from flask import current_app

from cycles.core import clock
from cycles.core.settings import Settings

EXTENSION = "pythia_mailer"


@dataclass(frozen=True)
class Letter:
    """One message to one person, in plain text."""

    to: str
    subject: str
    text: str


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
        (self.folder / name).write_bytes(bytes(_message(letter, self.sender)))


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
            server.send_message(_message(letter, given.mail_sender))


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message.set_content(letter.text)
    return message


def mailer_for(settings: Settings) -> Mailer:
    """Return SMTP where a server is set, else the on-disk mailbox."""
    if settings.mail_server:
        return Smtp(settings)
    return Mailbox(settings.instance / "mail", settings.mail_sender)


def send(letter: Letter) -> None:
    """Send through the application's mailer."""
    mailer: Mailer = current_app.extensions[EXTENSION]
    mailer.send(letter)
