"""Whether stakeholder groups stand apart."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from consensus.distribution import counts
from consensus.divergence import Divergence, PanelDivergence, divergence, panel_divergence
from consensus.undefined import Undefined
from tests.consensus.cases import quick

LOW, HIGH = [0, 0, 1, 1, 0], [2, 3, 2, 3, 2]
group = st.lists(st.integers(0, 3), min_size=1, max_size=5)


def row(codes: list[int]) -> np.ndarray:
    return counts(np.array(codes)[:, np.newaxis])[0]


def compared(first: list[int], second: list[int]) -> Divergence:
    found = divergence(row(first), row(second))
    assert isinstance(found, Divergence)
    return found


def test_two_groups_without_overlap() -> None:
    found = compared(LOW, HIGH)
    assert found.delta == -1
    assert found.p_value == pytest.approx(0.0079365, abs=1e-7)
    assert found.is_exact


def test_consensus_inside_groups_and_none_between() -> None:
    found = panel_divergence({"employer": row(LOW), "educator": row(HIGH)})
    assert isinstance(found, PanelDivergence)
    assert found.pooled_agreement == pytest.approx(-0.0333, abs=5e-5)
    assert found.is_split_between_groups
    assert [(g.name, g.n, g.lower_median, g.upper_median) for g in found.groups] == [
        ("employer", 5, 0, 0),
        ("educator", 5, 2, 2),
    ]
    assert all(g.agreement > 0 for g in found.groups)
    assert found.pairs == (("employer", "educator", compared(LOW, HIGH)),)


def test_groups_alike_are_not_split() -> None:
    found = panel_divergence({"employer": row(HIGH), "educator": row(HIGH)})
    assert isinstance(found, PanelDivergence)
    assert not found.is_split_between_groups
    assert found.pairs[0][2].delta == 0


def test_a_group_split_in_itself_is_not_a_split_between_groups() -> None:
    found = panel_divergence({"employer": [3, 0, 0, 3], "educator": [3, 0, 0, 3]})
    assert isinstance(found, PanelDivergence)
    assert found.pooled_agreement < 0
    assert not found.is_split_between_groups


def test_a_group_of_two_is_in_no_figure() -> None:
    found = panel_divergence({"employer": row(LOW), "educator": [0, 0, 0, 2]})
    assert isinstance(found, PanelDivergence)
    assert [g.name for g in found.groups] == ["employer"]
    assert found.pairs == ()
    assert not found.is_split_between_groups
    assert found.pooled_agreement == pytest.approx(found.groups[0].agreement)


def test_nobody_to_compare_has_a_named_answer() -> None:
    assert divergence([0, 0, 0, 0], [1, 0, 0, 0]) is Undefined.NO_PAIRS
    assert panel_divergence({"employer": [1, 1, 0, 0]}) is Undefined.NO_CODES
    assert panel_divergence({}) is Undefined.NO_CODES


def test_groups_that_give_one_code_agree() -> None:
    assert compared([2] * 4, [2] * 3) == Divergence(0, 1, True)
    assert divergence([0, 0, 60, 0], [0, 0, 60, 0]) == Divergence(0, 1, False)


def test_different_scales_and_several_items_are_refused() -> None:
    with pytest.raises(ValueError, match="same scale"):
        divergence([1, 2, 3], [1, 2, 3, 4])
    with pytest.raises(ValueError, match="same scale"):
        panel_divergence({"a": [1, 2, 3], "b": [1, 2, 3, 4]})
    with pytest.raises(ValueError, match="one item"):
        divergence([[1, 2, 3], [1, 2, 3]], [1, 2, 3])


@quick
@given(group, group)
def test_exact_p_counts_every_way_to_share_the_codes_out(
    first: list[int], second: list[int]
) -> None:
    pooled = np.array(first + second)
    ranks = stats.rankdata(pooled)
    centre = len(first) * ranks.mean()
    far = [
        abs(ranks[list(chosen)].sum() - centre)
        for chosen in combinations(range(len(pooled)), len(first))
    ]
    seen = abs(ranks[: len(first)].sum() - centre)
    expected = np.mean(np.array(far) >= seen - 1e-9)
    assert compared(first, second).p_value == pytest.approx(expected)


@quick
@given(group, group)
def test_delta_compares_every_person_with_every_other(first: list[int], second: list[int]) -> None:
    signs = np.sign(np.subtract.outer(first, second))
    found = compared(first, second)
    assert found.delta == pytest.approx(signs.mean())
    swapped, mirrored = (
        compared(second, first),
        compared([3 - c for c in first], [3 - c for c in second]),
    )
    assert swapped.delta == mirrored.delta == -found.delta
    assert swapped.p_value == pytest.approx(found.p_value)
    assert mirrored.p_value == pytest.approx(found.p_value)


wide = st.lists(st.integers(0, 8), min_size=1, max_size=12)


@quick
@given(wide, wide)
def test_listing_the_ways_and_adding_them_up_come_to_one_p(
    first: list[int], second: list[int]
) -> None:
    pair = [np.bincount(codes, minlength=9) for codes in (first, second)]
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for few in (0, 10**9):
            patch.setattr("consensus.divergence.FEW_ALLOTMENTS", few)
            compared_so = divergence(*pair)
            assert isinstance(compared_so, Divergence)
            found.append(compared_so.p_value)
    assert found[0] == pytest.approx(found[1], abs=1e-12)


def test_a_scale_as_fine_as_the_panel_has_too_many_ways_to_be_listed() -> None:
    # Eighty people on eighty places, one each: 2 to the 79th ways, beyond whole numbers of 64 bits.
    low = np.repeat([1, 0], 40)
    found = divergence(low, low[::-1])
    assert isinstance(found, Divergence)
    assert (found.delta, found.is_exact) == (-1, True)
    assert found.p_value == pytest.approx(2 / comb(80, 40))


@quick
@given(st.lists(st.integers(0, 3), min_size=2, max_size=90), st.integers(1, 89))
def test_the_approximation_is_scipys(codes: list[int], cut: int) -> None:
    first, second = codes[:cut], codes[cut:]
    if not second:
        return
    expected = (
        stats.mannwhitneyu(first, second, use_continuity=False, method="asymptotic").pvalue
        if len(set(codes)) > 1
        else 1.0
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("consensus.divergence.LARGEST_EXACT_PANEL", 0)
        assert compared(first, second).p_value == pytest.approx(expected)


def test_the_approximation_for_large_panels_is_close_to_the_exact_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panel = ([10, 14, 16, 10], [8, 10, 15, 17])
    exact = divergence(*panel)
    monkeypatch.setattr("consensus.divergence.LARGEST_EXACT_PANEL", 99)
    large = divergence(*panel)
    assert isinstance(exact, Divergence)
    assert isinstance(large, Divergence)
    assert (exact.is_exact, large.is_exact) == (True, False)
    assert large.delta == exact.delta
    assert large.p_value == pytest.approx(exact.p_value, abs=0.005)
