"""What can be done with a workshop now, and where its work is done. Nothing is done here."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.access import Door, Place, lets_in
from cycles.setup.queries import role_levels_of
from workshop.rooms.asking import agenda_after
from workshop.rooms.history import RoundLine
from workshop.rooms.models import RoomState, Workshop, WorkshopKind
from workshop.rooms.scales import has_rounds
from workshop.rooms.stage import why_blocked

WORK = {
    WorkshopKind.PRIORITISATION: (Door.RATER, "ballot.start", "Go to my ballot"),
    WorkshopKind.CAPTURE: (Door.TECHNOLOGIST, "capture.index", "Go to capture"),
    WorkshopKind.VALIDATION: (Door.TECHNOLOGIST, "ballot.start", "Go to my ballot"),
    WorkshopKind.PROFICIENCY: (Door.EMPLOYER, "ballot.start", "Go to my ballot"),
    WorkshopKind.RATIFICATION: (Door.PANEL_OR_CONVENER, "ratification.index", "Go to the profiles"),
    WorkshopKind.KSB: (Door.MEMBER, "ksbs.index", "Go to the statements"),
}
"""Where the work of each kind of workshop is done, and by whom."""


@dataclass(frozen=True)
class NextAction:
    """The one thing to do next with a workshop, or the sentence that says why there is none.

    ``consequence`` is asked about before a POST to ``href``; a step without one is a link.
    """

    label: str
    href: str
    consequence: str


def href_of(workshop: Workshop, endpoint: str = "show", **values: object) -> str:
    """Return the address of one of a workshop's pages."""
    return url_for(
        f"workshops.{endpoint}",
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        **values,  # type: ignore[arg-type]  # url_for's own options are not among them
    )


def place_of_work(workshop: Workshop, place: Place) -> NextAction | None:
    """Return where this person works in an open workshop, or None when it is not theirs."""
    door, endpoint, label = WORK[workshop.kind]
    if workshop.state != RoomState.OPEN or not lets_in(door, place):
        return None
    return NextAction(label, url_for(endpoint, cycle_id=workshop.cycle_id), "")


ASKS_FIRST = {
    WorkshopKind.PRIORITISATION: "It asks every candidate solution.",
    WorkshopKind.VALIDATION: "It asks every submitted or kept capability statement.",
    WorkshopKind.PROFICIENCY: "It asks every kept capability at each of {levels} role levels.",
}
"""What the first round of each kind of workshop asks."""


def blocked_sentence(workshop: Workshop) -> str:
    """Return why the workshop cannot move on yet, or nothing."""
    return "" if workshop.state == RoomState.CLOSED else why_blocked(workshop)


def next_step(workshop: Workshop, lines: tuple[RoundLine, ...]) -> NextAction | None:
    """Return what the convener does next: open the workshop, or open, resume or close a round."""
    if workshop.state == RoomState.PLANNED:
        consequence = "Participants see that it is open. You can close it at any time."
        return NextAction("Open the workshop", href_of(workshop, "open_it"), consequence)
    if not has_rounds(workshop.kind) or workshop.state == RoomState.CLOSED:
        return None
    if not lines:
        return _first_round(workshop)
    last = lines[-1]
    at: dict[str, Any] = {"cycle_id": workshop.cycle_id, "round_id": last.round.id}
    if last.round.state == RoomState.PAUSED:
        consequence = "People can answer again at once."
        href = url_for("workshops.resume", **at)
        return NextAction(f"Resume round {last.round.number}", href, consequence)
    if last.round.state == RoomState.OPEN:
        return NextAction(
            f"Close round {last.round.number}", url_for("workshops.end_round", **at), ""
        )
    return _another_round(workshop, last)


def _another_round(workshop: Workshop, last: RoundLine) -> NextAction | None:
    agenda = agenda_after(last.round)
    if agenda is None:
        return None
    also = (
        (len(agenda.reopened), "argued about by two people"),
        (len(agenda.added), "new since"),
    )
    more = "".join(f", {number} {why}" for number, why in also if number)
    consequence = (
        f"It asks what is still open ({len(agenda.still_open)}{more}), and shows every rater the "
        "group's answers beside their own."
    )
    label = f"Open round {last.round.number + 1}"
    return NextAction(label, href_of(workshop, "open_next_round"), consequence)


def _first_round(workshop: Workshop) -> NextAction:
    levels = len(role_levels_of(workshop.cycle_id))
    consequence = (
        f"{ASKS_FIRST[workshop.kind].format(levels=levels)} The rule card is fixed from then on, "
        "and the wording of what is asked is frozen."
    )
    return NextAction("Open round 1", href_of(workshop, "open_next_round"), consequence)


def closing_step(workshop: Workshop, lines: tuple[RoundLine, ...]) -> NextAction | None:
    """Return how to close the workshop, or None while that is not possible."""
    if workshop.state != RoomState.OPEN or any(
        line.round.state != RoomState.CLOSED for line in lines
    ):
        return None
    still_open = (lines[-1].still_open or 0) if lines else 0
    consequence = "It cannot be opened again; another one can be planned."
    if still_open:
        consequence = (
            f"{still_open} items are still open and will not be asked again. {consequence}"
        )
    return NextAction("Close the workshop", href_of(workshop, "close_it"), consequence)
