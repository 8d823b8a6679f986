"""What the page of breakouts is given: who sits where. Nobody's answers."""

from dataclasses import dataclass
from datetime import datetime

from workshop.board.addresses import address_in
from workshop.rooms.attendance import Attendant, gathering
from workshop.rooms.models import RoomState, Workshop


@dataclass(frozen=True)
class SeatLine:
    """One person, and how to move them."""

    name: str
    organisation: str
    breakout: str
    move_href: str
    key: str


@dataclass(frozen=True)
class RoomGroup:
    """The people of one breakout, or those in none."""

    title: str
    people: tuple[SeatLine, ...]


@dataclass(frozen=True)
class BreakoutsPage:
    """Who sits where. ``names`` are the breakouts that people can be moved to."""

    title: str
    board_href: str
    rooms: tuple[RoomGroup, ...]
    names: tuple[str, ...]
    end_href: str
    people: int
    is_over: bool


def breakouts_page(workshop: Workshop, moment: datetime) -> BreakoutsPage:
    """Return the rooms of a workshop's raters, the ones in none last."""
    found = gathering(workshop, moment)
    names = found.breakouts
    rooms = [
        RoomGroup(
            f"Breakout {name}" if name else "In no breakout",
            tuple(_line(workshop, one) for one in found.people if one.breakout == name),
        )
        for name in (*names, "")
    ]
    return BreakoutsPage(
        title=workshop.title,
        board_href=address_in(workshop, "board.show"),
        rooms=tuple(one for one in rooms if one.people) if names else (),
        names=names,
        end_href=address_in(workshop, "board.end_breakouts") if names else "",
        people=len(found.people),
        is_over=workshop.state == RoomState.CLOSED,
    )


def _line(workshop: Workshop, one: Attendant) -> SeatLine:
    move_href = address_in(workshop, "board.move_person", participant_id=one.participant_id)
    key = f"room-{one.participant_id.hex}"
    return SeatLine(one.name, one.organisation, one.breakout, move_href, key)
