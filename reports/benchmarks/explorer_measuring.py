"""Opens every page of the explorer on a staged cycle, and measures what each costs the server.

What is measured is the whole answer of this application, in this process, without a network. The
cycle is made in ``explorer_staging``; what is printed of it is in ``explorer``.
"""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle as over_and_over
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import event, select

from cycles.accounts.commands import open_session
from cycles.core import clock
from cycles.core.benchmarks import best_milliseconds
from cycles.core.extensions import db
from cycles.core.settings import ROOT
from cycles.people.models import Group, Participant
from reports.document.models import Snapshot
from reports.explorer.registry import PageKind, pages

BARE = "/accessibility"
WORDS = "inspect equipment"
HTMX = {"HX-Request": "true"}
THRESHOLDS = range(41, 100)
"""More than are kept in memory, so that each is worked out when it is asked for."""
LINKED = re.compile(r'(?:href|src)="(/static/[^"?]+\.(?:css|js))')
CHARTS = "vega"
SLIDER = b'id="threshold-form"'
FROZEN = "capabilities, of the snapshot"


@dataclass(frozen=True)
class Measured:
    """What one page cost: milliseconds, statements sent to the database, bytes of the answer.

    ``cold`` is the first request of a process, and ``slider`` what the slider gets at thresholds
    that nothing kept in memory answers, the middle of some; None where the page has no slider. Both
    are of the processor: each is asked once, and a busy machine would tell in the time. ``packed``
    are the bytes as a server sends them that compresses its answers.
    """

    name: str
    cold: float
    cold_queries: int
    warm: float
    queries: int
    size: int
    packed: int
    slider: float | None


@dataclass(frozen=True)
class Opened:
    """One answer: what it took, in all and of the processor, what it asked, and the page."""

    milliseconds: float
    processor: float
    queries: int
    body: bytes


def measure(turns: int) -> dict[str, Any]:
    """Open everything as the convener of the one cycle; return plain values to be printed."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself
    client = _signed_in(app)
    bare = client.get(BARE).get_data(as_text=True)
    # Before anything of the explorer is in this process: its children begin as it stands.
    addresses, cold = _cold(client)
    work: dict[str, Callable[[], object]] = {"bare page": lambda: _open(client, BARE)}
    work |= {name: partial(_open, client, path) for name, path in addresses.items()}
    warm = best_milliseconds(work, turns=turns)
    found, thresholds = [], over_and_over(THRESHOLDS)
    for name, path in addresses.items():
        last = _open(client, path)
        found.append(
            Measured(
                name=name,
                cold=cold[name].processor,
                cold_queries=cold[name].queries,
                warm=warm[name],
                queries=last.queries,
                size=len(last.body),
                packed=len(gzip.compress(last.body)),
                slider=_slide(client, path, thresholds, turns) if SLIDER in last.body else None,
            )
        )
    pages_found = [asdict(each) for each in found]
    return {"bare": warm["bare page"], "assets": sum(_assets(bare)), "pages": pages_found}


def _cold(client: FlaskClient) -> tuple[dict[str, str], dict[str, Opened]]:
    """Return every page's address by its name, and what it cost as the first of a process.

    A page that has pages of single things stands there with the first of those that it links to.
    """
    start, number = _cycle()
    addresses, cold = {}, {}
    for kind in pages().values():
        addresses[kind.name] = f"{start}/{kind.name}{_query(kind)}"
        cold[kind.name] = _first(client, addresses[kind.name])
        code = _a_code(kind, cold[kind.name].body)
        if code:
            name = f"{kind.name}/{code}"
            addresses[name] = f"{start}/{name}"
            cold[name] = _first(client, addresses[name])
    addresses[FROZEN] = f"{start}/capabilities?snapshot={number}"
    cold[FROZEN] = _first(client, addresses[FROZEN])
    return addresses, cold


def _cycle() -> tuple[str, int]:
    """Return where the explorer of the one cycle begins, and the number of its snapshot."""
    cycle_id, number = db.session.execute(select(Snapshot.cycle_id, Snapshot.number)).one()
    db.session.rollback()
    return f"/cycles/{cycle_id}/findings", number


def _query(kind: PageKind) -> str:
    return f"?q={WORDS.replace(' ', '+')}" if kind.name == "search" else ""


def _a_code(kind: PageKind, body: bytes) -> str:
    """Return the code of the first thing that the page links to; empty where it has none."""
    if kind.item is None:
        return ""
    found = re.search(rf'href="[^"]*/findings/{kind.name}/([\w-]+)["?]', body.decode())
    return found[1] if found else ""


def _signed_in(app: Flask) -> FlaskClient:
    convener = db.session.scalars(
        select(Participant).where(Participant.group == Group.CONVENER)
    ).first()
    if convener is None:
        raise RuntimeError("nobody convenes the cycle")
    token = open_session(account=convener.account, moment=clock.now())
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def _open(client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> Opened:
    with _counted() as statements:
        start, worked = perf_counter(), process_time()
        answer = client.get(path, headers=headers, follow_redirects=True)
        body = answer.get_data()
        spent, work = 1000 * (perf_counter() - start), 1000 * (process_time() - worked)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return Opened(spent, work, len(statements), body)


def _first(client: FlaskClient, path: str) -> Opened:
    """Open a page in a process of its own that has answered nothing of the explorer yet."""
    db.session.remove()
    # The child must not talk through its parent's connections.
    db.engine.dispose(close=False)
    receiver, sender = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=_tell, args=(sender, client, path))
    child.start()
    # Ours is closed, so that a child that fails ends the waiting.
    sender.close()
    try:
        found: Opened = receiver.recv()
    finally:
        child.join()
    return found


def _tell(sender: Any, client: FlaskClient, path: str) -> None:
    sender.send(_open(client, path))
    sender.close()


def _slide(client: FlaskClient, path: str, thresholds: Iterator[int], turns: int) -> float:
    """Return the middle of what the slider takes at the next thresholds, each asked once."""
    joint = "&" if "?" in path else "?"
    asked = (f"{path}{joint}threshold={next(thresholds)}" for _ in range(max(turns, 5)))
    return median(_open(client, each, HTMX).processor for each in asked)


@contextmanager
def _counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _assets(html: str) -> Iterator[int]:
    """Yield the sizes, compressed, of the styles and scripts of every page, charts left out."""
    for path in dict.fromkeys(LINKED.findall(html)):
        file = ROOT / Path(path.removeprefix("/"))
        if CHARTS not in path and file.is_file():
            yield len(gzip.compress(file.read_bytes()))
