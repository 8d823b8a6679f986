"""The knowledge, skills and behaviours that educators accepted, and how many wait."""

import uuid
from collections import Counter

from cycles.ksbs.models import KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.standards.models import KsbKind
from reports.document.facts import KsbLine, Ksbs


def ksb_facts(cycle_id: uuid.UUID) -> Ksbs:
    """Return the accepted KSBs by capability, with the counts of all."""
    everything = ksbs_of(cycle_id)
    accepted = [each for each in everything if each.status == KsbStatus.ACCEPTED]
    kinds = Counter(each.kind for each in accepted)
    status = Counter(each.status for each in everything)
    return Ksbs(
        accepted=len(accepted),
        knowledge=kinds[KsbKind.KNOWLEDGE],
        skills=kinds[KsbKind.SKILL],
        behaviours=kinds[KsbKind.BEHAVIOUR],
        waiting=status[KsbStatus.SUGGESTED],
        rejected=status[KsbStatus.REJECTED],
        capabilities_with=len({each.statement_id for each in accepted}),
        lines=tuple(
            KsbLine(each.statement.code, each.kind.value, each.text, each.source)
            for each in accepted
        ),
    )
