"""Filtering, searching and sorting a list of profiles. Pure: rows in, rows out."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.profiles.models import Profile, ProfileStatus

SORTS = ("code", "-code", "name", "-name", "size", "-size", "status", "-status")


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    q: str = ""
    role: str = ""
    status: str = ""
    sort: str = "code"

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.q or self.role or self.status)

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
        q=args.get("q", "").strip()[:200],
        role=_id(args.get("role", "")),
        status=status if status in tuple(ProfileStatus) else "",
        sort=sort if sort in SORTS else "code",
    )


def _id(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return ""


def chosen(profiles: Sequence[Profile], filters: Filters) -> list[Profile]:
    """Return the profiles that the filters let through, sorted; the order given breaks ties."""
    words = filters.q.casefold().split()
    left = [
        one
        for one in profiles
        if filters.role in ("", str(one.role_level_id))
        and filters.status in ("", one.status.value)
        and all(word in f"{one.code} {one.name}".casefold() for word in words)
    ]
    key = filters.sort.lstrip("-")
    return sorted(left, key=lambda one: _rank(one, key), reverse=filters.sort.startswith("-"))


def _rank(profile: Profile, key: str) -> Any:
    if key == "size":
        return sum(not one.is_removed for one in profile.members)
    if key == "status":
        return tuple(ProfileStatus).index(profile.status)
    return profile.name.casefold() if key == "name" else int(profile.code.removeprefix("P-"))
