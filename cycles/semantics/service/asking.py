"""Asking the search service from a page: an answer within a budget, or the reason for none.

A web process never loads the model. It opens a socket, writes a line and reads a line, and every
wait on the way is cut off when the budget is spent.
"""

import os
import secrets
import socket
from time import monotonic

from flask import current_app

from cycles.core.settings import Settings
from cycles.semantics.service.questions import Question, Reply, Unanswered, read_reply
from cycles.semantics.service.wire import MOST_ANSWERED, Unreadable, address_of, key_of, opened
from cycles.semantics.service.wire import sealed as seal

# Somebody is typing: with the search by words that may have to follow, and the page around it,
# the whole answer stays under 150 ms.
WHILE_TYPING = 0.08
# Somebody pressed a button and waits for this: a worker that is busy may take its turn first.
WHEN_ASKED = 0.8
# A page that will soon ask says so, and does not wait to hear.
TO_WAKE = 0.02

ABSENT = "search by meaning is not running"
LATE = "search by meaning did not answer in time"
READ_AT_ONCE = 64 * 1024


def ask(question: Question, *, within: float) -> Reply | Unanswered:
    """Return the answer to ``question``, or why there is none after ``within`` seconds at most."""
    settings: Settings = current_app.extensions["pythia_settings"]
    key, number, until = key_of(settings), secrets.token_hex(8), monotonic() + within
    asked = {"number": number, "within": within, **question.content()}
    try:
        line = _exchange(str(address_of(settings)), seal(asked, key), until)
        return read_reply(opened(line, key, most=MOST_ANSWERED, about=number))
    except TimeoutError:
        return Unanswered(LATE)
    except (OSError, Unreadable):
        return Unanswered(ABSENT)


def wake() -> None:
    """Tell the service that questions are coming, so that it has its model ready for them."""
    ask(Question(most=0), within=TO_WAKE)


def _exchange(address: str, line: bytes, until: float) -> bytes:
    _check_owner(address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        _wait_until(wire, until)
        wire.connect(address)
        _wait_until(wire, until)
        wire.sendall(line)
        return _whole_line(wire, until)


def _check_owner(address: str) -> None:
    # In the folder for passing files anybody may have put a socket there first, to listen.
    if os.geteuid() not in (0, os.stat(address).st_uid):
        raise Unreadable("the socket is somebody else's")


def _whole_line(wire: socket.socket, until: float) -> bytes:
    received = bytearray()
    while not received.endswith(b"\n"):
        _wait_until(wire, until)
        part = wire.recv(READ_AT_ONCE)
        received += part
        if not part or len(received) > MOST_ANSWERED:
            raise Unreadable("the answer was cut off, or is too long")
    return bytes(received)


def _wait_until(wire: socket.socket, until: float) -> None:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    wire.settimeout(left)
