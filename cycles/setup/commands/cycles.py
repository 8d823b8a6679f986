"""Starting a cycle, with or without another's set-up, and putting it away."""

import uuid
from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, refuse_faults
from cycles.setup.commands.challenge import LINE, SHORT_TEXT
from cycles.setup.commands.rules import BY_GROUP
from cycles.setup.models import Cycle, CycleFramework, Partner, RoleLevel, RuleCard
from cycles.setup.provision import frameworks_of
from cycles.setup.queries import open_cycle, partners_of, role_levels_of, rule_card_of

STARTED = EventType("cycle.started", "title", "copied_from", "is_demonstration", "subject")
ARCHIVED = EventType("cycle.archived")
UNARCHIVED = EventType("cycle.unarchived")


def start_cycle(
    *,
    title: str,
    actor: Actor,
    moment: datetime,
    copy_from: Cycle | None = None,
    is_demonstration: bool = False,
    challenge: str = "",
    subject_id: uuid.UUID | None = None,
) -> Cycle:
    """Start a cycle with its rule card, and with the reusable set-up of ``copy_from`` if given.

    ``challenge`` is a first wording; ``subject_id`` names the further subject of an earlier cycle
    that this one takes up, for the log.

    Copied are the frame of the work: partners, role levels, frameworks, mapping threshold, the
    rules as a proposal still to be set, impact domain and convening organisation. What belongs to
    one challenge (its solutions, scenario, sponsor, timeline, people, current state) is not.
    """
    refuse_faults(
        title=fault_in(title, most=LINE, blank="Enter a title for the cycle."),
        challenge=fault_in(challenge, most=SHORT_TEXT),
    )
    cycle = Cycle(
        title=title, challenge=challenge, created_at=moment, is_demonstration=is_demonstration
    )
    db.session.add(cycle)
    db.session.flush()
    card = RuleCard(cycle_id=cycle.id, feedback=BY_GROUP)
    db.session.add(card)
    if copy_from is not None:
        _copy(copy_from, cycle, card)
    db.session.flush()
    STARTED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=cycle.id,
        title=title,
        copied_from=str(copy_from.id) if copy_from else None,
        is_demonstration=is_demonstration,
        **({"subject": str(subject_id)} if subject_id else {}),
    )
    return cycle


def archive(*, cycle: Cycle, actor: Actor, moment: datetime) -> None:
    """Put the cycle away: it can be read, and nothing in it changes until it is brought back."""
    open_cycle(cycle.id)
    cycle.archived_at = moment
    db.session.flush()
    ARCHIVED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=cycle.id)


def unarchive(*, cycle: Cycle, actor: Actor, moment: datetime) -> None:
    """Bring an archived cycle back, as it was."""
    if cycle.sealed_at is not None:
        raise Closed("This cycle is sealed. Nothing in it can change.")
    if cycle.archived_at is None:
        raise Closed("This cycle is not archived.")
    cycle.archived_at = None
    db.session.flush()
    UNARCHIVED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=cycle.id)


def _copy(source: Cycle, cycle: Cycle, card: RuleCard) -> None:
    cycle.impact_domain = source.impact_domain
    cycle.convener_organisation = source.convener_organisation
    cycle.threshold_percent = source.threshold_percent
    old = rule_card_of(source.id)
    card.threshold_percent, card.minimum_n = old.threshold_percent, old.minimum_n
    card.stability_percent, card.round_cap = old.stability_percent, old.round_cap
    card.panel_quorum, card.rationale = old.panel_quorum, old.rationale
    card.panel_rule, card.feedback = old.panel_rule, old.feedback
    _copy_frameworks(source, cycle)
    _copy_partners(source, cycle)
    _copy_role_levels(source, cycle)


def _copy_frameworks(source: Cycle, cycle: Cycle) -> None:
    for position, chosen in enumerate(frameworks_of(source.id), 1):
        db.session.add(
            CycleFramework(
                cycle_id=cycle.id,
                framework_id=chosen.framework.id,
                position=position,
                uses_skills=chosen.uses_skills,
            )
        )


def _copy_partners(source: Cycle, cycle: Cycle) -> None:
    for position, partner in enumerate(partners_of(source.id), 1):
        db.session.add(
            Partner(
                cycle_id=cycle.id,
                position=position,
                name=partner.name,
                description=partner.description,
            )
        )


def _copy_role_levels(source: Cycle, cycle: Cycle) -> None:
    for position, level in enumerate(role_levels_of(source.id), 1):
        db.session.add(
            RoleLevel(
                cycle_id=cycle.id,
                position=position,
                name=level.name,
                description=level.description,
                academic_level=level.academic_level,
            )
        )
