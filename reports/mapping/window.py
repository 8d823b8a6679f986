"""Which standards a profile is compared with, by their levels. Nothing is counted here."""

from collections.abc import Sequence

import numpy as np

from consensus.matching import level_window
from cycles.standards.models import UNKNOWN_LEVEL
from reports.mapping.ground import Flags, Indices


def window_of(academic_levels: Sequence[int | None], standard_levels: Indices) -> Flags:
    """Return bool (f, s): which of f profiles may be compared with which of s standards."""
    profiles = [UNKNOWN_LEVEL if each is None else each for each in academic_levels]
    return level_window(np.array(profiles, dtype=np.int64), standard_levels)


def is_compared(academic_level: int | None, standard_level: int) -> bool:
    """Say whether a profile is compared with one standard."""
    return bool(window_of([academic_level], np.array([standard_level], dtype=np.int64))[0, 0])
