"""Listening: a Unix socket in the instance folder, served by whichever process came first.

The worker serves beside its jobs; ``flask semantics serve`` serves alone. A second process waits
for the first to end and takes over. Nothing is loaded before the first question.
"""

import fcntl
import logging
import socketserver
import threading
from time import monotonic, sleep
from typing import Any

from flask import Flask

from cycles.core.jobs.worker import beside
from cycles.core.settings import Settings
from cycles.semantics.service.answering import SearchService
from cycles.semantics.service.questions import Unanswered, read_question, reply_content
from cycles.semantics.service.wire import MOST_ASKED, Unreadable, address_of, key_of, opened, sealed

log = logging.getLogger(__name__)

# Whoever connects writes at once or is let go.
PATIENCE = 2.0
LONGEST_BUDGET = 5.0
# Asking whether the library changed costs milliseconds, reading it again seconds: it is asked
# while there are questions, and never read for more than a twentieth of the time.
CHECKED_EVERY = 10.0
SHARE_OF_READING = 0.05


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Takes one question a connection, each in a thread of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, settings: Settings, service: SearchService) -> None:
        self.service = service
        self.key = key_of(settings)
        self.asked = threading.Event()
        address = address_of(settings)
        # Left behind by a process that was stopped; the lock says that nobody listens on it.
        address.unlink(missing_ok=True)
        super().__init__(str(address), Conversation)
        address.chmod(0o600)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's own
        """Say that something failed, and never what was asked."""
        log.exception("a question to the search service failed")


class Conversation(socketserver.StreamRequestHandler):
    """One question and its answer. A line that is not ours is not answered at all."""

    timeout = PATIENCE
    server: Server

    def handle(self) -> None:
        """Read the question, answer it, and forget it."""
        try:
            line = self.rfile.readline(MOST_ASKED + 1)
            content = opened(line, self.server.key, most=MOST_ASKED)
            number, within = str(content.get("number")), float(content.get("within", 0))
            question = read_question(content)
        except (Unreadable, TimeoutError, ValueError):
            return
        self.server.asked.set()
        until = monotonic() + min(within, LONGEST_BUDGET)
        found = self.server.service.answer(question, until)
        told = {"because": found.because} if isinstance(found, Unanswered) else reply_content(found)
        # Whoever asked may have gone by now; then nobody wants the answer.
        try:
            self.wfile.write(sealed(told, self.server.key, number))
        except OSError:
            return


@beside("search service")
def serve(app: Flask) -> None:
    """Serve until the process ends; wait first until no other process does."""
    settings: Settings = app.extensions["pythia_settings"]
    address = address_of(settings)
    with address.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        service = SearchService(app)
        with Server(settings, service) as server:
            reading = threading.Thread(
                target=_keep_ready, args=(service, server.asked), daemon=True
            )
            reading.start()
            server.serve_forever()


def _keep_ready(service: SearchService, asked: threading.Event) -> None:
    """Prepare the service when it is first asked, and again while it is and the library changes."""
    while True:
        asked.wait()
        asked.clear()
        began = monotonic()
        try:
            service.prepare()
        except Exception:
            log.exception("the search service could not read the library")
        sleep(max(CHECKED_EVERY, (monotonic() - began) / SHARE_OF_READING))
