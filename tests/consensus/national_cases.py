"""Cases for the survey at national scale: a country in small, and what of it is worth keeping."""

import numpy as np
from hypothesis import strategies as st

from consensus.matching import level_window
from consensus.matching.national import FLOOR_PERCENT, MOST_OF_ROW, survey

DIMENSIONS, ENTRIES = 24, 16


def on_grid(random, count):
    """Unit vectors of sixteen entries of a quarter: every cosine is a whole sixteenth."""
    vectors = np.zeros((count, DIMENSIONS), dtype=np.float32)
    for vector in vectors:
        places = random.choice(DIMENSIONS, ENTRIES, replace=False)
        vector[places] = random.choice([-0.25, 0.25], ENTRIES, p=[0.1, 0.9])
    return vectors


@st.composite
def cases(draw):
    """Both sides with repeated and empty texts, standards without duties, profiles, verdicts."""
    c, m, s, f = (draw(st.integers(1, top)) for top in (14, 18, 5, 4))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    texts = on_grid(random, draw(st.integers(1, 12)))
    if draw(st.booleans()):
        texts[0] = 0
    fates = random.choice(3, (c, m), p=[0.84, 0.08, 0.08])
    return {
        "capabilities": texts[random.integers(0, len(texts), c)],
        "duties": texts[random.integers(0, len(texts), m)],
        "owners": random.integers(0, s, m),
        "standards": s,
        "members": random.random((f, c)) < 0.5,
        "accepted": np.argwhere(fates == 1),
        "rejected": np.argwhere(fates == 2),
        "window": level_window(random.integers(2, 8, f), random.integers(2, 8, s)),
        "cells": draw(st.sampled_from([1, 40, 10_000])),
        "random": random,
    }


def surveyed(case, **changes):
    given_ = case | changes
    return survey(
        given_["capabilities"],
        given_["duties"],
        given_["owners"],
        given_["standards"],
        given_["members"],
        cells_per_block=given_["cells"],
    )


def verdicts_of(case):
    return {"accepted": case["accepted"], "rejected": case["rejected"]}


def dense(matches, case):
    flags = np.zeros((len(case["capabilities"]), len(case["duties"])), bool)
    flags[matches.row, matches.duty] = True
    return flags


def kept_of(scores, floor=FLOOR_PERCENT, most=MOST_OF_ROW):
    """The pairs worth keeping, plainly: from the floor up, and the best of each row."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    kept = scores * 100 >= floor
    np.put_along_axis(kept, order, True, axis=1)
    return np.argwhere(kept)


def apart(random, count):
    """Unit vectors of the language model's width, in a few clusters, some of them repeated."""
    centres = np.random.default_rng(0).normal(size=(12, 384))
    drawn = centres[random.integers(0, 12, count)] + 0.85 * random.normal(size=(count, 384))
    units = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    units[count // 2 : count // 2 + count // 5] = units[: count // 5]
    return units
