"""Contexts of the pages on provision: the frameworks, and the standards in use today."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from cycles.setup.forms import FrameworksForm
from cycles.setup.models import Cycle
from cycles.setup.pages.editing import Crumbs, EditPage, crumbs_of, why_closed
from cycles.setup.provision import Found, frameworks_of, in_use_by_framework, standards_in_use_of
from cycles.stages.gates import count
from cycles.standards.models import OccupationalStandard
from cycles.standards.queries import FrameworkRow
from cycles.standards.wording import in_words, level_cell, snapshot_words

TITLE = "Frameworks of standards"


@dataclass(frozen=True)
class FrameworkLine:
    """A framework that can be ticked. Without ``skills_words`` it has no skills to offer."""

    id: uuid.UUID
    name: str
    is_illustrative: bool
    is_chosen: bool
    uses_skills: bool
    holds: str
    facts: str
    in_use: str
    skills_words: str
    href: str
    may_move_up: bool
    may_move_down: bool


@dataclass(frozen=True)
class FrameworksPart:
    """What the page shows beside the form."""

    lines: tuple[FrameworkLine, ...]
    may_import: bool


@dataclass(frozen=True)
class StandardLine:
    """A standard in a list, with its framework's name."""

    id: uuid.UUID
    title: str
    reference: str
    level: str
    framework: str
    href: str
    remove_href: str


@dataclass(frozen=True)
class StandardsPage:
    """The standards in use, and the search for more."""

    crumbs: Crumbs
    frameworks: tuple[str, ...]
    framework_href: str
    in_use: tuple[StandardLine, ...]
    asked: str
    found: tuple[StandardLine, ...]
    found_in_words: str
    add_href: str
    back_href: str
    current_state_href: str
    closed_because: str


def frameworks_page(
    cycle: Cycle, form: FrameworksForm, rows: Sequence[FrameworkRow], *, may_import: bool
) -> EditPage:
    """Return the page of the frameworks: those ticked in their order, then the others by name."""
    used, ticked = in_use_by_framework(cycle.id), form.frameworks.data
    places = {framework_id: place for place, framework_id in enumerate(ticked)}
    ordered = sorted(rows, key=lambda row: places.get(row.framework.id, len(places)))
    return EditPage(
        title=TITLE,
        caption="Set-up",
        crumbs=crumbs_of(cycle, (TITLE, None)),
        form=form,
        back_href=url_for("cycle.setup", cycle_id=cycle.id),
        closed_because=why_closed(cycle),
        more=FrameworksPart(
            tuple(_framework_line(row, form, used.get(row.framework.id, 0)) for row in ordered),
            may_import,
        ),
    )


def _framework_line(row: FrameworkRow, form: FrameworksForm, in_use: int) -> FrameworkLine:
    framework, ticked = row.framework, form.frameworks.data
    is_chosen = framework.id in ticked
    return FrameworkLine(
        id=framework.id,
        name=framework.name,
        is_illustrative=framework.is_illustrative,
        is_chosen=is_chosen,
        uses_skills=framework.id in form.with_skills.data,
        holds=_holds(row),
        facts=_facts(row),
        in_use=f"{_standards(in_use)} in use today" if in_use else "",
        skills_words=_skills_words(row),
        href=url_for("standards.framework", framework_id=framework.id),
        may_move_up=is_chosen and framework.id != ticked[0],
        may_move_down=is_chosen and framework.id != ticked[-1],
    )


def _holds(row: FrameworkRow) -> str:
    without = f"{row.without_duties:,}" if row.without_duties else "none"
    return (
        f"{_standards(row.standards)}: {row.with_duties:,} with duties, {without} without; "
        f"{count(row.duties, 'duty', 'duties')}."
    )


def _facts(row: FrameworkRow) -> str:
    framework = row.framework
    version = f"version {framework.version}" if framework.version else ""
    licence = framework.licence or "licence not recorded"
    said = ", ".join(filter(None, (version, snapshot_words(framework.snapshot_on), licence)))
    return f"{said[:1].upper()}{said[1:]}."


def _skills_words(row: FrameworkRow) -> str:
    if not row.skills_only:
        return ""
    have = "has" if row.skills_only == 1 else "have"
    return (
        f"{_standards(row.skills_only)} {have} skills and no duties. Skills were not written to "
        "be matched, so this costs accuracy; everything that rests on them is marked."
    )


def standards_page(cycle: Cycle, asked: str, found: Found) -> StandardsPage:
    """Return the page of the standards in use."""
    chosen = frameworks_of(cycle.id)
    names = {each.framework.id: each.framework.name for each in chosen}
    return StandardsPage(
        crumbs=crumbs_of(cycle, ("Standards in use", None)),
        frameworks=tuple(in_words(each.framework) for each in chosen),
        framework_href=url_for("cycle.framework", cycle_id=cycle.id),
        in_use=tuple(_line(cycle, each, names) for each in standards_in_use_of(cycle.id)),
        asked=asked,
        found=tuple(_line(cycle, each, names) for each in found.standards),
        found_in_words=_found_in_words(asked, found),
        add_href=url_for("cycle.add_standards_in_use", cycle_id=cycle.id),
        back_href=url_for("cycle.setup", cycle_id=cycle.id),
        current_state_href=url_for("current_state.index", cycle_id=cycle.id),
        closed_because=why_closed(cycle),
    )


def _standards(number: int) -> str:
    return count(number, "standard", "standards")


def _found_in_words(asked: str, found: Found) -> str:
    about = f" match “{asked}”" if asked else " are not in the list yet"
    if not asked and found.total == 1:
        about = " is not in the list yet"
    if asked and found.total == 1:
        about = f" matches “{asked}”"
    shown = len(found.standards)
    more = f" The first {shown} are shown; search for the others." if found.total > shown else ""
    return f"{_standards(found.total)}{about}.{more}"


def _line(
    cycle: Cycle, standard: OccupationalStandard, names: dict[uuid.UUID, str]
) -> StandardLine:
    return StandardLine(
        id=standard.id,
        title=standard.title,
        reference=standard.reference,
        level=level_cell(standard.level),
        framework=names[standard.framework_id],
        href=url_for(
            "standards.standard", framework_id=standard.framework_id, standard_id=standard.id
        ),
        remove_href=url_for(
            "cycle.remove_standard_in_use", cycle_id=cycle.id, standard_id=standard.id
        ),
    )
