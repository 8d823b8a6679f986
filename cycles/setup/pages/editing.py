"""Contexts of the pages with a form, and of the page that says somebody was quicker."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from wtforms.fields import Field

from cycles.core.base import Base
from cycles.core.errors import Closed
from cycles.core.forms import Form
from cycles.setup.forms import ChoiceField, TickedField
from cycles.setup.models import Cycle
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import open_cycle

Crumbs = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Removal:
    """What removing asks before it is done."""

    href: str
    label: str
    consequence: str
    yes: str


@dataclass(frozen=True)
class EditPage:
    """A page with one form. ``closed_because`` is empty while the cycle can change."""

    title: str
    caption: str
    crumbs: Crumbs
    form: Form
    back_href: str
    closed_because: str
    removal: Removal | None = None
    more: object = None


@dataclass(frozen=True)
class Difference:
    """One field that two people want otherwise."""

    label: str
    saved: str
    yours: str


@dataclass(frozen=True)
class ConflictPage:
    """What was saved meanwhile beside what this person wrote."""

    title: str
    crumbs: Crumbs
    differences: tuple[Difference, ...]
    fields: tuple[tuple[str, str], ...]
    seen: str
    action: str
    back_href: str


def why_closed(cycle: Cycle) -> str:
    """Return why the cycle cannot change, or nothing when it can."""
    try:
        open_cycle(cycle.id)
    except Closed as refusal:
        return str(refusal)
    return ""


def crumbs_of(cycle: Cycle, *more: tuple[str, str | None]) -> Crumbs:
    """Return the way to a page of the set-up."""
    return (
        ("Set-up", url_for("cycle.setup", cycle_id=cycle.id)),
        *more,
    )


def conflict_page(page: EditPage, row: Base) -> ConflictPage:
    """Return what differs between the row as it is now and the form as it was sent."""
    fields = [each for each in page.form if each.name not in ("csrf_token", "seen")]
    differences = []
    for each in fields:
        saved, yours = saved_words(each, row), words_of(each, each.data)
        if saved is not None and saved != yours:
            differences.append(Difference(each.label.text, saved, yours))
    return ConflictPage(
        title=page.title,
        crumbs=page.crumbs,
        differences=tuple(differences),
        fields=tuple(
            (each.name, value) for each in fields for value in request.form.getlist(each.name)
        ),
        seen=seen_of(row),
        action=request.path,
        back_href=request.path,
    )


def saved_words(field: Field, row: Base) -> str | None:
    """Return what the row says in this field; None when the field is not one of the row's."""
    if field.name == "priority":
        return words_of(field, "yes" if getattr(row, "is_prioritised", False) else "no")
    if isinstance(field, TickedField):
        return words_of(field, field.object_data)
    if not hasattr(row, field.name):
        return None
    return words_of(field, getattr(row, field.name))


def words_of(field: Field, value: Any) -> str:
    """Return a value as the field shows it: a choice by its label, the rest as text."""
    if isinstance(field, ChoiceField):
        return field.label_of(value)
    if isinstance(field, TickedField):
        return field.labels_of(value)
    return "" if value is None else str(value)
