"""The knowledge, skills and behaviours that educators accepted, and how many wait."""

import uuid
from collections import Counter

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.ksbs.competencies import (
    CompetencySet,
    KeptCapability,
    LiveKsb,
    ProfileName,
    sets_of,
)
from cycles.ksbs.models import CapabilityKsb, KsbReview, KsbStatus
from cycles.ksbs.queries import DIFFERS
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import LiveMember
from cycles.profiles.wording import shows_provisional
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus
from reports.document.assembling.rows import Rows
from reports.document.facts import CompetencyCounts, KsbLine, Ksbs


def ksb_facts(rows: Rows) -> Ksbs:
    """Return the accepted KSBs by capability, with the counts of all."""
    everything = rows.ksbs
    accepted = [each for each in everything if each.status == KsbStatus.ACCEPTED]
    kinds = Counter(each.kind for each in accepted)
    status = Counter(each.status for each in everything)
    sets = _sets(rows)
    return Ksbs(
        accepted=len(accepted),
        knowledge=kinds[KsbKind.KNOWLEDGE],
        skills=kinds[KsbKind.SKILL],
        behaviours=kinds[KsbKind.BEHAVIOUR],
        waiting=status[KsbStatus.SUGGESTED],
        rejected=status[KsbStatus.REJECTED],
        capabilities_with=len({each.statement_id for each in accepted}),
        lines=tuple(
            KsbLine(each.code, each.kind.value, each.text, each.source) for each in accepted
        ),
        reviewers=_reviewers(rows.cycle.id),
        differing=_differing(rows.cycle.id),
        decided=sum(bool(each.decision_reason) for each in everything),
        wordings=len({one.key for each in sets for one in each.competencies}),
        sets=tuple(_counts(each) for each in sets),
    )


def _sets(rows: Rows) -> tuple[CompetencySet, ...]:
    """Return the competency sets, as ``competency_sets`` would read them."""
    return sets_of(
        rows.role_levels,
        [_named(each) for each in rows.live],
        [_member(profile, each) for profile in rows.live for each in rows.held_by(profile)],
        [
            KeptCapability(each.id, each.code, each.text, each.area.function if each.area else "")
            for each in rows.kept
        ],
        [
            LiveKsb(each.statement_id, each.kind, each.text, each.status)
            for each in rows.ksbs
            if each.status != KsbStatus.REJECTED
        ],
    )


def _named(row: Profile) -> ProfileName:
    is_ratified = row.status == ProfileStatus.RATIFIED
    return ProfileName(row.id, row.role_level_id, row.code, row.name, is_ratified)


def _member(profile: Profile, row: ProfileCapability) -> LiveMember:
    return LiveMember(
        profile_id=profile.id,
        statement_id=row.statement_id,
        role_level_id=profile.role_level_id,
        level=row.level,
        is_provisional=shows_provisional(profile, row),
        is_second=row.is_second_membership,
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


def _differing(cycle_id: uuid.UUID) -> int:
    """Return on how many KSBs of kept capabilities, not settled, educators differ."""
    wanted = (
        select(func.count(CapabilityKsb.id))
        .join(CapabilityKsb.statement)
        .where(
            CapabilityKsb.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
            DIFFERS,
        )
    )
    return db.session.scalar(wanted) or 0


def _reviewers(cycle_id: uuid.UUID) -> int:
    """Return how many people have reviewed a KSB."""
    count = select(func.count(KsbReview.participant_id.distinct()))
    return db.session.scalar(count.where(KsbReview.cycle_id == cycle_id)) or 0
