"""``flask bench room``: what saving an answer costs, beside a bare endpoint doing the same upsert.

Both are served the same way, on the same database, and take turns under the same load. With
``--rehearse`` a whole scripted room is played instead, and its promises are checked.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from cycles.core.benchmarks import Ratio, commands, show_ratios
from workshop.benchmarks import driving, serving
from workshop.benchmarks.rehearsal import Report
from workshop.benchmarks.rehearsal import rehearse as run_rehearsal
from workshop.benchmarks.staging import stage_room

LEAST_THROUGHPUT, MOST_P95 = 0.6, 2.0
TURNS = 6
WARMING = 1.5
DATABASES = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("sqlite", "postgresql")}


@dataclass
class Measured:
    """What one endpoint did in all its turns."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    spent: float = 0.0

    @property
    def throughput(self) -> float:
        """Return how many answers a second were as hoped."""
        return len(self.seconds) / self.spent

    def percentile(self, percent: int) -> float:
        """Return the time that this share of the answers kept to, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


@commands.command("room")
@click.option("--participants", default=200, show_default=True, type=click.IntRange(min=16))
@click.option("--capabilities", default=137, show_default=True, type=click.IntRange(min=1))
@click.option("--clients", default=16, show_default=True, type=click.IntRange(1, 64))
@click.option("--seconds", default=5.0, show_default=True, help="Length of each turn.")
@click.option("--database", default="sqlite", show_default=True, type=click.Choice([*DATABASES]))
@click.option("--rehearse", type=click.IntRange(min=5), help="Play a room of so many people.")
def bench_room(
    *,
    participants: int,
    capabilities: int,
    clients: int,
    seconds: float,
    database: str,
    rehearse: int | None,
) -> None:
    """Print throughput and p95 of a save as a ratio to a bare Flask endpoint."""
    for kind in DATABASES[database]:
        with TemporaryDirectory(prefix="pythia-room-") as place:
            folder = Path(place)
            with serving.throw_away_database(kind, folder) as url:
                environ = serving.environment(folder, url)
                if rehearse is None:
                    room = staged(environ, participants, capabilities)
                    tell(kind, participants, capabilities, clients, seconds)
                    show(measure(room, environ, folder, clients, seconds))
                else:
                    room = staged(environ, 0, capabilities)
                    show_rehearsal(
                        kind,
                        len(room["items"]),
                        run_rehearsal(
                            room=room,
                            environ=environ,
                            folder=folder,
                            participants=rehearse,
                            clients=clients,
                        ),
                    )


def tell(kind: str, participants: int, capabilities: int, clients: int, seconds: float) -> None:
    """Print what is measured, and how."""
    click.echo(
        f"{kind}: {participants} participants, {capabilities} capabilities x 4 role levels, "
        f"{clients} connections; gunicorn, {serving.PROCESSES} processes x "
        f"{serving.THREADS} threads; {TURNS} turns of {seconds:g} s each, by turns."
    )


def show_rehearsal(kind: str, cells: int, report: Report) -> None:
    """Print what a rehearsal came to."""
    lines = {
        "people who joined by the room's code": report.people,
        "seconds until all were in (aim: 120 at most)": f"{report.seconds_to_join:.1f}",
        "cells asked of each": cells,
        "saves acknowledged": report.acknowledged,
        "of these, changes of an answer": report.changes,
        "ratings counted at the close": report.counted,
        "the board asked": f"{report.polls} times",
        "lost (aim: 0)": report.lost,
        "counted late (aim: 0)": report.late,
        "verdicts that differ from a recount (aim: 0)": report.differing,
        "board equals database": "yes" if report.is_board_right else "NO",
        "faults": ", ".join(report.faults[:5]) or "none",
    }
    click.echo(f"{kind}:")
    for name, value in lines.items():
        click.echo(f"  {name:<48}{value}")


def staged(environ: dict[str, str], participants: int, capabilities: int) -> dict[str, Any]:
    """Make the tables and the room in the throw-away database; return the room's ids and keys."""
    serving.run_flask(environ, "db", "upgrade")
    words = ("--participants", str(participants), "--capabilities", str(capabilities))
    found: dict[str, Any] = json.loads(serving.run_flask(environ, "bench", "stage-room", *words))
    return found


@commands.command("stage-room", hidden=True)
@click.option("--participants", type=int, required=True)
@click.option("--capabilities", type=int, required=True)
def stage(participants: int, capabilities: int) -> None:
    """Fill the database with a room, and print its ids. For throw-away databases alone."""
    room = stage_room(raters=participants, capabilities=capabilities)
    click.echo(json.dumps(room.written()))


def measure(
    room: dict[str, Any], environ: dict[str, str], folder: Path, clients: int, seconds: float
) -> dict[str, Measured]:
    """Serve both endpoints and let them take turns under the same load."""
    found = {"own": Measured(), "bare": Measured()}
    log = folder / "servers.log"
    with (
        serving.serve(serving.OWN, environ, log) as own,
        serving.serve(serving.BARE, environ, log) as bare,
    ):
        shared = {"raters": room["raters"], "items": room["items"], "clients": clients}
        plans = {"own": _own_plan(room, own), "bare": _bare_plan(room, bare)}
        for plan in plans.values():
            _run(shared | plan | {"seconds": WARMING, "seed": 0, "first_seq": 0})
        for turn in range(1, TURNS + 1):
            # Who goes first changes, as the second of a pair finds a fuller table.
            for name in sorted(plans, reverse=turn % 2 == 0):
                moving = {"seconds": seconds, "seed": 1000 * turn, "first_seq": 100_000 * turn}
                _note(found[name], _run(shared | plans[name] | moving), seconds)
    return found


def _own_plan(room: dict[str, Any], port: int) -> dict[str, Any]:
    path = f"/cycles/{room['cycle_id']}/ballot/rounds/{room['round_id']}/answers"
    return {"port": port, "path": path, "is_bare": False}


def _bare_plan(room: dict[str, Any], port: int) -> dict[str, Any]:
    ids = {"round_id": room["bare_round_id"], "cycle_id": room["cycle_id"]}
    return {"port": port, "path": "/save", "is_bare": True, **ids}


def _run(plan: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, driving.__file__],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _note(measured: Measured, turn: dict[str, Any], seconds: float) -> None:
    measured.seconds += turn["seconds"]
    measured.spent += seconds
    for status, count in turn["statuses"].items():
        measured.statuses[status] = measured.statuses.get(status, 0) + count


def show(found: dict[str, Measured]) -> None:
    """Print the figures, the aims, and whether they are met."""
    for name, one in found.items():
        click.echo(
            f"  {name:<5} {one.throughput:>8.1f} saves/s   p50 {one.percentile(50):>7.1f} ms   "
            f"p95 {one.percentile(95):>7.1f} ms   answers {one.statuses}"
        )
    own, bare = found["own"], found["bare"]
    show_ratios(
        [
            Ratio(
                "throughput of a save",
                own.throughput / bare.throughput,
                LEAST_THROUGHPUT,
                is_ceiling=False,
                note="to the bare endpoint's",
            ),
            Ratio(
                "p95 of a save",
                own.percentile(95) / bare.percentile(95),
                MOST_P95,
                note="to the bare endpoint's",
            ),
        ]
    )
