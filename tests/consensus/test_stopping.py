"""When asking about an item stops."""

import pytest

from consensus.rule import Rule
from consensus.stopping import Closing, closing
from consensus.verdict import verdict, verdicts

RULE = Rule()
AGREED, FRAGILE, DISSENT, FEW = [0, 1, 8, 1], [0, 2, 6, 0], [0, 5, 0, 5], [0, 1, 2, 1]


def close(row: list[int], is_stable: bool | None, round_number: int, rule: Rule = RULE) -> Closing:
    return closing([verdict(row, rule)], [is_stable], round_number, rule)[0]


@pytest.mark.parametrize(
    ("row", "is_stable", "round_number", "expected"),
    [
        (AGREED, True, 2, Closing.AGREED),
        (AGREED, False, 2, Closing.OPEN),
        (AGREED, None, 2, Closing.OPEN),
        (FRAGILE, True, 2, Closing.AGREED),
        (DISSENT, True, 2, Closing.STABLE_DISSENT),
        (DISSENT, False, 2, Closing.OPEN),
        (FEW, True, 2, Closing.OPEN),
        (AGREED, True, 3, Closing.AGREED),
        (AGREED, False, 3, Closing.CAPPED),
        (DISSENT, True, 3, Closing.STABLE_DISSENT),
        (DISSENT, False, 3, Closing.CAPPED),
        (FEW, True, 3, Closing.CAPPED),
        (FEW, None, 4, Closing.CAPPED),
    ],
)
def test_later_rounds(
    row: list[int], is_stable: bool | None, round_number: int, expected: Closing
) -> None:
    assert close(row, is_stable, round_number) is expected


def test_round_one_closes_what_is_agreed_and_not_fragile() -> None:
    assert close(AGREED, None, 1) is Closing.AGREED
    assert close(FRAGILE, None, 1) is Closing.OPEN
    assert close(DISSENT, None, 1) is Closing.OPEN
    assert close(FEW, None, 1) is Closing.OPEN


def test_the_card_may_ask_every_item_twice() -> None:
    assert close(AGREED, None, 1, Rule(closes_agreed_in_round_one=False)) is Closing.OPEN


def test_round_one_has_nothing_to_be_stable_against() -> None:
    assert close(DISSENT, True, 1) is Closing.OPEN


def test_one_round_only_closes_everything() -> None:
    once = Rule(round_cap=1, closes_agreed_in_round_one=False)
    assert close(AGREED, None, 1, once) is Closing.AGREED
    assert close(FRAGILE, None, 1, once) is Closing.AGREED
    assert close(DISSENT, None, 1, once) is Closing.CAPPED
    assert close(FEW, None, 1, once) is Closing.CAPPED


def test_many_items_keep_their_order() -> None:
    panel = verdicts([AGREED, DISSENT, FRAGILE, FEW], RULE)
    assert closing(panel, [True, True, False, None], 2, RULE) == (
        Closing.AGREED,
        Closing.STABLE_DISSENT,
        Closing.OPEN,
        Closing.OPEN,
    )
    assert closing([], [], 1, RULE) == ()


def test_verdicts_without_their_stability_and_rounds_below_one_are_refused() -> None:
    with pytest.raises(ValueError, match="beside it"):
        closing(verdicts([AGREED], RULE), [], 2, RULE)
    with pytest.raises(ValueError, match="from 1"):
        closing([], [], 0, RULE)
