"""The capabilities that were compared, as rows with their best match. Columns and filters only."""

from collections.abc import Callable
from dataclasses import replace

from cycles.standards.wording import level_cell
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet
from reports.explorer.look import Look
from reports.explorer.pages.match_words import match_columns, tags_of
from reports.mapping.findings import CapabilityFinding
from reports.reviewing.words import support_word

SUPPORTED, UNSUPPORTED = "supported", "unsupported"
GENERIC, SKILLS, SETTLED, OUTRANKED = "generic", "skills", "settled", "outranked"
SHOWN = {
    SUPPORTED: "Supported",
    UNSUPPORTED: "Unsupported",
    GENERIC: "Only generic duties match",
    SKILLS: "Only skills match",
    SETTLED: "Settled by reviewers",
    OUTRANKED: "A verdict outranks the score",
}
NO_FUNCTION = "Not classified"


def states_of(row: CapabilityFinding) -> tuple[str, ...]:
    """Return all that is true of a capability, in the order of ``SHOWN``."""
    states = {
        SUPPORTED: row.is_supported,
        UNSUPPORTED: not row.is_supported,
        GENERIC: row.is_only_generic,
        SKILLS: row.is_only_skills,
        SETTLED: row.is_judged,
        OUTRANKED: row.is_supported != row.is_suggested,
    }
    return tuple(name for name, holds in states.items() if holds)


def tags_of_support(row: CapabilityFinding) -> tuple[tuple[str, str], ...]:
    """Return whether a capability is supported, and what is to be known of that, as tags."""
    tags = [(support_word(row.is_supported), "done" if row.is_supported else "attention")]
    if row.is_only_generic:
        tags.append(("Only generic matches", "attention"))
    if row.is_only_skills:
        tags.append(("Only skills match", "attention"))
    if row.is_supported != row.is_suggested:
        tags.append(("A verdict outranks the score", "current"))
    return tuple(tags)


def own_columns(page: str) -> tuple[Column[CapabilityFinding], ...]:
    """Return the columns of a capability itself; its code leads to its own matches on ``page``."""
    return (
        Column(
            "code",
            "Code",
            "The capability's code, the same everywhere in this cycle.",
            lambda row: row.code,
            Kind.CODE,
            show=lambda look, row: Shown(row.code, look.href(page, row.code)),
        ),
        Column(
            "capability",
            "Capability",
            "What an organisation can do, as it was worded when it was compared.",
            lambda row: row.text,
            Kind.STATEMENT,
            show=lambda _look, row: Shown(row.text, tags=tags_of_support(row)),
        ),
        *FILES_ALONE,
    )


def _file(
    key: str, heading: str, meaning: str, read: Callable[[CapabilityFinding], str]
) -> Column[CapabilityFinding]:
    return Column(key, heading, meaning, read, is_shown=False)


def _generic_note(row: CapabilityFinding) -> str:
    return f"{row.generic_count:,} generic" if row.generic_count else ""


def best_columns() -> tuple[Column[CapabilityFinding], ...]:
    """Return the columns of a capability's best match, rejected ones left out.

    The page has the standard below its duty, and what the score suggests in the bar of the score:
    with columns of their own the table would be wider than the page.
    """
    columns = (
        replace(each, is_shown=False) if each.key in ("standard", "suggested") else each
        for each in match_columns(lambda row: row.best)
    )
    return tuple(
        replace(each, show=_duty_shown) if each.key == "duty" else each for each in columns
    )


def _duty_shown(_look: Look, row: CapabilityFinding) -> Shown:
    best = row.best
    if best is None:
        return Shown("")
    level = level_cell(best.standard_level)
    note = f"{best.standard_title} ({best.standard_reference}), level\u00a0{level}"
    return Shown(best.duty_text, tags=tags_of(best), note=note)


def facets(look: Look) -> tuple[Facet[CapabilityFinding], ...]:
    """Return what capabilities that were compared are filtered by."""
    profiles = look.findings.profiles if look.findings else ()
    return (
        Facet("show", "Show", states_of, SHOWN),
        Facet("function", "Function", lambda row: row.function or NO_FUNCTION),
        Facet(
            "profile",
            "Profile",
            lambda row: row.profile_codes,
            {each.code: f"{each.code} {each.name}" for each in profiles},
        ),
    )


def text_of(row: CapabilityFinding) -> str:
    """Return what a search looks through: the capability, and the duty that matches it best."""
    parts = [row.code, row.text, row.domain, row.area]
    if row.best and row.best.is_match:
        parts += [row.best.duty_text, row.best.standard_title, row.best.standard_reference]
    return " ".join(parts)


FILES_ALONE: tuple[Column[CapabilityFinding], ...] = (
    _file("function", "Function", "One of five.", lambda row: row.function),
    _file("domain", "Domain", "Its part of the function.", lambda row: row.domain),
    _file("area", "Area", "Its part of the domain.", lambda row: row.area),
    Column(
        "supported",
        "Supported",
        "Whether any duty matches, verdicts included.",
        lambda row: row.is_supported,
        Kind.FLAG,
        is_shown=False,
    ),
    Column(
        "by_score",
        "Supported by score alone",
        "Whether any duty would match without the verdicts.",
        lambda row: row.is_suggested,
        Kind.FLAG,
        is_shown=False,
    ),
    Column(
        "only_generic",
        "Only generic duties match",
        "Whether nothing but generic duties matches, and nobody accepted one.",
        lambda row: row.is_only_generic,
        Kind.FLAG,
        is_shown=False,
    ),
    Column(
        "only_skills",
        "Only skills match",
        "Whether nothing but skills standing in for duties matches.",
        lambda row: row.is_only_skills,
        Kind.FLAG,
        is_shown=False,
    ),
)


COUNT_COLUMNS: tuple[Column[CapabilityFinding], ...] = (
    Column(
        "matches",
        "Duties that match",
        "How many duties of all standards compared match it, verdicts included.",
        lambda row: row.match_count,
        Kind.NUMBER,
        show=lambda _look, row: Shown(f"{row.match_count:,}", note=_generic_note(row)),
    ),
    Column(
        "generic_matches",
        "Generic among them",
        "How many of those are generic.",
        lambda row: row.generic_count,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "profiles",
        "Profiles",
        "The profiles that need it.",
        lambda row: row.profile_codes,
        Kind.LIST,
        is_shown=False,
    ),
)
"""How many duties match a capability, and which profiles need it."""
