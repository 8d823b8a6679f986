"""What the agenda's pages are given."""

from dataclasses import dataclass

from workshop.board.addresses import address_in
from workshop.board.agenda import suggested
from workshop.board.queries import steps_of
from workshop.board.steps_column import KIND_NAMES
from workshop.board.timing import state_words
from workshop.rooms.models import RoomState, Step, Workshop


@dataclass(frozen=True)
class AgendaLine:
    """A step, and what may still be done with it: no addresses once it has been opened."""

    title: str
    kind: str
    state: str
    edit_href: str
    move_href: str
    remove_href: str
    may_go_up: bool
    may_go_down: bool
    key: str


@dataclass(frozen=True)
class AgendaPage:
    """The agenda. ``usual`` is what would be taken while there is none."""

    title: str
    board_href: str
    lines: tuple[AgendaLine, ...]
    usual: tuple[str, ...]
    usual_href: str
    is_over: bool


@dataclass(frozen=True)
class StepPage:
    """One step to change."""

    title: str
    kind: str
    back_href: str


def agenda_page(workshop: Workshop) -> AgendaPage:
    """Return the agenda of a workshop."""
    steps = steps_of(workshop.id)
    usual = suggested(workshop.kind, workshop.mode)
    return AgendaPage(
        title=workshop.title,
        board_href=address_in(workshop, "board.show"),
        lines=tuple(_line(one, place, steps) for place, one in enumerate(steps)),
        usual=() if steps else tuple(f"{one.title}, {one.minutes} minutes" for one in usual),
        usual_href=address_in(workshop, "board.plan"),
        is_over=workshop.state == RoomState.CLOSED,
    )


def step_page(step: Step) -> StepPage:
    """Return one step to change."""
    return StepPage(step.title, KIND_NAMES[step.kind], address_in(step.workshop, "board.agenda"))


def _line(step: Step, place: int, steps: list[Step]) -> AgendaLine:
    is_planned = step.state == RoomState.PLANNED
    return AgendaLine(
        title=step.title,
        kind=KIND_NAMES[step.kind],
        state=state_words(step),
        edit_href=_doing(step, "board.change_step"),
        move_href=_doing(step, "board.move_step"),
        remove_href=_doing(step, "board.remove_step"),
        may_go_up=is_planned and place > 0 and steps[place - 1].state == RoomState.PLANNED,
        may_go_down=is_planned
        and place + 1 < len(steps)
        and steps[place + 1].state == RoomState.PLANNED,
        key=f"step-{step.position}",
    )


def _doing(step: Step, endpoint: str) -> str:
    """Return where a step that has not been opened is changed, "" for others."""
    if step.state != RoomState.PLANNED:
        return ""
    return address_in(step.workshop, endpoint, step_id=step.id)
