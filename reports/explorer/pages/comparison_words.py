"""What is to be known of a profile beside a standard before it is believed. Words only."""

from cycles.standards.wording import is_stated
from reports.explorer.look import Look
from reports.explorer.pages.comparison_rows import Pair, any_side
from reports.mapping.findings import ProfileFinding
from reports.mapping.window import is_compared
from reports.mapping.words import window_words

GONE = (
    "The vectors that this run rests on are no longer held, so scores below what it keeps cannot "
    "be worked out again."
)
NOT_COMPARED = "The run did not compare this standard with this profile."
BY_SKILLS = (
    "Skills, not duties: this standard has no duties, so its skills stand in for them. They were "
    "not written to be matched; read fit and surplus with care."
)


def notices_of(look: Look, pair: Pair) -> tuple[tuple[str, str], ...]:
    """Return what is to be said of the pair, each with the kind of notice that says it."""
    if pair.is_gone:
        return ((GONE, "warning"),)
    if pair.found is None:
        return ((NOT_COMPARED, "warning"),)
    match, profile = any_side(pair.found).match, pair.profile
    notices = [
        (_outside(look, profile, match.standard_level), "warning"),
        (_beside_all(profile, match.standard_level), "info"),
        (BY_SKILLS if match.is_skill else "", "warning"),
    ]
    return tuple(each for each in notices if each[0])


def _outside(look: Look, profile: ProfileFinding, level: int) -> str:
    if profile.academic_level is None:
        return "The role level of this profile has no academic level, so no standard counts for it."
    if is_compared(profile.academic_level, level):
        return ""
    totals = look.findings.totals if look.findings else None
    window = window_words(has_unstated=bool(totals and totals.standards_without_level))
    return f"This standard is not {window}, so it is not counted for this profile."


def _beside_all(profile: ProfileFinding, level: int) -> str:
    if is_stated(level) or profile.academic_level is None:
        return ""
    return (
        "The source of this standard states no level, so it is compared with every profile of a "
        "known level."
    )
