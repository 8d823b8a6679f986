"""When an employer panel has ratified: how many must answer, and how many of those approve.

Counts in, yes or no out. Who may answer, and what an answer was about, is not known here.
"""

from enum import StrEnum


class PanelRule(StrEnum):
    """The share of those who answered that must approve."""

    MAJORITY = "majority"
    TWO_THIRDS = "two thirds"
    UNANIMOUS = "unanimous"


SHARES: dict[PanelRule, tuple[int, int]] = {
    PanelRule.TWO_THIRDS: (2, 3),
    PanelRule.UNANIMOUS: (1, 1),
}
"""Least share of approvals as a fraction. A majority has none: it is more than a half."""


def is_ratified(approvals: int, objections: int, *, quorum: int, rule: PanelRule) -> bool:
    """Say whether a panel has ratified.

    Definition: at least `quorum` members answered, and of those who answered more than half
    (majority), at least two thirds, or all (unanimous) approve. Counts are compared, never shares:
    2 of 3 is two thirds exactly.

    Parameters
    ----------
    approvals, objections : int
        Members who approve, and who object, to the same state of a profile.
    quorum : int
        Fewest answers, at least 1.
    rule : PanelRule
        The share that must approve.

    Missing data: a member who has not answered is in no count. Undefined: without an answer
    nothing is ratified, whatever the quorum. Raises ValueError for a negative count and for a
    quorum below 1.

    Reference: the rule is ours, set on the rule card before the panel sits.

    >>> is_ratified(2, 1, quorum=3, rule=PanelRule.TWO_THIRDS)
    True
    >>> is_ratified(2, 1, quorum=3, rule=PanelRule.UNANIMOUS)
    False
    """
    if min(approvals, objections) < 0:
        raise ValueError(f"counts are not negative: {approvals} and {objections}")
    if quorum < 1:
        raise ValueError(f"a quorum is at least 1, not {quorum}")
    answered = approvals + objections
    if answered < quorum:
        return False
    if rule == PanelRule.MAJORITY:
        return 2 * approvals > answered
    numerator, denominator = SHARES[rule]
    return denominator * approvals >= numerator * answered
