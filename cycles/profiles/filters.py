"""Filtering, searching and sorting a list of profiles. Pure: rows in, rows out."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.votes import departs

KEYS = ("code", "name", "partner", "size", "changed", "status")
SORTS = (*KEYS, *(f"-{key}" for key in KEYS))
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    q: str = ""
    role: str = ""
    status: str = ""
    partner: str = ""
    sort: str = "code"

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.q or self.role or self.status or self.partner)

    @property
    def words(self) -> list[str]:
        """Return what is searched for, word by word."""
        return self.q.casefold().split()

    def query(self, **changes: str) -> dict[str, Any]:
        """Return the query of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value and value != "code"}

    def toggled(self, key: str) -> dict[str, Any]:
        """Return the query that sorts by ``key``, or the other way round when it does already."""
        return self.query(sort=f"-{key}" if self.sort == key else key)


def read_filters(args: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what it does not know is left out."""
    status, sort = args.get("status", ""), args.get("sort", "")
    return Filters(
        q=args.get("q", "").strip()[:LONGEST_SEARCH],
        role=read_id(args.get("role", "")),
        status=status if status in tuple(ProfileStatus) else "",
        partner=read_id(args.get("partner", "")),
        sort=sort if sort in SORTS else "code",
    )


def read_id(given: str) -> str:
    """Return the id that an address names, or nothing where it names none."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return ""


def chosen(
    profiles: Sequence[Profile], filters: Filters, texts: Mapping[uuid.UUID, str] | None = None
) -> list[Profile]:
    """Return the profiles that the filters let through, sorted; the order given breaks ties.

    ``texts`` are the capabilities' codes and texts by their id: a search looks into those too.
    """
    left = [
        one
        for one in profiles
        if filters.role in ("", str(one.role_level_id))
        and filters.status in ("", one.status.value)
        and filters.partner in ("", str(one.partner_id))
        and (is_named(one, filters) or holding(one, filters, texts or {}))
    ]
    key = filters.sort.lstrip("-")
    return sorted(left, key=lambda one: _rank(one, key), reverse=filters.sort.startswith("-"))


def is_named(profile: Profile, filters: Filters) -> bool:
    """Say whether every word searched for is in the code or the name; so it is without a word."""
    about = f"{profile.code} {profile.name}".casefold()
    return all(word in about for word in filters.words)


def holding(profile: Profile, filters: Filters, texts: Mapping[uuid.UUID, str]) -> int:
    """Return how many capabilities of the profile have every word searched for."""
    words = filters.words
    about = [texts.get(one.statement_id, "") for one in profile.members if not one.is_removed]
    return sum(all(word in text.casefold() for word in words) for text in about) if words else 0


def _rank(profile: Profile, key: str) -> Any:
    if key == "size":
        return sum(not one.is_removed for one in profile.members)
    if key == "changed":
        return changed_by_panel(profile)
    if key == "status":
        return tuple(ProfileStatus).index(profile.status)
    if key == "partner":
        return profile.partner.name.casefold() if profile.partner else ""
    return profile.name.casefold() if key == "name" else int(profile.code.removeprefix("P-"))


def changed_by_panel(profile: Profile) -> int:
    """Return how many capabilities the panel set at another level, added or removed."""
    return sum(one.is_removed or one.is_added_by_panel or departs(one) for one in profile.members)
