"""What the pages of workshops are given: one frozen record each, ready to print."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from cycles.core.clock import LONDON
from cycles.setup.queries import get_cycle, role_levels_of
from cycles.stages.words import Stage
from workshop.rooms.attendance import Attendance, attendance
from workshop.rooms.history import RoundLine, round_lines
from workshop.rooms.models import RoomState, Round, Workshop, WorkshopKind
from workshop.rooms.queries import cells_of_workshop, workshops_of
from workshop.rooms.words import KIND_WORDS

STATE_KINDS = {RoomState.PLANNED: "quiet", RoomState.OPEN: "current", RoomState.CLOSED: "done"}
ASKS = {
    WorkshopKind.CAPTURE: "Technologists submit and classify capability statements.",
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


@dataclass(frozen=True)
class Step:
    """The one thing to do next with a workshop, or the sentence that says why there is none.

    ``consequence`` is asked about before a POST to ``href``; a step without one is a link.
    """

    label: str
    href: str
    consequence: str


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
    step: Step | None
    close: Step | None
    blocked: str
    rounds: tuple[RoundView, ...]
    people: People | None
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


def href_of(workshop: Workshop, endpoint: str = "show", **values: object) -> str:
    """Return the address of one of a workshop's pages."""
    return url_for(
        f"workshops.{endpoint}",
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        **values,  # type: ignore[arg-type]  # url_for's own options are not among them
    )


def _line(workshop: Workshop) -> WorkshopLine:
    return WorkshopLine(
        title=workshop.title,
        href=href_of(workshop),
        dates=said_dates(workshop),
        state=workshop.state.capitalize(),
        state_kind=STATE_KINDS[workshop.state],
    )


def workshop_page(workshop: Workshop, moment: datetime, *, may_convene: bool) -> WorkshopPage:
    """Return one workshop with its rounds, who has answered, and what to do next."""
    lines = round_lines(workshop.id)
    cells = cells_of_workshop(workshop.id)
    blocked = _blocked(workshop) if may_convene else ""
    is_acting = may_convene and not blocked
    return WorkshopPage(
        title=workshop.title,
        kind=KIND_WORDS[workshop.kind],
        asks=ASKS[workshop.kind],
        dates=said_dates(workshop),
        state=workshop.state.capitalize(),
        state_kind=STATE_KINDS[workshop.state],
        list_href=url_for("workshops.index", cycle_id=workshop.cycle_id),
        edit_href=_edit_href(workshop) if may_convene else None,
        step=_next_step(workshop, lines) if is_acting else None,
        close=_closing_step(workshop, lines) if may_convene else None,
        blocked=blocked,
        rounds=tuple(_round(line) for line in lines),
        people=people(lines[-1].round, moment) if may_convene and lines else None,
        results_href=href_of(workshop, "results") if cells else None,
        unsettled=sum(one.is_finished and not one.is_settled for one in cells),
        unsettled_href=href_of(workshop, "results", only="unsettled"),
    )


def people(round_: Round, moment: datetime) -> People:
    """Return who is at the ballot of a round."""
    found = attendance(round_, moment)
    return People(
        attendance=found,
        href=url_for("workshops.people", cycle_id=round_.cycle_id, round_id=round_.id),
        is_over=round_.state != RoomState.OPEN,
        announce=f"{found.started} of {len(found.people)} have started, {found.finished} finished.",
    )


def _edit_href(workshop: Workshop) -> str | None:
    return None if workshop.state == RoomState.CLOSED else href_of(workshop, "edit")


def _blocked(workshop: Workshop) -> str:
    cycle = get_cycle(workshop.cycle_id)
    if workshop.state == RoomState.CLOSED or cycle.stage == Stage.CARRYING_OUT:
        return ""
    return f"Workshops open in the carrying-out stage; this cycle is {cycle.stage}."


def _next_step(workshop: Workshop, lines: tuple[RoundLine, ...]) -> Step | None:
    if workshop.state == RoomState.PLANNED:
        consequence = "Participants see that it is open. You can close it at any time."
        return Step("Open the workshop", href_of(workshop, "open_it"), consequence)
    if workshop.kind != WorkshopKind.PROFICIENCY or workshop.state == RoomState.CLOSED:
        return None
    if not lines:
        return _first_round(workshop)
    last = lines[-1]
    if last.round.state == RoomState.OPEN:
        href = url_for("workshops.end_round", cycle_id=workshop.cycle_id, round_id=last.round.id)
        return Step(f"Close round {last.round.number}", href, "")
    if not last.still_open:
        return None
    consequence = (
        f"It asks the {last.still_open} cells that are still open, and shows every employer the "
        "group's answers beside their own."
    )
    return Step(
        f"Open round {last.round.number + 1}", href_of(workshop, "open_next_round"), consequence
    )


def _first_round(workshop: Workshop) -> Step:
    levels = len(role_levels_of(workshop.cycle_id))
    consequence = (
        f"It asks every kept capability at each of {levels} role levels. The rule card is fixed "
        "from then on, and the wording of what is asked is frozen."
    )
    return Step("Open round 1", href_of(workshop, "open_next_round"), consequence)


def _closing_step(workshop: Workshop, lines: tuple[RoundLine, ...]) -> Step | None:
    if workshop.state != RoomState.OPEN or any(
        line.round.state == RoomState.OPEN for line in lines
    ):
        return None
    still_open = (lines[-1].still_open or 0) if lines else 0
    consequence = "It cannot be opened again; another one can be planned."
    if still_open:
        consequence = (
            f"{still_open} cells are still open and will not be asked again. {consequence}"
        )
    return Step("Close the workshop", href_of(workshop, "close_it"), consequence)


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
    )
