"""What the ballot's pages are given: one frozen record each, ready to print.

The page of a functional area, which is the largest, is in ``area_page``.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from cycles.core.clock import LONDON
from workshop.ballot.booth import Booth
from workshop.ballot.queries import AskedItem, has_finished
from workshop.ballot.saving import Carried, carried, carried_comments
from workshop.ballot.sheets import Sheet, count_answered, first_blank, progress_words
from workshop.rooms.models import Round

ANONYMITY = (
    "Others see counts, never your name. The facilitator can see that you have answered, not what."
)


@dataclass(frozen=True)
class Task:
    """A line of the task list: one page of the ballot and how far this person is with it."""

    number: int
    title: str
    domain: str
    href: str
    state: str
    kind: str | None


@dataclass(frozen=True)
class TaskGroup:
    """The pages of one function of the classification."""

    title: str
    anchor: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TasksPage:
    """The start of a ballot."""

    cycle_id: uuid.UUID
    round_id: uuid.UUID
    number: int
    workshop: str
    answered: int
    asked: int
    progress: str
    continue_label: str
    continue_href: str
    finish_href: str
    groups: tuple[TaskGroup, ...]
    is_finished: bool
    anonymity: str


@dataclass(frozen=True)
class FinishPage:
    """The end of a ballot: what is still blank, and the button."""

    number: int
    answered: int
    asked: int
    blank: int
    tasks_href: str
    is_finished: bool
    anonymity: str


@dataclass(frozen=True)
class ClosedPage:
    """A round that takes nothing more, and what a form that came too late carried."""

    number: int
    workshop: str
    closed_at: str
    is_refused: bool
    answers: tuple[Carried, ...]
    comments: tuple[tuple[str, str], ...]
    home_href: str


@dataclass(frozen=True)
class Choice:
    """An open round, where a person may choose between several."""

    label: str
    href: str
    progress: str


@dataclass(frozen=True)
class StartPage:
    """No round is open, or more than one is."""

    choices: tuple[Choice, ...]
    anonymity: str


def tasks_page(booth: Booth) -> TasksPage:
    """Return the task list, with the button that resumes at the first blank."""
    blank = first_blank(booth.sheets, booth.answers)
    finish_href = booth.href("finish")
    return TasksPage(
        cycle_id=booth.round.cycle_id,
        round_id=booth.round.id,
        number=booth.round.number,
        workshop=booth.round.workshop.title,
        answered=booth.answered,
        asked=booth.asked,
        progress=progress_words(booth.answered, booth.asked),
        continue_label="Continue" if booth.answered else "Start",
        continue_href=_href_of(booth, blank) if blank else finish_href,
        finish_href=finish_href,
        groups=_groups(booth),
        is_finished=has_finished(booth.round.id, booth.panellist_id),
        anonymity=ANONYMITY,
    )


def finish_page(booth: Booth) -> FinishPage:
    """Return the last page of a ballot."""
    return FinishPage(
        number=booth.round.number,
        answered=booth.answered,
        asked=booth.asked,
        blank=booth.asked - booth.answered,
        tasks_href=booth.href("tasks"),
        is_finished=has_finished(booth.round.id, booth.panellist_id),
        anonymity=ANONYMITY,
    )


def closed_page(
    round_: Round, sheet: Sheet | None = None, posted: Mapping[str, str] | None = None
) -> ClosedPage:
    """Return the page of a closed round; with what a late form ``posted`` given back in words."""
    closed_at = round_.closed_at.astimezone(LONDON) if round_.closed_at else None
    return ClosedPage(
        number=round_.number,
        workshop=round_.workshop.title,
        closed_at=f"{closed_at:%-d %B %Y at %H:%M}" if closed_at else "",
        is_refused=sheet is not None,
        answers=carried(sheet, posted or {}) if sheet else (),
        comments=carried_comments(sheet, posted or {}) if sheet else (),
        home_href=url_for("ballot.start", cycle_id=round_.cycle_id),
    )


def start_page(booths: Sequence[Booth]) -> StartPage:
    """Return the choice between the rounds that are open now; there may be none."""
    return StartPage(
        choices=tuple(
            Choice(
                f"{booth.round.workshop.title}, round {booth.round.number}",
                booth.href("tasks"),
                progress_words(booth.answered, booth.asked),
            )
            for booth in booths
        ),
        anonymity=ANONYMITY,
    )


def _href_of(booth: Booth, cell: AskedItem) -> str:
    number = next(sheet.number for sheet in booth.sheets if cell in sheet.cells)
    return booth.href("area", number=number, _anchor=f"c-{cell.subject_id.hex}")


def _groups(booth: Booth) -> tuple[TaskGroup, ...]:
    return tuple(
        TaskGroup(
            function or "Not classified yet",
            f"group-{number}",
            tuple(_task(booth, sheet) for sheet in sheets),
        )
        for number, (function, sheets) in enumerate(
            groupby(booth.sheets, key=lambda sheet: sheet.function), 1
        )
    )


def _task(booth: Booth, sheet: Sheet) -> Task:
    answered, asked = count_answered(sheet, booth.answers), len(sheet.cells)
    state, kind = "Not started", "quiet"
    if answered == asked:
        state, kind = "Completed", "done"
    elif answered:
        state, kind = f"In progress, {answered} of {asked}", "current"
    href = booth.href("area", number=sheet.number)
    return Task(sheet.number, sheet.title, sheet.domain, href, state, kind)
