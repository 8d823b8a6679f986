"""Supply-chain capabilities: what each partner needs, and what several of them share."""

from dataclasses import dataclass
from itertools import combinations

from reports.charts.vega.chart import Chart
from reports.document.figures.functions import partners_chart
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    SUPPORT_WORDS,
    CapabilityRow,
    capability_rows,
)
from reports.explorer.pages.capability_table import PLACE, PROVISION, STATEMENT
from reports.explorer.pages.partner_choice import (
    ALL,
    ANY,
    NAME,
    PartnerChoice,
    chosen_rows,
    href_of,
    joined_rows,
    partner_choice,
)
from reports.explorer.pages.partner_rows import PARTNERS, partners_listing
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view


@dataclass(frozen=True)
class SharedRow:
    """Two partners, and how many capabilities both and either of them need."""

    first: str
    second: str
    both: int
    either: int

    @property
    def shared_percent(self) -> float:
        """Return the share of what either needs that both need, in per cent."""
        return round(100 * self.both / self.either, 1) if self.either else 0.0


@dataclass(frozen=True)
class SupplyChainPage:
    """The partners as bars and as a table, the chooser with its list, and who shares most."""

    chart: ChartView | None
    partners: TableView
    choice: PartnerChoice
    table: TableView
    shared: TableView


def chain_listing(_look: Look) -> Listing[CapabilityRow]:
    """Return the capabilities of the chosen partners."""
    return Listing(
        name=NAME,
        title="Capabilities of the chosen partners",
        about="The capabilities that the chosen partners need, joined as the address says; all "
        "where no partner is chosen.",
        columns=(*STATEMENT, *PLACE, _partners(), *PROVISION),
        rows=chosen_rows,
        text=lambda row: " ".join((row.line.code, row.line.text, *row.place)),
        facets=(
            Facet("function", "Function", lambda row: row.function),
            Facet("support", "Today's provision", lambda row: row.support, SUPPORT_WORDS),
        ),
        nothing="No capability has all that you asked of partners.",
    )


def _partners() -> Column[CapabilityRow]:
    return Column(
        "partners",
        "Partners",
        "The supply-chain partners that need it.",
        lambda row: row.line.partners,
        Kind.LIST,
    )


def shared_rows(look: Look) -> tuple[SharedRow, ...]:
    """Return every two partners that share a capability, those that share most first."""
    rows = capability_rows(look)
    names = [each.name for each in look.results.document.capabilities.partners]
    pairs = (
        SharedRow(
            *pair, both=len(joined_rows(rows, pair, ALL)), either=len(joined_rows(rows, pair, ANY))
        )
        for pair in combinations(names, 2)
    )
    return tuple(sorted((each for each in pairs if each.both), key=lambda each: -each.both))


SHARED_COLUMNS: tuple[Column[SharedRow], ...] = (
    Column("first", "Partner", "One of the two.", lambda row: row.first),
    Column("second", "And partner", "The other one.", lambda row: row.second),
    Column(
        "both",
        "Both need",
        "Capabilities that both need: the intersection.",
        lambda row: row.both,
        Kind.NUMBER,
        show=lambda look, row: Shown(f"{row.both:,}", href_of(look, (row.first, row.second), ALL)),
    ),
    Column(
        "either",
        "Either needs",
        "Capabilities that one of them needs, or both: the union.",
        lambda row: row.either,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.either:,}", href_of(look, (row.first, row.second), ANY)
        ),
    ),
    Column(
        "shared_percent",
        "Shared, %",
        "Of what either needs, what both need, per cent.",
        lambda row: row.shared_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(f"{row.shared_percent:.1f}", bar=row.shared_percent),
    ),
)


def shared_listing(_look: Look) -> Listing[SharedRow]:
    """Return which partners share most."""
    return Listing(
        name="shared",
        title="Which partners share most",
        about="Every two partners that share a capability, with the union and the intersection.",
        columns=SHARED_COLUMNS,
        rows=shared_rows,
        prefix="shared-",
        per_page=20,
        nothing="No two partners share a capability.",
    )


def chart(look: Look) -> Chart | None:
    """Return partner by function as the report draws it, or None where nothing is needed."""
    found = look.results.document.capabilities
    return partners_chart([each.name for each in found.functions], found.partners)


def build(look: Look, _code: str) -> SupplyChainPage:
    """Return the page of supply-chain capabilities."""
    bars = chart(look)
    return SupplyChainPage(
        chart=chart_view(look, NAME, bars, table_id=PARTNERS) if bars else None,
        partners=table_view(partners_listing(look), look, NAME),
        choice=partner_choice(look, capability_rows(look)),
        table=table_view(chain_listing(look), look, NAME),
        shared=table_view(shared_listing(look), look, NAME),
    )


PAGE = PageKind(
    name=NAME,
    label="Supply-chain capabilities",
    question=Question.WHAT,
    lead="Which partner in the supply chain needs what, and what they share.",
    build=build,
    listings=lambda look, _code: (
        chain_listing(look),
        partners_listing(look),
        shared_listing(look),
    ),
    charts=lambda look, _code: tuple(each for each in (chart(look),) if each),
    method=(
        "Technologists say which partners need a capability when they submit it. A capability "
        "that several partners need counts once for each of them, so partners do not add up.",
        "Union: any of the chosen partners needs it. Intersection: all of them do. No other "
        "partner: whoever needs it is among the chosen ones.",
    ),
)
