"""How map and gap says its numbers: percentages, counts, moments, responses, chances."""

from datetime import datetime

from consensus.matching import (
    HIGH_FIT_PERCENT,
    HIGH_SURPLUS_PERCENT,
    MIDDLING_FIT_PERCENT,
    Response,
)
from cycles.core.clock import LONDON
from cycles.standards.wording import level_words

RESPONSES: dict[Response, str] = {
    Response.ADOPT: "Adopt",
    Response.ADAPT: "Adapt",
    Response.EXTEND: "Extend with a module or CPD",
    Response.NEW_STANDARD: "New standard",
}
RESPONSE_RULE = (
    f"Suggested from the best standard: adopt where fit is {HIGH_FIT_PERCENT}\u00a0% or more and "
    f"surplus at most {HIGH_SURPLUS_PERCENT}\u00a0%; adapt where the surplus is greater; extend "
    f"with a module or CPD where fit is {MIDDLING_FIT_PERCENT}\u00a0% or more; otherwise a new "
    "standard."
)


def percent(value: float) -> str:
    """Return a percentage with one decimal: ``31.4 %``."""
    return f"{value:.1f}\u00a0%"


def of(count: int, total: int) -> str:
    """Return a count in words: ``9 of 14``."""
    return f"{count:,} of {total:,}"


def moment_words(moment: datetime) -> str:
    """Return a moment as it is said in the United Kingdom, with its zone."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"


def chance_words(chance: float | None) -> str:
    """Return a chance in words; empty where none is known.

    It is the chance that the two statements belong to the same group of activities, as measured on
    statements that analysts have placed.
    """
    if chance is None:
        return ""
    tenths = round(10 * chance)
    if not tenths:
        return "fewer than 1 in 10"
    return f"about {tenths} in 10" if tenths < 10 else "more than 9 in 10"


def academic_words(level: int | None) -> str:
    """Return the academic level of a profile, or that nobody has set one."""
    return "no academic level set" if level is None else level_words(level)


def window_words(*, has_unstated: bool) -> str:
    """Say at which levels standards are compared with a profile.

    ``has_unstated``: some of those compared state no level, and so stand beside every profile.
    """
    return "at the same or an adjoining level" + (" or of no stated level" if has_unstated else "")


def and_words(parts: tuple[str, ...]) -> str:
    """Return a list as a phrase: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
