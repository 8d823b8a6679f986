"""The cycle, its set-up and its people, as a report tells them."""

import uuid
from collections import Counter, defaultdict
from datetime import date, datetime

from sqlalchemy import func, select

from cycles.core.clock import LONDON
from cycles.core.extensions import db
from cycles.people.models import Group, Invitation, Participant
from cycles.people.queries import participants_of
from cycles.setup.queries import milestones_of, solutions_of
from reports.document.assembling.rows import Rows
from reports.document.facts import (
    GroupLine,
    Milestone,
    OrganisationLine,
    Partner,
    People,
    RoleLevel,
    Solution,
    Subject,
)

GROUPS = tuple(Group)


def day_of(moment: datetime) -> date:
    """Return the day of a moment, as the United Kingdom had it."""
    return moment.astimezone(LONDON).date()


def maybe_day_of(moment: datetime | None) -> date | None:
    """Return the day of a moment, or None where there is no moment."""
    return None if moment is None else day_of(moment)


def share(count: int, total: int) -> float:
    """Return ``count`` of ``total`` in per cent with one decimal; 0 of nothing is 0."""
    return round(100 * count / total, 1) if total else 0.0


def subject_facts(rows: Rows) -> Subject:
    """Return the cycle in the words of its set-up."""
    cycle = rows.cycle
    return Subject(
        cycle_id=str(cycle.id),
        title=cycle.title,
        challenge=cycle.challenge,
        challenge_when=cycle.challenge_when,
        impact_domain=cycle.impact_domain,
        case_for_foresighting=cycle.case_for_foresighting,
        scenario=cycle.scenario,
        sponsor=cycle.sponsor,
        convener=cycle.convener_organisation,
        stage=cycle.stage.value,
        is_demonstration=cycle.is_demonstration,
        started_on=day_of(cycle.created_at),
        solutions=tuple(
            Solution(each.name, each.description, each.is_prioritised, each.reason)
            for each in solutions_of(cycle.id)
        ),
        partners=tuple(Partner(each.name, each.description) for each in rows.partners),
        role_levels=tuple(
            RoleLevel(each.name, each.description, each.academic_level) for each in rows.role_levels
        ),
        milestones=tuple(Milestone(each.on, each.title) for each in milestones_of(cycle.id)),
    )


def people_facts(cycle_id: uuid.UUID) -> People:
    """Return who takes part. No person is named: organisations are, each of them once."""
    everyone = participants_of(cycle_id)
    organisations = _organisations(everyone)
    return People(
        people=len(everyone),
        groups=tuple(
            GroupLine(
                group=group.value,
                people=sum(each.group == group for each in everyone),
                organisations=sum(line.people[place] > 0 for line in organisations),
            )
            for place, group in enumerate(GROUPS)
        ),
        organisations=organisations,
        organisation_count=len(organisations),
        without_organisation=sum(each.organisation is None for each in everyone),
        panel_members=sum(each.is_on_panel for each in everyone),
        invitations=_invitations(cycle_id),
    )


def _invitations(cycle_id: uuid.UUID) -> int:
    wanted = select(func.count(Invitation.id)).where(
        Invitation.cycle_id == cycle_id, Invitation.revoked_at.is_(None)
    )
    return db.session.scalar(wanted) or 0


def _organisations(everyone: list[Participant]) -> tuple[OrganisationLine, ...]:
    held: dict[uuid.UUID, Counter[Group]] = defaultdict(Counter)
    rows = {}
    for each in everyone:
        if each.organisation is not None:
            rows[each.organisation.id] = each.organisation
            held[each.organisation.id][each.group] += 1
    return tuple(
        OrganisationLine(
            name=row.name,
            kind=row.kind,
            people=tuple(held[row.id][group] for group in GROUPS),
            total=held[row.id].total(),
        )
        for row in sorted(rows.values(), key=lambda row: row.name.casefold())
    )
