"""The knowledge, skills and behaviours that educators accepted, and how many wait."""

import uuid
from collections import Counter

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.ksbs.competencies import CompetencySet, competency_sets
from cycles.ksbs.models import KsbReview, KsbStatus
from cycles.ksbs.queries import capability_counts, ksbs_of
from cycles.standards.models import KsbKind
from reports.document.facts import CompetencyCounts, KsbLine, Ksbs


def ksb_facts(cycle_id: uuid.UUID) -> Ksbs:
    """Return the accepted KSBs by capability, with the counts of all."""
    everything = ksbs_of(cycle_id)
    accepted = [each for each in everything if each.status == KsbStatus.ACCEPTED]
    kinds = Counter(each.kind for each in accepted)
    status = Counter(each.status for each in everything)
    sets = competency_sets(cycle_id)
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
        reviewers=_reviewers(cycle_id),
        differing=sum(each.differing for each in capability_counts(cycle_id)),
        decided=sum(bool(each.decision_reason) for each in everything),
        wordings=len({one.key for each in sets for one in each.competencies}),
        sets=tuple(_counts(each) for each in sets),
    )


def _counts(found: CompetencySet) -> CompetencyCounts:
    return CompetencyCounts(
        role_level=found.role_level,
        knowledge=found.count(KsbKind.KNOWLEDGE),
        skills=found.count(KsbKind.SKILL),
        behaviours=found.count(KsbKind.BEHAVIOUR),
        total=len(found.competencies),
        capabilities=len(found.capabilities),
        without=len(found.without),
        profiles=len(found.profiles),
        ratified=found.ratified,
    )


def _reviewers(cycle_id: uuid.UUID) -> int:
    """Return how many people have reviewed a KSB."""
    count = select(func.count(KsbReview.participant_id.distinct()))
    return db.session.scalar(count.where(KsbReview.cycle_id == cycle_id)) or 0
