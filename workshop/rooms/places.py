"""The pages that belong to one workshop, for its own page to link to. Nothing is read here."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from workshop.rooms.models import Workshop


@dataclass(frozen=True)
class PlaceLink:
    """A page of the workshop, and what it is for."""

    label: str
    href: str
    what_for: str


FOR_CONVENERS = (
    ("board.show", "Board", "Run the workshop: who is here, where people disagree, the steps."),
    ("board.projector", "Projector", "The page for the wall: no names, and no results early."),
    ("joining.room", "Room", "The code to join, its QR picture, and who waits at the door."),
    ("letters.index", "Letters", "Invitations, reminders and the calendar file."),
)
"""The pages for conveners: endpoint, label and what it is for, in the order of their use."""


def places_of(workshop: Workshop, *, may_convene: bool) -> tuple[PlaceLink, ...]:
    """Return the pages of a workshop that this reader may open."""
    at: dict[str, Any] = {"cycle_id": workshop.cycle_id, "workshop_id": workshop.id}
    found = FOR_CONVENERS if may_convene else ()
    return tuple(PlaceLink(label, url_for(endpoint, **at), why) for endpoint, label, why in found)
