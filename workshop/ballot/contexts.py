"""What the ballot's pages are given: one frozen record each, ready to print.

The page of a functional area, which is the largest, is in ``area_page``; what was agreed before
is in ``settled``, and a person's own answers in ``own_pages``.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from cycles.core.clock import LONDON
from workshop.ballot.booth import Booth, ballot_href, receipt_href
from workshop.ballot.changes import Changes, changes_since
from workshop.ballot.queries import AskedItem, count_subjects, has_finished
from workshop.ballot.saving import Carried, carried, carried_fields, carried_words
from workshop.ballot.sheets import Sheet, count_answered, first_blank, progress_words
from workshop.ballot.texts import ANONYMITY, WORDINGS, Wording
from workshop.rooms.models import RoomState, Round, ScaleName, Workshop


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
    words: Wording
    answered: int
    asked: int
    progress: str
    share: str
    is_without_share: bool
    is_real_time: bool
    continue_label: str
    continue_href: str
    finish_href: str
    settled_href: str | None
    own_href: str
    changes: Changes | None
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
    own_href: str
    receipt_href: str
    is_finished: bool
    has_next_round: bool
    anonymity: str


@dataclass(frozen=True)
class StoppedPage:
    """A round that takes nothing, now or for good, and what a form that came then carried.

    ``fields`` send the same form again once a paused round goes on.
    """

    number: int
    workshop: str
    is_paused: bool
    closed_at: str
    is_refused: bool
    answers: tuple[Carried, ...]
    written: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    again_href: str
    home_href: str
    own_href: str
    receipt_href: str
    anonymity: str


@dataclass(frozen=True)
class Choice:
    """A round under way, where a person may choose between several."""

    label: str
    href: str
    state: str


@dataclass(frozen=True)
class StartPage:
    """No round is open, or more than one is."""

    choices: tuple[Choice, ...]
    own: tuple[tuple[str, str], ...]
    anonymity: str


def tasks_page(booth: Booth) -> TasksPage:
    """Return the task list, with the button that resumes at the first blank."""
    round_ = booth.round
    blank = first_blank(booth.sheets, booth.answers)
    finish_href = booth.href("finish")
    return TasksPage(
        cycle_id=round_.cycle_id,
        round_id=round_.id,
        number=round_.number,
        workshop=round_.workshop.title,
        words=WORDINGS[round_.scale],
        answered=booth.answered,
        asked=booth.asked,
        progress=progress_words(booth.answered, booth.asked),
        share=_share_words(booth),
        is_without_share=booth.asked == 0 and round_.workshop.raters_per_item is not None,
        is_real_time=booth.is_real_time,
        continue_label="Continue" if booth.answered else "Start",
        continue_href=_href_of(booth, blank) if blank else finish_href,
        finish_href=finish_href,
        settled_href=booth.href("settled") if round_.number > 1 else None,
        own_href=own_href_of(round_),
        changes=changes_since(round_),
        groups=_groups(booth),
        is_finished=has_finished(round_.id, booth.panellist_id),
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
        own_href=own_href_of(booth.round),
        receipt_href=receipt_href(booth.round),
        is_finished=has_finished(booth.round.id, booth.panellist_id),
        has_next_round=not booth.is_real_time,
        anonymity=ANONYMITY,
    )


def stopped_page(
    round_: Round, sheet: Sheet | None = None, posted: Mapping[str, str] | None = None
) -> StoppedPage:
    """Return the page of a paused or closed round, with what a form ``posted`` then given back."""
    is_paused = round_.state == RoomState.PAUSED
    again = ballot_href(round_, "area", number=sheet.number) if sheet else ""
    closed_at = round_.closed_at.astimezone(LONDON) if round_.closed_at else None
    return StoppedPage(
        number=round_.number,
        workshop=round_.workshop.title,
        is_paused=is_paused,
        closed_at=f"{closed_at:%-d %B %Y at %H:%M}" if closed_at else "",
        is_refused=sheet is not None,
        answers=carried(sheet, posted or {}, round_.scale) if sheet else (),
        written=carried_words(sheet, posted or {}) if sheet else (),
        fields=carried_fields(sheet, posted or {}) if sheet and is_paused else (),
        again_href=again or ballot_href(round_, "tasks"),
        home_href=url_for("ballot.start", cycle_id=round_.cycle_id),
        own_href=own_href_of(round_),
        receipt_href=receipt_href(round_),
        anonymity=ANONYMITY,
    )


def start_page(booths: Sequence[Booth], answered: Sequence[Workshop]) -> StartPage:
    """Return the choice between the rounds under way, and where one has answered before."""
    return StartPage(
        choices=tuple(
            Choice(
                f"{booth.round.workshop.title}, round {booth.round.number}",
                booth.href("tasks"),
                "Paused"
                if booth.round.state == RoomState.PAUSED
                else progress_words(booth.answered, booth.asked),
            )
            for booth in booths
        ),
        own=tuple((one.title, own_href(one)) for one in answered),
        anonymity=ANONYMITY,
    )


def own_href(workshop: Workshop) -> str:
    """Return the address of the person's own answers in a workshop."""
    return url_for("ballot.own", cycle_id=workshop.cycle_id, workshop_id=workshop.id)


def own_href_of(round_: Round) -> str:
    """Return the address of the person's own answers in the workshop of a round."""
    return url_for("ballot.own", cycle_id=round_.cycle_id, workshop_id=round_.workshop_id)


def _share_words(booth: Booth) -> str:
    """Say that others are asked the rest, where not everybody is asked everything."""
    if booth.round.workshop.raters_per_item is None or not booth.asked:
        return ""
    total, things = count_subjects(booth.round.id), WORDINGS[booth.round.scale].things
    if booth.rows >= total:
        return ""
    return f"You are asked {booth.rows} of {total} {things}; others are asked the rest."


def _href_of(booth: Booth, cell: AskedItem) -> str:
    number = next(sheet.number for sheet in booth.sheets if cell in sheet.cells)
    return booth.href("area", number=number, _anchor=f"c-{cell.subject_id.hex}")


def _groups(booth: Booth) -> tuple[TaskGroup, ...]:
    unnamed = "Solutions" if booth.round.scale == ScaleName.PRIORITY else "Not classified yet"
    return tuple(
        TaskGroup(
            function or unnamed,
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
