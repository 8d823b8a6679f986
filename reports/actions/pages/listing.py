"""The list of recommendations by group, the form of one, and the rows of their download."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from reports.actions.forms import RecommendationForm
from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.pages.frame import Frame
from reports.actions.pages.words import TAG_KINDS, due_in_words, is_overdue, lacks
from reports.actions.queries import IN_PRINT
from reports.actions.suggesting import Suggestion

HEADINGS = (
    "Group",
    "Topic",
    "Actions",
    "Who",
    "When",
    "Result",
    "Owner",
    "Due date",
    "Status",
)
NOTES = "Notes"


@dataclass(frozen=True)
class ActionLine:
    """One recommendation. ``lacks`` says what keeps it from being an action."""

    id: uuid.UUID
    topic: str
    actions: str
    who: str
    when: str
    result: str
    owner: str
    due: str
    status: str
    tag_kind: str
    notes: str
    lacks: str
    is_overdue: bool
    href: str
    edit_href: str
    move_href: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Group:
    """One group of recommendations, as the report prints them."""

    title: str
    add_href: str
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True)
class SuggestionLine:
    """A draft with the address that adds it."""

    topic: str
    actions: str
    group: str
    add_href: str


@dataclass(frozen=True)
class ActionsPage:
    """The recommendations of a cycle."""

    frame: Frame
    groups: tuple[Group, ...]
    total: int
    unowned: int
    under_way: int
    done: int
    overdue: int
    suggestions: tuple[SuggestionLine, ...]
    rule: str
    may_change: bool
    add_href: str
    downloads: tuple[tuple[str, str], ...]

    @property
    def has_actions(self) -> bool:
        """Say whether there is any action to show, dropped ones included."""
        return any(each.lines for each in self.groups)


@dataclass(frozen=True)
class ActionFormPage:
    """Adding or editing one recommendation; ``remove_href`` is empty for a new one."""

    title: str
    form: RecommendationForm
    list_href: str
    remove_href: str


def actions_page(
    cycle_id: uuid.UUID,
    rows: list[Recommendation],
    drafts: tuple[Suggestion, ...],
    *,
    frame: Frame,
    rule: str,
    may_change: bool,
    today: date,
) -> ActionsPage:
    """Return the list as it stands on ``today``."""
    live = [each for each in rows if each.status != ActionStatus.DROPPED]
    return ActionsPage(
        frame=frame,
        groups=tuple(_group(cycle_id, horizon, rows, today) for horizon in IN_PRINT),
        total=len(live),
        unowned=sum(bool(lacks(each)) for each in live),
        under_way=sum(each.status == ActionStatus.UNDER_WAY for each in live),
        done=sum(each.status == ActionStatus.DONE for each in live),
        overdue=sum(is_overdue(each, today) for each in live),
        suggestions=tuple(_suggestion(cycle_id, each) for each in drafts),
        rule=rule,
        may_change=may_change,
        add_href=url_for("actions.new", cycle_id=cycle_id),
        downloads=tuple(
            (kind.upper(), url_for("actions.download", cycle_id=cycle_id, kind=kind))
            for kind in ("csv", "xlsx")
        ),
    )


def download_table(
    rows: list[Recommendation], *, with_notes: bool
) -> tuple[tuple[str, ...], list[tuple[str | date | None, ...]]]:
    """Return headings and rows. Notes are the conveners' own, as on the page."""
    headings = (*HEADINGS, NOTES) if with_notes else HEADINGS
    return headings, [
        (
            each.horizon.value,
            each.topic,
            each.actions,
            each.who,
            each.when,
            each.result,
            each.owner,
            each.due_on,
            each.status.value,
            *([each.notes] if with_notes else []),
        )
        for each in rows
    ]


def _group(cycle_id: uuid.UUID, horizon: Horizon, rows: list[Recommendation], today: date) -> Group:
    own = [each for each in rows if each.horizon == horizon]
    return Group(
        title=horizon.capitalize(),
        add_href=url_for("actions.new", cycle_id=cycle_id, horizon=horizon.value),
        lines=tuple(
            _line(each, today, is_first=each is own[0], is_last=each is own[-1]) for each in own
        ),
    )


def _line(each: Recommendation, today: date, *, is_first: bool, is_last: bool) -> ActionLine:
    where: dict[str, Any] = {"cycle_id": each.cycle_id, "recommendation_id": each.id}
    return ActionLine(
        id=each.id,
        topic=each.topic,
        actions=each.actions,
        who=each.who,
        when=each.when,
        result=each.result,
        owner=each.owner,
        due=due_in_words(each),
        status=each.status.capitalize(),
        tag_kind=TAG_KINDS[each.status],
        notes=each.notes,
        lacks=lacks(each),
        is_overdue=is_overdue(each, today),
        href=url_for("actions.follow", **where),
        edit_href=url_for("actions.edit", **where),
        move_href=url_for("actions.move", **where),
        is_first=is_first,
        is_last=is_last,
    )


def _suggestion(cycle_id: uuid.UUID, each: Suggestion) -> SuggestionLine:
    return SuggestionLine(
        topic=each.topic,
        actions=each.actions,
        group=each.horizon.capitalize(),
        add_href=url_for("actions.add_suggestion", cycle_id=cycle_id, key=each.key),
    )
