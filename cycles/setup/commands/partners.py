"""Supply-chain partners: added, changed, ordered, removed while nothing is tagged with them."""

from datetime import datetime

from sqlalchemy import func, select

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability
from cycles.setup import ordering
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.commands.challenge import SHORT_TEXT
from cycles.setup.models import Cycle, Partner
from cycles.setup.queries import open_cycle
from cycles.statements.models import statement_partner

ADDED = EventType("partner.added", "name")
CHANGED = EventType("partner.changed", "name", "changed")
MOVED = EventType("partner.moved", "name", "position")
REMOVED = EventType("partner.removed", "name")

NAME = 120


def add_partner(
    *, cycle: Cycle, name: str, actor: Actor, moment: datetime, description: str = ""
) -> Partner:
    """Add a supply-chain partner after the last."""
    open_cycle(cycle.id)
    _check(cycle, name, description)
    partner = Partner(
        cycle_id=cycle.id,
        position=ordering.next_position(Partner, cycle.id),
        name=name,
        description=description,
    )
    db.session.add(partner)
    db.session.flush()
    _record(ADDED, partner, actor, moment)
    return partner


def change_partner(
    *, partner: Partner, name: str, description: str, actor: Actor, moment: datetime
) -> None:
    """Rename or describe a partner anew."""
    _check(open_cycle(partner.cycle_id), name, description, partner)
    changed = put(partner, name=name, description=description)
    if changed:
        db.session.flush()
        _record(CHANGED, partner, actor, moment, changed=changed)


def move_partner(*, partner: Partner, up: bool, actor: Actor, moment: datetime) -> None:
    """Move a partner one place up or down."""
    open_cycle(partner.cycle_id)
    if ordering.move(partner, up=up):
        _record(MOVED, partner, actor, moment, position=partner.position)


def remove_partner(*, partner: Partner, actor: Actor, moment: datetime) -> None:
    """Remove a partner. Statements tagged with it, and what it can do today, stop that."""
    open_cycle(partner.cycle_id)
    tagged = db.session.scalar(
        select(func.count())
        .select_from(statement_partner)
        .where(statement_partner.c.partner_id == partner.id)
    )
    if tagged:
        are = "statement is" if tagged == 1 else "statements are"
        raise Invalid(
            f"{tagged} capability {are} tagged with {partner.name}. Take the tags off first."
        )
    captured = db.session.scalar(
        select(func.count()).where(PresentCapability.partner_id == partner.id)
    )
    if captured:
        are = "capability is" if captured == 1 else "capabilities are"
        raise Invalid(
            f"The current state of {captured} {are} captured for {partner.name}. "
            "Take the answers back first."
        )
    ordering.remove(partner, refusal=f"{partner.name} is in use and cannot be removed.")
    _record(REMOVED, partner, actor, moment)


def _check(cycle: Cycle, name: str, description: str, but: Partner | None = None) -> None:
    refuse_faults(
        name=fault_in(name, most=NAME, blank="Enter a name for the partner.")
        or ordering.fault_in_name(Partner, cycle.id, name, but),
        description=fault_in(description, most=SHORT_TEXT),
    )


def _record(
    kind: EventType, partner: Partner, actor: Actor, moment: datetime, **facts: object
) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=partner.cycle_id,
        subject_id=partner.id,
        name=partner.name,
        **facts,
    )
