"""The survey at national scale: the small path's answers from blocks, in whatever order they end.

Vectors on a grid have exact products, so that ties are common and nothing is left to rounding.
"""

import doctest
import importlib
import pkgutil
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import (
    best_duty,
    fit_surplus,
    generic_duties,
    level_window,
    matched,
    national,
    similarity,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)
from consensus.matching.national import (
    FLOOR_PERCENT,
    MOST_OF_ROW,
    exact_scores,
    generic_duties_of,
    survey,
)

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


def same(first, second):
    """Whether two surveys are the same to the last bit."""
    assert np.array_equal(first.two_way, second.two_way, equal_nan=True)
    for name in ("row", "duty", "score"):
        assert np.array_equal(getattr(first.pairs, name), getattr(second.pairs, name)), name


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS))
def test_blockwise_equals_unblocked(case, threshold):
    found = surveyed(case)
    scores = similarity(case["capabilities"], case["duties"])
    owners, standards, window = case["owners"], case["standards"], case["window"]
    flags = matched(scores, threshold, **verdicts_of(case))
    matches = found.at(threshold, **verdicts_of(case))
    ours = matches.fit_surplus(case["members"], window)
    counts = fit_surplus(flags, case["members"], owners, standards, window)
    soft = two_way(scores, case["members"], owners, standards)

    assert np.array_equal(dense(matches, case), flags)
    assert np.array_equal(matches.counts(), flags.sum(axis=1))
    assert np.array_equal(matches.unsupported(), unsupported(flags))
    for name in ("fit_count", "surplus_count", "member_count", "duty_count", "allowed"):
        assert np.array_equal(getattr(ours, name), getattr(counts, name)), name
    assert np.array_equal(found.two_way, soft, equal_nan=True)
    ranked = [each.tolist() for each in top_standards(counts, soft)]
    assert [each.tolist() for each in top_standards(ours, found.two_way)] == ranked
    curve = unsupported_curve(scores, THRESHOLDS, **verdicts_of(case))
    assert np.array_equal(found.unsupported_curve(THRESHOLDS, **verdicts_of(case)), curve)


@quick
@given(case=cases(), most=st.sampled_from([1, 3, 10]), floor=st.sampled_from([20, 40, 75]))
def test_the_pairs_kept_are_those_worth_keeping(case, most, floor):
    found = survey(
        case["capabilities"],
        case["duties"],
        case["owners"],
        case["standards"],
        case["members"],
        floor_percent=floor,
        most_of_row=most,
        cells_per_block=case["cells"],
    )
    scores = similarity(case["capabilities"], case["duties"])
    pairs = np.column_stack((found.pairs.row, found.pairs.duty))
    assert pairs.tolist() == kept_of(scores, floor, most).tolist()
    assert np.array_equal(found.pairs.score, scores[pairs[:, 0], pairs[:, 1]])


@quick
@given(case=cases())
def test_the_best_duties_are_those_of_the_small_path(case):
    rejected = case["rejected"][: MOST_OF_ROW - 1]
    scores = similarity(case["capabilities"], case["duties"])
    kept = np.zeros(scores.shape, bool)
    kept[tuple(kept_of(scores).T)] = True
    accepted = case["accepted"][kept[tuple(case["accepted"].T)]]
    duty, score = surveyed(case).at(50, accepted, rejected).best()
    best = best_duty(
        scores, case["owners"], case["standards"], accepted=accepted, rejected=rejected
    )
    assert np.array_equal(duty, best.duty)
    assert np.array_equal(score, best.score, equal_nan=True)


@quick
@given(case=cases(), other=st.sampled_from([1, 25, 100]), threads=st.integers(1, 3))
def test_neither_the_size_of_a_block_nor_the_threads_change_anything(case, other, threads):
    again = survey(
        case["capabilities"],
        case["duties"],
        case["owners"],
        case["standards"],
        case["members"],
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
    )
    plain = surveyed(case)
    at = plain.at(threshold, **verdicts_of(case))
    turned = mixed.at(
        threshold,
        *(
            np.column_stack((at_row[pairs[:, 0]], at_column[pairs[:, 1]]))
            for pairs in verdicts_of(case).values()
        ),
    )
    assert np.array_equal(dense(at, case)[np.ix_(rows, columns)], dense(turned, case))
    ours, theirs = at.fit_surplus(case["members"]), turned.fit_surplus(case["members"][:, rows])
    assert np.array_equal(ours.fit_count, theirs.fit_count[:, names])
    assert np.array_equal(ours.surplus_count, theirs.surplus_count[:, names])
    assert np.array_equal(plain.two_way, mixed.two_way[:, names], equal_nan=True)
    assert np.array_equal(plain.at(50).best()[1][rows], mixed.at(50).best()[1])


@quick
@given(case=cases())
def test_a_higher_threshold_never_raises_fit_nor_the_number_supported(case):
    found = surveyed(case)
    rising = [found.at(threshold, **verdicts_of(case)) for threshold in THRESHOLDS]
    counts = [each.fit_surplus(case["members"]) for each in rising]
    for (lower, fewer), (higher, more) in pairwise(zip(rising, counts, strict=True)):
        assert (more.fit_count <= fewer.fit_count).all()
        assert (more.surplus_count >= fewer.surplus_count).all()
        assert (higher.unsupported() >= lower.unsupported()).all()
    alone = [each.unsupported().sum() for each in rising]
    assert found.unsupported_curve(THRESHOLDS, **verdicts_of(case)).tolist() == alone


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS))
def test_a_human_verdict_always_wins(case, threshold):
    every = np.argwhere(np.ones((len(case["capabilities"]), len(case["duties"])), bool))
    found = surveyed(case)
    yes, no = found.at(threshold, accepted=every), found.at(threshold, rejected=every)
    assert dense(yes, case).all()
    assert not dense(no, case).any()
    assert (no.best()[0] == -1).all()
    assert np.isnan(no.best()[1]).all()
    assert found.unsupported_curve([threshold], accepted=every).tolist() == [0]
    mixed = dense(found.at(threshold, **verdicts_of(case)), case)
    assert mixed[tuple(case["accepted"].T)].all()
    assert not mixed[tuple(case["rejected"].T)].any()


def test_a_verdict_counts_where_the_pair_was_not_kept():
    texts = np.eye(4, dtype=np.float32)
    found = survey(texts[:2], texts, np.arange(4), 4, np.ones((1, 2), bool), most_of_row=1)
    assert found.pairs.duty.tolist() == [0, 1]
    at = found.at(50, accepted=[(1, 3), (1, 2)], rejected=[(0, 0), (0, 3)])
    assert np.column_stack((at.row, at.duty)).tolist() == [[1, 1], [1, 2], [1, 3]]
    assert np.isnan(at.score[1:]).all()
    assert at.best()[0].tolist() == [-1, 2]
    assert np.isnan(at.best()[1]).all()
    assert at.fit_surplus(np.ones((1, 2), bool)).fit_count.tolist() == [[0, 1, 1, 1]]


def apart(random, count):
    """Unit vectors of the language model's width, in a few clusters, some of them repeated."""
    centres = np.random.default_rng(0).normal(size=(12, 384))
    drawn = centres[random.integers(0, 12, count)] + 0.85 * random.normal(size=(count, 384))
    units = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    units[count // 2 : count // 2 + count // 5] = units[: count // 5]
    return units


@pytest.mark.parametrize("seed", range(4))
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
    best, mixed_best = plain.at(55).best()[0], mixed.at(55).best()[0]
    assert np.array_equal(same_text[best[rows]], same_text[columns[mixed_best]])
    for found, texts in ((best, duties), (mixed_best, duties[columns])):
        first = {vector.tobytes(): number for number, vector in reversed([*enumerate(texts)])}
        assert all(first[texts[best].tobytes()] == best for best in found)
    for threshold in (55, 55.8, 60):
        ours = plain.at(threshold).fit_surplus(members)
        theirs = mixed.at(threshold).fit_surplus(members[:, rows])
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
    for best in top_standards(found.at(55).fit_surplus(members), found.two_way):
        order = best.tolist()
        assert order.index(6) == order.index(5) + 1


def test_every_pair_is_found_among_many():
    random = np.random.default_rng(11)
    capabilities, duties = apart(random, 700), apart(random, 900)
    owners = random.integers(0, 50, 900)
    members = random.random((20, 700)) < 0.03
    found = survey(capabilities, duties, owners, 50, members, cells_per_block=90_000)
    every = np.indices((700, 900)).reshape(2, -1)
    scores = exact_scores(capabilities, duties, *every).reshape(700, 900)
    assert np.array_equal(np.column_stack((found.pairs.row, found.pairs.duty)), kept_of(scores))
    flags = matched(scores, 55.8)
    matches = found.at(55.8)
    counts, ours = fit_surplus(flags, members, owners, 50), matches.fit_surplus(members)
    assert counts.fit_count.any()
    assert np.array_equal(ours.fit_count, counts.fit_count)
    assert np.array_equal(ours.surplus_count, counts.surplus_count)
    assert np.array_equal(matches.unsupported(), unsupported(flags))
    assert np.array_equal(matches.best()[0], scores.argmax(axis=1))
    assert found.two_way == pytest.approx(two_way(scores, members, owners, 50), abs=1e-6)


def test_it_says_how_far_it_is_and_can_be_stopped():
    texts, heard = on_grid(np.random.default_rng(3), 40), []

    def stop(done, total):
        heard.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey(
            texts,
            texts,
            np.arange(40),
            40,
            np.ones((1, 40), bool),
            cells_per_block=80,
            on_block=stop,
        )
    assert heard == [(1, 20), (2, 20), (3, 20)]


def test_nothing_to_compare_is_an_empty_survey():
    none, one = np.empty((0, 4), np.float32), np.array([[1, 0, 0, 0]], np.float32)
    no_rows = survey(none, one, np.array([0]), 2, np.empty((1, 0), bool))
    assert no_rows.at(50).best()[0].tolist() == []
    assert no_rows.at(50).fit_surplus(np.empty((1, 0), bool)).fit_count.tolist() == [[0, 0]]
    assert np.isnan(no_rows.two_way).all()
    no_duties = survey(one, none, np.array([], int), 2, np.array([[True]]))
    at = no_duties.at(40)
    assert at.unsupported().tolist() == [True]
    assert at.best()[0].tolist() == [-1]
    assert at.fit_surplus(np.array([[True]])).duty_count.tolist() == [0, 0]
    assert no_duties.unsupported_curve([40, 99]).tolist() == [1, 1]


@quick
@given(case=cases(), threshold=st.sampled_from(THRESHOLDS), places=st.integers(1, 7))
def test_the_duties_tagged_generic_are_those_of_the_small_path(case, threshold, places):
    duties = case["duties"]
    place = case["random"].integers(-1, places, len(duties))
    found = generic_duties_of(duties, place, places, threshold, cells_per_block=case["cells"])
    plain = generic_duties(similarity(duties, duties), place, place, places, threshold)
    assert np.array_equal(found.near_count, plain.near_count)
    assert np.array_equal(found.place_count, plain.place_count)
    assert np.array_equal(found.is_generic, plain.is_generic)


def test_generic_duties_are_found_among_many():
    random = np.random.default_rng(5)
    duties, place = apart(random, 800), random.integers(-1, 12, 800)
    found = generic_duties_of(duties, place, 12, 55.8, cells_per_block=50_000)
    every = np.indices((800, 800)).reshape(2, -1)
    scores = exact_scores(duties, duties, *every).reshape(800, 800)
    plain = generic_duties(scores, place, place, 12, 55.8)
    assert np.array_equal(found.near_count, plain.near_count)
    assert plain.is_generic.any()
    assert not plain.is_generic.all()


@pytest.mark.parametrize("name", [each.name for each in pkgutil.iter_modules(national.__path__)])
def test_examples_hold(name):
    module = importlib.import_module(f"{national.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


ONE = np.array([[1.0, 0.0]], np.float32)
REFUSED = {
    "float32": {"capabilities": ONE.astype(np.float64)},
    "unit vectors": {"duties": ONE * 2},
    "do not compare": {"duties": np.array([[1.0]], np.float32)},
    "one standard per duty": {"standard_of_duty": np.array([0, 0])},
    "outside 0": {"standard_of_duty": np.array([3])},
    "members": {"members": np.ones((1, 2), bool)},
    "the floor": {"floor_percent": 0},
    "from 1 up": {"most_of_row": 0},
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
    assert found.at(60).fit_surplus(np.ones((1, 1), bool)).fit_count.tolist() == [[1]]
    with pytest.raises(ValueError, match="not kept"):
        found.at(59)
    with pytest.raises(ValueError, match="not kept"):
        found.unsupported_curve([60, 59])
    with pytest.raises(ValueError, match="both accepted and rejected"):
        found.at(60, [(0, 0)], [(0, 0)])
    with pytest.raises(ValueError, match="allowed"):
        found.at(60).fit_surplus(np.ones((1, 1), bool), np.ones((2, 1), bool))
    with pytest.raises(ValueError, match="as many rows"):
        exact_scores(ONE, ONE, [0], [0, 0])
