"""The job that mails invitations. A letter is claimed before it is sent, so none goes out twice."""

import logging
import uuid
from typing import Any

from flask import current_app
from sqlalchemy import select

from cycles.accounts.models import Account
from cycles.accounts.tokens import hash_of, new_token
from cycles.core import clock, mail
from cycles.core.clock import LONDON
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from cycles.core.mail import Letter
from cycles.people.invitations import MAILS
from cycles.people.models import Group, Invitation
from cycles.setup.models import Cycle

log = logging.getLogger(__name__)

LINK_PATH = "/invitations/"
_ARTICLES = {
    Group.CONVENER: "a convener",
    Group.TECHNOLOGIST: "a technologist",
    Group.EMPLOYER: "an employer",
    Group.EDUCATOR: "an educator",
    Group.SPONSOR: "a sponsor",
}


@handles(MAILS)
def mail_invitations(run: JobRun) -> dict[str, Any]:
    """Mail the invitations named in the facts; those already mailed or ended are left out."""
    ids = [uuid.UUID(each) for each in run.facts["invitation_ids"]]
    sent = failed = 0
    for number, invitation_id in enumerate(ids, 1):
        letter = _claim(invitation_id, run)
        if letter is not None:
            is_sent = _deliver(letter, invitation_id)
            sent, failed = sent + is_sent, failed + (not is_sent)
        run.progress(number, len(ids), f"Mailed {sent} of {len(ids)}")
    if failed:
        raise DomainError(
            f"{failed} of {len(ids)} invitations could not be mailed. They are shown as "
            "“not mailed yet”; send them again."
        )
    return {"sent": sent}


def _claim(invitation_id: uuid.UUID, run: JobRun) -> Letter | None:
    """Write the letter with a new token and commit that it is sent, before it is."""
    moment = clock.now()
    found = db.session.execute(
        select(Invitation, Cycle)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .where(
            Invitation.id == invitation_id,
            Invitation.cycle_id == run.cycle_id,
            Invitation.sent_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.accepted_at.is_(None),
        )
        .with_for_update(of=Invitation)
    ).one_or_none()
    if found is None:
        db.session.rollback()
        return None
    invitation, cycle = found
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.sent_at = moment
    letter = invitation_letter(invitation, cycle, _name_of(run.asked_by_id), token)
    db.session.commit()
    return letter


def _name_of(account_id: uuid.UUID | None) -> str:
    account = None if account_id is None else db.session.get(Account, account_id)
    return "The convener" if account is None else account.name


def _deliver(letter: Letter, invitation_id: uuid.UUID) -> bool:
    try:
        mail.send(letter)
    except (OSError, ValueError):
        log.exception("invitation %s could not be mailed", invitation_id)
        invitation = db.session.get(Invitation, invitation_id)
        if invitation is not None:
            invitation.sent_at = None
        db.session.commit()
        return False
    return True


def invitation_letter(invitation: Invitation, cycle: Cycle, inviter: str, token: str) -> Letter:
    """Return the letter that carries an invitation's link."""
    base_url = current_app.extensions["pythia_settings"].base_url
    organisation = cycle.convener_organisation
    on_behalf = f", {organisation}," if organisation else ""
    ends = f"{invitation.expires_at.astimezone(LONDON):%-d %B %Y}"
    text = (
        f"Hello {invitation.name},\n\n"
        f"{inviter}{on_behalf} invites you to take part as {_ARTICLES[invitation.group]} in\n"
        f"“{cycle.title}”.\n\n"
        "Open this link, read what it involves, and press the button to accept:\n\n"
        f"{base_url}{LINK_PATH}{token}\n\n"
        "The link is for you alone and lets in whoever has it, so please do not pass it on.\n"
        f"It works until {ends}. If you do not want to take part, do nothing.\n"
    )
    subject = " ".join(f"Invitation: {cycle.title}".split())
    return Letter(invitation.email, subject, text)
