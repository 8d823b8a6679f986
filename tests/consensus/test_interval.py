"""Wilson's interval, for one share and for many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.interval import Interval, wilson_interval, wilson_intervals
from tests.consensus.cases import quick

cases = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (6, 8, 0.4093, 0.9285)]
)
def test_intervals_of_small_panels(successes: int, n: int, low: float, high: float) -> None:
    interval = wilson_interval(successes, n)
    assert interval is not None
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@quick
@given(cases)
def test_it_agrees_with_statsmodels(case: tuple[int, int]) -> None:
    from statsmodels.stats.proportion import proportion_confint

    interval = wilson_interval(*case)
    assert interval is not None
    expected = proportion_confint(*case, method="wilson")
    assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-12)


@quick
@given(st.lists(cases, max_size=6))
def test_many_at_once_are_as_one_by_one(panel: list[tuple[int, int]]) -> None:
    found = wilson_intervals([x for x, _ in panel], [n for _, n in panel])
    singly = [wilson_interval(*case) for case in panel]
    assert [Interval(*ends) for ends in zip(found.low, found.high, strict=True)] == singly


@quick
@given(cases, st.integers(2, 4))
def test_the_other_side_mirrors_it_and_a_larger_panel_is_surer(
    case: tuple[int, int], times: int
) -> None:
    x, n = case
    here, there, more = (
        wilson_interval(x, n),
        wilson_interval(n - x, n),
        wilson_interval(times * x, times * n),
    )
    assert here is not None
    assert there is not None
    assert more is not None
    assert (there.low, there.high) == pytest.approx((1 - here.high, 1 - here.low))
    assert more.high - more.low < here.high - here.low


def test_a_share_of_nobody_has_no_interval() -> None:
    assert wilson_interval(0, 0) is None
    assert isinstance(wilson_interval(0, 1), Interval)
    beside = wilson_intervals([0, 8], [0, 10])
    assert np.isnan([beside.low[0], beside.high[0]]).all()
    assert beside.low.round(4).tolist()[1] == 0.4902


@pytest.mark.parametrize(("successes", "n", "z"), [(3, 2, 1.96), (-1, 2, 1.96), (1, 2, 0.0)])
def test_impossible_shares_are_refused(successes: int, n: int, z: float) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wilson_interval(successes, n, z)


@pytest.mark.parametrize(("successes", "n"), [([1], [1, 2]), ([0.5], [1])])
def test_shares_that_do_not_fit_together_are_refused(successes: object, n: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        wilson_intervals(successes, n)  # type: ignore[arg-type]
