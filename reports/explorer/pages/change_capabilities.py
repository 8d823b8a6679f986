"""The table of capabilities that differ between two results. No queries."""

from reports.explorer.changes.capability_changes import (
    SAID,
    SAID_ACROSS,
    CapabilityChange,
    LevelChange,
)
from reports.explorer.changes.comparing import Compared
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import SUPPORT_WORDS, UNCLASSIFIED
from reports.explorer.pages.change_words import before_word, tags_shown
from reports.mapping.words import percent

UNSETTLED = "not settled"


def capabilities_listing(found: Compared) -> Listing[CapabilityChange]:
    """Return the table of capabilities that differ."""
    said = SAID if found.sides.is_same_cycle else SAID_ACROSS
    changed = tuple(each for each in found.changes.capabilities if each.kinds)
    same = len(found.changes.capabilities) - len(changed)
    return Listing(
        name="capabilities",
        title="Capabilities that differ",
        about=f"What became of each. {same:,} are the same on both sides and not listed.",
        columns=_columns(found, said),
        rows=lambda _look: changed,
        text=_text,
        facets=(
            Facet("what", "What differs", lambda row: row.kinds, said),
            Facet("function", "Function", lambda row: row.shown.function or UNCLASSIFIED),
        ),
        nothing="All capabilities are the same on both sides.",
    )


def _text(row: CapabilityChange) -> str:
    before = row.pair.then.text if row.pair.then else ""
    return f"{row.shown.code} {row.shown.text} {before}"


def _columns(found: Compared, said: dict[str, str]) -> tuple[Column[CapabilityChange], ...]:
    code: Column[CapabilityChange] = Column(
        "code",
        "Code",
        "The capability's code in what is looked at, or in the other where it is gone.",
        lambda row: row.shown.code,
        Kind.CODE,
        show=lambda look, row: _code_shown(found, look, row),
    )
    what: Column[CapabilityChange] = Column(
        "what",
        "What differs",
        "What became of it: added or gone, other words, another place in the classification, "
        "another level, support gained or lost.",
        lambda row: tuple(said[each] for each in row.kinds),
        Kind.LIST,
        show=lambda _look, row: tags_shown(row.kinds, said),
    )
    return (code, TEXT, what, *_judged_columns(before_word(found)), *FILES_ONLY)


def _judged_columns(before: str) -> tuple[Column[CapabilityChange], ...]:
    return (
        Column(
            "support",
            "Today's provision",
            "Whether a duty supports it at the threshold, and whether one did.",
            lambda row: SUPPORT_WORDS.get(row.support_now, ""),
            show=lambda _look, row: Shown(_support_words(row, before)),
        ),
        Column(
            "levels",
            "Levels",
            "The proficiency that each role level needs where it differs, and what it was.",
            lambda row: tuple(_level_words(each, before) for each in row.levels),
            Kind.LIST,
            show=lambda _look, row: Shown(
                "; ".join(_level_words(each, before) for each in row.levels)
            ),
        ),
    )


def _code_shown(found: Compared, look: Look, row: CapabilityChange) -> Shown:
    side = look if row.pair.now else found.sides.then
    then = row.pair.then
    is_other = row.pair.now is not None and then is not None and then.code != row.pair.now.code
    return Shown(
        row.shown.code,
        side.href("capabilities", row.shown.code),
        note=f"there {then.code}" if is_other and then else "",
    )


def _text_shown(_look: Look, row: CapabilityChange) -> Shown:
    now, then = row.pair.now, row.pair.then
    if not now or not then or now.text == then.text:
        return Shown(row.shown.text)
    alike = row.pair.likeness
    before = "Was" if alike is None else f"There, {percent(alike)} alike"
    return Shown(now.text, note=f"{before}: {then.text}")


def _support_words(row: CapabilityChange, before: str) -> str:
    now, then = (SUPPORT_WORDS.get(each, "") for each in (row.support_now, row.support_then))
    if row.pair.now is None:
        return f"{before} {then.lower()}" if then else ""
    return f"{now} ({before} {then.lower()})" if then and now and then != now else now


def _level_words(change: LevelChange, before: str) -> str:
    now, then = change.now or UNSETTLED, change.then or UNSETTLED
    return f"{change.role_level}: {now} ({before} {then})"


TEXT: Column[CapabilityChange] = Column(
    "text",
    "Capability",
    "Its words; where they differ, with those of the other side below.",
    lambda row: row.shown.text,
    Kind.STATEMENT,
    show=_text_shown,
)
FILES_ONLY: tuple[Column[CapabilityChange], ...] = (
    Column(
        "then_code",
        "Code there",
        "Its code in the other results.",
        lambda row: row.pair.then.code if row.pair.then else None,
        is_shown=False,
    ),
    Column(
        "then_text",
        "Words there",
        "Its words in the other results.",
        lambda row: row.pair.then.text if row.pair.then else None,
        is_shown=False,
    ),
    Column(
        "then_support",
        "Provision there",
        "Whether a duty supports it in the other results, at the same threshold.",
        lambda row: SUPPORT_WORDS.get(row.support_then, ""),
        is_shown=False,
    ),
    Column(
        "likeness",
        "Likeness, %",
        "How near the two are in meaning, where that alone paired them.",
        lambda row: row.pair.likeness,
        Kind.PERCENT,
        is_shown=False,
    ),
)
