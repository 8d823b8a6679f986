"""``flask bench mapping``: map and gap of a country, beside the bare product of its vectors.

The command, its peers and its tables live here. What is drawn lives in ``provision``.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import click
import numpy as np
from threadpoolctl import threadpool_limits

from consensus.matching.national import FLOOR_PERCENT, MOST_OF_ROW
from consensus.matching.national.passing import THREADS
from cycles.core.benchmarks import Ratio, best_milliseconds, commands, show_ratios, show_times
from reports.benchmarks.growth import MEGABYTE, THRESHOLD_PERCENT, Cost, cost_of, map_and_gap
from reports.benchmarks.provision import WIDTH, Provision, Sizes, Vectors, draw_provision

ROWS = 512
TOP = 10
MOST_EXTRA = 500
SHARES = (0.25, 0.5, 1.0)
SAMPLE = 200
MIDDLE_PERCENT = 50

BARE = "bare product, BLAS's own threads"
BARE_THREADS = "bare product, one thread of BLAS in each of ours"
OURS = "everything up to fit, surplus, top ten per profile"
PEER = "sentence_transformers semantic_search, top ten only"


@commands.command("mapping")
@click.option("--scale", default=1.0, show_default=True, help="Share of the texts on either side.")
@click.option("--turns", default=3, show_default=True, type=click.IntRange(min=1))
def bench_mapping(scale: float, turns: int) -> None:
    """Print what map and gap of a country costs beside the product of its vectors alone."""
    sizes = Sizes().shrunk(scale)
    provision = draw_provision(sizes)
    show_sizes(sizes, provision, turns)
    times = best_milliseconds(work_of(provision), turns=turns)
    show_times(times)
    click.echo()
    show_ratios(ratios(times))
    click.echo()
    costs = [cost_of(sizes.shrunk(share)) for share in SHARES]
    show_growth(costs)
    click.echo()
    show_ratios(growth_ratios(costs))


def show_sizes(sizes: Sizes, provision: Provision, turns: int) -> None:
    """Say what is compared, what is kept of it, and how many pairs reach which score."""
    sample = provision.capabilities[:SAMPLE] @ provision.duties.T
    reached = ", ".join(
        f"{100 * float((sample * 100 >= percent).mean()):.2f} % at {percent} %"
        for percent in (FLOOR_PERCENT, MIDDLE_PERCENT, THRESHOLD_PERCENT)
    )
    click.echo(
        f"{sizes.capabilities:,} capabilities x {sizes.duties:,} duties x {WIDTH}, float32: "
        f"{sizes.pairs:,} pairs.\n"
        f"Simulated texts: {reached} or above\n"
        f"(the real ones: about 1 to 2 % at 40 %, .3 % at 50 %).\n"
        f"Kept: all pairs from {FLOOR_PERCENT} % up, the {MOST_OF_ROW} best of each capability;\n"
        f"then read at {THRESHOLD_PERCENT} %.\n"
        f"{sizes.standards} standards, {sizes.profiles} profiles of 6 to 30 capabilities.\n"
        f"{THREADS} threads. Best of {turns} turns, the pieces of work taking turns.\n"
    )


def work_of(provision: Provision) -> dict[str, Callable[[], object]]:
    """Return our work, the bare products, and the peer if it is installed and agrees."""
    left, right = provision.capabilities, provision.duties
    work: dict[str, Callable[[], object]] = {
        BARE: lambda: bare_product(left, right),
        BARE_THREADS: lambda: bare_product_in_threads(left, right),
        OURS: lambda: map_and_gap(provision),
    }
    if (util := peer()) is not None:
        work[PEER] = lambda: util.semantic_search(left, right, top_k=TOP)
        require_same(util, provision)
    return work


def bare_product(capabilities: Vectors, duties: Vectors) -> None:
    """Multiply in blocks into one buffer that is written over and never read."""
    block = np.empty((ROWS, len(duties)), dtype=np.float32)
    for start in range(0, len(capabilities), ROWS):
        rows = capabilities[start : start + ROWS]
        np.matmul(rows, duties.T, out=block[: len(rows)])


def bare_product_in_threads(capabilities: Vectors, duties: Vectors) -> None:
    """Do the same with one thread of BLAS in each of ours."""
    halves = np.array_split(capabilities, THREADS)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda half: bare_product(half, duties), halves))


def peer() -> Any:
    """Return the peer's module, or None having said that it is missing."""
    try:
        return import_module("sentence_transformers.util")
    except ImportError:
        click.echo("sentence_transformers is not installed, so it is left out.\n")
        return None


def require_same(util: Any, provision: Provision) -> None:
    """Say so if the peer's best duties are not ours: its time would mean nothing."""
    best = map_and_gap(provision).at(THRESHOLD_PERCENT).best()[1][:SAMPLE]
    theirs = util.semantic_search(provision.capabilities[:SAMPLE], provision.duties, top_k=1)
    scores = np.array([found[0]["score"] for found in theirs])
    if not np.allclose(scores, best, atol=1e-5):
        click.echo("The peer's best scores are not ours: its ratio says nothing.\n")


def ratios(times: dict[str, float]) -> list[Ratio]:
    """Return the ratios that are aimed at, the bare product being the faster of the two."""
    bare = min((BARE, BARE_THREADS), key=lambda name: times[name])
    found = [Ratio("ours", times[OURS] / times[bare], 1.3, note=f"to {bare}")]
    if PEER in times:
        found.append(Ratio("semantic_search", times[PEER] / times[OURS], 1.8, False, "to ours"))
    return found


def show_growth(costs: Sequence[Cost]) -> None:
    """Print a line for each size: time, time per pair, memory beyond the inputs, the answer."""
    click.echo(
        f"{'pairs':>13}  {'seconds':>8}  {'ns a pair':>9}  {'extra MB':>8}  {'answer MB':>9}"
    )
    for cost in costs:
        each = 1e9 * cost.seconds / cost.sizes.pairs
        megabytes = [f"{size / MEGABYTE:.1f}" for size in (cost.extra, cost.kept)]
        click.echo(
            f"{cost.sizes.pairs:>13,}  {cost.seconds:>8.3f}  {each:>9.2f}  "
            f"{megabytes[0]:>8}  {megabytes[1]:>9}"
        )


def growth_ratios(costs: Sequence[Cost]) -> list[Ratio]:
    """Return what the largest size costs beside the smallest, and beside what it may."""
    first, last = costs[0], costs[-1]
    slower = (last.seconds / last.sizes.pairs) / (first.seconds / first.sizes.pairs)
    working = [max(cost.extra - cost.kept, MEGABYTE) for cost in (first, last)]
    return [
        Ratio("extra memory", last.extra / MEGABYTE / MOST_EXTRA, 1, note=f"to {MOST_EXTRA} MB"),
        Ratio("time a pair", slower, 1.2, note="to the smallest size"),
        Ratio("memory beside the answer", working[1] / working[0], 2, note="to the smallest size"),
    ]
