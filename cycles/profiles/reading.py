"""How a reader looks through one profile: which capabilities, in which order. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from consensus.scale import PROFICIENCY_LETTERS
from cycles.profiles.filters import LONGEST_SEARCH
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.votes import departs, vote_of
from cycles.profiles.wording import shows_provisional

SHOWN = {
    "changed": "Changed by the panel",
    "dissent": "With dissent",
    "provisional": "Provisional level",
    "second": "In a second profile too",
}
ORDERS = {
    "area": "Functional area",
    "code": "Code",
    "-level": "Level, highest first",
    "level": "Level, lowest first",
}
UNPLACED = "No functional area yet"


@dataclass(frozen=True)
class Look:
    """What the reader asked to see, as it stands in the address. Empty means everything."""

    q: str = ""
    level: str = ""
    show: str = ""
    sort: str = "area"

    @property
    def is_set(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.q or self.level or self.show)

    def query(self, **changes: str) -> dict[str, Any]:
        """Return the query of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value and value != "area"}


@dataclass(frozen=True)
class Group:
    """Capabilities that stand under one heading; without one where they are not grouped."""

    title: str
    members: tuple[ProfileCapability, ...]


def read_look(args: Mapping[str, str]) -> Look:
    """Read what is asked for from an address; what it does not know is left out."""
    level, show, sort = (args.get(name, "") for name in ("level", "show", "sort"))
    return Look(
        q=args.get("q", "").strip()[:LONGEST_SEARCH],
        level=level if level in PROFICIENCY_LETTERS[1:] else "",
        show=show if show in SHOWN else "",
        sort=sort if sort in ORDERS else "area",
    )


def seen(
    profile: Profile, members: Sequence[ProfileCapability], look: Look, doubled: set[Any]
) -> list[ProfileCapability]:
    """Return the capabilities that the reader asked for; ``doubled`` are in a second profile."""
    words = look.q.casefold().split()
    return [
        one
        for one in members
        if look.level in ("", PROFICIENCY_LETTERS[one.level])
        and all(word in _about(one) for word in words)
        and (not look.show or _is_such(profile, one, look.show, doubled))
    ]


def _about(member: ProfileCapability) -> str:
    statement, area = member.statement, member.statement.area
    place = f"{area.function} {area.domain} {area.name}" if area else ""
    return f"{statement.code} {statement.text} {place}".casefold()


def _is_such(profile: Profile, member: ProfileCapability, show: str, doubled: set[Any]) -> bool:
    if show == "changed":
        return departs(member) or member.is_added_by_panel
    if show == "dissent":
        vote = vote_of(member)
        return vote is not None and vote.has_dissent
    if show == "provisional":
        return shows_provisional(profile, member)
    return member.is_second_membership or member.statement_id in doubled


def grouped(members: Sequence[ProfileCapability], look: Look) -> tuple[Group, ...]:
    """Return the capabilities under their functional areas, or in the order asked for."""
    if not members:
        return ()
    if look.sort.endswith("level"):
        is_falling = look.sort.startswith("-")
        ordered = sorted(members, key=lambda one: one.level, reverse=is_falling)
        return (Group("", tuple(ordered)),)
    if look.sort == "code":
        return (Group("", tuple(members)),)
    return tuple(_by_area(members))


def _by_area(members: Sequence[ProfileCapability]) -> list[Group]:
    # Sorting keeps the codes in order within an area; what has no area stands last.
    def place(member: ProfileCapability) -> tuple[bool, int]:
        area = member.statement.area
        return area is None, area.position if area else 0

    groups: dict[str, list[ProfileCapability]] = {}
    for member in sorted(members, key=place):
        area = member.statement.area
        title = f"{area.function} › {area.name}" if area else UNPLACED
        groups.setdefault(title, []).append(member)
    return [Group(title, tuple(own)) for title, own in groups.items()]
