"""What somebody who joins is shown: one frozen record a page.

What the facilitator is shown is in ``room_pages``.
"""

from dataclasses import dataclass

from flask import url_for

from cycles.people.models import Group
from cycles.people.queries import conveners_of
from workshop.ballot.texts import ANONYMITY
from workshop.joining.arriving import Step
from workshop.joining.forms import CodeForm, JoinForm
from workshop.joining.models import Arrival, ArrivalState
from workshop.joining.queries import Room, joiners_of
from workshop.rooms.scales import has_rounds

ARTICLES = {
    Group.TECHNOLOGIST: "a technologist",
    Group.EMPLOYER: "an employer",
    Group.EDUCATOR: "an educator",
}


@dataclass(frozen=True)
class CodePage:
    """The form that asks for the code."""

    form: CodeForm


@dataclass(frozen=True)
class JoinPage:
    """Who runs this, what is stored, who sees answers, and the form."""

    title: str
    cycle_title: str
    conveners: str
    anonymity: str
    lead: str
    is_room_open: bool
    form: JoinForm


@dataclass(frozen=True)
class StoppedPage:
    """Why the code does not let somebody in. Both reasons look alike."""

    title: str
    cycle_title: str
    heading: str
    lead: str
    advice: tuple[str, ...]


@dataclass(frozen=True)
class WaitingPage:
    """Where somebody stands who waits. ``is_in``: they may go in now."""

    title: str
    name: str
    email: str
    is_waiting: bool
    is_in: bool
    is_over: bool
    seen: str
    href: str
    look_href: str
    enter_href: str
    again_href: str
    announce: str


def join_page(room: Room, form: JoinForm) -> JoinPage:
    """Return the page behind a code."""
    groups = joiners_of(room.workshop.kind)
    names = ", ".join(each.account.name for each in conveners_of(room.cycle.id))
    organisation = room.cycle.convener_organisation
    return JoinPage(
        title=room.workshop.title,
        cycle_title=room.cycle.title,
        conveners=f"{names} ({organisation})" if organisation else names,
        anonymity=ANONYMITY if has_rounds(room.workshop.kind) else "",
        lead=f"You take part as {ARTICLES[groups[0]]}." if len(groups) == 1 else "",
        is_room_open=room.workshop.is_room_open,
        form=form,
    )


def stopped_page(room: Room, step: Step) -> StoppedPage:
    """Return what somebody reads whom the code does not let in."""
    if step == Step.KNOWN:
        heading = "You have a place already; use your personal link"
        lead = "We have just sent you a fresh one. It takes you straight back to your answers."
        advice: tuple[str, ...] = (
            "The link works once, for 30 minutes. Open it on this device.",
            "Look in the folder for unwanted mail if nothing arrives.",
            "If you cannot read that address here, speak to the facilitator.",
        )
    else:
        heading = "Your place was taken back; speak to the facilitator"
        lead = "They can give it back at once. Everything you answered before is kept."
        advice = (
            "The code cannot let you in until then.",
            "Once they have given your place back, use your personal link.",
        )
    return StoppedPage(room.workshop.title, room.cycle.title, heading, lead, advice)


def waiting_page(arrival: Arrival, room: Room | None, code: str) -> WaitingPage:
    """Return where somebody stands who came with the code."""
    is_open = room is not None and room.workshop.is_room_open
    is_in = room is not None and (
        arrival.state == ArrivalState.ADMITTED
        or (is_open and arrival.state == ArrivalState.WAITING)
    )
    is_waiting = room is not None and not is_in and arrival.state == ArrivalState.WAITING
    return WaitingPage(
        title=room.workshop.title if room else "",
        name=arrival.name,
        email=arrival.email,
        is_waiting=is_waiting,
        is_in=is_in,
        is_over=room is None,
        seen=f"{arrival.state}-{is_in}-{room is None}",
        href=url_for("joining.waiting_state", code=code),
        look_href=url_for("joining.waiting", code=code),
        enter_href=url_for("joining.enter", code=code),
        again_href=url_for("joining.ask", code=code, again="yes"),
        announce="You can come in." if is_in else "",
    )
