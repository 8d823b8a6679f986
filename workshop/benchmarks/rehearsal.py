"""Rehearses a whole room: a real server, simulated people, and what must hold afterwards.

The script of the people is in ``people``; here the room is staged, the script is run, and what
people were told is held against what the database has. Used by ``flask bench room --rehearse`` and
by a test.
"""

import json
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from cycles.core.benchmarks import commands
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.people.queries import participants_of
from workshop.ballot.letters import letter_of
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import Panellist, Rating
from workshop.benchmarks import people, serving
from workshop.rooms.models import Item, ItemVerdict

# The words of the verdicts' file for the codes of the scale, lowest first.
COLUMNS = ("Not needed", "Awareness", "Practitioner", "Expert")
CLOSE_AT = 0.5
MOST_PATIENCE = 3600


@dataclass(frozen=True)
class Kept:
    """What the database has of the round: who answered what, and the counts frozen at the close.

    ``answers`` are (person, item, letter, number of the change); ``differing`` are the items whose
    frozen counts are not those of the ratings.
    """

    answers: tuple[tuple[str, str, str, int], ...]
    rated: dict[str, int]
    counts: tuple[tuple[int, ...], ...]
    differing: int


@dataclass(frozen=True)
class Report:
    """What a rehearsal came to. A faultless one has nothing lost, late, differing or wrong."""

    people: int
    seconds_to_join: float
    acknowledged: int
    counted: int
    changes: int
    polls: int
    lost: int
    late: int
    differing: int
    is_board_right: bool
    faults: tuple[str, ...]

    @property
    def is_faultless(self) -> bool:
        """Say whether every promise was kept."""
        is_whole = self.lost == self.late == self.differing == 0
        return is_whole and self.is_board_right and not self.faults and self.acknowledged > 0


def rehearse(
    *, room: dict[str, Any], environ: dict[str, str], folder: Path, participants: int, clients: int
) -> Report:
    """Serve a staged room, let simulated people have it, and hold their story to the database."""
    with serving.serve(serving.OWN, environ, folder / "servers.log") as port:
        plan = {
            **{name: room[name] for name in ("cycle_id", "workshop_id", "round_id", "items")},
            **{name: room[name] for name in ("code", "facilitator")},
            "participants": participants,
            "clients": clients,
            "close_at": CLOSE_AT,
            "seed": 3,
            "port": port,
        }
        story = _play(plan)
    written = serving.run_flask(environ, "bench", "read-room", room["cycle_id"], room["round_id"])
    return report_on(story, _read(json.loads(written)))


def _play(plan: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, people.__file__],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST_PATIENCE,
    )
    if done.returncode:
        raise click.ClickException(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _read(written: dict[str, Any]) -> Kept:
    return Kept(
        answers=tuple(tuple(one) for one in written["answers"]),
        rated=written["rated"],
        counts=tuple(map(tuple, written["counts"])),
        differing=written["differing"],
    )


@commands.command("read-room", hidden=True)
@click.argument("cycle_id", type=click.UUID)
@click.argument("round_id", type=click.UUID)
def read_room(cycle_id: uuid.UUID, round_id: uuid.UUID) -> None:
    """Print what the database has of a rehearsed round. For throw-away databases alone."""
    names = _names(cycle_id)
    rows = db.session.execute(select(Rating).where(Rating.round_id == round_id)).scalars().all()
    answers = [
        (names[one.panellist_id], str(one.item_id), letter_of(one.answer, one.code), one.seq)
        for one in rows
    ]
    found = {
        "answers": answers,
        "rated": Counter(person for person, *_ in answers),
        "counts": _frozen_counts(round_id),
        "differing": _count_differing(round_id, rows),
    }
    click.echo(json.dumps(found))


def _names(cycle_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return whose seat is whose: a rehearsal may know what nobody may know of people."""
    key = find_key(cycle_id) or b""
    links = {link_of(key, one.id): one.account.name for one in participants_of(cycle_id)}
    seats = select(Panellist.id, Panellist.link).where(
        Panellist.cycle_id == cycle_id, Panellist.group == Group.EMPLOYER
    )
    return {seat: links[link or ""] for seat, link in db.session.execute(seats)}


def _frozen_counts(round_id: uuid.UUID) -> list[list[int]]:
    return list(
        db.session.scalars(
            select(ItemVerdict.counts)
            .join(Item, Item.id == ItemVerdict.item_id)
            .where(ItemVerdict.round_id == round_id)
            .order_by(Item.position)
        )
    )


def _count_differing(round_id: uuid.UUID, rows: Iterable[Rating]) -> int:
    """Count the items whose frozen counts are not those of the rating table."""
    said = Counter((one.item_id, one.code) for one in rows)
    verdicts = db.session.execute(
        select(ItemVerdict.item_id, ItemVerdict.counts).where(ItemVerdict.round_id == round_id)
    ).all()
    asked = db.session.scalar(
        select(func.count(Rating.item_id.distinct())).where(Rating.round_id == round_id)
    )
    wrong = sum(
        list(counts) != [said[item_id, code] for code in range(len(counts))]
        for item_id, counts in verdicts
    )
    return wrong + max(0, (asked or 0) - len(verdicts))


def report_on(story: dict[str, Any], kept: Kept) -> Report:
    """Hold what people were told to what was kept."""
    stands = {(person, item): (letter, seq) for person, item, letter, seq in kept.answers}
    told = [one for one in story["saved"] if one["is_kept"]]
    newest: dict[tuple[str, str], tuple[str, int]] = {}
    for one in sorted(told, key=lambda each: each["seq"]):
        newest[one["person"], one["item"]] = (one["value"], one["seq"])
    return Report(
        people=len(story["joined"]),
        seconds_to_join=max(story["joined"], default=0.0),
        acknowledged=len(told),
        counted=len(stands),
        changes=len(told) - len(newest),
        polls=story["polls"],
        lost=sum(stands.get(cell) != answer for cell, answer in newest.items()),
        late=sum(one["sent_at"] > story["closed_at"] for one in told)
        + len(stands.keys() - newest.keys()),
        differing=kept.differing,
        is_board_right=_is_board_right(story, kept),
        faults=tuple(story["faults"]),
    )


def _is_board_right(story: dict[str, Any], kept: Kept) -> bool:
    """Say whether the facilitator's board and table of verdicts show what the database has."""
    people_right = {name: n for name, n in story["board"].items() if n} == kept.rated
    shown = [tuple(line[name] for name in COLUMNS) for line in story["verdicts"]]
    withheld = (None,) * len(COLUMNS)
    counts_right = len(shown) == len(kept.counts) and all(
        one in (counts, withheld) and (one == counts or sum(counts) < 5)
        for one, counts in zip(shown, kept.counts, strict=False)
    )
    return people_right and counts_right
