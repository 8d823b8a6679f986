"""The verdict of an item, and what stands beside it."""

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.distribution import counts, medians
from consensus.robustness import is_fragile
from consensus.rule import Rule
from consensus.verdict import Outcome, verdict, verdicts
from tests.consensus.cases import panels, quick, shuffled, tables

RULE = Rule()


@pytest.mark.parametrize(
    ("row", "outcome", "level", "upper"),
    [
        ([0, 1, 8, 1], Outcome.LEVEL, 2, 2),
        ([2, 0, 8, 0], Outcome.LEVEL, 2, 2),
        ([3, 0, 7, 0], Outcome.SPLIT, None, None),
        ([8, 1, 1, 0], Outcome.NOT_NEEDED, 0, 0),
        ([0, 0, 5, 5], Outcome.ADJACENT, 2, 3),
        ([0, 5, 0, 5], Outcome.NO_LEVEL, 1, 3),
        ([1, 1, 1, 7], Outcome.LEVEL, 3, 3),
        ([0, 3, 3, 3], Outcome.NO_LEVEL, 2, 2),
        ([0, 1, 2, 1], Outcome.INSUFFICIENT, None, None),
        ([0, 0, 0, 0], Outcome.INSUFFICIENT, None, None),
        ([0, 2, 6, 2], Outcome.ADJACENT, 2, 2),
        ([5, 0, 0, 5], Outcome.SPLIT, None, None),
    ],
)
def test_outcomes_of_the_usual_rule(
    row: list[int], outcome: Outcome, level: int | None, upper: int | None
) -> None:
    found = verdict(row, RULE)
    assert (found.outcome, found.level, found.upper) == (outcome, level, upper)
    assert found.is_agreed == (outcome in (Outcome.LEVEL, Outcome.NOT_NEEDED))


def test_a_share_of_exactly_the_threshold_passes() -> None:
    # 55 of 100 is not at least 0.55 × 100 in floats.
    assert verdict([0, 0, 55, 45], Rule(threshold_percent=55)).outcome is Outcome.LEVEL
    assert verdict([0, 46, 54, 0], Rule(threshold_percent=55)).outcome is Outcome.ADJACENT


def test_a_quarter_who_do_not_need_it_neither_split_nor_settle_it() -> None:
    assert verdict([3, 0, 9, 0], RULE).outcome is Outcome.LEVEL
    assert verdict([9, 0, 3, 0], RULE).outcome is Outcome.NOT_NEEDED


def test_everything_beside_the_verdict() -> None:
    found = verdict([2, 0, 8, 0], RULE)
    assert found.counts == (2, 0, 8, 0)
    assert (found.n, found.needed, found.share_needed_percent) == (10, 8, 80.0)
    assert found.agreement == pytest.approx(0.533333, abs=1e-6)
    assert found.consensus == pytest.approx(0.614932, abs=1e-6)
    assert found.luck == pytest.approx(0.0017, abs=5e-5)
    assert found.settling_luck == pytest.approx(0.0223, abs=5e-5)
    assert (found.lower_median, found.upper_median) == (2, 2)
    assert not found.is_two_camps
    assert not found.is_fragile


def test_an_item_nobody_rated_has_no_numbers_at_all() -> None:
    found = verdict([0, 0, 0, 0], RULE)
    assert (found.n, found.needed) == (0, 0)
    assert found.share_needed_percent is None
    assert found.agreement is None
    assert found.consensus is None
    assert found.luck is None
    assert found.settling_luck is None
    assert found.lower_median is None
    assert found.upper_median is None
    assert not found.is_two_camps
    assert not found.is_fragile


@pytest.mark.parametrize(
    ("row", "is_two_camps"),
    [([0, 5, 0, 5], True), ([4, 0, 0, 6], True), ([3, 2, 2, 3], True), ([3, 3, 3, 3], False)],
)
def test_two_camps(row: list[int], is_two_camps: bool) -> None:
    assert verdict(row, RULE).is_two_camps is is_two_camps


def test_a_verdict_that_hangs_on_one_person_is_fragile() -> None:
    # Six of eight is 75 %; without one of the six it is 5 of 7, 71.4 %.
    assert verdict([0, 2, 6, 0], RULE).outcome is Outcome.LEVEL
    assert verdict([0, 2, 6, 0], RULE).is_fragile


def test_a_unanimous_panel_of_the_smallest_size_is_not_fragile() -> None:
    assert not verdict([0, 0, 5, 0], RULE).is_fragile
    assert not verdict([0, 0, 4, 1], RULE).is_fragile


def test_an_insufficient_item_is_not_fragile_but_a_single_voice_is() -> None:
    assert not verdict([0, 0, 4, 0], RULE).is_fragile
    assert verdict([0, 0, 1, 0], Rule(minimum_n=1)).is_fragile


@quick
@given(tables(), st.integers(51, 100))
def test_fragile_is_what_dropping_each_rater_in_turn_shows(
    table: np.ndarray, threshold: int
) -> None:
    rule = Rule(threshold_percent=threshold)
    open_rule = Rule(threshold_percent=threshold, minimum_n=1)
    for row, fragile in zip(table, is_fragile(table, rule), strict=True):
        before = verdict(row, rule)
        if before.outcome is Outcome.INSUFFICIENT:
            assert not fragile
            continue
        changes = []
        for category in np.flatnonzero(row):
            less_one = row.copy()
            less_one[category] -= 1
            after = verdict(less_one, open_rule)
            level_moved = before.outcome is Outcome.LEVEL and after.level != before.level
            changes.append(after.outcome is not before.outcome or level_moved)
        assert fragile == any(changes)


def test_the_share_who_need_it_and_the_level_among_them() -> None:
    found = verdict([1, 1, 1, 7], RULE)
    assert (found.needed, found.share_needed_percent) == (9, 90)
    assert found.counts[3] / found.needed == pytest.approx(0.778, abs=5e-4)


@quick
@given(tables(), st.integers(51, 100))
def test_many_items_at_once_are_as_one_by_one(table: np.ndarray, threshold: int) -> None:
    rule = Rule(threshold_percent=threshold)
    assert verdicts(table, rule) == tuple(verdict(row, rule) for row in table)


@quick
@given(panels(), st.integers(0, 99))
def test_the_order_of_raters_is_of_no_account(codes: np.ndarray, seed: int) -> None:
    assert verdicts(counts(codes), RULE) == verdicts(counts(shuffled(codes, seed)), RULE)


@quick
@given(tables(), st.integers(2, 4))
def test_a_panel_said_twice_comes_to_the_same(table: np.ndarray, times: int) -> None:
    rule = Rule(minimum_n=1)
    once, more = verdicts(table, rule), verdicts(times * table, rule)
    assert [(v.outcome, v.level, v.upper) for v in once] == [
        (v.outcome, v.level, v.upper) for v in more
    ]


@quick
@given(tables())
def test_mirroring_the_three_levels_mirrors_the_verdict(table: np.ndarray) -> None:
    mirrored = table[:, [0, 3, 2, 1]]
    for straight, turned in zip(verdicts(table, RULE), verdicts(mirrored, RULE), strict=True):
        assert straight.outcome is turned.outcome
        assert straight.is_fragile == turned.is_fragile
        if straight.outcome in (Outcome.LEVEL, Outcome.ADJACENT, Outcome.NO_LEVEL):
            assert straight.level is not None
            assert turned.upper == 4 - straight.level


@quick
@given(tables(), st.integers(51, 100))
def test_the_medians_of_an_adjacent_pair_are_at_most_one_apart(
    table: np.ndarray, threshold: int
) -> None:
    for found in verdicts(table, Rule(threshold_percent=threshold)):
        if found.outcome is Outcome.ADJACENT:
            assert found.level is not None
            assert found.upper is not None
            assert found.upper - found.level <= 1


@quick
@given(tables())
def test_a_settled_level_is_the_median_and_the_mode_of_those_who_need_it(
    table: np.ndarray,
) -> None:
    for found in verdicts(table, RULE):
        if found.outcome is Outcome.LEVEL:
            needed = [0, *found.counts[1:]]
            assert found.level == found.upper == needed.index(max(needed))
            assert found.level == medians(needed).lower[0]


def test_a_verdict_can_be_stored_as_plain_values() -> None:
    stored = asdict(verdict([0, 1, 8, 1], RULE))
    assert stored["counts"] == (0, 1, 8, 1)
    assert {type(stored[name]) for name in ("n", "needed", "level", "lower_median")} == {int}
    assert {type(stored[name]) for name in ("is_fragile", "is_two_camps")} == {bool}


def test_no_items_have_no_verdicts() -> None:
    assert verdicts(np.zeros((0, 4), dtype=np.int64), RULE) == ()


def test_other_scales_and_several_rows_for_one_verdict_are_refused() -> None:
    with pytest.raises(ValueError, match="four categories"):
        verdicts([[1, 2, 3]], RULE)
    with pytest.raises(ValueError, match="one row"):
        verdict([[0, 1, 8, 1], [0, 1, 8, 1]], RULE)
