"""What map and gap compared, the scores it kept, and what reviewers said of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cycles.standards.models import UNKNOWN_LEVEL
from reports.mapping.generic import tagged_frameworks
from reports.mapping.ground import ComparedDuty, ComparedFramework, ComparedStandard
from reports.package.contents import Contents
from reports.package.fields import Refers, Table, day, flag, number, text, whole
from reports.package.tables.occupations import TO_PROFILE
from reports.results.records import ReviewedMatch

GROUP = "What training is missing"
TO_COMPARED = Refers(("capability",), "compared-capabilities", ("code",))
TO_STANDARD = Refers(("standard",), "standards", ("id",))
TO_DUTY = Refers(("duty",), "duties", ("number",))


@dataclass(frozen=True)
class FrameworkRow:
    """A framework with its place, and whether generic duties can be told in it."""

    number: int
    framework: ComparedFramework
    is_tagged: bool


@dataclass(frozen=True)
class DutyRow:
    """A duty with its number in the run and the standard that it is of."""

    number: int
    duty: ComparedDuty
    standard: str
    is_generic: bool


def frameworks(contents: Contents) -> Iterator[FrameworkRow]:
    """Yield the frameworks of the run."""
    if contents.ground:
        inputs = contents.ground.inputs
        tagged = tagged_frameworks(inputs)
        for at, framework in enumerate(inputs.frameworks):
            yield FrameworkRow(at + 1, framework, tagged[at])


def standards(contents: Contents) -> Iterator[tuple[int, ComparedStandard, bool]]:
    """Yield the standards that were compared, then those without anything to compare."""
    if contents.ground:
        inputs = contents.ground.inputs
        for at, each in enumerate((*inputs.standards, *inputs.bare_standards), 1):
            yield at, each, at <= len(inputs.standards)


def duties(contents: Contents) -> Iterator[DutyRow]:
    """Yield the duties of the standards that were compared."""
    if contents.ground:
        inputs, is_generic = contents.ground.inputs, contents.ground.kept.is_generic.tolist()
        ids = [str(each.standard_id) for each in inputs.standards]
        for at, duty in enumerate(inputs.duties):
            yield DutyRow(at + 1, duty, ids[duty.standard], is_generic[at])


def compared(contents: Contents) -> tuple[Any, ...]:
    """Return the capabilities as they were worded when they were compared."""
    return contents.ground.inputs.capabilities if contents.ground else ()


def held(contents: Contents) -> Iterator[tuple[str, str, bool]]:
    """Yield each profile with each capability that map and gap counts in it."""
    rows = contents.ground.inputs.row_of if contents.ground else {}
    for profile in contents.results.document.occupations.profiles:
        facts = contents.results.profile_facts.get(profile.code)
        for statement_id in facts.statement_ids if facts else ():
            code = contents.code_of.get(statement_id, "")
            yield profile.code, code or str(statement_id), statement_id in rows


def reviews(contents: Contents) -> Iterator[tuple[str, int, ReviewedMatch]]:
    """Yield what reviewers said, with the capability's code and the duty's number."""
    if contents.ground:
        inputs = contents.ground.inputs
        for each in contents.reviews:
            code = inputs.capabilities[inputs.row_of[each.statement_id]].code
            yield code, inputs.column_of[each.duty_id] + 1, each


def _level(row: tuple[int, ComparedStandard, bool]) -> int | None:
    return None if row[1].level == UNKNOWN_LEVEL else row[1].level


TABLES: tuple[Table[Any], ...] = (
    Table(
        name="frameworks",
        title="Frameworks",
        about="The frameworks of standards that were compared with, as they stood then.",
        group=GROUP,
        fields=(
            whole("number", "Its place in the run."),
            text("name", "The framework.", lambda row: row.framework.name),
            text("version", "Its version.", lambda row: row.framework.version),
            day(
                "snapshot_on", "The day it stood like this.", lambda row: row.framework.snapshot_on
            ),
            text("licence", "Its licence.", lambda row: row.framework.licence),
            text(
                "attribution",
                "The words its licence asks for.",
                lambda row: row.framework.attribution,
            ),
            flag(
                "is_illustrative",
                "Made for demonstration.",
                lambda row: row.framework.is_illustrative,
            ),
            flag(
                "uses_skills",
                "Skills stand in where a standard has no duties.",
                lambda row: row.framework.uses_skills,
            ),
            flag("is_tagged", "Generic duties can be told in it."),
        ),
        rows=frameworks,
        key=("number",),
    ),
    Table(
        name="standards",
        title="Standards",
        about="Every standard of the frameworks, as it stood when it was compared.",
        group=GROUP,
        fields=(
            whole("number", "Its place in the run.", lambda row: row[0]),
            text(
                "id", "Its id, as in the addresses of pages.", lambda row: str(row[1].standard_id)
            ),
            whole("framework", "The number of its framework.", lambda row: row[1].framework + 1),
            text("reference", "Its reference.", lambda row: row[1].reference),
            text("version", "Its version.", lambda row: row[1].version),
            text("title", "Its title.", lambda row: row[1].title),
            whole("level", "Its level; empty where its source states none.", _level),
            text("place", "Its route or occupation group.", lambda row: row[1].place),
            flag("by_skills", "Skills stand in for its duties.", lambda row: row[1].by_skills),
            flag("is_compared", "It has duties or skills to compare.", lambda row: row[2]),
        ),
        rows=standards,
        key=("id",),
        refers=(Refers(("framework",), "frameworks", ("number",)),),
    ),
    Table(
        name="duties",
        title="Duties",
        about="The duties of the standards, and the skills that stand in for duties.",
        group=GROUP,
        fields=(
            whole("number", "Its place in the run."),
            text("id", "Its id.", lambda row: str(row.duty.duty_id)),
            text("standard", "The id of its standard."),
            whole("position", "Its place in the standard.", lambda row: row.duty.position),
            text("text", "Its wording.", lambda row: row.duty.text),
            flag("is_core", "It is a core duty.", lambda row: row.duty.is_core),
            flag(
                "is_skill",
                "It is a skill that stands in for a duty.",
                lambda row: row.duty.is_skill,
            ),
            flag("is_generic", "It is near to the work of many routes."),
        ),
        rows=duties,
        size=lambda it: len(it.ground.inputs.duties) if it.ground else 0,
        key=("number",),
        refers=(TO_STANDARD,),
    ),
    Table(
        name="compared-capabilities",
        title="Compared capabilities",
        about="The capabilities as they were worded when they were compared.",
        group=GROUP,
        fields=(
            text("code", "The capability's code."),
            text("text", "Its wording then."),
        ),
        rows=compared,
        key=("code",),
    ),
    Table(
        name="compared-profiles",
        title="Compared profiles",
        about="Which capabilities map and gap counts in which profile.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            text("capability", "The capability's code.", lambda row: row[1]),
            flag("is_compared", "The run compared it.", lambda row: row[2]),
        ),
        rows=held,
        key=("profile", "capability"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="matches",
        title="Scores",
        about="The scores that the run kept: all from the floor up, and the ten best of each "
        "capability whatever they are; and those of pairs that people judged.",
        group=GROUP,
        fields=(
            text("capability", "The capability's code."),
            whole("duty", "The duty's number."),
            number("score", "How near they are in meaning, up to 1, in whole millionths."),
            number("chance", "The chance that they match; empty without an adapter."),
            flag("is_kept", "The run kept it; else it is here because people judged it."),
        ),
        rows=Contents.pairs,
        key=("capability", "duty"),
        refers=(TO_COMPARED, TO_DUTY),
        size=lambda it: it.pair_count,
    ),
    Table(
        name="match-reviews",
        title="Reviews of matches",
        about="What reviewers said of single matches. What they agree on outranks the score.",
        group=GROUP,
        fields=(
            text("capability", "The capability's code.", lambda row: row[0]),
            whole("duty", "The duty's number.", lambda row: row[1]),
            text(
                "verdict",
                "Accepted, rejected, or empty while it is not settled.",
                lambda row: row[2].verdict,
            ),
            whole("accepted", "How many accepted it.", lambda row: row[2].accepted),
            whole("rejected", "How many rejected it.", lambda row: row[2].rejected),
            whole("unsure", "How many were unsure.", lambda row: row[2].unsure),
            text("group", "The group of the latest reviewer.", lambda row: row[2].group),
            text("reason", "The latest reason.", lambda row: row[2].reason),
            day("on", "The day of the latest review.", lambda row: row[2].on),
            number(
                "score_percent", "The score on the screen then.", lambda row: row[2].score_percent
            ),
            flag(
                "was_suggested", "The score made it a match then.", lambda row: row[2].was_suggested
            ),
        ),
        rows=reviews,
        key=("capability", "duty"),
        refers=(TO_COMPARED, TO_DUTY),
    ),
    Table(
        name="coverage",
        title="Coverage",
        about="How well profiles and standards cover each other. It decides the order of "
        "standards with equal fit and equal surplus, and nothing else.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code."),
            text("standard", "The standard's id."),
            number("two_way", "The mean of the best scores, both ways."),
        ),
        rows=Contents.coverage,
        size=lambda it: it.coverage_count,
        key=("profile", "standard"),
        refers=(TO_PROFILE, TO_STANDARD),
    ),
)
"""The tables of map and gap."""
