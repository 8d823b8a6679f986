"""Recommendations drafted from the findings by a plain rule. Pure; a convener adds and edits them.

One draft for each of the profiles that need most, by the response suggested for its best
standard, and one for the capabilities that nothing supports. Nothing is added by itself.
"""

from dataclasses import dataclass

from consensus.matching import Response
from cycles.standards.wording import level_words
from reports.actions.models import Horizon
from reports.mapping.findings import Findings, ProfileFinding, Standing
from reports.mapping.words import window_words

MOST_PROFILES = 5
MOST_CODES = 8
RULE = (
    f"Drafted from the newest run for the {MOST_PROFILES} profiles that need most: adopt, adapt or "
    "extend the best standard, or make a new one, as fit and surplus suggest. Each is yours to "
    "edit once added."
)


@dataclass(frozen=True)
class Suggestion:
    """A draft. ``key`` names what it rests on, so that it is not offered twice."""

    key: str
    horizon: Horizon
    topic: str
    actions: str
    who: str
    result: str


def suggestions(found: Findings, used: frozenset[str]) -> tuple[Suggestion, ...]:
    """Return the drafts that were not added yet, the most urgent first."""
    urgent = [each for each in found.priorities if each.member_count][:MOST_PROFILES]
    window = window_words(has_unstated=found.totals.standards_without_level > 0)
    drafts = [_for_profile(each, window) for each in urgent]
    if found.totals.unsupported:
        drafts.append(_for_unsupported(found))
    return tuple(each for each in drafts if each.key not in used)


def _for_profile(profile: ProfileFinding, window: str) -> Suggestion:
    best = profile.best
    if best is None or best.response == Response.NEW_STANDARD:
        return _new_standard(profile, best, window)
    return {
        Response.ADOPT: _adopt,
        Response.ADAPT: _adapt,
        Response.EXTEND: _extend,
    }[best.response](profile, best)


def _adopt(profile: ProfileFinding, best: Standing) -> Suggestion:
    return _draft(
        profile,
        Horizon.SHORT,
        f"Use the standard {_named(best)} to train {_who(profile)}",
        f"Confirm with employers that the standard serves the profile: it covers {_fit(best)} of "
        f"its capabilities. {_gaps(profile)}",
        "New entrants train to a standard that exists today.",
    )


def _adapt(profile: ProfileFinding, best: Standing) -> Suggestion:
    return _draft(
        profile,
        Horizon.MEDIUM,
        f"Adapt the standard {_named(best)} for {_who(profile)}",
        f"Review the standard with employers. It covers {_fit(best)} of the profile's "
        f"capabilities, but {best.surplus_count} of its {best.duty_count} duties match none of "
        f"them: offer the part that does. {_gaps(profile)}",
        "A route through the standard that fits the profile.",
    )


def _extend(profile: ProfileFinding, best: Standing) -> Suggestion:
    return _draft(
        profile,
        Horizon.SHORT,
        f"Extend the standard {_named(best)} for {_who(profile)}",
        f"Build modules or CPD for what the standard leaves out: it covers {_fit(best)} of the "
        f"profile's capabilities. {_gaps(profile)}",
        "Short courses that bring the current workforce up to the profile.",
    )


def _new_standard(profile: ProfileFinding, best: Standing | None, window: str) -> Suggestion:
    nearest = (
        f"The nearest standard, {_named(best)}, covers {_fit(best)} of its capabilities."
        if best
        else f"No standard {window} can be compared with it."
    )
    return _draft(
        profile,
        Horizon.MEDIUM,
        f"Develop new provision for {_who(profile)}",
        f"Make the case for a new standard or qualification. {nearest} {_gaps(profile)}",
        "An agreed proposal for a new standard or qualification.",
    )


def _for_unsupported(found: Findings) -> Suggestion:
    codes = tuple(each.code for each in found.unsupported)
    return Suggestion(
        key="unsupported",
        horizon=Horizon.GENERAL,
        topic="Provide for the capabilities that no standard supports",
        actions=f"Review {len(codes)} of {found.totals.capabilities} capabilities with employers "
        f"and commission CPD for those in demand: {_listed(codes)}.",
        who="Educators, Training Providers, Employers",
        result="Training for every capability that employers ask for.",
    )


def _draft(
    profile: ProfileFinding, horizon: Horizon, topic: str, actions: str, result: str
) -> Suggestion:
    return Suggestion(
        key=f"profile-{profile.code}",
        horizon=horizon,
        topic=topic,
        actions=actions.strip(),
        who="Educators, Awarding Bodies, Employers",
        result=result,
    )


def _named(standing: Standing) -> str:
    return f"{standing.title} ({standing.reference}, {level_words(standing.level)})"


def _who(profile: ProfileFinding) -> str:
    return f"{profile.name} ({profile.code})"


def _fit(standing: Standing) -> str:
    return f"{standing.fit_count} of {standing.member_count}"


def _gaps(profile: ProfileFinding) -> str:
    if not profile.unsupported_codes:
        return "Every capability of the profile is supported somewhere in the framework."
    return f"No duty of the framework supports {_listed(profile.unsupported_codes)}."


def _listed(codes: tuple[str, ...]) -> str:
    if len(codes) <= MOST_CODES:
        return ", ".join(codes)
    return f"{', '.join(codes[:MOST_CODES])} and {len(codes) - MOST_CODES} more"
