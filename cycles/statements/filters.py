"""Filtering, searching and sorting a list of statements. Pure: rows in, rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.statements.models import CapabilityStatement, StatementStatus

NONE = "none"
LIVE = "live"  # submitted or kept: what the coverage table counts
SORTS = ("code", "-code", "area", "-area")


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    q: str = ""
    status: str = ""
    function: str = ""
    partner: str = ""
    sort: str = "code"

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.q or self.status or self.function or self.partner)

    def query(self, **changes: str) -> dict[str, Any]:
        """Return the query of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value and value != "code"}


def read_filters(args: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what it does not know is left out."""
    status, sort = args.get("status", ""), args.get("sort", "")
    return Filters(
        q=args.get("q", "").strip()[:200],
        status=status if status in (LIVE, *StatementStatus) else "",
        function=args.get("function", "")[:80],
        partner=args.get("partner", "")[:40],
        sort=sort if sort in SORTS else "code",
    )


def chosen(
    statements: Sequence[CapabilityStatement], filters: Filters
) -> list[CapabilityStatement]:
    """Return the statements that the filters let through, sorted; codes break every tie."""
    words = filters.q.casefold().split()
    left = [
        each
        for each in statements
        if _has_status(each, filters.status)
        and _has_function(each, filters.function)
        and _has_partner(each, filters.partner)
        and all(word in f"{each.code} {each.text}".casefold() for word in words)
    ]
    if filters.sort.lstrip("-") == "area":
        left.sort(key=_place)
    if filters.sort.startswith("-"):
        left.reverse()
    return left


def _has_status(statement: CapabilityStatement, status: str) -> bool:
    if status == LIVE:
        return statement.status in (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    return not status or statement.status == status


def _has_function(statement: CapabilityStatement, function: str) -> bool:
    if not function:
        return True
    return statement.area.function == function if statement.area else function == NONE


def _has_partner(statement: CapabilityStatement, partner: str) -> bool:
    if not partner:
        return True
    if partner == NONE:
        return not statement.partners
    return any(str(each.id) == partner for each in statement.partners)


def _place(statement: CapabilityStatement) -> tuple[bool, int]:
    return statement.area is None, statement.area.position if statement.area else 0
