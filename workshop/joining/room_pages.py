"""What the facilitator is shown of the door: the code, the poster, and who came.

One frozen record a page. The list of who came is a fragment that the board shows as well.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from cycles.core import clock
from cycles.core.clock import LONDON
from cycles.setup.queries import get_cycle, partners_of
from workshop.joining.codes import address_of, said_code, typing_address, without_scheme
from workshop.joining.forms import GROUP_WORDS
from workshop.joining.models import Arrival
from workshop.joining.queries import arrivals_of, joiners_of
from workshop.rooms.models import RoomState, Workshop
from workshop.rooms.next_actions import href_of

MOST_SHOWN = 60


@dataclass(frozen=True)
class ArrivalRow:
    """Somebody who came with the code."""

    key: str
    name: str
    email: str
    facts: str
    since: str
    is_inside: bool
    admit_href: str
    turn_away_href: str


@dataclass(frozen=True)
class ArrivalsPage:
    """The fragment of who came. It asks for itself again.

    It ``takes_focus`` as the answer to a button of its own, which is gone with the person.
    """

    waiting: tuple[ArrivalRow, ...]
    came_in: tuple[ArrivalRow, ...]
    turned_away: tuple[ArrivalRow, ...]
    unlisted: int
    is_room_open: bool
    is_over: bool
    seen: str
    href: str
    admit_all_href: str
    announce: str
    takes_focus: bool


@dataclass(frozen=True)
class RoomPage:
    """The code, its picture, the door, and who came."""

    title: str
    list_href: str
    workshop_href: str
    code: str
    spelled: str
    address: str
    picture_href: str
    poster_href: str
    code_href: str
    door_href: str
    is_room_open: bool
    is_over: bool
    takes_codes: bool
    arrivals: ArrivalsPage


@dataclass(frozen=True)
class PosterPage:
    """One sheet: the picture, the code, the address and three steps."""

    title: str
    cycle_title: str
    code: str
    spelled: str
    typed_at: str
    picture_href: str
    room_href: str
    is_room_open: bool


def arrivals_page(workshop: Workshop, *, takes_focus: bool = False) -> ArrivalsPage:
    """Return who came with the workshop's code, for its own page and for the board."""
    found = arrivals_of(workshop)
    names = {one.id: one.name for one in partners_of(workshop.cycle_id)}
    said = "".join(f"{one.id}{one.state}{one.participant_id}" for one in found.everybody)
    many = len(found.waiting)
    return ArrivalsPage(
        waiting=tuple(_row(one, names) for one in found.waiting[:MOST_SHOWN]),
        came_in=tuple(_row(one, names) for one in found.came_in),
        turned_away=tuple(_row(one, names) for one in found.turned_away),
        unlisted=max(0, many - MOST_SHOWN),
        is_room_open=workshop.is_room_open,
        is_over=workshop.state == RoomState.CLOSED,
        seen=hashlib.sha256(f"{workshop.is_room_open}{said}".encode()).hexdigest()[:16],
        href=_href(workshop, "arrivals"),
        admit_all_href=_href(workshop, "admit_all"),
        announce=f"{many} waiting to come in" if many else "",
        takes_focus=takes_focus,
    )


def _row(arrival: Arrival, partners: dict[uuid.UUID, str]) -> ArrivalRow:
    partner = partners.get(arrival.partner_id) if arrival.partner_id else None
    facts = (arrival.organisation, GROUP_WORDS[arrival.group], partner)
    return ArrivalRow(
        key=arrival.id.hex,
        name=arrival.name,
        email=arrival.email,
        facts=" · ".join(each for each in facts if each),
        since=_said(arrival.asked_at),
        is_inside=arrival.participant_id is not None,
        admit_href=_decide_href(arrival, "admit"),
        turn_away_href=_decide_href(arrival, "turn_away"),
    )


def _said(moment: datetime) -> str:
    """Return the time of day, with the day when it was not today."""
    here, today = moment.astimezone(LONDON), clock.now().astimezone(LONDON).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%-d %B, %H:%M}"


def _href(workshop: Workshop, endpoint: str) -> str:
    return url_for(f"joining.{endpoint}", cycle_id=workshop.cycle_id, workshop_id=workshop.id)


def _decide_href(arrival: Arrival, endpoint: str) -> str:
    return url_for(
        f"joining.{endpoint}",
        cycle_id=arrival.cycle_id,
        workshop_id=arrival.workshop_id,
        arrival_id=arrival.id,
    )


def room_page(workshop: Workshop) -> RoomPage:
    """Return the page of the door."""
    code = workshop.join_code or ""
    return RoomPage(
        title=workshop.title,
        list_href=url_for("workshops.index", cycle_id=workshop.cycle_id),
        workshop_href=href_of(workshop),
        code=said_code(code),
        spelled=" ".join(code),
        address=without_scheme(address_of(code)) if code else "",
        picture_href=url_for("joining.picture", code=code) if code else "",
        poster_href=_href(workshop, "poster"),
        code_href=_href(workshop, "renew"),
        door_href=_href(workshop, "close_door" if workshop.is_room_open else "open_door"),
        is_room_open=workshop.is_room_open,
        is_over=workshop.state == RoomState.CLOSED,
        takes_codes=bool(joiners_of(workshop.kind)),
        arrivals=arrivals_page(workshop),
    )


def poster_page(workshop: Workshop) -> PosterPage:
    """Return the sheet that hangs on the door. The workshop has a code."""
    code = workshop.join_code or ""
    return PosterPage(
        title=workshop.title,
        cycle_title=get_cycle(workshop.cycle_id).title,
        code=said_code(code),
        spelled=" ".join(code),
        typed_at=without_scheme(typing_address()),
        picture_href=url_for("joining.picture", code=code),
        room_href=_href(workshop, "room"),
        is_room_open=workshop.is_room_open,
    )
