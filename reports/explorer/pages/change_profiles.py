"""The table of profiles that differ between two results. No queries."""

from collections.abc import Callable
from typing import Any

from reports.explorer.changes.comparing import Compared
from reports.explorer.changes.profile_changes import SAID, SAID_ACROSS, ProfileChange
from reports.explorer.columns import Column, Kind, Shown, Value
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import MOST_CODES
from reports.explorer.pages.change_words import before_word, tags_shown
from reports.mapping.words import percent


def profiles_listing(found: Compared) -> Listing[ProfileChange]:
    """Return the table of profiles that differ."""
    said = SAID if found.sides.is_same_cycle else SAID_ACROSS
    changed = tuple(each for each in found.changes.profiles if each.kinds)
    same = len(found.changes.profiles) - len(changed)
    return Listing(
        name="profiles",
        title="Profiles that differ",
        about=f"What became of each. {same:,} are the same on both sides and not listed.",
        prefix="profiles-",
        columns=_columns(found, said),
        rows=lambda _look: changed,
        text=lambda row: f"{row.shown.code} {row.shown.name}",
        facets=(
            Facet("what", "What differs", lambda row: row.kinds, said),
            Facet("role", "Role level", lambda row: row.shown.role_level),
        ),
        nothing="All profiles are the same on both sides.",
    )


def _columns(found: Compared, said: dict[str, str]) -> tuple[Column[ProfileChange], ...]:
    code: Column[ProfileChange] = Column(
        "code",
        "Code",
        "The profile's code in what is looked at, or in the other where it is gone.",
        lambda row: row.shown.code,
        Kind.CODE,
        show=lambda look, row: _code_shown(found, look, row),
    )
    what: Column[ProfileChange] = Column(
        "what",
        "What differs",
        "What became of it: added or gone, renamed, ratified, other capabilities or levels, "
        "another best fit.",
        lambda row: tuple(said[each] for each in row.kinds),
        Kind.LIST,
        show=lambda _look, row: tags_shown(row.kinds, said),
    )
    return (code, *NAMED, what, MEMBERS, *_figure_columns(before_word(found)), *FILES_ONLY)


def _figure_columns(before: str) -> tuple[Column[ProfileChange], ...]:
    def shown(now: Any, then: Any, say: Callable[[Any], str]) -> Shown:
        note = f"{before} {say(then)}" if then is not None and then != now else ""
        return Shown("" if now is None else say(now), note=note)

    return (
        Column(
            "unsupported",
            "Unsupported",
            "How many of its capabilities nothing supports at the threshold, and how many then.",
            lambda row: row.unsupported_now,
            Kind.NUMBER,
            show=lambda _look, row: shown(row.unsupported_now, row.unsupported_then, str),
        ),
        Column(
            "fit",
            "Best fit, %",
            "The fit of its best standard at the threshold, and what it was.",
            lambda row: row.fit_now,
            Kind.PERCENT,
            show=lambda _look, row: shown(row.fit_now, row.fit_then, percent),
        ),
    )


def _code_shown(found: Compared, look: Look, row: ProfileChange) -> Shown:
    side = look if row.now else found.sides.then
    return Shown(row.shown.code, side.href("profiles", row.shown.code))


def _name_shown(_look: Look, row: ProfileChange) -> Shown:
    is_renamed = row.now is not None and row.then is not None and row.now.name != row.then.name
    return Shown(row.shown.name, note=f"Was: {row.then.name}" if is_renamed and row.then else "")


def _member_words(row: ProfileChange) -> str:
    counted = (("gained", row.gained), ("lost", row.lost), ("at another level", row.moved))
    return "; ".join(
        f"{len(codes):,} {word}: {_first_codes(codes)}" for word, codes in counted if codes
    )


def _first_codes(codes: tuple[str, ...]) -> str:
    more = len(codes) - MOST_CODES
    return ", ".join(codes[:MOST_CODES]) + (f" and {more:,} more" if more > 0 else "")


NAMED: tuple[Column[ProfileChange], ...] = (
    Column(
        "name",
        "Profile",
        "Its name; where it was another, with that below.",
        lambda row: row.shown.name,
        show=_name_shown,
    ),
    Column("role", "Role level", "Its role level.", lambda row: row.shown.role_level),
)
MEMBERS: Column[ProfileChange] = Column(
    "capabilities",
    "Capabilities",
    "How many it gained, lost, and needs at another level.",
    _member_words,
)


def _file_column(
    key: str, heading: str, meaning: str, read: Callable[[ProfileChange], Value], kind: Kind
) -> Column[ProfileChange]:
    return Column(key, heading, meaning, read, kind, is_shown=False)


FILES_ONLY = (
    _file_column(
        "gained",
        "Capabilities gained",
        "Needed now and not then.",
        lambda row: row.gained,
        Kind.LIST,
    ),
    _file_column(
        "lost", "Capabilities lost", "Needed then and not now.", lambda row: row.lost, Kind.LIST
    ),
    _file_column(
        "moved", "Levels moved", "Needed at another level.", lambda row: row.moved, Kind.LIST
    ),
    _file_column(
        "then_unsupported",
        "Unsupported there",
        "How many of its capabilities nothing supports in the other results.",
        lambda row: row.unsupported_then,
        Kind.NUMBER,
    ),
    _file_column(
        "then_fit",
        "Best fit there, %",
        "The fit of its best standard in the other results.",
        lambda row: row.fit_then,
        Kind.PERCENT,
    ),
)
