"""The contexts of fit and surplus, of one profile's top ten, and of the priorities."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort

from cycles.standards.wording import level_cell
from reports.mapping.counting import share
from reports.mapping.findings import ProfileFinding, Standing
from reports.mapping.views.frame import Download, Frame
from reports.mapping.words import RESPONSE_RULE, RESPONSES, academic_words, of, percent

PRIORITY_RULES = {
    "": (
        "Most unsupported capabilities",
        "A profile stands higher the more of its capabilities match no duty of any standard "
        "compared. Among equals the one whose best standard fits least stands higher. This is "
        "the rule that the report uses.",
    ),
    "share": (
        "Largest unsupported share",
        "A profile stands higher the larger the part of its capabilities that match no duty of "
        "any standard compared, whatever its size.",
    ),
    "fit": (
        "Lowest best fit",
        "A profile stands higher the less its best standard fits. Profiles that no standard can "
        "be compared with stand first.",
    ),
}


@dataclass(frozen=True)
class StandingRow:
    """One profile against one standard. ``framework`` is empty where the run has only one.

    ``by_skills``: the standard has no duties, and its skills stood in.
    """

    rank: int
    standard: str
    framework: str
    by_skills: bool
    reference: str
    version: str
    level: str
    fit: str
    fit_value: float
    fit_words: str
    surplus: str
    surplus_value: float
    surplus_words: str
    response: str
    href: str


@dataclass(frozen=True)
class ProfileRow:
    """One profile with its best standard; ``best`` is None when none could be compared."""

    rank: int
    code: str
    name: str
    role_level: str
    level: str
    href: str
    members: int
    unsupported: str
    unsupported_value: int
    unsupported_share: float
    unsupported_percent: str
    is_ratified: bool
    best: StandingRow | None


@dataclass(frozen=True)
class Choice:
    """One choice of a filter or an order."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FitPage:
    """Every profile with its best standard."""

    frame: Frame
    role_levels: tuple[Choice, ...]
    rows: tuple[ProfileRow, ...]
    rule: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class ProfilePage:
    """One profile's ten best standards and its unsupported capabilities."""

    frame: Frame
    row: ProfileRow
    partner: str
    uncompared: int
    compared_standards: int
    standings: tuple[StandingRow, ...]
    unsupported: tuple[tuple[str, str, str], ...]
    matrix_href: str
    rule: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class PrioritiesPage:
    """The profiles by need, under a rule that the reader may change."""

    frame: Frame
    rules: tuple[Choice, ...]
    rule_text: str
    is_report_rule: bool
    rows: tuple[ProfileRow, ...]
    downloads: tuple[Download, ...]


def standing_row(
    frame: Frame, profile: ProfileFinding, standing: Standing, rank: int
) -> StandingRow:
    """Return a standing as a row, with the page that compares the pair."""
    return StandingRow(
        rank=rank,
        standard=standing.title,
        framework=standing.framework_name if len(frame.findings.run.frameworks) > 1 else "",
        by_skills=standing.by_skills,
        reference=standing.reference,
        version=standing.version,
        level=level_cell(standing.level),
        fit=percent(standing.fit_percent),
        fit_value=standing.fit_percent,
        fit_words=of(standing.fit_count, standing.member_count),
        surplus=percent(standing.surplus_percent),
        surplus_value=standing.surplus_percent,
        surplus_words=of(standing.surplus_count, standing.duty_count),
        response=RESPONSES[standing.response],
        href=frame.href(
            "mapping.comparison",
            profile_id=profile.profile_id,
            standard_id=standing.standard_id,
        ),
    )


def profile_row(frame: Frame, profile: ProfileFinding, rank: int | None = None) -> ProfileRow:
    """Return a profile as a row; ``rank`` is its priority unless another order is shown."""
    best = profile.best
    alone = share(profile.unsupported_count, profile.member_count)
    return ProfileRow(
        rank=rank or profile.priority_rank,
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level,
        level=academic_words(profile.academic_level),
        href=frame.href("mapping.profile", profile_id=profile.profile_id),
        members=profile.member_count,
        unsupported=of(profile.unsupported_count, profile.member_count),
        unsupported_value=profile.unsupported_count,
        unsupported_share=alone,
        unsupported_percent=percent(alone),
        is_ratified=profile.is_ratified,
        best=standing_row(frame, profile, best, 1) if best else None,
    )


def role_level_choices(frame: Frame, current: str) -> tuple[Choice, ...]:
    """Return the role levels that have profiles, with "All role levels" first."""
    names = dict.fromkeys(each.role_level for each in frame.findings.profiles)
    return (
        Choice("", "All role levels", not current),
        *(Choice(name, name, name == current) for name in names),
    )


def fit_page(frame: Frame, args: Mapping[str, str]) -> FitPage:
    """Return the profiles of the role level that the address asks for."""
    asked = args.get("role", "")
    choices = role_level_choices(frame, asked)
    shown = asked if any(each.is_chosen and each.value for each in choices) else ""
    return FitPage(
        frame=frame,
        role_levels=choices,
        rows=tuple(
            profile_row(frame, each)
            for each in frame.findings.profiles
            if shown in ("", each.role_level)
        ),
        rule=RESPONSE_RULE,
        downloads=frame.downloads("fit-and-surplus"),
    )


def finding_of(frame: Frame, profile_id: uuid.UUID) -> ProfileFinding:
    """Return the finding of a profile, or answer 404: a withdrawn one has none."""
    found = frame.findings.profiles
    return next((each for each in found if each.profile_id == profile_id), None) or abort(404)


def profile_page(frame: Frame, profile_id: uuid.UUID) -> ProfilePage:
    """Return one profile's page."""
    finding = finding_of(frame, profile_id)
    alone = {each.code: each for each in frame.findings.unsupported}
    return ProfilePage(
        frame=frame,
        row=profile_row(frame, finding),
        partner=finding.partner,
        uncompared=finding.uncompared_count,
        compared_standards=finding.compared_standards,
        standings=tuple(
            standing_row(frame, finding, each, rank)
            for rank, each in enumerate(finding.standings, 1)
        ),
        unsupported=tuple(
            (
                code,
                alone[code].text,
                frame.href("mapping.capability", statement_id=alone[code].statement_id),
            )
            for code in finding.unsupported_codes
        ),
        matrix_href=frame.href("mapping.matrix", profile=finding.code),
        rule=RESPONSE_RULE,
        downloads=frame.downloads("fit-and-surplus", profile=finding.code),
    )


def priorities_page(frame: Frame, args: Mapping[str, str]) -> PrioritiesPage:
    """Return the ranking under the rule that the address names."""
    rule = args.get("by", "")
    rule = rule if rule in PRIORITY_RULES else ""
    ranked = _ranked(frame.findings.priorities, rule)
    return PrioritiesPage(
        frame=frame,
        rules=tuple(
            Choice(value, label, value == rule) for value, (label, _) in PRIORITY_RULES.items()
        ),
        rule_text=PRIORITY_RULES[rule][1],
        is_report_rule=not rule,
        rows=tuple(profile_row(frame, each, rank) for rank, each in enumerate(ranked, 1)),
        downloads=frame.downloads("priorities"),
    )


def _ranked(profiles: tuple[ProfileFinding, ...], rule: str) -> tuple[ProfileFinding, ...]:
    # Sorting keeps equals in the order of the report's own rule.
    if rule == "share":
        return tuple(
            sorted(profiles, key=lambda each: -each.unsupported_count / max(each.member_count, 1))
        )
    if rule == "fit":
        return tuple(sorted(profiles, key=_least_fit_first))
    return profiles


def _least_fit_first(profile: ProfileFinding) -> float:
    return -1.0 if profile.best_fit_percent is None else profile.best_fit_percent
