"""Best duties, orders and suggestions: by hand, with every tie decided, and bad input refused."""

import numpy as np
import pytest

from consensus.matching import (
    Response,
    best_duty,
    fit_surplus,
    level_window,
    matched,
    priorities,
    similarity,
    suggested_response,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)

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


def test_top_standards_keep_to_the_window():
    flags = matched(SCORES, 60)
    scores = two_way(SCORES, MEMBERS, OWNERS, 3)
    window = np.array([[False, True, True], [True, True, True], [True, True, True]])

    everywhere = fit_surplus(flags, MEMBERS, OWNERS, 3)
    inside = fit_surplus(flags, MEMBERS, OWNERS, 3, window)

    assert [best.tolist() for best in top_standards(everywhere, scores)] == [[0, 1], [1, 0], []]
    assert [best.tolist() for best in top_standards(inside, scores)] == [[1], [1, 0], []]
    narrowed = top_standards(everywhere, scores, window)
    assert [best.tolist() for best in narrowed] == [[1], [1, 0], []]
    assert np.isnan(inside.fit[0, 0])
    assert inside.fit_count[0, 0] == 2


def test_the_best_duty_by_hand():
    best = best_duty(SCORES, OWNERS, 3)
    assert best.duty.tolist() == [0, 1, 2, 2]
    assert best.score == pytest.approx([0.9, 0.7, 0.5, 0.8], abs=1e-6)
    assert best.standard_duty.tolist() == [[0, 2, -1], [1, 3, -1], [1, 2, -1], [0, 2, -1]]
    assert best.standard_score[:, 1] == pytest.approx([0.6, 0.3, 0.5, 0.8], abs=1e-6)
    assert np.isnan(best.standard_score[:, 2]).all()


def test_the_best_duty_is_an_accepted_one_and_never_a_rejected_one():
    best = best_duty(
        SCORES, OWNERS, 3, accepted=[(0, 3), (1, 0)], rejected=[(3, 2), (2, 0), (2, 1)]
    )
    assert best.duty.tolist() == [3, 0, 2, 3]
    assert best.score == pytest.approx([0.1, 0.1, 0.5, 0.4], abs=1e-6)
    assert best.standard_duty.tolist() == [[0, 3, -1], [0, 3, -1], [-1, 2, -1], [0, 3, -1]]
    assert np.isnan(best.standard_score[2, 0])


def test_of_equal_duties_the_first_is_best():
    best = best_duty(np.full((1, 4), 0.5), np.array([1, 0, 1, 0]), 2)
    assert best.duty.tolist() == [0]
    assert best.standard_duty.tolist() == [[1, 0]]


def test_with_no_duties_nothing_is_best_and_everything_unsupported():
    none = np.empty((3, 0))
    owners = np.empty(0, dtype=int)
    members = np.ones((1, 3), bool)
    assert best_duty(none, owners, 2).duty.tolist() == [-1, -1, -1]
    assert np.isnan(best_duty(none, owners, 2).standard_score).all()
    assert unsupported(matched(none, 50)).all()
    assert unsupported_curve(none, [0, 50]).tolist() == [3, 3]
    assert not fit_surplus(matched(none, 50), members, owners, 2).is_defined.any()
    assert np.isnan(two_way(none, members, owners, 2)).all()


def test_with_no_capabilities_everything_is_empty():
    none = np.empty((0, 2))
    owners = np.array([0, 1])
    members = np.empty((1, 0), dtype=bool)
    assert best_duty(none, owners, 2).standard_duty.shape == (0, 2)
    assert unsupported_curve(none, [50]).tolist() == [0]
    result = fit_surplus(matched(none, 50), members, owners, 2)
    assert not result.is_defined.any()
    assert result.surplus_count.tolist() == [[1, 1]]
    assert np.isnan(two_way(none, members, owners, 2)).all()


def test_priorities_by_unsupported_then_lowest_best_fit_then_number():
    members = np.array(
        [
            [1, 0, 0, 0],
            [1, 1, 1, 0],
            [0, 1, 1, 0],
            [0, 1, 1, 0],
            [0, 0, 0, 0],
            [0, 0, 0, 1],
            [1, 0, 0, 0],
        ],
        dtype=bool,
    )
    alone = np.array([False, True, True, False])
    best_fit = np.array([10.0, 50.0, 20.0, 20.0, np.nan, np.nan, 0.0])

    result = priorities(members, alone, best_fit)

    assert result.order.tolist() == [2, 3, 1, 5, 6, 0, 4]
    assert result.unsupported_count.tolist() == [0, 2, 2, 2, 0, 0, 0]


def test_the_level_window_takes_in_adjoining_levels():
    window = level_window(np.array([6, 2]), np.array([4, 5, 6, 7, 3]))
    assert window[0].tolist() == [False, True, True, True, False]
    assert window[1].tolist() == [False, False, False, False, True]
    same = level_window(np.array([6, 0]), np.array([5, 6]), reach=0)
    assert same.tolist() == [[False, True], [False, False]]


def test_a_standard_of_no_stated_level_is_compared_with_every_profile_of_a_known_one():
    window = level_window(np.array([8, 0, -1]), np.array([-1, 0, 8, -1]))
    assert window[0].tolist() == [True, False, True, True]
    assert window[1].tolist() == [True, True, False, True]
    assert not window[2].any()
    assert level_window(np.array([6]), np.array([-1]), reach=0).all()


@pytest.mark.parametrize(
    ("fit", "surplus", "response"),
    [
        (100, 0, Response.ADOPT),
        (70, 50, Response.ADOPT),
        (70, 50.1, Response.ADAPT),
        (69.9, 0, Response.EXTEND),
        (40, 100, Response.EXTEND),
        (39.9, 0, Response.NEW_STANDARD),
        (0, 100, Response.NEW_STANDARD),
    ],
)
def test_the_suggested_response_changes_at_its_cuts(fit, surplus, response):
    assert suggested_response(fit, surplus) is response


@pytest.mark.parametrize(("fit", "surplus"), [(np.nan, 0), (50, np.nan), (101, 0), (0, -1)])
def test_there_is_no_suggestion_without_a_known_fit(fit, surplus):
    with pytest.raises(ValueError, match="known percentages"):
        suggested_response(fit, surplus)


@pytest.mark.parametrize("threshold", [-1, 100.5, float("nan")])
def test_a_threshold_outside_the_scale_is_refused(threshold):
    with pytest.raises(ValueError, match="between 0 and 100"):
        matched(SCORES, threshold)
    with pytest.raises(ValueError, match="between 0 and 100"):
        unsupported_curve(SCORES, [threshold])


@pytest.mark.parametrize(
    ("accepted", "rejected", "says"),
    [
        ([(0, 0)], [(1, 1), (0, 0)], "capability 0, duty 0 is both"),
        ([(4, 0)], [], "outside"),
        ([], [(0, -1)], "outside"),
        ([(0, 1, 2)], [], "integer rows"),
        ([(0.0, 1.0)], [], "integer rows"),
    ],
)
def test_verdicts_that_cannot_hold_are_refused(accepted, rejected, says):
    for judge in (matched, unsupported_curve):
        with pytest.raises(ValueError, match=says):
            judge(SCORES, 50 if judge is matched else [50], accepted, rejected)


@pytest.mark.parametrize(
    "call",
    [
        lambda: similarity(np.ones((2, 3)), np.ones((2, 4))),
        lambda: similarity(np.full((2, 3), np.nan), np.ones((2, 3))),
        lambda: similarity(np.ones((2, 3)), np.ones((2, 3)), rows_per_block=0),
        lambda: matched(np.array([[np.nan]]), 50),
        lambda: matched(np.array([0.5]), 50),
        lambda: unsupported(SCORES),
        lambda: fit_surplus(SCORES, MEMBERS, OWNERS, 3),
        lambda: fit_surplus(SCORES > 0.5, MEMBERS[:, :3], OWNERS, 3),
        lambda: fit_surplus(SCORES > 0.5, MEMBERS, OWNERS, 1),
        lambda: fit_surplus(SCORES > 0.5, MEMBERS, OWNERS[:4], 3),
        lambda: fit_surplus(SCORES > 0.5, MEMBERS, OWNERS, 3, np.ones((2, 3), bool)),
        lambda: two_way(SCORES, MEMBERS, OWNERS[:4], 3),
        lambda: best_duty(SCORES, OWNERS - 1, 3),
        lambda: best_duty(SCORES, OWNERS[:4], 3),
        lambda: level_window(np.array([6]), np.array([6]), reach=-1),
        lambda: priorities(MEMBERS, np.zeros(3, bool), np.zeros(3)),
        lambda: priorities(MEMBERS, np.zeros(4, bool), np.zeros(2)),
        lambda: top_standards(
            fit_surplus(SCORES > 0.5, MEMBERS, OWNERS, 3), np.zeros((3, 3)), k=-1
        ),
        lambda: top_standards(fit_surplus(SCORES > 0.5, MEMBERS, OWNERS, 3), np.zeros((3, 2))),
    ],
)
def test_input_that_does_not_fit_together_is_refused(call):
    with pytest.raises(ValueError, match=r"\w"):
        call()
