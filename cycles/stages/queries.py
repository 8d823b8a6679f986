"""Gathering a cycle's evidence: from the tables here, and from who is registered above."""

import uuid

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle
from cycles.setup.queries import partners_of, role_levels_of, rule_card_of, solutions_of
from cycles.stages.evidence import Evidence, provided
from cycles.standards.models import StandardInUse
from cycles.statements.models import CapabilityStatement, StatementStatus


def evidence_of(cycle: Cycle) -> Evidence:
    """Return everything that a gate asks of ``cycle``, as it stands now."""
    solutions = [each for each in solutions_of(cycle.id) if each.is_prioritised]
    levels = role_levels_of(cycle.id)
    card = rule_card_of(cycle.id)
    groups = joined_by_group(cycle.id)
    return Evidence(
        has_challenge=bool(cycle.challenge.strip()),
        has_when=bool(cycle.challenge_when.strip()),
        solutions=len(solutions_of(cycle.id)),
        prioritised=len(solutions),
        prioritised_without_reason=sum(not each.reason.strip() for each in solutions),
        has_sponsor=bool(cycle.sponsor.strip()),
        has_scenario=bool(cycle.scenario.strip()),
        partners=len(partners_of(cycle.id)),
        role_levels=len(levels),
        role_levels_without_academic_level=sum(each.academic_level is None for each in levels),
        technologists=groups.get(Group.TECHNOLOGIST, 0),
        employers=groups.get(Group.EMPLOYER, 0),
        educators=groups.get(Group.EDUCATOR, 0),
        panel_members=_panel_members(cycle.id),
        panel_quorum=card.panel_quorum,
        has_framework=cycle.framework_id is not None,
        are_rules_set=card.set_at is not None,
        standards_in_use=_count(StandardInUse.cycle_id, cycle.id),
        kept_statements=_count(
            CapabilityStatement.cycle_id,
            cycle.id,
            CapabilityStatement.status == StatementStatus.KEPT,
        ),
        **provided(cycle.id),
    )


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
