"""Gathering a cycle's evidence: from the tables here, and from who is registered above."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle, CycleFramework
from cycles.setup.provision import in_use_by_framework
from cycles.setup.queries import partners_of, role_levels_of, rule_card_of, solutions_of
from cycles.stages.evidence import Evidence, provided
from cycles.statements.models import CapabilityStatement, StatementStatus


def evidence_of(cycle: Cycle) -> Evidence:
    """Return everything that a gate asks of ``cycle``, as it stands now."""
    card = rule_card_of(cycle.id)
    kept = CapabilityStatement.status == StatementStatus.KEPT
    return Evidence(
        **_described(cycle),
        **_listed(cycle.id),
        **_joined(cycle.id),
        panel_quorum=card.panel_quorum,
        are_rules_set=card.set_at is not None,
        standards_in_use=sum(in_use_by_framework(cycle.id).values()),
        kept_statements=_count(CapabilityStatement.cycle_id, cycle.id, kept),
        **provided(cycle.id),
    )


def _described(cycle: Cycle) -> dict[str, Any]:
    return {
        "has_challenge": bool(cycle.challenge.strip()),
        "has_when": bool(cycle.challenge_when.strip()),
        "has_sponsor": bool(cycle.sponsor.strip()),
        "has_scenario": bool(cycle.scenario.strip()),
        "has_framework": _count(CycleFramework.cycle_id, cycle.id) > 0,
    }


def _listed(cycle_id: uuid.UUID) -> dict[str, Any]:
    solutions, levels = solutions_of(cycle_id), role_levels_of(cycle_id)
    chosen = [each for each in solutions if each.is_prioritised]
    return {
        "solutions": len(solutions),
        "prioritised": len(chosen),
        "prioritised_without_reason": sum(not each.reason.strip() for each in chosen),
        "partners": len(partners_of(cycle_id)),
        "role_levels": len(levels),
        "role_levels_without_academic_level": sum(each.academic_level is None for each in levels),
    }


def _joined(cycle_id: uuid.UUID) -> dict[str, Any]:
    groups = joined_by_group(cycle_id)
    return {
        "technologists": groups.get(Group.TECHNOLOGIST, 0),
        "employers": groups.get(Group.EMPLOYER, 0),
        "educators": groups.get(Group.EDUCATOR, 0),
        "panel_members": _panel_members(cycle_id),
    }


def joined_by_group(cycle_id: uuid.UUID) -> dict[Group, int]:
    """Return how many people of each group have joined and not withdrawn."""
    rows = db.session.execute(
        select(Participant.group, func.count().label("number"))
        .where(Participant.cycle_id == cycle_id, Participant.withdrawn_at.is_(None))
        .group_by(Participant.group)
        .order_by(Participant.group)
    )
    return {row.group: row.number for row in rows}


def _panel_members(cycle_id: uuid.UUID) -> int:
    return _count(
        Participant.cycle_id,
        cycle_id,
        Participant.is_on_panel.is_(True),
        Participant.withdrawn_at.is_(None),
    )


def _count(
    column: InstrumentedAttribute[uuid.UUID], cycle_id: uuid.UUID, *more: ColumnElement[bool]
) -> int:
    rows = select(func.count()).where(column == cycle_id, *more)
    return db.session.scalar(rows) or 0
