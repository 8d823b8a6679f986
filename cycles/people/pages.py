"""What the pages of a cycle's people show, as frozen dataclasses made from queries."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from cycles.core.clock import LONDON
from cycles.core.forms import Form
from cycles.people import queries
from cycles.people.forms import InvitationForm, PlaceForm, UploadForm
from cycles.people.importing import CheckedRow
from cycles.people.models import Group, Invitation, Participant
from cycles.people.queries import InvitationState
from cycles.setup.models import Cycle


@dataclass(frozen=True)
class PersonRow:
    """Somebody with a place in the cycle."""

    participant_id: uuid.UUID
    name: str
    email: str
    group: str
    is_on_panel: bool
    organisation: str
    partner: str
    since: str


@dataclass(frozen=True)
class InvitationRow:
    """Somebody asked in."""

    invitation_id: uuid.UUID
    name: str
    email: str
    group: str
    is_on_panel: bool
    state: InvitationState
    kind: str
    when: str
    is_open: bool


@dataclass(frozen=True)
class Tile:
    """A number at the top of the page, with where it leads."""

    label: str
    value: int
    href: str


@dataclass(frozen=True)
class Column:
    """A heading by which the table can be sorted."""

    label: str
    key: str
    href: str


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for."""

    words: str
    group: str
    sort: str


@dataclass(frozen=True)
class PeoplePage:
    """Everyone in the cycle, and everyone asked in."""

    cycle_id: uuid.UUID
    may_change: bool
    asked: Asked
    tiles: tuple[Tile, ...]
    columns: tuple[Column, ...]
    people: tuple[PersonRow, ...]
    total: int
    invitations: tuple[InvitationRow, ...]
    withdrawn: tuple[PersonRow, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class PlacePage:
    """The form for somebody's place."""

    cycle_id: uuid.UUID
    person: PersonRow
    form: PlaceForm
    is_withdrawn: bool


@dataclass(frozen=True)
class InvitePage:
    """The form that asks one person in."""

    cycle_id: uuid.UUID
    form: InvitationForm


@dataclass(frozen=True)
class UploadPage:
    """The form that takes a table of people."""

    cycle_id: uuid.UUID
    form: UploadForm
    partners: tuple[str, ...]


@dataclass(frozen=True)
class PreviewPage:
    """What the table would do, before it does anything."""

    cycle_id: uuid.UUID
    form: Form
    sealed: str
    bad: tuple[CheckedRow, ...]
    good: tuple[CheckedRow, ...]


@dataclass(frozen=True)
class WelcomePage:
    """The page behind an invitation's link."""

    form: Form
    name: str
    cycle_title: str
    group: str
    is_on_panel: bool
    organisation: str
    conveners: str
    answers_ballots: bool


_SORTS: dict[str, tuple[str, Callable[[PersonRow], Any]]] = {
    "name": ("Name", lambda row: row.name.casefold()),
    "group": ("Group", lambda row: (row.group, not row.is_on_panel, row.name.casefold())),
    "organisation": ("Organisation", lambda row: (row.organisation.casefold(), row.name)),
    "partner": ("Partner", lambda row: (row.partner.casefold(), row.name)),
}
_KINDS = {
    InvitationState.WAITING: "attention",
    InvitationState.SENT: "current",
    InvitationState.ACCEPTED: "done",
    InvitationState.EXPIRED: "attention",
    InvitationState.REVOKED: "quiet",
}


def people_page(cycle: Cycle, asked: Asked, moment: datetime) -> PeoplePage:
    """Return the page of a cycle's people, filtered and sorted as asked."""
    everyone = [person_row(each) for each in queries.participants_of(cycle.id)]
    return PeoplePage(
        cycle_id=cycle.id,
        may_change=cycle.sealed_at is None and cycle.archived_at is None,
        asked=asked,
        tiles=_tiles(cycle.id),
        columns=_columns(cycle.id, asked),
        people=tuple(_sorted(filter(lambda row: _matches(row, asked), everyone), asked.sort)),
        total=len(everyone),
        invitations=tuple(
            _invitation_row(each, moment) for each in queries.invitations_of(cycle.id)
        ),
        withdrawn=tuple(person_row(each) for each in queries.withdrawn_from(cycle.id)),
        groups=tuple(group.value for group in Group),
    )


def _matches(row: PersonRow, asked: Asked) -> bool:
    if asked.group == "panel" and not row.is_on_panel:
        return False
    if asked.group not in ("", "panel", row.group):
        return False
    words = asked.words.casefold().split()
    text = f"{row.name} {row.email} {row.organisation} {row.partner}".casefold()
    return all(word in text for word in words)


def _sorted(rows: Any, sort: str) -> list[PersonRow]:
    _label, key = _SORTS.get(sort.lstrip("-"), _SORTS["name"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _columns(cycle_id: uuid.UUID, asked: Asked) -> tuple[Column, ...]:
    made = []
    for key, (label, _order) in _SORTS.items():
        sort = f"-{key}" if asked.sort == key else key
        href = url_for(
            "people.list_people",
            cycle_id=cycle_id,
            q=asked.words or None,
            group=asked.group or None,
            sort=sort,
        )
        made.append(Column(label, key, href))
    return tuple(made)


def _tiles(cycle_id: uuid.UUID) -> tuple[Tile, ...]:
    def href(group: str) -> str:
        return url_for("people.list_people", cycle_id=cycle_id, group=group)

    counts = queries.group_counts(cycle_id)
    by_group = [Tile(_plural(group), count, href(group)) for group, count in counts.items()]
    panel = Tile("On the employer panel", queries.panel_size(cycle_id), href("panel"))
    return (*by_group[:3], panel, *by_group[3:])


def _plural(group: Group) -> str:
    return f"{group.value.capitalize()}s"


def person_row(participant: Participant) -> PersonRow:
    """Return how somebody with a place is shown."""
    organisation, partner = participant.organisation, participant.partner
    return PersonRow(
        participant_id=participant.id,
        name=participant.account.name,
        email=participant.account.email,
        group=participant.group.value,
        is_on_panel=participant.is_on_panel,
        organisation=organisation.name if organisation else "",
        partner=partner.name if partner else "",
        since=_day(participant.joined_at),
    )


def _invitation_row(invitation: Invitation, moment: datetime) -> InvitationRow:
    state = queries.state_of(invitation, moment)
    dates = {
        InvitationState.WAITING: invitation.created_at,
        InvitationState.SENT: invitation.sent_at,
        InvitationState.ACCEPTED: invitation.accepted_at,
        InvitationState.EXPIRED: invitation.expires_at,
        InvitationState.REVOKED: invitation.revoked_at,
    }
    return InvitationRow(
        invitation_id=invitation.id,
        name=invitation.name,
        email=invitation.email,
        group=invitation.group.value,
        is_on_panel=invitation.is_on_panel,
        state=state,
        kind=_KINDS[state],
        when=_day(dates[state] or invitation.created_at),
        is_open=state != InvitationState.ACCEPTED,
    )


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%-d %b %Y}"
