"""One capability: its place, who needs it and how well, what supports it, and what became of it."""

from dataclasses import dataclass
from typing import Any

from reports.explorer.columns import Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_item_tables import (
    cells_listing,
    ksbs_listing,
    matches_listing,
    profiles_listing,
    today_listing,
)
from reports.explorer.pages.capability_rows import (
    PAGE_NAME,
    UNSUPPORTED,
    CapabilityRow,
    capability_row,
    list_href,
)
from reports.explorer.table_view import TableView, table_view


@dataclass(frozen=True)
class CapabilityItem:
    """One capability. ``place`` are its function, domain and area with the lists behind them.

    ``support`` says in a sentence whether today's provision supports it; empty before the first
    run. ``tables`` are its cells, profiles, matches, KSBs and its present state, as far as any
    are.
    """

    code: str
    text: str
    place: tuple[Shown, ...]
    partners: tuple[Shown, ...]
    source: str
    support: str
    is_unsupported: bool
    trail: tuple[str, ...]
    consensus_href: str
    tables: tuple[TableView, ...]


def item_label(look: Look, code: str) -> str:
    """Return the title of a capability's page: what it says."""
    found = look.results.capability.get(code)
    return f"{code}: {found.text}" if found else code


def item_listings(look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of one capability."""
    present = (today_listing(look, code),) if look.results.detail.present else ()
    return (
        cells_listing(look, code),
        profiles_listing(code),
        matches_listing(code),
        ksbs_listing(code),
        *present,
    )


def capability_item(look: Look, code: str) -> CapabilityItem | None:
    """Return the page of a capability, or None where the results do not have it."""
    row = capability_row(look, code)
    if row is None:
        return None
    facts = look.results.capability_facts.get(code)
    return CapabilityItem(
        code=code,
        text=row.line.text,
        place=_place(look, row),
        partners=tuple(Shown(name, list_href(look, partner=name)) for name in row.line.partners),
        source=row.source,
        support=_support(look, row),
        is_unsupported=row.support == UNSUPPORTED,
        trail=facts.trail if facts else (),
        consensus_href=look.href("consensus", code) if look.results.cells_of.get(code) else "",
        tables=tuple(table_view(each, look, PAGE_NAME, code) for each in item_listings(look, code)),
    )


def _place(look: Look, row: CapabilityRow) -> tuple[Shown, ...]:
    function, domain, area = row.place
    steps = (
        (function, {"function": function}),
        (domain, {"function": function, "domain": domain}),
        (area, {"function": function, "domain": domain, "area": area}),
    )
    return tuple(Shown(name, list_href(look, **args)) for name, args in steps if name)


def _support(look: Look, row: CapabilityRow) -> str:
    if look.findings is None:
        return ""
    if row.finding is None:
        return "It was kept after the last run of map and gap, so it is not compared yet."
    best = row.finding.best
    nearest = f" The nearest scores {best.score_percent:.1f} %." if best else ""
    if row.support == UNSUPPORTED:
        return f"No duty matches it at {look.threshold} %.{nearest}"
    count = row.finding.match_count
    duties = "1 duty matches" if count == 1 else f"{count:,} duties match"
    return f"{duties} it at {look.threshold} %."
