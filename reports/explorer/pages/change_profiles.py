"""The table of profiles that differ between two results. No queries."""

from collections.abc import Callable
from typing import Any

from reports.explorer.changes.comparing import Compared
from reports.explorer.changes.profile_changes import SAID, SAID_ACROSS, ProfileChange
from reports.explorer.columns import Column, Kind, Shown
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
        columns=_profile_columns(found, said),
        rows=lambda _look: changed,
        text=lambda row: f"{row.shown.code} {row.shown.name}",
        facets=(
            Facet("what", "What differs", lambda row: row.kinds, said),
            Facet("role", "Role level", lambda row: row.shown.role_level),
        ),
        nothing="All profiles are the same on both sides.",
    )


def _profile_columns(found: Compared, said: dict[str, str]) -> tuple[Column[ProfileChange], ...]:
    before = before_word(found)
    return (
        Column(
            "code",
            "Code",
            "The profile's code in what is looked at, or in the other where it is gone.",
            lambda row: row.shown.code,
            Kind.CODE,
            show=lambda look, row: _profile_shown(found, look, row),
        ),
        Column(
            "name",
            "Profile",
            "Its name; where it was another, with that below.",
            lambda row: row.shown.name,
            show=_name_shown,
        ),
        Column("role", "Role level", "Its role level.", lambda row: row.shown.role_level),
        Column(
            "what",
            "What differs",
            "What became of it: added or gone, renamed, ratified, other capabilities or levels, "
            "another best fit.",
            lambda row: tuple(said[each] for each in row.kinds),
            Kind.LIST,
            show=lambda _look, row: tags_shown(row.kinds, said),
        ),
        Column(
            "capabilities",
            "Capabilities",
            "How many it gained, lost, and needs at another level.",
            _member_words,
        ),
        Column(
            "unsupported",
            "Unsupported",
            "How many of its capabilities nothing supports at the threshold, and how many then.",
            lambda row: row.unsupported_now,
            Kind.NUMBER,
            show=lambda _look, row: _with_before(
                row.unsupported_now, row.unsupported_then, lambda it: f"{it:,}", before
            ),
        ),
        Column(
            "fit",
            "Best fit, %",
            "The fit of its best standard at the threshold, and what it was.",
            lambda row: row.fit_now,
            Kind.PERCENT,
            show=lambda _look, row: _with_before(row.fit_now, row.fit_then, percent, before),
        ),
        _codes("gained", "Capabilities gained", "Needed now and not then.", lambda row: row.gained),
        _codes("lost", "Capabilities lost", "Needed then and not now.", lambda row: row.lost),
        _codes("moved", "Levels moved", "Needed at another level.", lambda row: row.moved),
    )


def _profile_shown(found: Compared, look: Look, row: ProfileChange) -> Shown:
    side = look if row.now else found.sides.then
    return Shown(row.shown.code, side.href("profiles", row.shown.code))


def _name_shown(_look: Look, row: ProfileChange) -> Shown:
    is_renamed = row.now is not None and row.then is not None and row.now.name != row.then.name
    return Shown(row.shown.name, note=f"Was: {row.then.name}" if is_renamed and row.then else "")


def _codes(
    key: str, heading: str, meaning: str, read: Callable[[ProfileChange], tuple[str, ...]]
) -> Column[ProfileChange]:
    return Column(key, heading, meaning, read, Kind.LIST, is_shown=False)


def _member_words(row: ProfileChange) -> str:
    counted = (("gained", row.gained), ("lost", row.lost), ("at another level", row.moved))
    return "; ".join(
        f"{len(codes):,} {word}: {_first_codes(codes)}" for word, codes in counted if codes
    )


def _first_codes(codes: tuple[str, ...]) -> str:
    more = len(codes) - MOST_CODES
    return ", ".join(codes[:MOST_CODES]) + (f" and {more:,} more" if more > 0 else "")


def _with_before(now: Any, then: Any, say: Callable[[Any], str], before: str) -> Shown:
    note = f"{before} {say(then)}" if then is not None and then != now else ""
    return Shown("" if now is None else say(now), note=note)
