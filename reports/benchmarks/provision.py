"""A simulated country: capabilities, duties, standards and profiles of the sizes that a bench asks.

Only benches and their tests draw from here. Nothing in it is anybody's text.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from consensus.matching import level_window
from consensus.matching.arrays import Flags, Indices

SEED = 20261123
WIDTH, TOPICS = 384, 500
LEAST_MEMBERS, MOST_MEMBERS = 6, 30
LEAST_LEVEL, MOST_LEVEL = 2, 7
# How much of a vector is the field's common ground, its topic, and its own; and how fast the
# directions lose weight. Chosen so that as many pairs score 40 and 50 % as capabilities and duties
# do in the real model: about 2 % and .3 % of them.
COMMON, TOPICAL, OWN = 0.30, 0.65, 0.70
DECAY = 0.49

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many there are of each."""

    capabilities: int = 25_000
    duties: int = 12_000
    standards: int = 700
    profiles: int = 500

    @property
    def pairs(self) -> int:
        """Pairs of a capability and a duty."""
        return self.capabilities * self.duties

    def shrunk(self, share: float) -> "Sizes":
        """Return the same country with a share of the texts on either side."""
        return Sizes(
            capabilities=max(MOST_MEMBERS, round(self.capabilities * share)),
            duties=max(2, round(self.duties * share)),
            standards=max(2, min(self.standards, round(self.duties * share))),
            profiles=self.profiles,
        )


@dataclass(frozen=True, eq=False)
class Provision:
    """Unit vectors of both sides, the standard of each duty, the profiles, the level window."""

    capabilities: Vectors
    duties: Vectors
    standard_of_duty: Indices
    members: Flags
    window: Flags


def draw_provision(sizes: Sizes, seed: int = SEED) -> Provision:
    """Draw a provision, the same for one seed: texts gather in topics as real ones do."""
    draw = np.random.default_rng(seed)
    common = _scaled(draw.standard_normal((1, WIDTH), dtype=np.float32))
    topics = _uneven(draw, TOPICS)
    members = np.zeros((sizes.profiles, sizes.capabilities), dtype=np.bool_)
    for profile in members:
        size = draw.integers(LEAST_MEMBERS, MOST_MEMBERS + 1)
        profile[draw.choice(sizes.capabilities, size, replace=False)] = True
    profile_levels = draw.integers(LEAST_LEVEL, MOST_LEVEL + 1, sizes.profiles)
    standard_levels = draw.integers(LEAST_LEVEL, MOST_LEVEL + 1, sizes.standards)
    return Provision(
        capabilities=_texts(draw, common, topics, sizes.capabilities),
        duties=_texts(draw, common, topics, sizes.duties),
        standard_of_duty=np.sort(draw.integers(0, sizes.standards, sizes.duties)),
        members=members,
        window=level_window(profile_levels, standard_levels),
    )


def save_provision(provision: Provision, folder: Path) -> None:
    """Write a provision as plain arrays, which another process reads without any overshoot."""
    for name in ("capabilities", "duties", "standard_of_duty", "members", "window"):
        np.save(folder / f"{name}.npy", getattr(provision, name))


def load_provision(folder: Path) -> Provision:
    """Read what ``save_provision`` wrote."""
    return Provision(
        capabilities=np.load(folder / "capabilities.npy"),
        duties=np.load(folder / "duties.npy"),
        standard_of_duty=np.load(folder / "standard_of_duty.npy"),
        members=np.load(folder / "members.npy"),
        window=np.load(folder / "window.npy"),
    )


def _texts(draw: np.random.Generator, common: Vectors, topics: Vectors, count: int) -> Vectors:
    vectors = COMMON * common + TOPICAL * topics[draw.integers(0, TOPICS, count)]
    return _scaled(vectors + OWN * _uneven(draw, count))


def _uneven(draw: np.random.Generator, count: int) -> Vectors:
    weights = np.arange(1, WIDTH + 1, dtype=np.float32) ** -np.float32(DECAY)
    return _scaled(draw.standard_normal((count, WIDTH), dtype=np.float32) * weights)


def _scaled(vectors: Vectors) -> Vectors:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors
