"""How long the grouping of a whole generation takes, beside the plainest linkage there is."""

from collections.abc import Mapping, Sequence

import click
import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from consensus.grouping import GroupingSettings, group
from consensus.grouping.closeness import measure
from cycles.core.benchmarks import best_milliseconds
from cycles.semantics.encoder import Vectors
from cycles.semantics.occupations import by_digest

CAPABILITIES, ROLE_LEVELS, PARTNERS = 400, 4, 5
MOST_SECONDS = 10.0


def show_time(texts: Sequence[str], vectors: Mapping[str, Vectors], lens: Vectors) -> None:
    """Print the time of grouping 400 statements for each of four role levels."""
    ranked = by_digest(texts)[: CAPABILITIES * ROLE_LEVELS]
    size = len(ranked) // ROLE_LEVELS
    levels = [
        np.stack([vectors[text] for text in ranked[start : start + size]])
        for start in range(0, size * ROLE_LEVELS, size)
    ]
    draw = np.random.default_rng(0)
    places = np.repeat(draw.integers(0, 40, (size, 1)), 3, axis=1)
    partners = draw.random((size, PARTNERS)) < 1 / PARTNERS
    settings = GroupingSettings()
    distances = [
        squareform(measure(some, places, partners, settings, lens).distance, checks=False)
        for some in levels
    ]
    spent = best_milliseconds(
        {
            "floor": lambda: [linkage(some, method="average") for some in distances],
            "ours": lambda: [group(some, places, partners, lens=lens) for some in levels],
        },
        turns=3,
    )
    _tell(size, spent["ours"] / 1000, spent["floor"] / 1000)


def _tell(size: int, seconds: float, floor: float) -> None:
    click.echo(
        f"\nGrouping {size} statements at each of {ROLE_LEVELS} role levels, vectors at hand: "
        f"{seconds:.2f} s,\n{seconds / floor:.0f} times SciPy's average linkage alone of the same "
        f"distances ({floor:.3f} s); the whole generation may take {MOST_SECONDS:.0f} s: "
        f"{'met' if seconds <= MOST_SECONDS else 'NOT met'}"
    )
