"""What others ask of a cycle and its set-up. Nothing here writes."""

import uuid

from sqlalchemy import select

from cycles.core.errors import Closed, Missing
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle, Milestone, Partner, RoleLevel, RuleCard, Solution


def get_cycle(cycle_id: uuid.UUID) -> Cycle:
    """Return the cycle, or raise ``Missing``."""
    cycle = db.session.get(Cycle, cycle_id)
    if cycle is None:
        raise Missing("There is no such cycle.")
    return cycle


def open_cycle(cycle_id: uuid.UUID) -> Cycle:
    """Return the cycle when it may still change; raise ``Closed`` when archived or sealed.

    Every command that changes anything of a cycle asks here first.
    """
    cycle = get_cycle(cycle_id)
    if cycle.sealed_at is not None:
        raise Closed("This cycle is sealed. Nothing in it can change.")
    if cycle.archived_at is not None:
        raise Closed("This cycle is archived. A convener can bring it back from its set-up.")
    return cycle


def cycles_convened_by(account_id: uuid.UUID) -> list[Cycle]:
    """Return the cycles that the account convenes, newest first."""
    return list(
        db.session.scalars(
            select(Cycle)
            .join(Participant, Participant.cycle_id == Cycle.id)
            .where(
                Participant.account_id == account_id,
                Participant.group == Group.CONVENER,
                Participant.withdrawn_at.is_(None),
            )
            .order_by(Cycle.created_at.desc(), Cycle.id)
        )
    )


def solutions_of(cycle_id: uuid.UUID) -> list[Solution]:
    """Return the candidate solutions in their order."""
    return list(
        db.session.scalars(
            select(Solution)
            .where(Solution.cycle_id == cycle_id)
            .order_by(Solution.position, Solution.id)
        )
    )


def partners_of(cycle_id: uuid.UUID) -> list[Partner]:
    """Return the supply-chain partners in their order."""
    return list(
        db.session.scalars(
            select(Partner)
            .where(Partner.cycle_id == cycle_id)
            .order_by(Partner.position, Partner.id)
        )
    )


def role_levels_of(cycle_id: uuid.UUID) -> list[RoleLevel]:
    """Return the role levels in their order."""
    return list(
        db.session.scalars(
            select(RoleLevel)
            .where(RoleLevel.cycle_id == cycle_id)
            .order_by(RoleLevel.position, RoleLevel.id)
        )
    )


def milestones_of(cycle_id: uuid.UUID) -> list[Milestone]:
    """Return the timeline, earliest first."""
    return list(
        db.session.scalars(
            select(Milestone)
            .where(Milestone.cycle_id == cycle_id)
            .order_by(Milestone.on, Milestone.title, Milestone.id)
        )
    )


def rule_card_of(cycle_id: uuid.UUID) -> RuleCard:
    """Return the cycle's rule card, or raise ``Missing``."""
    card = db.session.get(RuleCard, cycle_id)
    if card is None:
        raise Missing("There is no rule card for this cycle.")
    return card
