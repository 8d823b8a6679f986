"""The pages that belong to one workshop, for its own page to link to. Nothing is read here."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from workshop.rooms.models import RoomState, Round, Workshop
from workshop.rooms.scales import has_rounds


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
    ("letters.index", "Letters", "Invitations and reminders, each on record."),
    ("attrition.show", "Attrition", "Who began, who finished, and how those who left differed."),
)
"""The pages for conveners: endpoint, label and what it is for, in the order of their use."""

OF_ROUNDS = ("attrition.show",)
"""Those of them that only workshops with rounds have."""


def places_of(workshop: Workshop, *, may_convene: bool) -> tuple[PlaceLink, ...]:
    """Return the pages of a workshop that this reader may open."""
    at: dict[str, Any] = {"cycle_id": workshop.cycle_id, "workshop_id": workshop.id}
    found = [
        one
        for one in (FOR_CONVENERS if may_convene else ())
        if has_rounds(workshop.kind) or one[0] not in OF_ROUNDS
    ]
    return tuple(PlaceLink(label, url_for(endpoint, **at), why) for endpoint, label, why in found)


def places_of_round(round_: Round) -> tuple[PlaceLink, ...]:
    """Return what can be taken away from a round and checked: nothing while it takes answers."""
    if round_.state != RoomState.CLOSED:
        return ()
    at: dict[str, Any] = {"cycle_id": round_.cycle_id, "round_id": round_.id}
    return (
        PlaceLink("Files", url_for("exports.index", **at), f"of round {round_.number}"),
        PlaceLink("Receipts", url_for("receipts.published", **at), f"of round {round_.number}"),
    )
