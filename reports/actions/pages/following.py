"""One action with its history, and the actions that a person owns."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from cycles.setup.pages.words import day_words
from reports.actions.forms import FollowForm
from reports.actions.models import SETTLED, ActionChange, Recommendation
from reports.actions.pages.frame import Frame
from reports.actions.pages.words import (
    TAG_KINDS,
    due_in_words,
    is_overdue,
    lacks,
    standing_words,
    step_words,
)
from reports.actions.pages.words import day_of as said_day


@dataclass(frozen=True)
class Step:
    """One step of the history. ``by`` and ``note`` are empty for who may not read them."""

    on: str
    sentence: str
    by: str
    note: str


@dataclass(frozen=True)
class ActionPage:
    """One action. ``form`` is None for who only reads; ``reminded`` is empty before a reminder."""

    frame: Frame
    list_href: str
    topic: str
    group: str
    facts: tuple[tuple[str, str], ...]
    status: str
    tag_kind: str
    standing: str
    is_overdue: bool
    form: FollowForm | None
    edit_href: str
    reminded: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class OwnAction:
    """An action as its owner sees it in the list."""

    topic: str
    actions: str
    group: str
    due: str
    standing: str
    is_overdue: bool
    status: str
    tag_kind: str
    is_settled: bool
    href: str


@dataclass(frozen=True)
class MinePage:
    """The actions that a person owns: what is open, and what is settled."""

    frame: Frame
    list_href: str
    open: tuple[OwnAction, ...]
    settled: tuple[OwnAction, ...]


def action_page(
    row: Recommendation,
    history: Sequence[ActionChange],
    *,
    frame: Frame,
    form: FollowForm | None,
    is_trusted: bool,
    may_edit: bool,
    reminded: datetime | None,
    today: date,
) -> ActionPage:
    """Return one action; names and notes are told only to who ``is_trusted`` with them."""
    of_cycle: dict[str, Any] = {"cycle_id": row.cycle_id}
    return ActionPage(
        frame=frame,
        list_href=url_for("actions.index", **of_cycle),
        topic=row.topic,
        group=row.horizon.capitalize(),
        facts=_facts(row),
        status=row.status.capitalize(),
        tag_kind=TAG_KINDS[row.status],
        standing=standing_words(row, today),
        is_overdue=is_overdue(row, today),
        form=form,
        edit_href=url_for("actions.edit", recommendation_id=row.id, **of_cycle) if may_edit else "",
        reminded=said_day(reminded) if reminded and is_trusted else "",
        steps=tuple(_step(each, is_trusted=is_trusted) for each in history),
    )


def mine_page(
    cycle_id: uuid.UUID, rows: Sequence[Recommendation], *, frame: Frame, today: date
) -> MinePage:
    """Return what a person owns."""
    return MinePage(
        frame=frame,
        list_href=url_for("actions.index", cycle_id=cycle_id),
        open=tuple(_own(each, today) for each in rows if each.status not in SETTLED),
        settled=tuple(_own(each, today) for each in rows if each.status in SETTLED),
    )


def _facts(row: Recommendation) -> tuple[tuple[str, str], ...]:
    told = (
        ("Actions", row.actions),
        ("Who", row.who),
        ("When", row.when),
        ("Result", row.result),
        ("Owner", row.owner),
        ("Due date", day_words(row.due_on) if row.due_on else ""),
        ("Still to do", lacks(row)),
    )
    return tuple(each for each in told if each[1])


def _step(each: ActionChange, *, is_trusted: bool) -> Step:
    by = each.changed_by.name if each.changed_by else ""
    return Step(
        on=said_day(each.changed_at),
        sentence=step_words(each),
        by=by if is_trusted else "",
        note=each.note if is_trusted else "",
    )


def _own(each: Recommendation, today: date) -> OwnAction:
    return OwnAction(
        topic=each.topic,
        actions=each.actions,
        group=each.horizon.capitalize(),
        due=due_in_words(each),
        standing=standing_words(each, today),
        is_overdue=is_overdue(each, today),
        status=each.status.capitalize(),
        tag_kind=TAG_KINDS[each.status],
        is_settled=each.status in SETTLED,
        href=url_for("actions.follow", cycle_id=each.cycle_id, recommendation_id=each.id),
    )
