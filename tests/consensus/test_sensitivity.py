"""What the verdicts would have been at other thresholds."""

import numpy as np
import pytest
from hypothesis import given

from consensus.rule import Rule
from consensus.sensitivity import threshold_sensitivity
from consensus.verdict import Outcome, verdicts
from tests.consensus.cases import quick, tables

PANEL = [[0, 3, 7, 0], [3, 0, 7, 0], [0, 0, 10, 0], [0, 5, 0, 5], [0, 1, 2, 1], [8, 1, 1, 0]]


def test_items_that_reach_each_outcome_at_each_threshold() -> None:
    at_70, at_75, at_80 = threshold_sensitivity(PANEL, Rule())
    assert (at_70.agreed, at_75.agreed, at_80.agreed) == (4, 2, 2)
    assert dict(at_75.tally) == {
        Outcome.INSUFFICIENT: 1,
        Outcome.NOT_NEEDED: 1,
        Outcome.SPLIT: 1,
        Outcome.LEVEL: 1,
        Outcome.ADJACENT: 1,
        Outcome.NO_LEVEL: 1,
    }
    assert at_70.changed == (0, 1)
    assert at_75.changed == ()
    assert at_80.changed == ()


def test_changes_are_counted_from_the_card_not_from_the_usual_rule() -> None:
    (at_75,) = threshold_sensitivity(PANEL, Rule(threshold_percent=70), (75,))
    assert at_75.changed == (0, 1)


def test_a_threshold_no_rule_may_have_is_refused() -> None:
    with pytest.raises(ValueError, match="between 51 and 100"):
        threshold_sensitivity(PANEL, Rule(), (50,))


@quick
@given(tables())
def test_every_item_is_in_one_outcome_as_its_verdict_says(table: np.ndarray) -> None:
    for reading in threshold_sensitivity(table, Rule(), (60, 75, 90)):
        judged = verdicts(table, Rule(threshold_percent=reading.threshold_percent))
        assert sum(number for _, number in reading.tally) == len(table)
        assert reading.agreed == sum(each.is_agreed for each in judged)
