"""Filtering, searching and sorting Future Competency Sets. Pure: sets in, sets out."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.ksbs.competencies import KINDS, Competency, CompetencySet

LONGEST_QUERY = 200
HIGHEST_PAGE = 10_000
SORT_KEYS: dict[str, Callable[[Competency], Any]] = {
    "kind": lambda one: KINDS.index(one.kind),
    "text": lambda one: one.text.casefold(),
    "level": lambda one: one.level,
    "capabilities": lambda one: len(one.capabilities),
    "profiles": lambda one: len(one.profiles),
}


@dataclass(frozen=True)
class CompetencyFilters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    q: str = ""
    kind: str = ""
    role: str = ""
    profile: str = ""
    function: str = ""
    sort: str = "kind"
    page: int = 1

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the sets."""
        return any((self.q, self.kind, self.role, self.profile, self.function))

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return the query of an address that asks for this, from its first page, ``changed``."""
        changed = replace(self, **{"page": 1, **changes})
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value not in ("", "kind", "1")}

    def toggled(self, key: str) -> dict[str, Any]:
        """Return the query that sorts by ``key``, or the other way round when it does already."""
        return self.query(sort=f"-{key}" if self.sort == key else key)


def read_competency_filters(args: Mapping[str, str]) -> CompetencyFilters:
    """Read the filters from an address; what it does not know is left out."""
    kind, sort, page = args.get("kind", ""), args.get("sort", ""), args.get("page", "")
    return CompetencyFilters(
        # PostgreSQL refuses a text with NUL in it, and so does a header.
        q=args.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY],
        kind=kind if kind in tuple(KINDS) else "",
        role=_id(args.get("role", "")),
        profile=_id(args.get("profile", "")),
        function=args.get("function", "").replace("\x00", "")[:LONGEST_QUERY],
        sort=sort if sort.lstrip("-") in SORT_KEYS else "kind",
        page=min(int(page), HIGHEST_PAGE) if page.isdecimal() and len(page) < 8 else 1,
    )


def _id(given: str) -> str:
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return ""


def let_through(
    sets: Sequence[CompetencySet], filters: CompetencyFilters
) -> tuple[CompetencySet, ...]:
    """Return the sets with what the filters let through, sorted; sets left empty are left out."""
    narrowed = (
        replace(one, competencies=_sorted(one, filters))
        for one in sets
        if filters.role in ("", str(one.role_level_id))
    )
    return tuple(one for one in narrowed if one.competencies)


def _sorted(one: CompetencySet, filters: CompetencyFilters) -> tuple[Competency, ...]:
    words = filters.q.casefold().split()
    left = [each for each in one.competencies if _fits(each, filters, words)]
    # Sorting is stable: what the sort leaves level stays by kind and wording.
    key = SORT_KEYS[filters.sort.lstrip("-")]
    return tuple(sorted(left, key=key, reverse=filters.sort.startswith("-")))


def _fits(one: Competency, filters: CompetencyFilters, words: Sequence[str]) -> bool:
    if filters.kind not in ("", one.kind):
        return False
    if filters.function and filters.function not in one.functions:
        return False
    if filters.profile and filters.profile not in {str(each.id) for each in one.profiles}:
        return False
    if not words:
        return True
    codes = " ".join(f"{each.code} {each.text}" for each in one.capabilities)
    searched = f"{one.text} {codes}".casefold()
    return all(word in searched for word in words)
