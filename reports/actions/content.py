"""What a recommendation says, and what is wrong with it. Nothing is written here."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from email_validator import EmailNotValidError, validate_email

from cycles.accounts.queries import tidy_email
from cycles.setup.checks import fault_in, refuse_faults
from reports.actions.models import ActionStatus, Horizon
from reports.actions.owning import owner_of

LINE, SHORT_LINE, TEXT = 300, 200, 4000
NO_ADDRESS = "Enter a whole e-mail address, for example name@organisation.org, or none."


@dataclass(frozen=True)
class Content:
    """What a recommendation says, and how far it has come.

    With ``owner_id`` a participant owns it, and name and address are theirs. Without, ``owner`` is
    a name and ``owner_email`` where reminders go, if anywhere.
    """

    horizon: Horizon
    topic: str
    actions: str = ""
    who: str = ""
    when: str = ""
    result: str = ""
    owner: str = ""
    owner_id: uuid.UUID | None = None
    owner_email: str = ""
    due_on: date | None = None
    status: ActionStatus = ActionStatus.PROPOSED
    notes: str = ""


def checked(content: Content, *, cycle_id: uuid.UUID, held_by: uuid.UUID | None = None) -> Content:
    """Return the content as it is kept; raise ``Invalid`` with every fault in it.

    ``held_by`` is who owns it now: they may keep it after they withdrew.
    """
    known = owner_of(cycle_id, content.owner_id, held_by)
    is_unknown = content.owner_id is not None and known is None
    refuse_faults(
        topic=fault_in(content.topic, most=LINE, blank="Enter the topic."),
        actions=fault_in(content.actions, most=TEXT),
        who=fault_in(content.who, most=LINE),
        when=fault_in(content.when, most=SHORT_LINE),
        result=fault_in(content.result, most=TEXT),
        owner_id="Choose somebody who takes part in this cycle." if is_unknown else None,
        owner=None if known else _fault_in_name(content),
        owner_email=None if known else _fault_in_address(content.owner_email),
        notes=fault_in(content.notes, most=TEXT),
    )
    if known is not None:
        return replace(content, owner=known.account.name, owner_email="")
    return replace(content, owner_email=tidy_email(content.owner_email))


def _fault_in_name(content: Content) -> str | None:
    if content.owner_email and not content.owner.strip():
        return "Enter the name of whoever has this address."
    return fault_in(content.owner, most=SHORT_LINE)


def _fault_in_address(email: str) -> str | None:
    if not email:
        return None
    try:
        validate_email(tidy_email(email), check_deliverability=False)
    except EmailNotValidError:
        return NO_ADDRESS
    return None
