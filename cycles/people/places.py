"""What changes the places that people hold in a cycle. Asking them in is in ``invitations``."""

from datetime import datetime

from cycles.accounts.models import Account
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.people.models import Group, Organisation, Participant
from cycles.people.queries import conveners_of, key_of, organisation_by_name, participant_by_email
from cycles.setup.models import Cycle, Partner
from cycles.setup.queries import open_cycle

PLACE_CHANGED = EventType("participant.changed", "group", "is_on_panel")
WITHDRAWN = EventType("participant.withdrawn", "group")
READMITTED = EventType("participant.readmitted", "group")


def add_participant(
    *,
    cycle: Cycle,
    account: Account,
    group: Group,
    actor: Actor,  # noqa: ARG001 - the caller's event names who acted
    moment: datetime,
    organisation: str = "",
    is_on_panel: bool = False,
    partner: Partner | None = None,
    organisation_kind: str = "",
) -> Participant:
    """Give the account a place in the cycle; who has one already is given this one instead.

    Records no event of its own: it is part of starting a cycle or accepting an invitation.
    """
    check_panel(group, is_on_panel)
    participant = participant_by_email(cycle.id, account.email)
    if participant is None:
        participant = Participant(cycle_id=cycle.id, account_id=account.id, joined_at=moment)
        db.session.add(participant)
    participant.group = group
    participant.is_on_panel = is_on_panel
    participant.withdrawn_at = None
    participant.partner_id = None if partner is None else partner.id
    found = find_or_create_organisation(cycle=cycle, name=organisation, kind=organisation_kind)
    participant.organisation_id = None if found is None else found.id
    db.session.flush()
    return participant


def check_panel(group: Group, is_on_panel: bool) -> None:
    """Refuse a panel mark on anybody but an employer."""
    if is_on_panel and group != Group.EMPLOYER:
        sentence = "Only employers can be on the employer panel."
        raise Invalid(sentence, is_on_panel=sentence)


def find_or_create_organisation(*, cycle: Cycle, name: str, kind: str = "") -> Organisation | None:
    """Return the cycle's organisation that ``name`` spells, made now if new; None for no name."""
    tidy = " ".join(name.split())
    if not key_of(tidy):
        return None
    found = organisation_by_name(cycle.id, tidy)
    if found is None:
        found = Organisation(cycle_id=cycle.id, name=tidy[:200], key=key_of(tidy))
        db.session.add(found)
    if kind:
        found.kind = kind
    db.session.flush()
    return found


def change_place(
    *,
    cycle: Cycle,
    participant: Participant,
    group: Group,
    is_on_panel: bool,
    partner: Partner | None,
    organisation: str,
    actor: Actor,
    moment: datetime,
) -> None:
    """Change the group, panel mark, partner or organisation of somebody who takes part."""
    open_cycle(cycle.id)
    check_panel(group, is_on_panel)
    if group != Group.CONVENER:
        _check_not_last_convener(participant)
    found = find_or_create_organisation(cycle=cycle, name=organisation)
    participant.group = group
    participant.is_on_panel = is_on_panel
    participant.partner_id = None if partner is None else partner.id
    participant.organisation_id = None if found is None else found.id
    db.session.flush()
    PLACE_CHANGED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=participant.id,
        group=group.value,
        is_on_panel=is_on_panel,
    )


def withdraw(*, cycle: Cycle, participant: Participant, actor: Actor, moment: datetime) -> None:
    """Take somebody's place away; what they contributed stays, and the place can be given back."""
    open_cycle(cycle.id)
    _check_not_last_convener(participant)
    if participant.withdrawn_at is not None:
        return
    participant.withdrawn_at = moment
    db.session.flush()
    _record(WITHDRAWN, participant, actor, moment)


def readmit(*, cycle: Cycle, participant: Participant, actor: Actor, moment: datetime) -> None:
    """Give back a place that was withdrawn."""
    open_cycle(cycle.id)
    if participant.withdrawn_at is None:
        return
    participant.withdrawn_at = None
    db.session.flush()
    _record(READMITTED, participant, actor, moment)


def _record(kind: EventType, participant: Participant, actor: Actor, moment: datetime) -> None:
    kind.record(
        actor=actor,
        moment=moment,
        cycle_id=participant.cycle_id,
        subject_id=participant.id,
        group=participant.group.value,
    )


def _check_not_last_convener(participant: Participant) -> None:
    if participant.group == Group.CONVENER and len(conveners_of(participant.cycle_id)) == 1:
        sentence = "A cycle keeps at least one convener. Make somebody else a convener first."
        raise Invalid(sentence, group=sentence)
