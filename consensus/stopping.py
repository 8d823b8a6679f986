"""When asking about an item stops. Consensus is a result; stability is what stops the asking.

The rule of closing lives here. Opening and closing rounds, and telling anyone, never will.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from consensus.distribution import Booleans
from consensus.outcome import (
    INSUFFICIENT_CODE,
    LEVEL_CODE,
    NOT_NEEDED_CODE,
    OUTCOMES,
    Outcomes,
)
from consensus.rule import Rule
from consensus.verdict import Verdict


class Closing(StrEnum):
    """Whether and why asking about an item has stopped."""

    OPEN = "open"
    AGREED = "agreed"
    STABLE_DISSENT = "stable dissent"
    CAPPED = "capped"


CLOSINGS = tuple(Closing)
"""The closings in the order of their codes."""

_OPEN, _AGREED, _STABLE_DISSENT, _CAPPED = range(4)


def closing(
    verdicts: Sequence[Verdict],
    stable: Sequence[bool | None],
    round_number: int,
    rule: Rule,
) -> tuple[Closing, ...]:
    """Decide for each item whether asking stops after this round.

    Agreed and stable: agreed. Not agreed but stable: stable dissent, a result of its own. At the
    cap of rounds: capped. Otherwise the item stays open. Three points need saying:

    - Round 1 has nothing to be stable against. What is agreed and not fragile closes there if
      the rule says so (`closes_agreed_in_round_one`); with a cap of one round, whatever is
      agreed closes as agreed, since no second round could confirm it.
    - An item too few have rated is not dissent, however stable: it stays open until the cap.
    - An agreed item that still moves at the cap is capped; its verdict stands, and says so.

    Parameters: verdicts of this round; stable, one an item: True, False, or None when there is no
    earlier round to compare with; round_number from 1; the rule.
    Returns: one closing an item, in the same order.
    Missing: unknown stability (None) never counts as stable. Undefined: never.
    Raises: ValueError if the two sequences differ in length or the round is below 1.
    Reference: Linstone and Turoff (1975), The Delphi Method, on stability as the criterion.

    >>> from consensus.verdict import verdicts
    >>> panel = verdicts([[0, 1, 8, 1], [0, 5, 0, 5]], Rule())
    >>> [each.value for each in closing(panel, [None, None], 1, Rule())]
    ['agreed', 'open']
    >>> [each.value for each in closing(panel, [True, True], 2, Rule())]
    ['agreed', 'stable dissent']
    """
    outcomes = np.fromiter((OUTCOMES.index(each.outcome) for each in verdicts), dtype=np.int8)
    fragile = np.fromiter((each.is_fragile for each in verdicts), dtype=np.bool_)
    # None and False are alike here: what is unknown is not stable.
    settled = np.fromiter(map(bool, stable), dtype=np.bool_)
    codes = closing_codes(outcomes, fragile, settled, round_number, rule)
    return tuple(CLOSINGS[code] for code in codes.tolist())


def closing_codes(
    outcomes: Outcomes, fragile: Booleans, stable: Booleans, round_number: int, rule: Rule
) -> npt.NDArray[np.int8]:
    """Decide what `closing` decides, from one array a figure.

    Parameters: positions in `OUTCOMES`, whether each verdict is fragile, whether its item is
    stable (False where that is unknown), all of shape (items,); round_number from 1; the rule.
    Returns: positions in `CLOSINGS`, int8 of shape (items,).
    Missing, undefined and reference: as in `closing`.
    Raises: ValueError if the arrays differ in length or the round is below 1.

    >>> yes = np.array([True])
    >>> CLOSINGS[closing_codes(np.array([3], np.int8), ~yes, yes, 2, Rule())[0]].value
    'agreed'
    """
    if not len(outcomes) == len(fragile) == len(stable):
        raise ValueError("Each verdict has its stability beside it.")
    if round_number < 1:
        raise ValueError("Rounds are numbered from 1.")
    agreed = (outcomes == LEVEL_CODE) | (outcomes == NOT_NEEDED_CODE)
    answered = outcomes != INSUFFICIENT_CODE
    if round_number == 1:
        settled = np.zeros_like(agreed)
        confirmed = agreed & _closes_in_round_one(fragile, rule)
    else:
        settled = np.asarray(stable)
        confirmed = agreed & settled
    closes = np.full(len(outcomes), _OPEN, dtype=np.int8)
    if round_number >= rule.round_cap:
        closes[:] = _CAPPED
    closes[answered & ~agreed & settled] = _STABLE_DISSENT
    closes[confirmed] = _AGREED
    return closes


def _closes_in_round_one(fragile: Booleans, rule: Rule) -> Booleans:
    if rule.round_cap == 1:
        return np.ones_like(fragile)
    return ~fragile & rule.closes_agreed_in_round_one
