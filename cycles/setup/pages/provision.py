"""Contexts of the pages on provision: the framework, and the standards in use today."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from cycles.setup.models import Cycle
from cycles.setup.pages.editing import Crumbs, crumbs_of, why_closed
from cycles.setup.provision import Found, frameworks_of, standards_in_use_of
from cycles.standards.models import Framework, OccupationalStandard


@dataclass(frozen=True)
class FrameworkPart:
    """What the page shows beside the form: a hint for each framework, and what changing costs."""

    hints: dict[uuid.UUID, str]
    standards_in_use: int


@dataclass(frozen=True)
class StandardLine:
    """A standard in a list."""

    id: uuid.UUID
    title: str
    reference: str
    level: int
    remove_href: str


@dataclass(frozen=True)
class StandardsPage:
    """The current state: standards in use, and the search for more."""

    crumbs: Crumbs
    framework: str
    framework_href: str
    in_use: tuple[StandardLine, ...]
    asked: str
    found: tuple[StandardLine, ...]
    found_in_words: str
    add_href: str
    back_href: str
    closed_because: str


def framework_part(cycle: Cycle, frameworks: Sequence[tuple[Framework, int]]) -> FrameworkPart:
    """Return what the page of the framework shows beside its form."""
    return FrameworkPart(
        hints={framework.id: _hint(framework, number) for framework, number in frameworks},
        standards_in_use=len(standards_in_use_of(cycle.id)),
    )


def standards_page(cycle: Cycle, asked: str, found: Found) -> StandardsPage:
    """Return the page of the standards in use."""
    chosen = [each.framework.name for each in frameworks_of(cycle.id)]
    return StandardsPage(
        crumbs=crumbs_of(cycle, ("Current state", None)),
        framework=", ".join(chosen),
        framework_href=url_for("cycle.framework", cycle_id=cycle.id),
        in_use=tuple(_line(cycle, each) for each in standards_in_use_of(cycle.id)),
        asked=asked,
        found=tuple(_line(cycle, each) for each in found.standards),
        found_in_words=_found_in_words(asked, found),
        add_href=url_for("cycle.add_standards_in_use", cycle_id=cycle.id),
        back_href=url_for("cycle.setup", cycle_id=cycle.id),
        closed_because=why_closed(cycle),
    )


def _hint(framework: Framework, number: int) -> str:
    parts = [f"{number:,} standards"]
    if framework.version:
        parts.append(f"version {framework.version}")
    if framework.is_illustrative:
        parts.append("illustrative, written for the demonstration")
    if framework.licence:
        parts.append(framework.licence)
    return "; ".join(parts) + "."


def _found_in_words(asked: str, found: Found) -> str:
    about = f" match “{asked}”" if asked else " are not in the list yet"
    number = f"{found.total:,} standard{'' if found.total == 1 else 's'}"
    if not asked and found.total == 1:
        about = " is not in the list yet"
    if asked and found.total == 1:
        about = f" matches “{asked}”"
    shown = len(found.standards)
    more = f" The first {shown} are shown." if found.total > shown else ""
    return f"{number}{about}.{more}"


def _line(cycle: Cycle, standard: OccupationalStandard) -> StandardLine:
    return StandardLine(
        id=standard.id,
        title=standard.title,
        reference=standard.reference,
        level=standard.level,
        remove_href=url_for(
            "cycle.remove_standard_in_use", cycle_id=cycle.id, standard_id=standard.id
        ),
    )
