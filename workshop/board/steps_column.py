"""The right of the board: the agenda and what can be done with each step, the timer, the call."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from workshop.board.addresses import address_in
from workshop.board.calling import Destination
from workshop.board.queries import steps_of
from workshop.board.timing import Timer, said_time, state_words, timer_of
from workshop.rooms.attendance import count_finished
from workshop.rooms.models import RoomState, Round, Step, StepKind, Workshop
from workshop.rooms.next_actions import WORK

KIND_NAMES = {StepKind.TALK: "Talk", StepKind.RATE: "Rate", StepKind.REVEAL: "Reveal"}
UNDER_WAY = (RoomState.OPEN, RoomState.PAUSED)


@dataclass(frozen=True)
class Action:
    """One button. With a ``consequence`` it asks once before it acts."""

    label: str
    href: str
    is_main: bool = False
    consequence: str = ""
    key: str = ""


@dataclass(frozen=True)
class StepLine:
    """One step of the agenda, with its buttons."""

    title: str
    kind: str
    state: str
    look: str
    is_revealed: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class CallChoice:
    """Somewhere to bring everyone."""

    value: str
    label: str


@dataclass(frozen=True)
class StepsColumn:
    """The fragment. ``version`` changes when any of it does, but not with the clock."""

    href: str
    version: str
    lines: tuple[StepLine, ...]
    now: str
    timer: Timer | None
    timer_href: str
    plan_href: str
    agenda_href: str
    blocked: str
    call_href: str
    release_href: str
    called: str
    choices: tuple[CallChoice, ...]
    is_over: bool


def steps_column(workshop: Workshop, round_: Round | None, moment: datetime) -> StepsColumn:
    """Return the agenda as it stands."""
    steps = steps_of(workshop.id)
    current = next((one for one in steps if one.state in UNDER_WAY), None)
    is_open = workshop.state == RoomState.OPEN
    column = StepsColumn(
        href=address_in(workshop, "board.live_steps"),
        version="",
        lines=tuple(_line(one, steps, current, is_open) for one in steps),
        now=current.title if current else "",
        timer=timer_of(current, moment),
        timer_href=_timer_href(workshop, current),
        plan_href="" if steps else address_in(workshop, "board.plan"),
        agenda_href=address_in(workshop, "board.agenda"),
        blocked=_blocked(workshop),
        call_href=address_in(workshop, "board.call") if is_open else "",
        release_href=address_in(workshop, "board.end_call"),
        called=_called(workshop),
        choices=_choices(workshop, round_),
        is_over=workshop.state == RoomState.CLOSED,
    )
    return _versioned(column, workshop, steps)


def _versioned(column: StepsColumn, workshop: Workshop, steps: list[Step]) -> StepsColumn:
    # Not what the buttons say: how many have finished must not close an open question.
    marks = [
        (one.id, one.title, one.minutes, one.state, one.ends_at, one.seconds_left, one.is_revealed)
        for one in steps
    ]
    seen = repr((marks, workshop.state, workshop.called_to, workshop.called_at, column.choices))
    version = hashlib.sha256(seen.encode()).hexdigest()[:16]
    return replace(column, version=version)


def _blocked(workshop: Workshop) -> str:
    if workshop.state == RoomState.PLANNED:
        return "The workshop has not been opened. Its steps open once it has."
    return "This workshop is over." if workshop.state == RoomState.CLOSED else ""


def _line(step: Step, steps: list[Step], current: Step | None, is_open: bool) -> StepLine:
    return StepLine(
        title=step.title,
        kind=KIND_NAMES[step.kind],
        state=state_words(step),
        look=step.state.value,
        is_revealed=step.is_revealed,
        actions=_actions(step, steps, current) if is_open else (),
    )


def _actions(step: Step, steps: list[Step], current: Step | None) -> tuple[Action, ...]:
    if step.state == RoomState.PLANNED:
        if current is not None and current.kind == StepKind.RATE:
            return ()
        following = next((one for one in steps if one.state == RoomState.PLANNED), None)
        return (_act(step, "open", "Open", is_main=step is following),)
    if step.state not in UNDER_WAY:
        return ()
    found = [_pausing(step)]
    if step.kind == StepKind.REVEAL:
        shown = ("hide", "Hide") if step.is_revealed else ("reveal", "Reveal")
        found.insert(0, _act(step, *shown, is_main=not step.is_revealed))
    return (*found, _closing(step))


def _pausing(step: Step) -> Action:
    if step.state == RoomState.PAUSED:
        return _act(step, "resume", "Resume", is_main=True)
    return _act(step, "pause", "Pause")


def _closing(step: Step) -> Action:
    if step.kind != StepKind.RATE:
        return _act(step, "close", "Close")
    finished = count_finished(step.round_id)
    said = f"{finished} {'person has' if finished == 1 else 'people have'} finished"
    consequence = (
        f"{said}. Every verdict is computed and frozen at once, and a closed round never opens "
        "again: another one asks what is still open."
    )
    return _act(step, "close", "Close", consequence=consequence)


def _act(
    step: Step, verb: str, label: str, *, is_main: bool = False, consequence: str = ""
) -> Action:
    href = address_in(step.workshop, "board.run", step_id=step.id, verb=verb)
    return Action(label, href, is_main, consequence, f"{verb}-{step.position}")


def _timer_href(workshop: Workshop, current: Step | None) -> str:
    if current is None:
        return ""
    return address_in(workshop, "board.change_timer", step_id=current.id)


def _called(workshop: Workshop) -> str:
    if not workshop.called_to or workshop.called_at is None:
        return ""
    words = {place.value: where for place, where in call_words(workshop).items()}
    where = words.get(workshop.called_to, "the workshop’s page")
    return f"Everyone is called to {where} since {said_time(workshop.called_at)}."


def call_words(workshop: Workshop) -> dict[Destination, str]:
    """Return how each destination is said of this kind of workshop."""
    is_ballot = WORK[workshop.kind][1].startswith("ballot.")
    return {
        Destination.WORK: "the ballot" if is_ballot else "their work",
        Destination.RESULTS: "the results",
        Destination.WORKSHOP: "the workshop’s page",
    }


def _choices(workshop: Workshop, round_: Round | None) -> tuple[CallChoice, ...]:
    words = call_words(workshop)
    return tuple(
        CallChoice(one.value, f"To {words[one]}")
        for one in Destination
        if one != Destination.RESULTS or _has_results(round_)
    )


def _has_results(round_: Round | None) -> bool:
    return round_ is not None and (round_.number > 1 or round_.state == RoomState.CLOSED)
