"""Consensus and provenance: how sure the panel is of every cell, and how it came to it."""

from dataclasses import dataclass

from reports.document.wording import percent_words
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import read_ask
from reports.explorer.look import Look
from reports.explorer.pages.consensus_cells import cells_listing
from reports.explorer.pages.consensus_item import consensus_item, item_label, item_listings
from reports.explorer.pages.consensus_levels import (
    HeatColumn,
    HeatLine,
    chart,
    heat_lines,
    heat_listing,
    levels_listing,
    role_levels,
)
from reports.explorer.pages.consensus_rows import NAME, NO, YES
from reports.explorer.pages.overview_tiles import Tile
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view


@dataclass(frozen=True)
class ConsensusPage:
    """The verdicts in figures, by role level and domain, and one by one.

    ``columns`` are the heat map's role levels. ``is_narrowed``: the list is, so it comes first.
    """

    finding: str
    tiles: tuple[Tile, ...]
    chart: ChartView | None
    levels: TableView
    columns: tuple[HeatColumn, ...]
    heat: tuple[HeatLine, ...]
    disagreement: TableView
    table: TableView
    is_narrowed: bool


def build(look: Look, _code: str) -> ConsensusPage:
    """Return the page of consensus."""
    listing, bars = cells_listing(look), chart(look)
    return ConsensusPage(
        finding=_finding(look),
        tiles=_tiles(look),
        chart=chart_view(look, NAME, bars, table_id="role-levels") if bars else None,
        levels=table_view(levels_listing(look), look, NAME),
        columns=tuple(HeatColumn(name) for name in role_levels(look)),
        heat=heat_lines(look),
        disagreement=table_view(heat_listing(look), look, NAME),
        table=table_view(listing, look, NAME),
        is_narrowed=read_ask(listing, look.args).is_narrowed,
    )


def _finding(look: Look) -> str:
    found = look.results.document.agreement
    if not found.judged:
        return ""
    share = percent_words(round(100 * found.agreed / found.judged, 1))
    luck = found.expected_by_luck
    by_luck = "" if luck is None else f"; answering at random it would agree on {luck:,.1f}"
    return f"The panel agreed on {found.agreed:,} of {found.judged:,} cells ({share}){by_luck}."


def _tiles(look: Look) -> tuple[Tile, ...]:
    found = look.results.document.agreement
    if not found.judged:
        return ()

    def href(**args: str) -> str:
        return look.href(NAME, _anchor=NAME, **args)

    return (
        Tile("Agreed", f"{found.agreed:,}", href(agreed=YES)),
        Tile("Not agreed", f"{found.judged - found.agreed:,}", href(agreed=NO)),
        Tile("Stable dissent", f"{found.stable_dissent:,}", href(mark="dissent")),
        Tile("Two camps", f"{found.two_camps:,}", href(mark="two-camps")),
        Tile("Fragile", f"{found.fragile:,}", href(mark="fragile"), "One rater decides"),
        Tile("Decided by the convener", f"{found.decided:,}", href(mark="decided")),
        Tile("Provisional", f"{found.provisional:,}", href(mark="provisional")),
        Tile(
            "Not settled",
            f"{found.judged - found.settled:,}",
            href(mark="unsettled"),
            _unjudged(look),
        ),
    )


def _unjudged(look: Look) -> str:
    found = look.results.document.agreement
    unjudged = found.total - found.judged
    return f"and {unjudged:,} not judged yet" if unjudged else ""


PAGE = PageKind(
    name=NAME,
    label="Consensus and provenance",
    question=Question.TRUST,
    lead="How sure the panel is of every capability at every role level, and how it came to it.",
    build=build,
    listings=lambda look, code: (
        item_listings(look, code)
        if code
        else (cells_listing(look), levels_listing(look), heat_listing(look))
    ),
    charts=lambda look, _code: tuple(each for each in (chart(look),) if each),
    item=consensus_item,
    item_label=item_label,
    method=(
        "A cell is a capability at a role level. Its verdict follows the rule card, which was "
        "fixed before round 1 opened; what another threshold would give is a sensitivity, shown "
        "elsewhere, and never takes its place.",
        "Can't judge and not my field are answers that leave every denominator. Counts are "
        "withheld where too few rated, and those of a part of the panel where they would show "
        "what one or two people said.",
        "Fragile: dropping any one rater changes the verdict. Two camps: agreement is below 0. "
        "Stable dissent: answers held still without agreement, so asking stopped.",
    ),
)
