"""``flask bench classification``: does a statement nobody has classified find its area?

On O*NET's tasks of occupations whose tasks are not among the neighbours. The command, its ways
of voting and its tables live here. The data are never part of the product.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from consensus.matching import Training, apply_adapter
from consensus.neighbours import Neighbours, nearest_rows, places_by_support
from cycles.classification.activities import read_activities
from cycles.classification.reading import OURS, AreaRecord, read_areas
from cycles.core.benchmarks import commands
from cycles.core.errors import DomainError
from cycles.semantics.encoder import active_model
from cycles.semantics.links import ACTIVITY, ActivityLinks, read_links, rows_of, split
from cycles.semantics.training import train
from cycles.statements.prepared import by_words
from cycles.statements.suggesting import MOST, NEIGHBOURS
from reports.benchmarks.kept_vectors import vectors_of

LINKS = "onet/Tasks to DWAs.txt"
REFERENCE = "onet/DWA Reference.txt"
LEVELS = ("function", "domain", "area")

Numbers = npt.NDArray[np.int64]
Guesses = list[list[int]]


@dataclass(frozen=True, eq=False)
class PlacedTasks:
    """Tasks and activities with their places, and which of the tasks are held out.

    right   the places of each task's activities; place the one most of them have
    levels  the number of each area's function, domain and area, (3, areas)
    """

    links: ActivityLinks
    areas: tuple[AreaRecord, ...]
    levels: Numbers
    of_activity: Numbers
    right: tuple[frozenset[int], ...]
    place: Numbers
    known: Numbers
    held_out: Numbers


@commands.command("classification")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of the data; PYTHIA_DATA where it is not given.",
)
def bench_classification(data: Path | None) -> None:
    """Print how well tasks find their function, domain and area."""
    if data is None:
        raise click.ClickException(
            "This bench needs the folder of real data: give --data DIR or set PYTHIA_DATA."
        )
    try:
        _run(read_placed(data / LINKS, data / REFERENCE))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def read_placed(path: Path, reference: Path) -> PlacedTasks:
    """Read the links and place tasks and activities by our own map."""
    links = read_links(path, reference)
    areas = tuple(read_areas(OURS))
    number = {area.key: place for place, area in enumerate(areas)}
    codes = dict.fromkeys(
        row[ACTIVITY] for file in (reference, path) for row in rows_of(file, (ACTIVITY,))
    )
    ours = read_activities()
    of_activity = np.array([number[ours[code.rpartition(".")[0]]] for code in codes])
    votes: list[list[int]] = [[] for _ in links.tasks]
    for task, activity in links.pairs:
        votes[task].append(int(of_activity[activity]))
    parts = split(links)
    return PlacedTasks(
        links=links,
        areas=areas,
        levels=_levels(areas),
        of_activity=of_activity,
        right=tuple(map(frozenset, votes)),
        place=np.array([_most(some) for some in votes]),
        known=np.union1d(parts.training, parts.calibration),
        held_out=parts.held_out,
    )


def _levels(areas: Sequence[AreaRecord]) -> Numbers:
    found = []
    for width in (1, 2, 3):
        names = list(dict.fromkeys(area.key[:width] for area in areas))
        found.append([names.index(area.key[:width]) for area in areas])
    return np.array(found)


def _most(some: Sequence[int]) -> int:
    counts = Counter(some)
    return min(counts, key=lambda place: (-counts[place], place))


def _run(given: PlacedTasks) -> None:
    shared = np.mean([len(given.right[task]) > 1 for task in given.held_out])
    click.echo(
        f"Neighbours: {len(given.known):,} tasks, {len(given.links.activities):,} activities and "
        f"the names of {len(given.areas)} areas; k = {NEIGHBOURS}.\nJudged: {len(given.held_out):,}"
        " tasks of other occupations, parted by the SHA-256 of the occupation's code.\n"
        f"Right is an area of one of the task's activities; {100 * shared:.0f} % have several."
    )
    guesses = {"majority": _majority(given), **_neighbours(given)}
    figures = {name: judged(given, found) for name, found in guesses.items()}
    heads = [f"{level} @{most}" for level in LEVELS for most in (1, MOST)]
    width = max(map(len, figures))
    click.echo(f"\n{'':<{width}}" + "".join(f"{head:>14}" for head in heads))
    for name, row in figures.items():
        click.echo(f"{name:<{width}}" + "".join(f"{figure:>14.3f}" for figure in row))
    _show_ahead(figures)


def judged(given: PlacedTasks, found: Mapping[str, Guesses]) -> list[float]:
    """Return the shares right at first and among the first three, for each level in turn."""
    shares = []
    for level, name in enumerate(LEVELS):
        numbers = given.levels[level]
        right = [{int(numbers[place]) for place in given.right[task]} for task in given.held_out]
        for most in (1, MOST):
            hits = [
                bool(truth & set(guess[:most]))
                for truth, guess in zip(right, found[name], strict=True)
            ]
            shares.append(float(np.mean(hits)))
    return shares


def _majority(given: PlacedTasks) -> dict[str, Guesses]:
    found = {}
    for level, name in enumerate(LEVELS):
        counts = Counter(given.levels[level][given.place[given.known]].tolist())
        found[name] = [[place for place, _ in counts.most_common(MOST)]] * len(given.held_out)
    return found


def _neighbours(given: PlacedTasks) -> dict[str, dict[str, Guesses]]:
    links, names = given.links, [f"{one.name}: {one.definition}" for one in given.areas]
    click.echo(f"Model: {active_model()[0]}, plain vectors in full precision.")
    vectors = vectors_of([*links.tasks, *links.activities, *names])
    cuts = np.cumsum([len(links.tasks), len(links.activities)])
    tasks, activities, areas = np.split(vectors, cuts)
    adapter = train(links, split(links), tasks, activities, Training())
    others = np.vstack([tasks[given.known], activities, areas])
    asked = tasks[given.held_out]
    known = [links.tasks[task] for task in given.known]
    texts = [links.tasks[task] for task in given.held_out]
    found = {
        "shared words": by_words(texts, [*known, *links.activities, *names], NEIGHBOURS, 0.0),
        "meaning": nearest_rows(asked, others, most=NEIGHBOURS),
        "meaning with adapter": nearest_rows(
            apply_adapter(asked, adapter), apply_adapter(others, adapter), most=NEIGHBOURS
        ),
    }
    return {name: voted(given, some) for name, some in found.items()}


def voted(given: PlacedTasks, found: Neighbours) -> dict[str, Guesses]:
    """Return what the neighbours of each held-out task speak for, at each level."""
    own = np.arange(len(given.areas))
    places = np.concatenate([given.place[given.known], given.of_activity, own])
    ends = np.searchsorted(found.row, np.arange(len(given.held_out) + 1))
    guesses: dict[str, Guesses] = {name: [] for name in LEVELS}
    for start, end in pairwise(ends):
        some = slice(start, end)
        ranked = places_by_support(places[found.other[some]], found.score[some], MOST)
        for level, name in enumerate(LEVELS):
            guesses[name].append([int(given.levels[level][one.place]) for one in ranked])
    return guesses


def _show_ahead(figures: Mapping[str, Sequence[float]]) -> None:
    ours, base = figures["meaning with adapter"], figures["majority"]
    words = "yes" if all(one > other for one, other in zip(ours, base, strict=True)) else "NO"
    click.echo(f"  ahead of the majority everywhere: {words}")
