"""What is asked of the panel's work: whether it sits, who approved, how many it takes."""

import uuid
from collections import Counter

from sqlalchemy import Select, select

from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.people.queries import panel_size
from cycles.setup.models import Cycle
from cycles.setup.queries import rule_card_of
from cycles.stages.words import Stage
from workshop.ratification.models import Approval
from workshop.rooms.models import RoomState, Workshop, WorkshopKind


def approvals_of(profile_id: uuid.UUID) -> list[Approval]:
    """Return the approvals that count: of people who are on the panel now, oldest first."""
    return list(
        db.session.scalars(
            _counting()
            .where(Approval.profile_id == profile_id)
            .order_by(Approval.approved_at, Approval.id)
        )
    )


def approval_counts(cycle_id: uuid.UUID) -> Counter[uuid.UUID]:
    """Return how many approvals each profile of the cycle has."""
    found = db.session.scalars(_counting().where(Approval.cycle_id == cycle_id))
    return Counter(one.profile_id for one in found)


def approved_by(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the profiles that this person approves as they stand."""
    return set(
        db.session.scalars(
            select(Approval.profile_id).where(
                Approval.cycle_id == cycle_id, Approval.participant_id == participant_id
            )
        )
    )


def _counting() -> Select[Approval]:
    return (
        select(Approval)
        .join(Participant, Participant.id == Approval.participant_id)
        .where(Participant.is_on_panel.is_(True), Participant.withdrawn_at.is_(None))
    )


def approvals_needed(cycle_id: uuid.UUID) -> int:
    """Return how many approvals ratify: the rule card's, or the whole of a smaller panel."""
    return max(1, min(rule_card_of(cycle_id).panel_quorum, panel_size(cycle_id)))


def why_not_at_stage(cycle: Cycle) -> str | None:
    """Return the sentence that says why profiles cannot change at all now, or None."""
    if cycle.sealed_at is not None or cycle.archived_at is not None:
        return "This cycle is closed: its profiles cannot be changed."
    if cycle.stage != Stage.CARRYING_OUT:
        return (
            "Profiles are worked on in the carrying-out stage; "
            f"this cycle is at “{cycle.stage.value}”."
        )
    return None


def why_closed(cycle: Cycle) -> str | None:
    """Return the sentence that says why the panel cannot work now, or None.

    Without a ratification workshop the panel works whenever the stage allows it.
    """
    states = set(
        db.session.scalars(
            select(Workshop.state).where(
                Workshop.cycle_id == cycle.id, Workshop.kind == WorkshopKind.RATIFICATION
            )
        )
    )
    reason = why_not_at_stage(cycle)
    if reason is None and states and RoomState.OPEN not in states:
        return "The ratification workshop is not open. The convener opens it."
    return reason
