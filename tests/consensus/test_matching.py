"""Matching: a worked example by hand, human verdicts first, and nothing that hangs on order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.matching import (
    fit_surplus,
    matched,
    score_millionths,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)

quick = settings(deadline=None, max_examples=60)

# Worked by hand: four capabilities, five duties of three standards (the last has none).
SCORES = np.array(
    [
        [0.90, 0.20, 0.60, 0.10, 0.30],
        [0.10, 0.70, 0.20, 0.30, 0.10],
        [0.30, 0.40, 0.50, 0.20, 0.20],
        [0.20, 0.10, 0.80, 0.40, 0.10],
    ],
    dtype=np.float32,
)
OWNERS = np.array([0, 0, 1, 1, 1])
MEMBERS = np.array(
    [
        [True, True, True, False],
        [False, False, False, True],
        [False, False, False, False],
    ]
)


@st.composite
def cases(draw):
    """Scores on a coarse grid (so that ties are common), profiles, standards and verdicts."""
    c, m, s, f = (draw(st.integers(1, top)) for top in (7, 9, 4, 4))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = (random.integers(-4, 21, (c, m)) / 20).astype(np.float32)
    fates = random.choice(3, (c, m), p=[0.8, 0.1, 0.1])
    return {
        "scores": scores,
        "members": random.random((f, c)) < 0.5,
        "owners": random.integers(0, s, m),
        "standards": s,
        "accepted": np.argwhere(fates == 1),
        "rejected": np.argwhere(fates == 2),
        "random": random,
    }


def counted(case, threshold):
    flags = matched(case["scores"], threshold, case["accepted"], case["rejected"])
    return flags, fit_surplus(flags, case["members"], case["owners"], case["standards"])


def soft(case):
    return two_way(
        case["scores"],
        case["members"],
        case["owners"],
        case["standards"],
        accepted=case["accepted"],
        rejected=case["rejected"],
    )


def test_the_worked_example():
    flags = matched(SCORES, 60)
    assert np.argwhere(flags).tolist() == [[0, 0], [0, 2], [1, 1], [3, 2]]
    assert unsupported(flags).tolist() == [False, False, True, False]

    result = fit_surplus(flags, MEMBERS, OWNERS, 3)

    assert result.fit_count.tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert result.member_count.tolist() == [3, 1, 0]
    assert result.surplus_count.tolist() == [[0, 2, 0], [2, 2, 0], [2, 3, 0]]
    assert result.duty_count.tolist() == [2, 3, 0]
    assert result.fit[0, :2] == pytest.approx([200 / 3, 100 / 3])
    assert result.surplus[1, :2] == pytest.approx([100.0, 200 / 3])
    assert result.is_defined.tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert np.isnan(result.fit[~result.is_defined]).all()
    assert np.isnan(result.surplus[~result.is_defined]).all()
    assert result.best_fit[:2] == pytest.approx([200 / 3, 100.0])
    assert np.isnan(result.best_fit[2])


def test_the_two_way_score_by_hand():
    result = two_way(SCORES, MEMBERS, OWNERS, 3)
    forth = (0.90 + 0.70 + 0.40) / 3
    back = (0.90 + 0.70) / 2
    assert result[0, 0] == pytest.approx((forth + back) / 2, abs=1e-6)
    assert result[1, 1] == pytest.approx((0.80 + (0.80 + 0.40 + 0.10) / 3) / 2, abs=1e-6)
    assert np.isnan(result[:, 2]).all()
    assert np.isnan(result[2]).all()


def test_the_two_way_score_heeds_the_verdicts():
    result = two_way(
        SCORES, MEMBERS, OWNERS, 3, accepted=np.array([[3, 4]]), rejected=np.array([[3, 2]])
    )
    assert result[1, 1] == pytest.approx((1.0 + (0.0 + 0.40 + 1.0) / 3) / 2, abs=1e-6)


def test_the_two_way_score_adds_up_to_the_same_bits_in_any_order():
    random = np.random.default_rng(5)
    scores, everyone = random.random((60, 80)), np.ones((1, 60), bool)
    owners = np.zeros(80, int)
    expected = two_way(scores, everyone, owners, 1)[0, 0]
    for _ in range(20):
        mixed = scores[random.permutation(60)][:, random.permutation(80)]
        assert two_way(mixed, everyone, owners, 1)[0, 0] == expected


def test_a_score_that_prints_as_the_threshold_reaches_it():
    assert float(np.float32(0.7)) < 0.7
    assert matched(np.array([[0.7]], dtype=np.float32), 70).all()
    assert matched(np.array([[0.558]], dtype=np.float32), 55.8).all()
    assert not matched(np.array([[0.699999]]), 70).any()
    assert score_millionths(np.array([0.6999995001])).tolist() == [700000.0]


@quick
@given(case=cases(), threshold=st.integers(0, 100))
def test_a_human_verdict_outranks_the_score(case, threshold):
    flags = matched(case["scores"], threshold, case["accepted"], case["rejected"])
    assert flags[tuple(case["accepted"].T)].all()
    assert not flags[tuple(case["rejected"].T)].any()
    judged = np.zeros_like(flags)
    judged[tuple(np.vstack([case["accepted"], case["rejected"]]).T)] = True
    assert (flags == matched(case["scores"], threshold))[~judged].all()


@quick
@given(case=cases(), lower=st.floats(0, 100), higher=st.floats(0, 100))
def test_a_higher_threshold_loses_matches_only(case, lower, higher):
    lower, higher = sorted((lower, higher))
    wide, before = counted(case, lower)
    narrow, after = counted(case, higher)
    assert (after.fit_count <= before.fit_count).all()
    assert (after.surplus_count >= before.surplus_count).all()
    assert (unsupported(narrow) >= unsupported(wide)).all()


@quick
@given(case=cases(), thresholds=st.lists(st.floats(0, 100) | st.sampled_from(range(0, 101, 5))))
def test_the_curve_counts_what_the_matches_leave_unsupported(case, thresholds):
    curve = unsupported_curve(case["scores"], thresholds, case["accepted"], case["rejected"])
    expected = [unsupported(counted(case, threshold)[0]).sum() for threshold in thresholds]
    assert curve.tolist() == expected


@quick
@given(case=cases(), threshold=st.integers(0, 100))
def test_the_counts_are_those_of_the_definition(case, threshold):
    flags, result = counted(case, threshold)
    for profile, chosen in enumerate(case["members"]):
        for standard in range(case["standards"]):
            own = flags[np.ix_(chosen, case["owners"] == standard)]
            assert result.fit_count[profile, standard] == own.any(axis=1).sum()
            assert result.surplus_count[profile, standard] == (~own.any(axis=0)).sum()
    assert result.duty_count.sum() == len(case["owners"])


@quick
@given(case=cases(), threshold=st.integers(0, 100))
def test_the_order_of_capabilities_and_duties_changes_nothing(case, threshold):
    random = case["random"]
    c, m = case["scores"].shape
    rows, columns = random.permutation(c), random.permutation(m)
    place_of_row, place_of_column = np.argsort(rows), np.argsort(columns)

    def moved(pairs):
        return np.stack([place_of_row[pairs[:, 0]], place_of_column[pairs[:, 1]]], axis=1)

    mixed = {
        **case,
        "scores": case["scores"][np.ix_(rows, columns)],
        "members": case["members"][:, rows],
        "owners": case["owners"][columns],
        "accepted": moved(case["accepted"]),
        "rejected": moved(case["rejected"]),
    }
    (flags, before), (mixed_flags, after) = counted(case, threshold), counted(mixed, threshold)
    assert (mixed_flags == flags[np.ix_(rows, columns)]).all()
    assert (after.fit_count == before.fit_count).all()
    assert (after.surplus_count == before.surplus_count).all()
    assert np.array_equal(soft(mixed), soft(case), equal_nan=True)  # to the last bit
    for one, other in zip(
        top_standards(after, soft(mixed)), top_standards(before, soft(case)), strict=True
    ):
        assert one.tolist() == other.tolist()


@quick
@given(case=cases(), threshold=st.integers(0, 100))
def test_the_order_of_standards_changes_their_numbers_only(case, threshold):
    standards = case["random"].permutation(case["standards"])
    mixed = {**case, "owners": np.argsort(standards)[case["owners"]]}
    before, after = counted(case, threshold)[1], counted(mixed, threshold)[1]
    assert (after.fit_count == before.fit_count[:, standards]).all()
    assert (after.surplus_count == before.surplus_count[:, standards]).all()
    assert np.array_equal(soft(mixed), soft(case)[:, standards], equal_nan=True)


@quick
@given(case=cases(), threshold=st.integers(0, 100), k=st.integers(0, 5))
def test_top_standards_stand_by_fit_then_surplus_then_two_way_then_number(case, threshold, k):
    result, scores = counted(case, threshold)[1], soft(case)
    for profile, best in enumerate(top_standards(result, scores, k=k)):
        usable = [s for s in range(case["standards"]) if result.is_defined[profile, s]]
        usable.sort(
            key=lambda s: (
                -result.fit[profile, s],
                result.surplus[profile, s],
                -scores[profile, s],
                s,
            )
        )
        assert best.tolist() == usable[:k]


def test_fit_and_surplus_need_not_total_a_hundred():
    result = fit_surplus(np.ones((2, 3), bool), np.ones((1, 2), bool), np.zeros(3, int), 1)
    assert (result.fit[0, 0], result.surplus[0, 0]) == (100.0, 0.0)


def test_equal_fractions_of_different_standards_tie():
    flags = np.zeros((1, 9), bool)
    flags[0, [0, 1, 3, 4, 5, 6]] = True  # two of three duties, then four of six
    result = fit_surplus(flags, np.ones((1, 1), bool), np.repeat([0, 1], [3, 6]), 2)
    assert result.surplus[0, 0] == result.surplus[0, 1]


@quick
@given(case=cases())
def test_a_profile_of_everything_fits_the_whole_framework_but_for_the_unsupported(case):
    flags, _ = counted(case, 50)
    everyone = np.ones((1, len(flags)), dtype=bool)
    whole = fit_surplus(flags, everyone, np.zeros(flags.shape[1], dtype=int), 1)
    assert whole.fit_count[0, 0] == len(flags) - unsupported(flags).sum()
