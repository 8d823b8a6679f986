"""The chance that people who answer at random would agree."""

from itertools import product
from math import ceil

import pytest

from consensus.luck import chance_of_agreement, chance_of_settling, pass_count
from consensus.rule import Rule
from consensus.verdict import verdicts


@pytest.mark.parametrize(
    ("n", "chance"),
    [
        (3, 0.0625),
        (4, 0.2031),
        (5, 0.0625),
        (6, 0.0186),
        (7, 0.0054),
        (8, 0.0169),
        (10, 0.0017),
        (12, 0.0016),
    ],
)
def test_chance_that_one_category_reaches_three_quarters(n: int, chance: float) -> None:
    found = chance_of_agreement(n, 75)
    assert found is not None
    assert round(found, 4) == chance


def test_five_raters_agree_by_luck_on_34_of_548_cells() -> None:
    chance = chance_of_agreement(5, 75)
    assert chance is not None
    assert round(548 * chance) == 34


def test_pass_counts_at_three_quarters() -> None:
    passes = {5: 4, 6: 5, 7: 6, 8: 6, 10: 8, 12: 9}
    assert {n: pass_count(n, 75) for n in passes} == passes


def test_pass_counts_do_not_suffer_from_floats() -> None:
    # In floats 0.55 × 100 is a little above 55, and its ceiling is 56.
    assert ceil(0.55 * 100) == 56
    assert pass_count(100, 55) == 55


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("threshold", [51, 70, 75, 80, 100])
def test_both_chances_equal_a_count_of_every_panel_there_is(n: int, threshold: int) -> None:
    panels = [[codes.count(k) for k in range(4)] for codes in product(range(4), repeat=n)]
    rule = Rule(threshold_percent=threshold, minimum_n=1)
    settled = sum(each.is_agreed for each in verdicts(panels, rule))
    reached = sum(100 * max(panel) >= threshold * n for panel in panels)
    assert chance_of_settling(n, threshold) == settled / 4**n
    assert chance_of_agreement(n, threshold) == reached / 4**n


def test_the_rule_settles_by_luck_more_often_than_one_category_leads() -> None:
    for n in range(5, 40):
        settling, leading = chance_of_settling(n, 75), chance_of_agreement(n, 75)
        assert settling is not None
        assert leading is not None
        assert settling > leading


def test_nobody_has_no_luck() -> None:
    assert chance_of_agreement(0, 75) is None
    assert chance_of_settling(0, 75) is None


@pytest.mark.parametrize(("n", "threshold"), [(-1, 75), (5, 50), (5, 101)])
def test_impossible_panels_are_refused(n: int, threshold: int) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        chance_of_agreement(n, threshold)
    with pytest.raises(ValueError, match=r"\.$"):
        chance_of_settling(n, threshold)


def test_a_scale_of_one_category_is_refused() -> None:
    with pytest.raises(ValueError, match="two categories"):
        chance_of_agreement(5, 75, 1)
