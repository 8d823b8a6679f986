"""Capabilities matched to provision: each with its best match, the threshold, and its curve."""

from dataclasses import dataclass

from reports.charts.vega.chart import Chart
from reports.document.figures.provision import threshold_chart
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages import provision_item
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.provision_item import NAME
from reports.explorer.pages.support import (
    COUNT_COLUMNS,
    GENERIC,
    SETTLED,
    SKILLS,
    SUPPORTED,
    UNSUPPORTED,
    best_columns,
    facets,
    own_columns,
    text_of,
)
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.explorer.tile import Tile
from reports.mapping.findings import CapabilityFinding, Findings
from reports.mapping.words import percent

METHOD = (
    "Every capability is compared with every duty of every standard. The score is the cosine of "
    "the meanings of the two texts; from the threshold up they match.",
    "What reviewers agree on outranks the score. A match that they rejected never counts, one that "
    "they accepted always does; what is not settled is left to the score.",
    "A capability is unsupported when no duty of any standard compared matches it. A generic duty "
    "is near to the work of many routes, so a match with it alone says little.",
)


@dataclass(frozen=True)
class ProvisionPage:
    """The capabilities with their best matches. All but ``nothing`` is empty before a run."""

    nothing: NothingYet | None
    slider: Slider | None
    tiles: tuple[Tile, ...]
    uncompared: str
    curve: ChartView | None
    thresholds_href: str
    table: TableView | None


def listing(look: Look) -> Listing[CapabilityFinding]:
    """Return the table of capabilities with their best match."""
    return Listing(
        name=NAME,
        title="Capabilities matched to provision",
        about="Every capability compared, with the duty that matches it best or comes nearest.",
        columns=(*own_columns(NAME), *best_columns(), *COUNT_COLUMNS),
        rows=lambda look: look.findings.capabilities if look.findings else (),
        text=text_of,
        facets=facets(look),
        nothing="Nothing is compared yet.",
    )


def build(look: Look, _code: str) -> ProvisionPage:
    """Return the page of all capabilities."""
    found, nothing = look.findings, nothing_yet(look)
    if found is None or nothing:
        return ProvisionPage(nothing, None, (), "", None, "", None)
    return ProvisionPage(
        nothing=None,
        slider=slider_of(look, NAME),
        tiles=_tiles(look, found),
        uncompared=_uncompared(look, found),
        curve=next((chart_view(look, NAME, each) for each in curve_chart(look, "")), None),
        thresholds_href=look.href("sensitivity", _anchor="thresholds"),
        table=table_view(listing(look), look, NAME),
    )


def _tiles(look: Look, found: Findings) -> tuple[Tile, ...]:
    totals = found.totals
    settled = sum(each.is_judged for each in found.capabilities)
    said = f"{totals.accepted_matches:,} accepted, {totals.rejected_matches:,} rejected matches"
    return (
        Tile(
            "Unsupported",
            f"{totals.unsupported:,}",
            _list(look, UNSUPPORTED),
            f"{percent(totals.unsupported_percent)} of {totals.capabilities:,}",
        ),
        Tile("Supported", f"{totals.supported:,}", _list(look, SUPPORTED), _matches(found)),
        Tile(
            "By generic duties alone",
            f"{totals.only_generic:,}",
            _list(look, GENERIC),
            f"{totals.generic_duties:,} of {totals.duties:,} duties are generic",
        ),
        *(
            [Tile("By skills alone", f"{totals.only_skills:,}", _list(look, SKILLS))]
            if totals.standards_by_skills
            else []
        ),
        Tile("Settled by reviewers", f"{settled:,}", _list(look, SETTLED), said),
    )


def _matches(found: Findings) -> str:
    totals = found.totals
    words = f"{totals.matches:,} matches"
    if totals.expected_false is None:
        return words
    return f"{words}; about {totals.expected_false:,} of them may be false"


def _list(look: Look, show: str) -> str:
    return look.href(NAME, show=show, _anchor=NAME)


def _uncompared(look: Look, found: Findings) -> str:
    """Say how many capabilities were kept since the run; empty where none was."""
    compared = {each.statement_id for each in found.capabilities}
    left = sum(each.statement_id not in compared for each in look.results.detail.capabilities)
    if not left:
        return ""
    are = "1 capability was" if left == 1 else f"{left:,} capabilities were"
    return f"{are} kept after this run and are not compared yet."


def curve_chart(look: Look, _code: str) -> tuple[Chart, ...]:
    """Return the curve of unsupported capabilities as the report draws it."""
    found = look.findings
    if found is None:
        return ()
    chart = threshold_chart(
        [(each.threshold_percent, each.unsupported_count) for each in found.curve],
        total=found.totals.capabilities,
        threshold=found.threshold_percent,
        unsupported=found.totals.unsupported,
    )
    return (chart,) if chart else ()


PAGE = PageKind(
    name=NAME,
    label="Capabilities matched to provision",
    question=Question.MISSING,
    lead="What today's standards already train for, and what no duty of any of them covers.",
    build=build,
    listings=lambda look, code: (provision_item.listing(look, code),) if code else (listing(look),),
    charts=lambda look, code: () if code else curve_chart(look, code),
    item=provision_item.build,
    item_label=provision_item.label,
    method=METHOD,
)
