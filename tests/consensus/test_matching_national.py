"""The survey at national scale: the small path's answers from blocks, in whatever order they end.

Vectors on a grid have exact products, so that ties are common and nothing is left to rounding.
"""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import (
    best_duty,
    fit_surplus,
    level_window,
    matched,
    similarity,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)
from consensus.matching.national import FLOOR_PERCENT, survey

pytestmark = pytest.mark.one_database
quick = settings(deadline=None, max_examples=60)
DIMENSIONS, ENTRIES = 24, 16
THRESHOLDS = (50, 55.8, 62.5, 75, 100)


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
        accepted=given_["accepted"],
        rejected=given_["rejected"],
        cells_per_block=given_["cells"],
    )


def flags_of(case, threshold):
    scores = similarity(case["capabilities"], case["duties"])
    return scores, matched(scores, threshold, case["accepted"], case["rejected"])


def same(first, second):
    """Whether two surveys are the same to the last bit."""
    assert np.array_equal(first.best_duty, second.best_duty)
    assert np.array_equal(first.best_score, second.best_score, equal_nan=True)
    assert np.array_equal(first.best_capability, second.best_capability)
    assert np.array_equal(first.two_way, second.two_way, equal_nan=True)
    for name in ("row", "standard", "duty", "score", "is_accepted"):
        assert np.array_equal(getattr(first.hits, name), getattr(second.hits, name)), name
    for name in ("profile", "duty", "score"):
        assert np.array_equal(getattr(first.touches, name), getattr(second.touches, name)), name


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS))
def test_blockwise_equals_unblocked(case, threshold):
    found = surveyed(case)
    scores, flags = flags_of(case, threshold)
    owners, standards, window = case["owners"], case["standards"], case["window"]
    verdicts = {"accepted": case["accepted"], "rejected": case["rejected"]}

    counts = fit_surplus(flags, case["members"], owners, standards, window)
    soft = two_way(scores, case["members"], owners, standards, **verdicts)
    ours = found.fit_surplus(threshold, window)

    assert np.array_equal(ours.fit_count, counts.fit_count)
    assert np.array_equal(ours.surplus_count, counts.surplus_count)
    assert np.array_equal(ours.member_count, counts.member_count)
    assert np.array_equal(ours.duty_count, counts.duty_count)
    assert np.array_equal(found.two_way, soft, equal_nan=True)
    best = [each.tolist() for each in top_standards(counts, soft)]
    assert [each.tolist() for each in found.top_standards(threshold, window)] == best
    assert np.array_equal(found.unsupported(threshold), unsupported(flags))
    curve = unsupported_curve(scores, THRESHOLDS, **verdicts)
    assert np.array_equal(found.unsupported_curve(THRESHOLDS), curve)


@quick
@given(case=cases())
def test_the_best_duties_are_those_of_the_small_path(case):
    found = surveyed(case)
    scores, _ = flags_of(case, 50)
    verdicts = {"accepted": case["accepted"], "rejected": case["rejected"]}
    best = best_duty(scores, case["owners"], case["standards"], **verdicts)
    turned = {name: pairs[:, ::-1] for name, pairs in verdicts.items()}
    best_capability = best_duty(scores.T, np.zeros(len(scores), int), 1, **turned)

    assert np.array_equal(found.best_duty, best.duty)
    assert np.array_equal(found.best_score, best.score, equal_nan=True)
    assert np.array_equal(found.best_capability, best_capability.duty)
    assert np.array_equal(found.best_capability_score, best_capability.score, equal_nan=True)
    hits = found.hits
    assert np.array_equal(hits.duty, best.standard_duty[hits.row, hits.standard])
    assert np.array_equal(hits.score, best.standard_score[hits.row, hits.standard])
    assert hits.row.tolist() == sorted(hits.row.tolist())
    kept = best.standard_score * 100 >= FLOOR_PERCENT
    yes = case["accepted"]
    kept[yes[:, 0], case["owners"][yes[:, 1]]] = True
    assert np.argwhere(kept).tolist() == np.column_stack((hits.row, hits.standard)).tolist()


@quick
@given(case=cases(), other=st.sampled_from([1, 25, 100]), threads=st.integers(1, 3))
def test_neither_the_size_of_a_block_nor_the_threads_change_anything(case, other, threads):
    again = survey(
        case["capabilities"],
        case["duties"],
        case["owners"],
        case["standards"],
        case["members"],
        accepted=case["accepted"],
        rejected=case["rejected"],
        cells_per_block=other,
        threads=threads,
    )
    same(surveyed(case), again)


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS))
def test_the_order_of_capabilities_duties_and_standards_changes_nothing(case, threshold):
    random = case["random"]
    rows = random.permutation(len(case["capabilities"]))
    columns = random.permutation(len(case["duties"]))
    names = random.permutation(case["standards"])
    at_row, at_column = np.argsort(rows), np.argsort(columns)
    mixed = surveyed(
        case,
        capabilities=case["capabilities"][rows],
        duties=case["duties"][columns],
        owners=names[case["owners"][columns]],
        members=case["members"][:, rows],
        accepted=np.column_stack(
            (at_row[case["accepted"][:, 0]], at_column[case["accepted"][:, 1]])
        ),
        rejected=np.column_stack(
            (at_row[case["rejected"][:, 0]], at_column[case["rejected"][:, 1]])
        ),
    )
    plain = surveyed(case)
    ours, theirs = plain.fit_surplus(threshold), mixed.fit_surplus(threshold)
    assert np.array_equal(ours.fit_count, theirs.fit_count[:, names])
    assert np.array_equal(ours.surplus_count, theirs.surplus_count[:, names])
    assert np.array_equal(plain.two_way, mixed.two_way[:, names], equal_nan=True)
    assert np.array_equal(plain.unsupported(threshold)[rows], mixed.unsupported(threshold))
    assert np.array_equal(plain.best_score[rows], mixed.best_score, equal_nan=True)


@quick
@given(case=cases())
def test_a_higher_threshold_never_raises_fit_nor_the_number_supported(case):
    found = surveyed(case)
    rising = [found.fit_surplus(threshold) for threshold in THRESHOLDS]
    for lower, higher in pairwise(rising):
        assert (higher.fit_count <= lower.fit_count).all()
        assert (higher.surplus_count >= lower.surplus_count).all()
    assert (np.diff(found.unsupported_curve(THRESHOLDS)) >= 0).all()


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS))
def test_a_human_verdict_always_wins(case, threshold):
    every = np.argwhere(np.ones((len(case["capabilities"]), len(case["duties"])), bool))
    none = np.empty((0, 2), dtype=int)
    yes = surveyed(case, accepted=every, rejected=none)
    no = surveyed(case, accepted=none, rejected=every)
    sizes = case["members"].sum(axis=1)
    assert not yes.unsupported(threshold).any()
    assert no.unsupported(threshold).all()
    has_duties = np.flatnonzero(yes.duty_count)
    assert (yes.fit_surplus(threshold).fit_count[:, has_duties] == sizes[:, None]).all()
    assert (no.fit_surplus(threshold).fit_count == 0).all()
    assert (no.best_duty == -1).all()
    assert np.isnan(no.best_score).all()


def apart(random, count):
    """Unit vectors of the language model's width, in a few clusters, some of them repeated."""
    centres = np.random.default_rng(0).normal(size=(12, 384))
    drawn = centres[random.integers(0, 12, count)] + 0.85 * random.normal(size=(count, 384))
    units = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    units[count // 2 : count // 2 + count // 5] = units[: count // 5]
    return units


@pytest.mark.parametrize("seed", range(6))
def test_repeated_texts_tie_by_order_wherever_they_stand(seed):
    """BLAS gives a repeated text another last bit at another place; nothing may hang on it."""
    random = np.random.default_rng(seed)
    capabilities, duties = apart(random, 301), apart(random, 403)
    owners = np.sort(random.integers(0, 30, 403))
    owners[201:281] = owners[:80] + 30
    members = random.random((9, 301)) < 0.06
    plain = survey(capabilities, duties, owners, 60, members, cells_per_block=9_000)
    rows, columns = random.permutation(301), random.permutation(403)
    names = random.permutation(60)
    mixed = survey(
        capabilities[rows], duties[columns], names[owners[columns]], 60, members[:, rows]
    )
    _, same_text = np.unique(duties, axis=0, return_inverse=True)
    assert np.array_equal(same_text[plain.best_duty[rows]], same_text[columns[mixed.best_duty]])
    for found, texts in ((plain, duties), (mixed, duties[columns])):
        first = {vector.tobytes(): number for number, vector in reversed([*enumerate(texts)])}
        assert all(first[texts[best].tobytes()] == best for best in found.best_duty)
    for threshold in (55, 55.8, 60):
        ours, theirs = plain.fit_surplus(threshold), mixed.fit_surplus(threshold)
        assert np.array_equal(ours.fit_count, theirs.fit_count[:, names])
        assert np.array_equal(ours.surplus_count, theirs.surplus_count[:, names])
    assert plain.two_way == pytest.approx(mixed.two_way[:, names], abs=1e-6, nan_ok=True)


def test_two_versions_of_a_standard_stand_level():
    random = np.random.default_rng(8)
    capabilities, own = apart(random, 211), apart(random, 37)
    duties = np.vstack((own, apart(random, 90), own[::-1]))
    owners = np.concatenate((np.full(37, 5), np.arange(90) % 5, np.full(37, 6)))
    members = random.random((7, 211)) < 0.1
    found = survey(capabilities, duties, owners, 7, members)
    assert np.array_equal(found.two_way[:, 5], found.two_way[:, 6])
    for best in found.top_standards(55):
        order = best.tolist()
        assert order.index(6) == order.index(5) + 1


def test_every_hit_is_found_among_many():
    random = np.random.default_rng(11)
    capabilities, duties = apart(random, 700), apart(random, 900)
    owners = random.integers(0, 50, 900)
    members = random.random((20, 700)) < 0.03
    found = survey(capabilities, duties, owners, 50, members, cells_per_block=90_000)
    scores = (capabilities.astype(np.float64) @ duties.T).astype(np.float32)
    flags = matched(scores, 55.8)
    counts, ours = fit_surplus(flags, members, owners, 50), found.fit_surplus(55.8)
    assert counts.fit_count.any()
    assert np.array_equal(ours.fit_count, counts.fit_count)
    assert np.array_equal(ours.surplus_count, counts.surplus_count)
    assert np.array_equal(found.unsupported(55.8), unsupported(flags))
    assert found.two_way == pytest.approx(two_way(scores, members, owners, 50), abs=1e-6)


def test_nothing_to_compare_is_an_empty_survey():
    none, one = np.empty((0, 4), np.float32), np.array([[1, 0, 0, 0]], np.float32)
    no_rows = survey(none, one, np.array([0]), 2, np.empty((1, 0), bool))
    assert no_rows.best_duty.tolist() == []
    assert no_rows.best_capability.tolist() == [-1]
    assert np.isnan(no_rows.two_way).all()
    no_duties = survey(one, none, np.array([], int), 2, np.array([[True]]))
    assert no_duties.unsupported(0).tolist() == [True]
    assert no_duties.best_duty.tolist() == [-1]
    assert no_duties.fit_surplus(55).duty_count.tolist() == [0, 0]
    assert [each.tolist() for each in no_duties.top_standards(55)] == [[]]


ONE = np.array([[1.0, 0.0]], np.float32)
REFUSED = {
    "float32": {"capabilities": ONE.astype(np.float64)},
    "unit vectors": {"duties": ONE * 2},
    "do not compare": {"duties": np.array([[1.0]], np.float32)},
    "one standard per duty": {"standard_of_duty": np.array([0, 0])},
    "outside 0": {"standard_of_duty": np.array([3])},
    "members": {"members": np.ones((1, 2), bool)},
    "both accepted and rejected": {"accepted": [(0, 0)], "rejected": [(0, 0)]},
    "the floor": {"floor_percent": 0},
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_makes_no_sense_is_refused(words):
    given_ = {
        "capabilities": ONE,
        "duties": ONE,
        "standard_of_duty": np.array([0]),
        "standards": 1,
        "members": np.ones((1, 1), bool),
    }
    with pytest.raises(ValueError, match=words):
        survey(**(given_ | REFUSED[words]))


def test_what_was_not_kept_is_not_answered():
    found = survey(ONE, ONE, np.array([0]), 1, np.ones((1, 1), bool), floor_percent=60)
    assert found.fit_surplus(60).fit_count.tolist() == [[1]]
    with pytest.raises(ValueError, match="not kept"):
        found.fit_surplus(59)
    with pytest.raises(ValueError, match="allowed"):
        found.fit_surplus(60, np.ones((2, 1), bool))
    assert found.unsupported(10).tolist() == [False]
