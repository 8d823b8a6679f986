"""When asking about an item stops. Consensus is a result; stability is what stops the asking.

The rule of closing lives here. Opening and closing rounds, and telling anyone, never will.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np

from consensus.distribution import Booleans
from consensus.rule import Rule
from consensus.verdict import Outcome, Verdict


class Closing(StrEnum):
    """Whether and why asking about an item has stopped."""

    OPEN = "open"
    AGREED = "agreed"
    STABLE_DISSENT = "stable dissent"
    CAPPED = "capped"


CLOSINGS = tuple(Closing)
"""The closings in the order of their codes."""


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
    if len(verdicts) != len(stable):
        raise ValueError("Each verdict has its stability beside it.")
    if round_number < 1:
        raise ValueError("Rounds are numbered from 1.")
    agreed = _flags(each.is_agreed for each in verdicts)
    answered = _flags(each.outcome is not Outcome.INSUFFICIENT for each in verdicts)
    if round_number == 1:
        settled = np.zeros(len(verdicts), dtype=np.bool_)
        confirmed = agreed & _closes_in_round_one(verdicts, rule)
    else:
        # None and False are alike here: what is unknown is not stable.
        settled = _flags(bool(each) for each in stable)
        confirmed = agreed & settled
    unfinished = CLOSINGS.index(Closing.CAPPED if round_number >= rule.round_cap else Closing.OPEN)
    chosen = np.select(
        [confirmed, answered & ~agreed & settled],
        [CLOSINGS.index(Closing.AGREED), CLOSINGS.index(Closing.STABLE_DISSENT)],
        default=unfinished,
    )
    return tuple(CLOSINGS[code] for code in chosen)


def _flags(answers: Iterable[bool]) -> Booleans:
    return np.fromiter(answers, dtype=np.bool_)


def _closes_in_round_one(verdicts: Sequence[Verdict], rule: Rule) -> Booleans:
    if rule.round_cap == 1:
        return np.ones(len(verdicts), dtype=np.bool_)
    return _flags(rule.closes_agreed_in_round_one and not each.is_fragile for each in verdicts)
