"""When asking about an item stops. Consensus is a result; stability is what stops the asking.

The rule of closing lives here. Opening and closing rounds, and telling anyone, never will.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from consensus.rule import Rule
from consensus.verdict import Outcome, Verdict


class Closing(StrEnum):
    """Whether and why asking about an item has stopped."""

    OPEN = "open"
    AGREED = "agreed"
    STABLE_DISSENT = "stable dissent"
    CAPPED = "capped"


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
    agreed = np.array([each.is_agreed for each in verdicts], dtype=np.bool_)
    firm = np.array([not each.is_fragile for each in verdicts], dtype=np.bool_)
    answered = np.array(
        [each.outcome is not Outcome.INSUFFICIENT for each in verdicts], dtype=np.bool_
    )
    settled = np.array([each is not None and bool(each) for each in stable], dtype=np.bool_)
    if round_number == 1:
        settled[:] = False
        confirmed = agreed & (rule.round_cap == 1 or (rule.closes_agreed_in_round_one & firm))
    else:
        confirmed = agreed & settled
    dissent = answered & ~agreed & settled
    capped = np.full(len(verdicts), round_number >= rule.round_cap)
    return tuple(
        _name(*flags)
        for flags in zip(confirmed.tolist(), dissent.tolist(), capped.tolist(), strict=True)
    )


def _name(is_confirmed: bool, is_dissent: bool, is_capped: bool) -> Closing:
    if is_confirmed:
        return Closing.AGREED
    if is_dissent:
        return Closing.STABLE_DISSENT
    return Closing.CAPPED if is_capped else Closing.OPEN
