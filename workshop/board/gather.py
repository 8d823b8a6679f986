"""The banner that brings everyone to one page, on every page of a cycle with an open workshop."""

import uuid
from dataclasses import dataclass

from flask import g, url_for

from cycles.core.access import Place, lets_in
from workshop.board.calling import Destination
from workshop.board.queries import Call, calls_in
from workshop.rooms.next_actions import WORK

EVERY = 6500
"""Milliseconds between two looks; the script spreads them, and a slow server is asked less."""


@dataclass(frozen=True)
class Banner:
    """The fragment: where this person is called, or nothing while nobody calls.

    ``version`` is what the next look has seen. ``is_over`` ends the looking.
    """

    poll_href: str
    every: int
    version: str
    title: str
    sentence: str
    href: str
    label: str
    is_over: bool


def banner_here() -> Banner | None:
    """Return the banner of the page now being rendered, or None where there is none to show.

    Conveners call, so nobody calls them; outside cycles, and where no workshop is open, nobody
    looks for one.
    """
    place: Place | None = g.get("place")
    if place is None or place.is_convener:
        return None
    found = banner_for(place.cycle_id, place)
    return None if found.is_over else found


def banner_for(cycle_id: uuid.UUID, place: Place) -> Banner:
    """Return the cycle's latest call as this person sees it."""
    calls = calls_in(cycle_id)
    call = next((one for one in calls if one.called_to), None)
    poll_href = url_for("board.call_banner", cycle_id=cycle_id)
    if call is None or call.called_at is None:
        return Banner(poll_href, EVERY, "none", "", "", "", "", is_over=not calls)
    href, label = _where(call, cycle_id, place)
    return Banner(
        poll_href=poll_href,
        every=EVERY,
        version=f"{call.workshop_id.hex[:8]}-{call.called_at:%H%M%S%f}",
        title=call.title,
        sentence=f"The facilitator of “{call.title}” asks everyone to come here.",
        href=href,
        label=label,
        is_over=False,
    )


def _where(call: Call, cycle_id: uuid.UUID, place: Place) -> tuple[str, str]:
    """Return the page this person may open: whoever has no ballot is led to the workshop."""
    door, endpoint, label = WORK[call.kind]
    if call.called_to == Destination.WORK and lets_in(door, place):
        return url_for(endpoint, cycle_id=cycle_id), label
    is_results = call.called_to == Destination.RESULTS
    page = "workshops.results" if is_results else "workshops.show"
    href = url_for(page, cycle_id=cycle_id, workshop_id=call.workshop_id)
    return href, "See the results" if is_results else "Go to the workshop"
