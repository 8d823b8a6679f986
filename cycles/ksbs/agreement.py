"""What several educators come to on one KSB. Pure: their answers in, the status out.

Who may review and where reviews are kept is not known here.
"""

from collections.abc import Sequence

from consensus.percent import reaches_threshold
from cycles.ksbs.models import KsbAnswer, KsbStatus

SETTLED = {KsbAnswer.ACCEPT: KsbStatus.ACCEPTED, KsbAnswer.REJECT: KsbStatus.REJECTED}
FEWEST_TO_DIFFER = 2


def status_of(answers: Sequence[KsbAnswer], threshold_percent: int) -> KsbStatus:
    """Return the status that the educators' answers to one KSB come to.

    Accepted or rejected when that answer's share of all who reviewed, the unsure among them,
    reaches the threshold of agreement: one reviewer settles what nobody disputes. Else, and where
    nobody reviewed, it stays suggested.

    >>> status_of([KsbAnswer.ACCEPT, KsbAnswer.ACCEPT, KsbAnswer.UNSURE], 66).value
    'accepted'
    >>> status_of([KsbAnswer.ACCEPT, KsbAnswer.UNSURE], 75).value
    'suggested'
    """
    counts = [answers.count(each) for each in KsbAnswer]
    leading = tuple(KsbAnswer)[counts.index(max(counts))]
    is_agreed = bool(reaches_threshold([counts], threshold_percent)[0])
    return SETTLED.get(leading, KsbStatus.SUGGESTED) if is_agreed else KsbStatus.SUGGESTED


def is_differing(status: KsbStatus, reviewers: int) -> bool:
    """Say whether educators differ: two or more reviewed it, and it is not settled."""
    return status == KsbStatus.SUGGESTED and reviewers >= FEWEST_TO_DIFFER
