"""Subjects for further cycles: the list, the form of one, and the start of a cycle from one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from reports.actions.forms import StartForm, SubjectForm
from reports.actions.models import FurtherSubject
from reports.actions.pages.frame import Frame
from reports.actions.suggesting_subjects import SubjectDraft


@dataclass(frozen=True)
class StartedCycle:
    """The cycle that took a subject up. ``href`` is empty for who has no place in it."""

    title: str
    href: str


@dataclass(frozen=True)
class SubjectLine:
    """One subject, with where a convener changes it."""

    title: str
    why: str
    started: StartedCycle | None
    start_href: str
    edit_href: str
    move_href: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class DraftLine:
    """A draft with the address that adds it."""

    title: str
    why: str
    add_href: str


@dataclass(frozen=True)
class SubjectsPage:
    """The subjects of a cycle. ``origin`` is the cycle whose subject this one took up."""

    frame: Frame
    lines: tuple[SubjectLine, ...]
    drafts: tuple[DraftLine, ...]
    rule: str
    origin: StartedCycle | None
    may_change: bool
    may_start: bool
    add_href: str


@dataclass(frozen=True)
class SubjectFormPage:
    """Adding or editing one subject; ``remove_href`` is empty for a new one."""

    title: str
    form: SubjectForm
    list_href: str
    remove_href: str


@dataclass(frozen=True)
class StartPage:
    """Starting a cycle from a subject."""

    subject: str
    form: StartForm
    list_href: str


def subjects_page(
    cycle_id: uuid.UUID,
    rows: Sequence[FurtherSubject],
    drafts: Sequence[SubjectDraft],
    *,
    frame: Frame,
    rule: str,
    started: Mapping[uuid.UUID, StartedCycle],
    origin: StartedCycle | None,
    may_change: bool,
    may_start: bool,
) -> SubjectsPage:
    """Return the list of subjects."""
    return SubjectsPage(
        frame=frame,
        lines=tuple(
            _line(
                each,
                started.get(each.started_cycle_id) if each.started_cycle_id else None,
                is_first=each is rows[0],
                is_last=each is rows[-1],
            )
            for each in rows
        ),
        drafts=tuple(
            DraftLine(
                each.title,
                each.why,
                url_for("actions.add_subject_draft", cycle_id=cycle_id, key=each.key),
            )
            for each in drafts
        ),
        rule=rule,
        origin=origin,
        may_change=may_change,
        may_start=may_start,
        add_href=url_for("actions.new_subject", cycle_id=cycle_id),
    )


def _line(
    each: FurtherSubject, started: StartedCycle | None, *, is_first: bool, is_last: bool
) -> SubjectLine:
    where: dict[str, Any] = {"cycle_id": each.cycle_id, "subject_id": each.id}
    return SubjectLine(
        title=each.title,
        why=each.why,
        started=started,
        start_href=url_for("actions.start_cycle", **where),
        edit_href=url_for("actions.edit_subject", **where),
        move_href=url_for("actions.move_subject", **where),
        is_first=is_first,
        is_last=is_last,
    )
