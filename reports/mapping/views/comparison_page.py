"""The context of one profile beside one standard."""

import uuid
from dataclasses import dataclass

from flask import abort

from cycles.standards.wording import is_stated, level_words
from reports.mapping.comparing import Comparison, Side, compare
from reports.mapping.counting import share
from reports.mapping.findings import Judgement, ProfileFinding
from reports.mapping.models import MatchVerdict
from reports.mapping.queries import live_profiles
from reports.mapping.views.cards import reading_of
from reports.mapping.views.frame import Download, Frame
from reports.mapping.views.profile_pages import ProfileRow, finding_of, profile_row
from reports.mapping.window import is_compared
from reports.mapping.words import of, percent


@dataclass(frozen=True)
class Line:
    """A capability or a duty with its nearest counterpart."""

    text: str
    code: str
    href: str
    counterpart: str
    is_generic: bool
    score: str
    verdict: str
    is_accepted: bool
    reason: str


@dataclass(frozen=True)
class Measure:
    """A share in per cent, and the counts behind it."""

    percent: str
    words: str


@dataclass(frozen=True)
class OtherStandard:
    """Another of the profile's ten best, to compare with."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class ComparisonPage:
    """Two columns, matched and not matched, for the profile and for the standard.

    ``by_skills``: the standard has no duties, and its skills stand in. ``out_of_window`` says why
    the pair does not count, ``beside_all`` why it counts without a level; empty where not so.
    """

    frame: Frame
    profile: ProfileRow
    standard: str
    reference: str
    level: str
    framework: str
    by_skills: bool
    fit: Measure
    surplus: Measure
    out_of_window: str
    beside_all: str
    met: tuple[Line, ...]
    unmet: tuple[Line, ...]
    used: tuple[Line, ...]
    spare: tuple[Line, ...]
    others: tuple[OtherStandard, ...]
    downloads: tuple[Download, ...]


def comparison_page(frame: Frame, profile_id: uuid.UUID, standard_id: uuid.UUID) -> ComparisonPage:
    """Return the page of a pair; 404 when the run did not compare it."""
    finding = finding_of(frame, profile_id)
    found = comparison_of(frame, profile_id, standard_id)
    match = (found.used + found.spare)[0].match
    return ComparisonPage(
        frame=frame,
        profile=profile_row(frame, finding),
        standard=match.standard_title,
        reference=match.standard_reference,
        level=level_words(match.standard_level),
        framework=match.framework_name,
        by_skills=match.is_skill,
        fit=_measure(found.met, found.unmet),
        surplus=_measure(found.spare, found.used),
        out_of_window=_out_of_window(frame, finding, match.standard_level),
        beside_all=_beside_all(finding, match.standard_level),
        met=_capabilities(frame, found.met),
        unmet=_capabilities(frame, found.unmet),
        used=_duties(frame, found.used),
        spare=_duties(frame, found.spare),
        others=_others(frame, finding, standard_id),
        downloads=frame.downloads("comparison", profile=finding.code, standard=standard_id),
    )


def comparison_of(frame: Frame, profile_id: uuid.UUID, standard_id: uuid.UUID) -> Comparison:
    """Return the comparison of a pair; 404 when the run did not compare it."""
    members = next(
        each.member_ids for each in live_profiles(frame.cycle_id) if each.profile_id == profile_id
    )
    found = compare(reading_of(frame), members, standard_id)
    if found is None:
        abort(404)
    return found


def _measure(counted: tuple[Side, ...], rest: tuple[Side, ...]) -> Measure:
    count, total = len(counted), len(counted + rest)
    return Measure(percent(share(count, total)), of(count, total))


def _out_of_window(frame: Frame, finding: ProfileFinding, level: int) -> str:
    if finding.academic_level is None:
        return "The role level of this profile has no academic level, so no standard counts for it."
    if is_compared(finding.academic_level, level):
        return ""
    return f"This standard is not {frame.window}, so it is not counted for this profile."


def _beside_all(finding: ProfileFinding, level: int) -> str:
    if is_stated(level) or finding.academic_level is None:
        return ""
    return (
        "The source of this standard states no level, so it is compared with every profile of a "
        "known level."
    )


def _capabilities(frame: Frame, sides: tuple[Side, ...]) -> tuple[Line, ...]:
    return tuple(_line(frame, each, each.capability, each.match.duty_text) for each in sides)


def _duties(frame: Frame, sides: tuple[Side, ...]) -> tuple[Line, ...]:
    return tuple(_line(frame, each, each.match.duty_text, each.capability) for each in sides)


def _line(frame: Frame, side: Side, text: str, counterpart: str) -> Line:
    said = side.match.judgement
    return Line(
        text=text,
        code=side.code,
        href=frame.href("mapping.capability", statement_id=side.statement_id),
        counterpart=counterpart,
        is_generic=side.match.is_generic,
        score=percent(side.match.score_percent),
        verdict=_verdict_words(said) if said else "",
        is_accepted=said is not None and said.verdict == MatchVerdict.ACCEPTED,
        reason=said.reason if said else "",
    )


def _verdict_words(said: Judgement) -> str:
    return f"{said.word.capitalize()} by reviewers" if said.verdict else "Not settled by reviewers"


def _others(
    frame: Frame, finding: ProfileFinding, standard_id: uuid.UUID
) -> tuple[OtherStandard, ...]:
    return tuple(
        OtherStandard(
            label=f"{each.title} ({level_words(each.level)}), {percent(each.fit_percent)} fit",
            href=frame.href(
                "mapping.comparison",
                profile_id=finding.profile_id,
                standard_id=each.standard_id,
            ),
            is_current=each.standard_id == standard_id,
        )
        for each in finding.standings
    )
