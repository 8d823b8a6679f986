"""What tables tell of a wording: on the page of all KSBs, and on that of one profile."""

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look
from reports.explorer.naming import level_shown
from reports.explorer.wordings import KIND_WORDS, Wording

PAGE_NAME = "ksbs"

OWN: tuple[Column[Wording], ...] = (
    Column(
        "text",
        "KSB",
        "The wording, with where it comes from.",
        lambda row: row.text,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.text, note=row.source_words),
    ),
    Column(
        "kind",
        "Kind",
        "Knowledge, skill or behaviour.",
        lambda row: row.kind,
        show=lambda _look, row: Shown(KIND_WORDS[row.kind]),
    ),
    Column(
        "capability_count",
        "Capabilities",
        "How many capabilities it was accepted for.",
        lambda row: len(row.capabilities),
        Kind.NUMBER,
        show=lambda look, row: Shown(f"{len(row.capabilities):,}", look.href(PAGE_NAME, row.code)),
    ),
    Column(
        "profile_count",
        "Profiles",
        "How many profiles hold one of these capabilities.",
        lambda row: len(row.profiles),
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{len(row.profiles):,}", look.href(PAGE_NAME, row.code) if row.profiles else ""
        ),
    ),
)
"""What a wording says itself, and how much calls for it."""

BEHIND: tuple[Column[Wording], ...] = (
    Column(
        "highest",
        "Highest level",
        "The highest proficiency at which any profile needs one of its capabilities.",
        lambda row: row.highest,
        is_shown=False,
    ),
    Column(
        "capabilities",
        "Codes of capabilities",
        "The capabilities that it was accepted for.",
        lambda row: row.capabilities,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "profiles",
        "Codes of profiles",
        "The profiles that hold one of these capabilities.",
        lambda row: row.profiles,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "role_levels",
        "Role levels",
        "The role levels of these profiles.",
        lambda row: row.role_levels,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "source",
        "Source",
        "The standard that it comes from, or what else.",
        lambda row: row.source_words,
        is_shown=False,
    ),
    Column(
        "code",
        "Code",
        "Made from the wording: the same in every snapshot.",
        lambda row: row.code,
        Kind.CODE,
        is_shown=False,
    ),
)
"""What stands in downloads alone: on a page, the wording's own page tells it."""


def level_columns(look: Look) -> tuple[Column[Wording], ...]:
    """Return a column for each role level: how well its profiles need it."""
    names = [each.name for each in look.results.document.subject.role_levels]
    return tuple(_level_column(number, name) for number, name in enumerate(names, 1))


def _level_column(number: int, name: str) -> Column[Wording]:
    return Column(
        f"level_{number}",
        name,
        f"The highest proficiency at which a profile of {name} needs one of its capabilities.",
        lambda row: row.levels.get(name, ""),
        show=lambda _look, row: level_shown(row.levels.get(name, "")),
    )
