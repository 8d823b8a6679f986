"""``flask bench consensus``: what a whole panel costs, beside one bare pass over its ratings.

The simulated panel and the peers live here. Pandas and the krippendorff package are asked for
only here and by the tests; where they are missing the bench says so and goes on without them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click
import numpy as np
import numpy.typing as npt

from consensus.agreement import targeted_agreement
from consensus.concordance import kendalls_w
from consensus.krippendorff import alpha_of_codes
from consensus.panel import Spread, read_panel, read_spread
from consensus.percent import agreement_table
from consensus.rule import Rule
from consensus.scale import EXPERT, NO_CODE, NOT_NEEDED
from consensus.sensitivity import threshold_sensitivity
from cycles.core.benchmarks import Ratio, best_milliseconds, commands, show_ratios, show_times

SEED = 20261122
ROLE_LEVELS, PARTNERS = 4, 5
BLANK_SHARE, MOVING_SHARE = 0.03, 0.15

BARE = "bare np.bincount, one round"
SPREAD = "distributions, medians, quartiles"
FULL = "the full set, two rounds"
RECORDS = "two rounds read, cut into verdicts"
ALPHA = "Krippendorff's alpha"
PANDAS = "pandas group-by, counts and medians"
PACKAGE = "krippendorff package"

FULL_SET = """\
The full set: counts, both medians, quartiles, percent agreement, Wilson's interval, luck, outcomes
and levels, van der Eijk's A, Tastle and Wierman's consensus and its target, fragility, two camps,
two humps, outliers, change, share moved, stability, closings, alpha, Kendall's W, sensitivity.
Not in it, being asked of one item or one pair of people: Wilcoxon, McNemar, kappa, group tests."""

Table = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class SimulatedPanel:
    """Two rounds of codes, (raters, items), -1 for no code; and the second without its blanks.

    Kendall's W needs complete rows, and among so many items nobody answers all.
    """

    first: Table
    second: Table
    second_without_blanks: Table


def simulated_panel(raters: int, items: int, seed: int = SEED) -> SimulatedPanel:
    """Draw a panel whose items lean to a level more or less clearly, the same for one seed.

    About 3 % of the cells are blank in each round, and 15 % move a step between the rounds.
    """
    draw = np.random.default_rng(seed)
    leaning = draw.uniform(NOT_NEEDED, EXPERT, items)
    clarity = draw.uniform(0.2, 1.2, items)
    said = np.rint(draw.normal(leaning, clarity, (raters, items))).clip(NOT_NEEDED, EXPERT)
    step = np.where(draw.random(said.shape) < MOVING_SHARE, np.sign(leaning - said), 0)
    before, after = said.astype(np.int8), (said + step).astype(np.int8)
    first, second = (
        np.where(draw.random(said.shape) < BLANK_SHARE, np.int8(NO_CODE), codes)
        for codes in (before, after)
    )
    return SimulatedPanel(first, second, after)


@commands.command("consensus")
@click.option("--raters", default=200, show_default=True, type=click.IntRange(min=2))
@click.option("--capabilities", default=137, show_default=True, type=click.IntRange(min=1))
@click.option("--turns", default=15, show_default=True, type=click.IntRange(min=1))
def bench_consensus(raters: int, capabilities: int, turns: int) -> None:
    """Print what the arithmetic costs beside np.bincount, pandas and krippendorff."""
    items = capabilities * ROLE_LEVELS * PARTNERS
    panel = simulated_panel(raters, items)
    click.echo(
        f"{raters} raters x {capabilities} capabilities x {ROLE_LEVELS} role levels x "
        f"{PARTNERS} partners: {raters * items:,} ratings a round, int8.\n"
        f"Best of {turns} turns, the pieces of work taking turns.\n\n{FULL_SET}\n"
    )
    work = own_work(panel) | peers(panel)
    times = best_milliseconds(work, turns=turns)
    show_times(times)
    click.echo()
    show_ratios(ratios(times))


def own_work(panel: SimulatedPanel) -> dict[str, Callable[[], object]]:
    """Return the pieces of our own work and the bare pass they are compared with."""
    codes, items = panel.second, panel.second.shape[1]
    # The cells are numbered beforehand, and blanks counted along: nothing but the pass remains.
    cells = (codes + 1 + np.arange(items) * (EXPERT + 2)).ravel()
    return {
        BARE: lambda: np.bincount(cells, minlength=items * (EXPERT + 2)),
        SPREAD: lambda: read_spread(codes),
        FULL: lambda: full_set(panel),
        RECORDS: lambda: read_panel(codes, Rule(), panel.first, 2).verdicts(),
        ALPHA: lambda: alpha_of_codes(codes),
    }


def full_set(panel: SimulatedPanel) -> tuple[object, ...]:
    """Calculate every figure of a panel, from the codes of two rounds."""
    rule = Rule()
    reading = read_panel(panel.second, rule, panel.first, 2)
    table = reading.judged.counts
    return (
        reading,
        targeted_agreement(table, np.maximum(reading.judged.level, NOT_NEEDED)),
        agreement_table(table),
        threshold_sensitivity(table, rule),
        kendalls_w(panel.second_without_blanks),
    )


def peers(panel: SimulatedPanel) -> dict[str, Callable[[], Any]]:
    """Return the peers that are installed, once each has given our own answer."""
    work: dict[str, Callable[[], Any]] = {}
    if pandas := optional("pandas"):
        frame = long_frame(pandas, panel.second)
        require_same(PANDAS, is_same_spread(grouped(frame), read_spread(panel.second)))
        work[PANDAS] = lambda: grouped(frame)
    ours = alpha_of_codes(panel.second)
    # Without a number of ours there is nothing to compare, and the package refuses such a panel.
    if isinstance(ours, float) and (package := optional("krippendorff")):
        matrix = np.where(panel.second == NO_CODE, np.nan, panel.second)
        work[PACKAGE] = lambda: package.alpha(
            reliability_data=matrix, level_of_measurement="ordinal"
        )
        require_same(PACKAGE, bool(np.isclose(float(work[PACKAGE]()), ours)))
    return work


def optional(name: str) -> Any:
    """Return a package that only benches and tests ask for, or None having said it is missing."""
    try:
        return import_module(name)
    except ImportError:
        click.echo(f"{name} is not installed, so it is left out: see tests/requirements.txt.\n")
        return None


def long_frame(pandas: Any, codes: Table) -> Any:
    """Return the codes given as a data frame, one row a rating."""
    given = codes != NO_CODE
    return pandas.DataFrame({"item": np.nonzero(given)[1], "code": codes[given]})


def grouped(frame: Any) -> tuple[Any, Any, Any]:
    """Count the codes of each item and find both medians, as one would with pandas."""
    counted = frame.groupby(["item", "code"]).size().unstack(fill_value=0)
    by_item = frame.groupby("item")["code"]
    return (
        counted,
        by_item.quantile(0.5, interpolation="lower"),
        by_item.quantile(0.5, interpolation="higher"),
    )


def is_same_spread(found: tuple[Any, Any, Any], ours: Spread) -> bool:
    """Say whether pandas counts and finds what we do, for the items that it saw."""
    counted, lower, upper = found
    seen = counted.index.to_numpy()
    return bool(
        (counted.to_numpy() == ours.counts[seen][:, counted.columns.to_numpy()]).all()
        and (lower.to_numpy() == ours.medians.lower[seen]).all()
        and (upper.to_numpy() == ours.medians.upper[seen]).all()
    )


def require_same(name: str, is_same: bool) -> None:
    """Say so in the table's head if a peer's answer is not ours: its time would mean nothing."""
    if not is_same:
        click.echo(f"The answer of {name} is not ours: its ratio says nothing.\n")


def ratios(times: dict[str, float]) -> list[Ratio]:
    """Return the ratios that are aimed at, of those that were measured."""
    bare = f"to {BARE}"
    found = [
        Ratio(FULL, times[FULL] / times[BARE], 10, note=bare),
        Ratio(SPREAD, times[SPREAD] / times[BARE], 3, note=bare),
    ]
    for peer, own in ((PANDAS, SPREAD), (PACKAGE, ALPHA)):
        if peer in times:
            found.append(Ratio(peer, times[peer] / times[own], 20, False, f"to {own}"))
    return found
