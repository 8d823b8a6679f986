"""What changes invitations: asking people in, one by one or many at once, and their answer.

Letters are written and mailed by the worker (``mailing``): the token exists only in the letter.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from cycles.accounts.commands import find_or_create_account, open_session
from cycles.accounts.models import Account
from cycles.accounts.queries import tidy_email
from cycles.accounts.tokens import hash_of, new_token
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.people.models import Group, Invitation, Participant
from cycles.people.places import add_participant, check_panel
from cycles.people.queries import (
    InvitationState,
    invitation_by_email,
    invitations_of,
    open_invitation,
    participants_of,
    state_of,
)
from cycles.setup.models import Cycle, Partner
from cycles.setup.queries import open_cycle

INVITED = EventType("invitation.made", "group", "is_on_panel")
INVITED_MANY = EventType("invitation.made_many", "count")
RESENT = EventType("invitation.resent")
REVOKED = EventType("invitation.revoked")
ACCEPTED = EventType("invitation.accepted", "group")

INVITATION_LASTS = timedelta(days=180)
MAILS = "people.mail_invitations"
OPEN_STATES = (InvitationState.WAITING, InvitationState.SENT)


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite, and the place meant for them."""

    name: str
    email: str
    group: Group
    organisation: str = ""
    is_on_panel: bool = False
    partner_id: uuid.UUID | None = None


def invite(
    *,
    cycle: Cycle,
    email: str,
    name: str,
    group: Group,
    actor: Actor,
    moment: datetime,
    organisation: str = "",
    is_on_panel: bool = False,
    partner: Partner | None = None,
) -> Invitation:
    """Invite one person; the letter goes out once this commits."""
    partner_id = None if partner is None else partner.id
    invitee = Invitee(name, email, group, organisation, is_on_panel, partner_id)
    open_cycle(cycle.id)
    taken = taken_addresses(cycle.id, moment)
    invitation = _prepare(cycle, invitee, taken, moment)
    _ask_for_letters(cycle, [invitation], actor, moment)
    INVITED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=invitation.id,
        group=group.value,
        is_on_panel=is_on_panel,
    )
    return invitation


def invite_many(
    *, cycle: Cycle, invitees: list[Invitee], actor: Actor, moment: datetime
) -> list[Invitation]:
    """Invite everyone listed; raise ``Invalid`` when nobody is or one of them cannot be."""
    open_cycle(cycle.id)
    if not invitees:
        raise Invalid("There is nobody to invite.")
    taken = taken_addresses(cycle.id, moment)
    made = [_prepare(cycle, invitee, taken, moment) for invitee in invitees]
    _ask_for_letters(cycle, made, actor, moment)
    INVITED_MANY.record(actor=actor, moment=moment, cycle_id=cycle.id, count=len(made))
    return made


def taken_addresses(cycle_id: uuid.UUID, moment: datetime) -> dict[str, str]:
    """Return every address that cannot be invited now, with the reason as a sentence."""
    invited = {
        invitation.email: "This address already has an invitation. You can send it again."
        for invitation in invitations_of(cycle_id)
        if state_of(invitation, moment) in OPEN_STATES
    }
    taking_part = {
        participant.account.email: f"{participant.account.name} already takes part."
        for participant in participants_of(cycle_id)
    }
    return {**invited, **taking_part}


def _prepare(cycle: Cycle, invitee: Invitee, taken: dict[str, str], moment: datetime) -> Invitation:
    check_panel(invitee.group, invitee.is_on_panel)
    address = tidy_email(invitee.email)
    if address in taken:
        raise Invalid(taken[address], email=taken[address])
    invitation = invitation_by_email(cycle.id, address)
    if invitation is None:
        invitation = Invitation(cycle_id=cycle.id, email=address)
        db.session.add(invitation)
    invitation.name = invitee.name.strip()
    invitation.organisation = " ".join(invitee.organisation.split())
    invitation.group = invitee.group
    invitation.is_on_panel = invitee.is_on_panel
    invitation.partner_id = invitee.partner_id
    invitation.created_at = moment
    invitation.participant_id = invitation.accepted_at = None
    _renew(invitation, moment)
    return invitation


def _renew(invitation: Invitation, moment: datetime) -> None:
    """Make every older link worthless and wait for the worker to write a letter with a new one."""
    invitation.token_hash = hash_of(new_token())
    invitation.sent_at = None
    invitation.revoked_at = None
    invitation.expires_at = moment + INVITATION_LASTS
    db.session.flush()


def _ask_for_letters(
    cycle: Cycle, invitations: list[Invitation], actor: Actor, moment: datetime
) -> None:
    ids = [str(invitation.id) for invitation in invitations]
    ask_for(kind=MAILS, actor=actor, moment=moment, cycle_id=cycle.id, invitation_ids=ids)


def resend(*, cycle: Cycle, invitation: Invitation, actor: Actor, moment: datetime) -> None:
    """Send a new letter with a new link; the earlier link stops working."""
    open_cycle(cycle.id)
    if invitation.accepted_at is not None:
        raise Closed("This invitation was accepted. Nothing needs to be sent.")
    _renew(invitation, moment)
    _ask_for_letters(cycle, [invitation], actor, moment)
    RESENT.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=invitation.id)


def revoke(*, cycle: Cycle, invitation: Invitation, actor: Actor, moment: datetime) -> None:
    """End the invitation: its link stops working at once."""
    open_cycle(cycle.id)
    if invitation.accepted_at is not None:
        raise Closed("This invitation was accepted. Withdraw the participant instead.")
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = moment
    db.session.flush()
    REVOKED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=invitation.id)


@dataclass(frozen=True)
class Acceptance:
    """What accepting an invitation gave: a place, and a session for the browser."""

    account: Account
    participant: Participant
    session_token: str


def accept(*, token: str, moment: datetime) -> Acceptance:
    """Accept the invitation of this token; raise ``Missing`` when it may not be any more.

    Whoever holds the letter is the person invited: the account is found or made, the place given,
    and a session opened.
    """
    invitation, cycle = _claim(token, moment)
    person = Actor(None, invitation.name)
    account = find_or_create_account(
        email=invitation.email, name=invitation.name, actor=person, moment=moment
    )
    participant = _give_place(cycle, invitation, account, moment)
    session_token = open_session(account=account, moment=moment)
    ACCEPTED.record(
        actor=Actor(account.id, account.name),
        moment=moment,
        cycle_id=cycle.id,
        subject_id=invitation.id,
        group=invitation.group.value,
    )
    return Acceptance(account, participant, session_token)


def _give_place(
    cycle: Cycle, invitation: Invitation, account: Account, moment: datetime
) -> Participant:
    partner_id = invitation.partner_id
    participant = add_participant(
        cycle=cycle,
        account=account,
        group=invitation.group,
        actor=Actor(account.id, account.name),
        moment=moment,
        organisation=invitation.organisation,
        is_on_panel=invitation.is_on_panel,
        partner=None if partner_id is None else db.session.get(Partner, partner_id),
    )
    invitation.participant_id = participant.id
    return participant


def _claim(token: str, moment: datetime) -> tuple[Invitation, Cycle]:
    """Mark the invitation accepted in one statement, so that two clicks at once make one place."""
    found = open_invitation(token, moment)
    claimed = found and db.session.scalar(
        update(Invitation)
        .where(
            Invitation.id == found[0].id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(accepted_at=moment)
        .returning(Invitation.id)
    )
    if not found or claimed is None:
        raise Missing("This invitation has ended.")
    return found
