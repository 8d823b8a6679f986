"""What the pages of workshops are given: one frozen record each, ready to print."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from cycles.core.access import Place
from cycles.core.clock import LONDON
from cycles.people.models import Group
from workshop.rooms.attendance import Attendance, attendance, breakout_of
from workshop.rooms.history import RoundLine, round_lines
from workshop.rooms.models import RoomState, Round, Workshop, WorkshopKind
from workshop.rooms.next_actions import (
    NextAction,
    blocked_sentence,
    closing_step,
    href_of,
    next_step,
    place_of_work,
)
from workshop.rooms.places import PlaceLink, places_of, places_of_round
from workshop.rooms.queries import cells_of_workshop, workshops_of
from workshop.rooms.scales import rates_in
from workshop.rooms.words import KIND_WORDS

STATE_KINDS = {
    RoomState.PLANNED: "quiet",
    RoomState.OPEN: "current",
    RoomState.PAUSED: "warning",
    RoomState.CLOSED: "done",
}
ASKS = {
    WorkshopKind.PRIORITISATION: "Everyone rates how much each candidate solution matters, 1 to 9.",
    WorkshopKind.CAPTURE: "Technologists submit and classify capability statements.",
    WorkshopKind.VALIDATION: "Technologists say of each statement: keep, reword or drop.",
    WorkshopKind.PROFICIENCY: "Employers rate the proficiency each role level needs, in rounds.",
    WorkshopKind.RATIFICATION: "The employer panel refines the profiles and ratifies them.",
    WorkshopKind.KSB: "Educators accept, edit and add knowledge, skills and behaviours.",
}


@dataclass(frozen=True)
class WorkshopLine:
    """A workshop in the list."""

    title: str
    href: str
    dates: str
    state: str
    state_kind: str


@dataclass(frozen=True)
class KindGroup:
    """The workshops of one kind."""

    title: str
    asks: str
    anchor: str
    workshops: tuple[WorkshopLine, ...]


@dataclass(frozen=True)
class ListPage:
    """All workshops of a cycle. ``plan_href`` is None for people who may not plan."""

    kinds: tuple[KindGroup, ...]
    plan_href: str | None
    is_empty: bool


@dataclass(frozen=True)
class RoundView:
    """One round in the table of a workshop."""

    number: int
    state: str
    state_kind: str
    opened: str
    closed: str
    asked: int
    agreed: int | None
    stable_dissent: int | None
    still_open: int | None
    places: tuple[PlaceLink, ...]


@dataclass(frozen=True)
class People:
    """The fragment of who is at the ballot. It asks for itself again until the round is over."""

    attendance: Attendance
    href: str
    is_over: bool
    announce: str


@dataclass(frozen=True)
class WorkshopPage:
    """One workshop. What only conveners may see or do is None or empty for others."""

    title: str
    kind: str
    asks: str
    dates: str
    state: str
    state_kind: str
    list_href: str
    edit_href: str | None
    work: NextAction | None
    step: NextAction | None
    close: NextAction | None
    blocked: str
    rounds: tuple[RoundView, ...]
    people: People | None
    places: tuple[PlaceLink, ...]
    breakout: str
    results_href: str | None
    unsettled: int
    unsettled_href: str


def said_day(day: date | None) -> str:
    """Return a date in UK form, or nothing."""
    return f"{day:%-d %B %Y}" if day else ""


def said_moment(moment: datetime | None) -> str:
    """Return a moment in UK form and London time, or nothing."""
    return f"{moment.astimezone(LONDON):%-d %B %Y, %H:%M}" if moment else ""


def said_dates(workshop: Workshop) -> str:
    """Return when a workshop is, in words."""
    days = [said_day(one) for one in (workshop.starts_on, workshop.ends_on) if one]
    return " to ".join(dict.fromkeys(days)) or "No date set"


def list_page(cycle_id: uuid.UUID, *, may_plan: bool) -> ListPage:
    """Return the workshops of a cycle by kind."""
    found = workshops_of(cycle_id)
    return ListPage(
        kinds=tuple(
            KindGroup(
                KIND_WORDS[kind],
                ASKS[kind],
                f"kind-{number}",
                tuple(_line(one) for one in found if one.kind == kind),
            )
            for number, kind in enumerate(WorkshopKind, 1)
        ),
        plan_href=url_for("workshops.plan", cycle_id=cycle_id) if may_plan else None,
        is_empty=not found,
    )


def _line(workshop: Workshop) -> WorkshopLine:
    return WorkshopLine(
        title=workshop.title,
        href=href_of(workshop),
        dates=said_dates(workshop),
        state=workshop.state.capitalize(),
        state_kind=STATE_KINDS[workshop.state],
    )


def workshop_page(workshop: Workshop, moment: datetime, place: Place) -> WorkshopPage:
    """Return one workshop with its rounds, who has answered, and what to do next."""
    may_convene = place.is_convener
    lines = round_lines(workshop.id)
    cells = cells_of_workshop(workshop.id)
    blocked = blocked_sentence(workshop) if may_convene else ""
    return WorkshopPage(
        title=workshop.title,
        kind=KIND_WORDS[workshop.kind],
        asks=ASKS[workshop.kind],
        dates=said_dates(workshop),
        state=workshop.state.capitalize(),
        state_kind=STATE_KINDS[workshop.state],
        list_href=url_for("workshops.index", cycle_id=workshop.cycle_id),
        edit_href=_edit_href(workshop) if may_convene else None,
        work=place_of_work(workshop, place),
        step=next_step(workshop, lines) if may_convene and not blocked else None,
        close=closing_step(workshop, lines) if may_convene else None,
        blocked=blocked,
        rounds=tuple(_round(line) for line in lines),
        people=people(lines[-1].round, moment) if may_convene and lines else None,
        places=places_of(workshop, may_convene=may_convene),
        breakout=_breakout(workshop, place),
        results_href=href_of(workshop, "results") if _has_results(lines) else None,
        unsettled=sum(one.is_finished and not one.is_settled for one in cells),
        unsettled_href=href_of(workshop, "results", only="unsettled"),
    )


def _has_results(lines: tuple[RoundLine, ...]) -> bool:
    return any(line.round.state == RoomState.CLOSED for line in lines)


def _breakout(workshop: Workshop, place: Place) -> str:
    """Return the breakout that the reader sits in: theirs to know, whoever else is told."""
    if workshop.state != RoomState.OPEN or not rates_in(Group(place.group), workshop.kind):
        return ""
    return breakout_of(workshop.cycle_id, place.participant_id)


def people(round_: Round, moment: datetime) -> People:
    """Return who is at the ballot of a round."""
    found = attendance(round_, moment)
    return People(
        attendance=found,
        href=url_for("workshops.people", cycle_id=round_.cycle_id, round_id=round_.id),
        is_over=round_.state == RoomState.CLOSED,
        announce=f"{found.started} of {len(found.people)} have started, {found.finished} finished.",
    )


def _edit_href(workshop: Workshop) -> str | None:
    return None if workshop.state == RoomState.CLOSED else href_of(workshop, "edit")


def _round(line: RoundLine) -> RoundView:
    return RoundView(
        number=line.round.number,
        state=line.round.state.capitalize(),
        state_kind=STATE_KINDS[line.round.state],
        opened=said_moment(line.round.opened_at),
        closed=said_moment(line.round.closed_at),
        asked=line.asked,
        agreed=line.agreed,
        stable_dissent=line.stable_dissent,
        still_open=line.still_open,
        places=places_of_round(line.round),
    )
