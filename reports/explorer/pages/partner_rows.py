"""The supply-chain partners with what each needs, function by function, and its table.

Which of them a reader has chosen is the supply-chain page's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.document.wording import percent_words
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    UNSUPPORTED,
    CapabilityRow,
    capability_rows,
    function_kinds,
    list_href,
)

PARTNERS = "partners"
PREFIX = "partners-"


@dataclass(frozen=True)
class PartnerRow:
    """A partner. ``counts`` are its classified capabilities by function, ``unsupported`` of all.

    ``held`` of ``captured`` are there today; None where nothing was captured of it.
    """

    name: str
    counts: Mapping[str, int]
    total: int
    unsupported: int | None
    held: int | None
    captured: int | None
    held_percent: float | None


def partner_rows(look: Look) -> tuple[PartnerRow, ...]:
    """Return the partners in the cycle's order."""
    found = look.results.document.capabilities
    functions = [each.name for each in found.functions]
    rows = capability_rows(look)
    return tuple(
        PartnerRow(
            name=line.name,
            counts=dict(zip(functions, line.counts, strict=True)),
            total=line.total,
            unsupported=_unsupported(look, line.name, rows),
            held=line.present.held if line.present else None,
            captured=line.present.captured if line.present else None,
            held_percent=line.present.held_percent if line.present else None,
        )
        for line in found.partners
    )


def _unsupported(look: Look, name: str, rows: tuple[CapabilityRow, ...]) -> int | None:
    if look.findings is None:
        return None
    return sum(row.support == UNSUPPORTED and name in row.line.partners for row in rows)


def empty_cells(look: Look) -> tuple[tuple[str, str], ...]:
    """Return the cells of partner and function that hold no capability."""
    return tuple(
        (row.name, function)
        for row in partner_rows(look)
        for function, count in row.counts.items()
        if not count
    )


def partners_listing(look: Look) -> Listing[PartnerRow]:
    """Return what each partner needs, by function; empty cells are called out."""
    functions = [each.name for each in look.results.document.capabilities.functions]
    most = max((count for row in partner_rows(look) for count in row.counts.values()), default=0)
    has_present = any(row.captured for row in partner_rows(look))
    return Listing(
        name=PARTNERS,
        title="What each partner needs, by function",
        about="Capabilities by supply-chain partner and function. One that several partners need "
        "counts once for each of them.",
        columns=(
            _name(),
            *(_function(look, name, most) for name in functions),
            _total(),
            *((_unsupported_column(),) if look.findings else ()),
            *((_today(),) if has_present else ()),
        ),
        rows=partner_rows,
        prefix=PREFIX,
        nothing="No supply-chain partner is set up yet. The convener names them when preparing.",
    )


def _name() -> Column[PartnerRow]:
    return Column(
        "partner",
        "Partner",
        "The supply-chain partner.",
        lambda row: row.name,
        show=lambda look, row: Shown(row.name, list_href(look, partner=row.name)),
    )


def _function(look: Look, name: str, most: int) -> Column[PartnerRow]:
    kind = function_kinds(look).get(name, "")

    def shown(look: Look, row: PartnerRow) -> Shown:
        count = row.counts[name]
        if not count:
            return Shown("", tags=(("None", "attention"),))
        href = list_href(look, partner=row.name, function=name)
        return Shown(f"{count:,}", href, bar=100 * count / most, bar_kind=kind)

    return Column(
        name.lower().replace(" ", "-"),
        name,
        f"Capabilities of the function {name} that the partner needs; none is called out.",
        lambda row: row.counts[name],
        Kind.NUMBER,
        show=shown,
    )


def _total() -> Column[PartnerRow]:
    return Column(
        "total",
        "All",
        "Classified capabilities that the partner needs.",
        lambda row: row.total,
        Kind.NUMBER,
        show=lambda look, row: Shown(f"{row.total:,}", list_href(look, partner=row.name)),
    )


def _unsupported_column() -> Column[PartnerRow]:
    return Column(
        "unsupported",
        "Unsupported",
        "Of the partner's capabilities, those that no duty of today's provision matches.",
        lambda row: row.unsupported,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.unsupported:,}", list_href(look, partner=row.name, support=UNSUPPORTED)
        ),
    )


def _today() -> Column[PartnerRow]:
    return Column(
        "held_percent",
        "There today, %",
        "Of the capabilities that were captured of this partner, those there today, per cent.",
        lambda row: row.held_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            "Not captured" if row.held_percent is None else percent_words(row.held_percent),
            note=f"{row.held:,} of {row.captured:,}" if row.captured else "",
        ),
    )
