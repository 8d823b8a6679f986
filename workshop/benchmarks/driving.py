"""Drives a server with saves, from a process of its own: run as a script with a plan to read.

Only the standard library, and nothing of Pythia: what it costs must not be taken for what the
server costs. One connection a client is kept open, and each waits for its answer before it asks
again. Prints the time of every answer.
"""

import json
import random
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

VALUES = "NAPE"


@dataclass
class Tally:
    """What came of the requests: seconds of each answer that was as hoped, counts of statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def add(self, status: int, spent: float) -> None:
        """Note one answer."""
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == 200:
            self.seconds.append(spent)


class Line:
    """One kept-open connection. Reads just enough of an answer to know where it ends."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, head: bytes, body: bytes) -> int:
        """Send one request; return the answer's status. Connects again if the server hung up."""
        for _ in range(2):
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.socket.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
                return self._read(self.socket)
            except (ConnectionError, IndexError):
                self.socket = None
        raise ConnectionError("the server hung up twice")

    def _read(self, open_socket: socket.socket) -> int:
        got = open_socket.recv(65536)
        while b"\r\n\r\n" not in got:
            more = open_socket.recv(65536)
            if not more:
                raise ConnectionResetError
            got += more
        head, _, body = got.partition(b"\r\n\r\n")
        lower = head.lower()
        length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += open_socket.recv(65536)
        if b"connection: close" in lower:
            open_socket.close()
            self.socket = None
        return int(head.split(b" ", 2)[1])


def drive(plan: dict[str, Any]) -> Tally:
    """Let the clients save until the time is over."""
    tallies = [Tally() for _ in range(plan["clients"])]
    threads = [
        threading.Thread(target=_save_on, args=(plan, number, tally))
        for number, tally in enumerate(tallies)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    whole = Tally()
    for tally in tallies:
        whole.seconds += tally.seconds
        for status, count in tally.statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + count
    return whole


def _save_on(plan: dict[str, Any], number: int, tally: Tally) -> None:
    """Be the people of one client: each in turn answers the next item of their own order."""
    people = plan["raters"][number :: plan["clients"]]
    draw = random.Random(plan["seed"] + number)  # noqa: S311 - a load, not a secret
    line, seq = Line(plan["port"]), plan["first_seq"]
    until = time.perf_counter() + plan["seconds"]
    while (start := time.perf_counter()) < until:
        rater = draw.choice(people)
        seq += 1
        head, body = _request(plan, rater, draw, seq)
        tally.add(line.ask(head, body), time.perf_counter() - start)


def _request(
    plan: dict[str, Any], rater: dict[str, str], draw: random.Random, seq: int
) -> tuple[bytes, bytes]:
    sent = {"item": draw.choice(plan["items"]), "value": draw.choice(VALUES), "seq": str(seq)}
    if plan["is_bare"]:
        sent |= {name: plan[name] for name in ("round_id", "cycle_id")}
        sent["panellist_id"] = rater["panellist_id"]
    lines = [
        f"POST {plan['path']} HTTP/1.1",
        f"Host: 127.0.0.1:{plan['port']}",
        f"Cookie: {rater['cookie']}",
        f"X-CSRFToken: {rater['token']}",
        "Accept: application/json",
        "Content-Type: application/x-www-form-urlencoded",
    ]
    return ("\r\n".join(lines) + "\r\n").encode(), urlencode(sent).encode()


if __name__ == "__main__":
    done = drive(json.load(sys.stdin))
    json.dump({"seconds": done.seconds, "statuses": done.statuses}, sys.stdout)
