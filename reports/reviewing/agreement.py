"""How far reviewers agree with each other and with the machine. Pure: judgements in, counts out."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.mapping.findings import Judgement
from reports.mapping.models import MatchVerdict


@dataclass(frozen=True)
class Agreement:
    """Counts of matches, each counted once however many people reviewed it.

    ``by_several`` were reviewed by two or more people, ``agreed`` of them are settled. The other
    four count settled matches: what the score alone said then, and what people decided.
    """

    reviewed: int
    by_several: int
    agreed: int
    suggested_accepted: int
    suggested_rejected: int
    unsuggested_accepted: int
    unsuggested_rejected: int

    @property
    def differing(self) -> int:
        """Return how many matches were reviewed by several people who do not agree."""
        return self.by_several - self.agreed

    @property
    def agreed_percent(self) -> float | None:
        """Return the share of what several reviewed on which they agree; None where nobody did."""
        return round(100 * self.agreed / self.by_several, 1) if self.by_several else None

    @property
    def settled(self) -> int:
        """Return how many matches people decided."""
        return self.with_machine + self.suggested_rejected + self.unsuggested_accepted

    @property
    def with_machine(self) -> int:
        """Return how many decisions say what the score alone had said."""
        return self.suggested_accepted + self.unsuggested_rejected

    @property
    def with_machine_percent(self) -> float | None:
        """Return the share of decisions that say what the score alone had said."""
        return round(100 * self.with_machine / self.settled, 1) if self.settled else None


def agreement(judgements: Iterable[Judgement]) -> Agreement:
    """Return how far the reviewers of these matches agree."""
    all_of_them = list(judgements)
    several = [each for each in all_of_them if reviewers(each) > 1]
    decided = [(each.was_suggested, each.verdict) for each in all_of_them if each.verdict]
    return Agreement(
        reviewed=len(all_of_them),
        by_several=len(several),
        agreed=sum(each.verdict is not None for each in several),
        suggested_accepted=decided.count((True, MatchVerdict.ACCEPTED)),
        suggested_rejected=decided.count((True, MatchVerdict.REJECTED)),
        unsuggested_accepted=decided.count((False, MatchVerdict.ACCEPTED)),
        unsuggested_rejected=decided.count((False, MatchVerdict.REJECTED)),
    )


def reviewers(judgement: Judgement) -> int:
    """Return how many people reviewed a match."""
    return judgement.accepted + judgement.rejected + judgement.unsure
