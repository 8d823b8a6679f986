"""Made-up capabilities to group."""

import numpy as np
from hypothesis import strategies as st

from consensus.grouping import Grouping


def made_up(n, seed, kinds=5, spread=0.6):
    """n capabilities of a few kinds: vectors, places and partners."""
    draw = np.random.default_rng(seed)
    kind = draw.integers(0, kinds, n)
    vectors = np.random.default_rng(9).standard_normal((kinds, 16))[kind]
    vectors = vectors + spread * draw.standard_normal((n, 16))
    area = (kind + draw.integers(0, 2, n)) % 8
    places = np.stack([area // 4, area // 2, area], axis=1)
    return vectors, places, draw.random((n, 4)) < 0.4


def sizes(found: Grouping):
    return np.bincount(found.labels)


bounds = st.integers(1, 8).flatmap(
    lambda smallest: st.tuples(st.just(smallest), st.integers(2 * smallest - 1, 40))
)
