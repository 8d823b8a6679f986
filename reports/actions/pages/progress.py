"""How far the actions have come: by group, overdue first, and what moved since the last report."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from reports.actions.models import ActionStatus, Horizon, Recommendation
from reports.actions.moving import Move
from reports.actions.pages.frame import Frame
from reports.actions.pages.words import (
    TAG_KINDS,
    due_in_words,
    is_overdue,
    lacks,
    standing_words,
)
from reports.actions.pages.words import day_of as said_day
from reports.actions.queries import IN_PRINT

HEADINGS = (
    "Action",
    "Group",
    "Owner",
    "Due date",
    "Days overdue",
    "Status",
    "Last update",
    "Last reminded",
)
LAST = {ActionStatus.DONE: 1, ActionStatus.DROPPED: 2}


@dataclass(frozen=True)
class GroupLine:
    """One group: how many actions, and how many of each status. Dropped ones are apart."""

    title: str
    total: int
    done: int
    under_way: int
    proposed: int
    dropped: int
    overdue: int


@dataclass(frozen=True)
class ProgressLine:
    """One action of the list."""

    topic: str
    href: str
    group: str
    owner: str
    due: str
    standing: str
    is_overdue: bool
    status: str
    tag_kind: str
    lacks: str
    heard: str


@dataclass(frozen=True)
class MoveLine:
    """One action that moved. ``before`` is empty for one that was added since."""

    topic: str
    href: str
    before: str
    before_kind: str
    now: str
    now_kind: str
    notes: int
    on: str


@dataclass(frozen=True)
class ProgressPage:
    """The progress of a cycle's actions. ``since`` says from when the moves are counted."""

    frame: Frame
    on: str
    total: GroupLine
    unowned: int
    groups: tuple[GroupLine, ...]
    lines: tuple[ProgressLine, ...]
    since: str
    moves: tuple[MoveLine, ...]
    list_href: str
    downloads: tuple[tuple[str, str], ...]


def progress_page(
    cycle_id: uuid.UUID,
    rows: Sequence[Recommendation],
    moves: Sequence[Move],
    *,
    frame: Frame,
    since: str,
    heard: Mapping[uuid.UUID, datetime],
    today: date,
) -> ProgressPage:
    """Return how far the actions have come on ``today``."""
    live = [each for each in rows if each.status != ActionStatus.DROPPED]
    counted = [_group(each.capitalize(), _in(rows, each), today) for each in IN_PRINT]
    return ProgressPage(
        frame=frame,
        on=f"{today.day} {today:%B %Y}",
        total=_group("All actions", rows, today),
        unowned=sum(bool(lacks(each)) for each in live),
        groups=tuple(each for each in counted if each.total or each.dropped),
        lines=tuple(_line(each, heard, today) for each in in_urgency(rows, today)),
        since=since,
        moves=tuple(_move(each) for each in moves),
        list_href=url_for("actions.index", cycle_id=cycle_id),
        downloads=tuple(
            (kind.upper(), url_for("actions.download_progress", cycle_id=cycle_id, kind=kind))
            for kind in ("csv", "xlsx")
        ),
    )


def in_urgency(rows: Sequence[Recommendation], today: date) -> list[Recommendation]:
    """Return the actions with the longest overdue first, then by date; what is settled is last."""
    return sorted(
        rows,
        key=lambda each: (
            LAST.get(each.status, 0),
            each.due_on is None,
            each.due_on or today,
            IN_PRINT.index(each.horizon),
            each.position,
        ),
    )


def progress_table(
    rows: Sequence[Recommendation],
    *,
    heard: Mapping[uuid.UUID, datetime],
    reminded: Mapping[uuid.UUID, datetime],
    today: date,
) -> tuple[tuple[str, ...], list[tuple[str | int | date | datetime | None, ...]]]:
    """Return headings and rows of the download, in the order of the page."""
    return HEADINGS, [
        (
            each.topic,
            each.horizon.value,
            each.owner,
            each.due_on,
            (today - each.due_on).days if each.due_on and is_overdue(each, today) else 0,
            each.status.value,
            heard.get(each.id),
            reminded.get(each.id),
        )
        for each in in_urgency(rows, today)
    ]


def _in(rows: Sequence[Recommendation], horizon: Horizon) -> list[Recommendation]:
    return [each for each in rows if each.horizon == horizon]


def _group(title: str, rows: Sequence[Recommendation], today: date) -> GroupLine:
    of = {status: sum(each.status == status for each in rows) for status in ActionStatus}
    return GroupLine(
        title=title,
        total=len(rows) - of[ActionStatus.DROPPED],
        done=of[ActionStatus.DONE],
        under_way=of[ActionStatus.UNDER_WAY],
        proposed=of[ActionStatus.PROPOSED],
        dropped=of[ActionStatus.DROPPED],
        overdue=sum(is_overdue(each, today) for each in rows),
    )


def _href(each: Recommendation) -> str:
    return url_for("actions.follow", cycle_id=each.cycle_id, recommendation_id=each.id)


def _line(each: Recommendation, heard: Mapping[uuid.UUID, datetime], today: date) -> ProgressLine:
    return ProgressLine(
        topic=each.topic,
        href=_href(each),
        group=each.horizon.capitalize(),
        owner=each.owner,
        due=due_in_words(each),
        standing=standing_words(each, today),
        is_overdue=is_overdue(each, today),
        status=each.status.capitalize(),
        tag_kind=TAG_KINDS[each.status],
        lacks=lacks(each),
        heard=said_day(heard[each.id]) if each.id in heard else "",
    )


def _move(each: Move) -> MoveLine:
    return MoveLine(
        topic=each.action.topic,
        href=_href(each.action),
        before=each.before.capitalize() if each.before else "",
        before_kind=TAG_KINDS[each.before] if each.before else "",
        now=each.action.status.capitalize(),
        now_kind=TAG_KINDS[each.action.status],
        notes=each.notes,
        on=said_day(each.last_on),
    )
