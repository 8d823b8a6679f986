"""What is asked of people's places in a cycle. Reads only."""

import re
import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from cycles.accounts.models import Account, WebSession
from cycles.accounts.queries import SESSION, SESSION_COLUMNS, LiveSession
from cycles.accounts.tokens import hash_of
from cycles.accounts.visitor import Visit, finds_visits
from cycles.core.access import Place, finds_places
from cycles.core.extensions import db
from cycles.people.models import Group, Invitation, Organisation, Participant
from cycles.setup.models import Cycle


class InvitationState(StrEnum):
    """Where an invitation stands."""

    WAITING = "not mailed yet"
    SENT = "sent"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class MyCycle:
    """A cycle in which an account has a place."""

    cycle: Cycle
    participant: Participant


_PLACE = (
    Participant.id,
    Participant.cycle_id,
    Participant.account_id,
    Participant.group,
    Participant.is_on_panel,
    Participant.partner_id,
    Cycle.title,
    Cycle.is_demonstration,
)
# Asked by nearly every request, so it is put together once, and loads columns rather than rows.
_VISIT = (
    SESSION.add_columns(*_PLACE)
    .outerjoin(
        Participant,
        (Participant.account_id == WebSession.account_id)
        & (Participant.cycle_id == bindparam("cycle_id"))
        & Participant.withdrawn_at.is_(None),
    )
    .outerjoin(Cycle, Cycle.id == Participant.cycle_id)
)


@finds_places
def place_of(cycle_id: uuid.UUID, account_id: uuid.UUID) -> Place | None:
    """Return the place the account holds in the cycle, or None if it has none there."""
    row = db.session.execute(
        select(*_PLACE)
        .join(Cycle, Cycle.id == Participant.cycle_id)
        .where(
            Participant.cycle_id == cycle_id,
            Participant.account_id == account_id,
            Participant.withdrawn_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else _place(*row)


@finds_visits
def visit_of(token: str, cycle_id: uuid.UUID) -> Visit | None:
    """Return the session of a token, live or not, and the place its account holds in a cycle."""
    given = {"token_hash": hash_of(token), "cycle_id": cycle_id}
    row = db.session.connection().execute(_VISIT, given).one_or_none()
    if row is None:
        return None
    has_place = row[SESSION_COLUMNS] is not None
    return Visit(
        opened=LiveSession(*row[:SESSION_COLUMNS]),
        cycle_id=cycle_id,
        place=_place(*row[SESSION_COLUMNS:]) if has_place else None,
    )


def _place(
    participant_id: uuid.UUID,
    cycle_id: uuid.UUID,
    account_id: uuid.UUID,
    group: Group,
    *facts: Any,
) -> Place:
    return Place(participant_id, cycle_id, account_id, group.value, *facts)


def cycles_of(account_id: uuid.UUID) -> list[MyCycle]:
    """Return the cycles in which the account has a place, newest first."""
    rows = db.session.execute(
        select(Cycle, Participant)
        .join(Participant, Participant.cycle_id == Cycle.id)
        .where(Participant.account_id == account_id, Participant.withdrawn_at.is_(None))
        .order_by(Cycle.created_at.desc(), Cycle.title, Cycle.id)
    )
    return [MyCycle(cycle, participant) for cycle, participant in rows]


def participants_of(cycle_id: uuid.UUID, group: Group | None = None) -> list[Participant]:
    """Return who takes part (and has not withdrawn), by name."""
    return _participants(cycle_id, group, is_withdrawn=False)


def withdrawn_from(cycle_id: uuid.UUID) -> list[Participant]:
    """Return who has withdrawn, by name."""
    return _participants(cycle_id, None, is_withdrawn=True)


def _participants(
    cycle_id: uuid.UUID, group: Group | None, *, is_withdrawn: bool
) -> list[Participant]:
    wanted = select(Participant).where(
        Participant.cycle_id == cycle_id,
        Participant.withdrawn_at.is_not(None) == is_withdrawn,
    )
    if group is not None:
        wanted = wanted.where(Participant.group == group)
    return list(
        db.session.scalars(
            wanted.join(Participant.account)
            .options(
                joinedload(Participant.account),
                joinedload(Participant.organisation),
                joinedload(Participant.partner),
            )
            .order_by(func.lower(Account.name), Participant.id)
        )
    )


def participant_by_email(cycle_id: uuid.UUID, email: str) -> Participant | None:
    """Return the participant with this address (in lower case), withdrawn or not."""
    return db.session.scalar(
        select(Participant)
        .join(Participant.account)
        .where(Participant.cycle_id == cycle_id, Account.email == email)
    )


def group_counts(cycle_id: uuid.UUID) -> dict[Group, int]:
    """Return how many take part in each group, every group named."""
    rows = db.session.execute(
        select(Participant.group, func.count())
        .where(Participant.cycle_id == cycle_id, Participant.withdrawn_at.is_(None))
        .group_by(Participant.group)
    )
    found = {group: count for group, count in rows}  # noqa: C416 - rows are not plain tuples
    return {group: found.get(group, 0) for group in Group}


def panel_size(cycle_id: uuid.UUID) -> int:
    """Return how many take part and are on the employer panel."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Participant)
            .where(
                Participant.cycle_id == cycle_id,
                Participant.withdrawn_at.is_(None),
                Participant.is_on_panel.is_(True),
            )
        )
        or 0
    )


def invitations_of(cycle_id: uuid.UUID) -> list[Invitation]:
    """Return every invitation of the cycle, by name."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(Invitation.cycle_id == cycle_id)
            .order_by(func.lower(Invitation.name), Invitation.email)
        )
    )


def invitation_by_email(cycle_id: uuid.UUID, email: str) -> Invitation | None:
    """Return the invitation of this address (in lower case)."""
    return db.session.scalar(
        select(Invitation).where(Invitation.cycle_id == cycle_id, Invitation.email == email)
    )


def state_of(invitation: Invitation, moment: datetime) -> InvitationState:
    """Return where the invitation stands at ``moment``."""
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    if invitation.expires_at <= moment:
        return InvitationState.EXPIRED
    return InvitationState.WAITING if invitation.sent_at is None else InvitationState.SENT


def open_invitation(token: str, moment: datetime) -> tuple[Invitation, Cycle] | None:
    """Return the invitation of this token, with its cycle, while it may be accepted."""
    found = db.session.execute(
        select(Invitation, Cycle)
        .join(Cycle, Cycle.id == Invitation.cycle_id)
        .where(
            Invitation.token_hash == hash_of(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > moment,
            Cycle.sealed_at.is_(None),
            Cycle.archived_at.is_(None),
        )
    ).one_or_none()
    return None if found is None else (found[0], found[1])


def key_of(organisation: str) -> str:
    """Return the key under which every spelling of one organisation meets.

    Case, spaces, punctuation, ``&`` and the way "Limited" is written do not make another one.
    """
    plain = unicodedata.normalize("NFKC", organisation).casefold().replace("&", " and ")
    without_marks = re.sub(r"['\u2019.]", "", plain)
    words = re.sub(r"[\W_]+", " ", without_marks).split()
    return " ".join({"limited": "ltd", "company": "co"}.get(word, word) for word in words)[:200]


def organisation_by_name(cycle_id: uuid.UUID, name: str) -> Organisation | None:
    """Return the organisation of the cycle that ``name`` spells."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.cycle_id == cycle_id, Organisation.key == key_of(name)
        )
    )


def conveners_of(cycle_id: uuid.UUID) -> list[Participant]:
    """Return who runs the cycle, by name."""
    return participants_of(cycle_id, Group.CONVENER)
