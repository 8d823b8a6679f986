"""Panels that several tests of the arithmetic share. No assertion lives here."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from consensus.scale import NO_CODE

# The first draw imports an oracle, which no deadline should count.
quick = settings(deadline=None, max_examples=60)

# Five raters by six items on the proficiency scale.
FIVE_BY_SIX = np.array(
    [
        [2, 3, 1, 0, 2, 3],
        [2, 3, 1, 1, 2, 3],
        [2, 2, 1, 0, 3, 3],
        [1, 3, 0, 0, 2, 2],
        [2, 3, 2, 1, 2, 3],
    ]
)

# The same ten people on one item in two rounds.
ROUND_ONE = np.array([2, 2, 1, 3, 2, 2, 0, 3, 1, 2])
ROUND_TWO = np.array([2, 2, 2, 3, 2, 2, 1, 3, 2, 2])

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers by
# twelve units, codes 1 to 5; 0 here stands for a missing code.
_EXAMPLE_C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
EXAMPLE_C = np.array(_EXAMPLE_C) - 1


def panels(raters: int = 9, items: int = 5) -> st.SearchStrategy[np.ndarray]:
    """Draw codes on the proficiency scale, missing cells among them."""
    shapes = st.tuples(st.integers(1, raters), st.integers(1, items))
    return shapes.flatmap(
        lambda shape: arrays.arrays(np.int64, shape, elements=st.integers(NO_CODE, 3))
    )


def tables(most: int = 12, items: int = 5, categories: int = 4) -> st.SearchStrategy[np.ndarray]:
    """Draw counts of several items."""
    return st.integers(1, items).flatmap(
        lambda rows: arrays.arrays(np.int64, (rows, categories), elements=st.integers(0, most))
    )


def shuffled(codes: np.ndarray, seed: int) -> np.ndarray:
    """Return the same panel with its raters in another order."""
    return np.random.default_rng(seed).permutation(codes, axis=0)
