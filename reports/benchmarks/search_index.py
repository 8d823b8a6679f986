"""The index alone: exact search and kept index beside the bare product, from ten thousand rows up.

The vectors are drawn, gathered in topics as those of real statements are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import click
import numpy as np

from cycles.core.benchmarks import Ratio, best_milliseconds
from cycles.semantics.encoder import Vectors
from cycles.semantics.index import kept
from cycles.semantics.index.exact import exact_best
from cycles.semantics.index.searching import EXACT_UP_TO

WIDTH, SEED, TOPICS_FOR_EACH = 384, 20261123, 40
# How much of a vector is the field's common ground, its topic, and its own.
COMMON, TOPICAL, OWN = 0.45, 0.70, 0.60
ASKED, TOP = 50, 10
AT_ONCE = 50_000


@dataclass(frozen=True)
class Size:
    """What one size costs, in milliseconds a question; the share of the nearest ten found."""

    rows: int
    bare: float
    exact: float
    kept: float
    building: float
    recall: float


def draw_vectors(rows: int, seed: int = SEED) -> Vectors:
    """Draw unit vectors (rows, 384) around topics, the same for one seed."""
    draw = np.random.default_rng(seed)
    common = _units(draw, 1)
    topics = _units(draw, max(1, rows // TOPICS_FOR_EACH))
    made = np.empty((rows, WIDTH), dtype=np.float32)
    for start in range(0, rows, AT_ONCE):
        some = made[start : start + AT_ONCE]
        some[:] = OWN * _units(draw, len(some)) + COMMON * common
        some += TOPICAL * topics[draw.integers(0, len(topics), len(some))]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return made


def _units(draw: np.random.Generator, rows: int) -> Vectors:
    made = draw.standard_normal((rows, WIDTH), dtype=np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def measure(rows: int, turns: int) -> Size:
    """Return what searching ``rows`` vectors costs, exactly and with the kept index."""
    drawn = draw_vectors(rows + ASKED)
    matrix, asked = drawn[:rows], drawn[rows:]
    began = perf_counter()
    index = kept.build(matrix, "")
    building = perf_counter() - began
    query = asked[0]
    times = best_milliseconds(
        {
            "bare": lambda: matrix @ query,
            "exact": lambda: exact_best(matrix, query, TOP),
            "kept": lambda: index.best(matrix, query, TOP),
        },
        turns=turns,
    )
    found = [
        len(np.intersect1d(exact_best(matrix, each, TOP).rows, index.best(matrix, each, TOP).rows))
        for each in asked
    ]
    return Size(
        rows, times["bare"], times["exact"], times["kept"], building, sum(found) / TOP / ASKED
    )


def show(sizes: Sequence[Size]) -> None:
    """Print a line for each size, and where the kept index begins to be used."""
    click.echo(
        f"{'rows':>9}  {'bare ms':>8}  {'exact ms':>8}  {'kept ms':>8}  {'built s':>8}  "
        f"{'nearest ten found':>17}"
    )
    for size in sizes:
        click.echo(
            f"{size.rows:>9,}  {size.bare:>8.2f}  {size.exact:>8.2f}  {size.kept:>8.2f}  "
            f"{size.building:>8.1f}  {100 * size.recall:>15.1f} %"
        )
    click.echo(f"Exact up to {EXACT_UP_TO:,} rows, the kept index beyond.")


def ratios(sizes: Sequence[Size]) -> list[Ratio]:
    """Return what an exact search costs beside the bare product, and what the index saves."""
    within = [size for size in sizes if size.rows <= EXACT_UP_TO] or list(sizes[:1])
    last, most = within[-1], sizes[-1]
    found = [
        Ratio("exact", last.exact / last.bare, 1.5, note=f"to the bare product, {last.rows:,} rows")
    ]
    if most.rows > EXACT_UP_TO:
        saved = most.exact / most.kept
        found.append(Ratio("kept index", saved, 4, False, f"exact to it, {most.rows:,} rows"))
        found.append(Ratio("nearest ten", most.recall, 0.95, False, "found of those there are"))
    return found
