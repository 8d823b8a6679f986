"""While a round is open, no door tells what anybody answered in it: not one bit of it.

Each door is opened twice: the same people have answered the same questions, but said the
opposite. What comes out must be the same, or it says something about what they said. A new page,
file or letter about rounds gets a line in ``DOORS``.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from flask import Flask, url_for

from cycles.core.clock import stopped_at
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.rating import Room, make_room
from workshop.rooms.models import Round

# Who opens it, the endpoint, and what its address names besides the cycle's rows.
DOORS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("ada", "workshops.index", {}),
    ("ada", "workshops.show", {}),
    ("ada", "workshops.people", {}),
    ("ada", "workshops.end_round", {}),
    ("ada", "workshops.results", {}),
    ("ada", "workshops.download", {"kind": "csv"}),
    ("ada", "workshops.download", {"kind": "json"}),
    ("ada", "workshops.download", {"kind": "xlsx"}),
    ("ada", "workshops.cell", {}),
    ("ada", "workshops.decide_all", {}),
    ("ada", "board.show", {}),
    ("ada", "board.live", {}),
    ("ada", "board.live_steps", {}),
    ("ada", "board.projector", {}),
    ("ada", "board.live_projector", {}),
    ("ada", "board.breakouts", {}),
    ("ada", "board.agenda", {}),
    ("ada", "attrition.show", {}),
    ("ada", "attrition.download", {"table": "turnout", "kind": "csv"}),
    ("ada", "attrition.download", {"table": "leavers", "kind": "csv"}),
    ("ada", "exports.index", {}),
    ("ada", "exports.bundle", {}),
    *(
        ("ada", "exports.download", {"table": table, "kind": kind})
        for table in ("ratings", "verdicts", "reasons", "rule-card")
        for kind in ("csv", "json", "xlsx")
    ),
    ("ada", "receipts.published", {}),
    ("ada", "receipts.published_file", {}),
    ("ada", "cycle.home", {}),
    ("ada", "profiles.index", {}),
    ("ada", "statements.index", {}),
    ("eddy", "workshops.show", {}),
    ("eddy", "workshops.results", {}),
    ("eddy", "exports.index", {}),
    # Ema's own answer is the same both times: what she sees of the others is what is tried.
    ("ema", "ballot.start", {}),
    ("ema", "ballot.tasks", {}),
    ("ema", "ballot.area", {"number": "1"}),
    ("ema", "ballot.finish", {}),
    ("ema", "receipts.own", {}),
    ("ema", "workshops.results", {}),
    ("ema", "workshops.download", {"kind": "json"}),
)
ANSWERS = ("PNNNPPE", "PEEEAAN")
# What differs between any two answers to the same request.
FRESH = re.compile(
    rb'(name="csrf_token" value|name="csrf-token" content|nonce|data-seq)="[\w.\-]+"'
)


@pytest.fixture(params=[1, 2], ids=["round 1", "round 2"])
def room(cast: Cast, request: pytest.FixtureRequest) -> tuple[Room, Round]:
    """An open round; in round 2 the first one has closed without agreement."""
    made = make_room(cast, employers=7, statements=2)
    opened = made.open_round()
    if request.param == 2:
        for item in made.asked(opened):
            made.answer(opened, item, "NNNPPPE")
        made.close(opened)
        opened = made.open_round()
    return made, opened


@pytest.mark.parametrize(
    "door", DOORS, ids=["-".join((who, name, *more.values())) for who, name, more in DOORS]
)
def test_a_door_is_the_same_whatever_people_answered(
    app: Flask,
    cast: Cast,
    client: ParsingClient,
    room: tuple[Room, Round],
    door: tuple[str, str, Mapping[str, str]],
) -> None:
    made, round_ = room
    person, endpoint, values = door
    path = address(app, made, round_, endpoint, values)
    with stopped_at(NOW):
        client.sign_in(getattr(cast, person))
        seen = [look(client, path, made, round_, letters) for letters in ANSWERS]
    assert seen[0] == seen[1]


def look(
    client: ParsingClient, path: str, room: Room, round_: Round, letters: str
) -> tuple[int, object]:
    """Let everybody answer everything; return what the door then shows."""
    for item in room.asked(round_):
        room.answer(round_, item, letters)
    db.session.commit()
    answer = client.get(path)
    assert answer.status_code < 500
    data = answer.data.replace(answer.headers["X-Request-Id"].encode(), b"")
    return answer.status_code, content(data)


def content(data: bytes) -> object:
    """Return what an answer says, without what is fresh each time; of a ZIP, its members."""
    if not data.startswith(b"PK"):
        return FRESH.sub(b"", data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {
            name: hashlib.sha256(packed.read(name)).hexdigest()
            for name in packed.namelist()
            if not name.startswith("docProps")
        }


def address(app: Flask, room: Room, round_: Round, endpoint: str, values: Mapping[str, str]) -> str:
    """Return the door's address, naming only those rows that it has a place for."""
    rows = {
        "cycle_id": room.cycle.id,
        "workshop_id": room.workshop.id,
        "round_id": round_.id,
        "item_id": room.asked(round_)[0].id,
    }
    rule = next(one for one in app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ()))
    named = {name: row for name, row in rows.items() if name in rule.arguments}
    with app.test_request_context():
        return url_for(endpoint, **named, **values)
