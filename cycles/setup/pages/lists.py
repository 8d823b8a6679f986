"""Contexts of the lists of the set-up: solutions, partners, role levels, timeline."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.forms import Form
from cycles.setup.academic import ACADEMIC_LEVELS
from cycles.setup.models import Cycle, Milestone, Partner, RoleLevel, Solution
from cycles.setup.pages.editing import Crumbs, EditPage, Removal, crumbs_of, why_closed
from cycles.setup.pages.words import day_words


@dataclass(frozen=True)
class ListLine:
    """One row of a list. Without ``move_href`` it finds its own place."""

    id: uuid.UUID
    name: str
    detail: str
    note: str
    tag: str
    tag_kind: str
    change_href: str
    second_label: str
    second_href: str
    move_href: str
    is_first: bool
    is_last: bool
    vote: str = ""


@dataclass(frozen=True)
class ListPage:
    """A list with its way to add."""

    title: str
    lead: str
    crumbs: Crumbs
    noun: str
    lines: tuple[ListLine, ...]
    add_href: str
    empty_title: str
    empty_text: str
    is_dated: bool
    back_href: str
    closed_because: str


@dataclass(frozen=True)
class Kind:
    """How one kind of list is said, and the endpoints that change it."""

    title: str
    noun: str
    lead: str
    empty_text: str
    list_endpoint: str
    endpoint_noun: str
    id_name: str


SOLUTIONS = Kind(
    "Candidate solutions",
    "solution",
    "The how. Candidates are listed first; stakeholders then prioritise the ones to follow.",
    "Name the technologies or ways of working that could answer the challenge.",
    "cycle.solutions",
    "solution",
    "solution_id",
)
PARTNERS = Kind(
    "Supply-chain partners",
    "partner",
    "Kinds of organisation, not single ones. Every capability is tagged with those who need it.",
    "Name the kinds of organisation that will have to work together.",
    "cycle.partners",
    "partner",
    "partner_id",
)
ROLE_LEVELS = Kind(
    "Role levels",
    "role level",
    "The levels of work that proficiency is rated for, each with the academic level its training "
    "stands at.",
    "Name the levels of work, for example technicians, scientists and managers.",
    "cycle.role_levels",
    "role_level",
    "role_level_id",
)
TIMELINE = Kind(
    "Timeline",
    "milestone",
    "The days that everybody in the cycle should know. The list keeps itself in order.",
    "Add the workshops, the quality-assurance window and the day the report is due.",
    "cycle.timeline",
    "milestone",
    "milestone_id",
)


def list_page(kind: Kind, cycle: Cycle, lines: Sequence[ListLine]) -> ListPage:
    """Return the page of a list."""
    return ListPage(
        title=kind.title,
        lead=kind.lead,
        crumbs=crumbs_of(cycle, (kind.title, None)),
        noun=kind.noun,
        lines=tuple(lines),
        add_href=url_for(f"cycle.add_{kind.endpoint_noun}", cycle_id=cycle.id),
        empty_title=f"No {kind.noun}s yet",
        empty_text=kind.empty_text,
        is_dated=kind is TIMELINE,
        back_href=url_for("cycle.setup", cycle_id=cycle.id),
        closed_because=why_closed(cycle),
    )


def ordered_lines(kind: Kind, rows: Sequence[Solution | Partner | RoleLevel]) -> list[ListLine]:
    """Return the lines of rows that people put in order."""
    last = len(rows) - 1
    return [
        _line(kind, row, is_first=place == 0, is_last=place == last)
        for place, row in enumerate(rows)
    ]


def milestone_lines(rows: Sequence[Milestone]) -> list[ListLine]:
    """Return the lines of the timeline."""
    return [
        ListLine(
            id=row.id,
            name=day_words(row.on),
            detail=row.title,
            note="",
            tag="",
            tag_kind="",
            change_href=href(TIMELINE, "change", row.cycle_id, row.id),
            second_label="",
            second_href="",
            move_href="",
            is_first=False,
            is_last=False,
        )
        for row in rows
    ]


def href(kind: Kind, verb: str, cycle_id: uuid.UUID, row_id: uuid.UUID) -> str:
    """Return where one verb is done to one row."""
    endpoint = f"cycle.{verb}_{kind.endpoint_noun}"
    values: dict[str, Any] = {"cycle_id": cycle_id, kind.id_name: row_id}
    return url_for(endpoint, **values)


def row_page(
    kind: Kind,
    cycle: Cycle,
    form: Form,
    *,
    row_id: uuid.UUID | None = None,
    name: str = "",
    consequence: str = "",
) -> EditPage:
    """Return the page that adds a row, or changes and can remove one."""
    title = name if row_id else f"Add a {kind.noun}"
    removal = None
    if row_id:
        removal = Removal(
            href=href(kind, "remove", cycle.id, row_id),
            label=f"Remove this {kind.noun}",
            consequence=consequence,
            yes=f"Yes, remove the {kind.noun}",
        )
    list_href = url_for(kind.list_endpoint, cycle_id=cycle.id)
    return EditPage(
        title=title,
        caption=kind.title,
        crumbs=crumbs_of(cycle, (kind.title, list_href), (title, None)),
        form=form,
        back_href=list_href,
        closed_because=why_closed(cycle),
        removal=removal,
    )


def _line(
    kind: Kind, row: Solution | Partner | RoleLevel, *, is_first: bool, is_last: bool
) -> ListLine:
    note, tag, tag_kind = _standing(row)
    return ListLine(
        id=row.id,
        name=row.name,
        detail=row.description,
        note=note,
        tag=tag,
        tag_kind=tag_kind,
        change_href=href(kind, "change", row.cycle_id, row.id),
        second_label=_priority_label(row),
        second_href=href(kind, "prioritise", row.cycle_id, row.id) if kind is SOLUTIONS else "",
        move_href=href(kind, "move", row.cycle_id, row.id),
        is_first=is_first,
        is_last=is_last,
        vote=vote_words(row) if isinstance(row, Solution) else "",
    )


def vote_words(solution: Solution) -> str:
    """Return what stakeholders voted of a solution, in words, or nothing."""
    vote = solution.vote
    if not vote:
        return ""
    if vote["median"] is None:
        return f"Vote: {vote['outcome']}"
    return (
        f"Vote: {vote['outcome']}, median {vote['median']:g} on the scale from 1 to 9, "
        f"{vote['n']} rated"
    )


def _priority_label(row: Solution | Partner | RoleLevel) -> str:
    if not isinstance(row, Solution):
        return ""
    return "Change priority" if row.is_prioritised else "Prioritise"


def _standing(row: Solution | Partner | RoleLevel) -> tuple[str, str, str]:
    """Return the note of a row, its tag and the tag's kind."""
    if isinstance(row, Solution):
        tag = "Prioritised" if row.is_prioritised else "Candidate"
        return row.reason, tag, "done" if row.is_prioritised else ""
    if isinstance(row, RoleLevel):
        if row.academic_level is None:
            return "", "Not decided yet", "attention"
        return ACADEMIC_LEVELS[row.academic_level], f"Level {row.academic_level}", ""
    return "", "", ""
