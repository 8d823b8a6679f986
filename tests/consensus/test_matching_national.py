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
    generic_duties,
    matched,
    similarity,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)
from consensus.matching.national import MOST_OF_ROW, generic_duties_of, survey
from tests.consensus.national_cases import cases, dense, kept_of, surveyed, verdicts_of

pytestmark = pytest.mark.one_database
quick = settings(deadline=None, max_examples=40)
THRESHOLDS = (40, 50, 55.8, 62.5, 75, 100)


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
