"""Organisational capabilities: all of them, by function, domain and area."""

from dataclasses import dataclass

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing, read_ask
from reports.explorer.look import Look
from reports.explorer.pages.capability_item import (
    capability_item,
    item_label,
    item_listings,
)
from reports.explorer.pages.capability_pairs import TodayAndFuture, today_and_future
from reports.explorer.pages.capability_place_tables import domains_listing, functions_listing
from reports.explorer.pages.capability_rows import (
    PAGE_NAME,
    SUPPORT_WORDS,
    UNSUPPORTED,
    CapabilityRow,
    capability_rows,
    list_href,
)
from reports.explorer.pages.capability_tree import DEPTH, TreeNode, tree
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view


@dataclass(frozen=True)
class CapabilitiesPage:
    """All capabilities: the classification as a tree, the table beside it, bars and totals.

    ``chosen`` names the place that the table is narrowed to. ``is_narrowed``: it is to anything.
    The tables of functions and domains are folded away until the address asks something of them.
    """

    tree: tuple[TreeNode, ...]
    whole_href: str
    total: int
    chosen: tuple[str, ...]
    is_narrowed: bool
    bars: TodayAndFuture | None
    table: TableView
    functions: TableView
    is_functions_open: bool
    domains: TableView
    is_domains_open: bool


def listing(_look: Look) -> Listing[CapabilityRow]:
    """Return the table of capabilities."""
    return Listing(
        name=PAGE_NAME,
        title="Capabilities",
        about="Every capability that was kept, with its place, who needs it and what supports it.",
        columns=(*_statement(), *_place(), *_needs(), *_provision()),
        rows=capability_rows,
        text=lambda row: " ".join((row.line.code, row.line.text, *row.place)),
        facets=_facets(),
        nothing="No capability statement is kept yet. Technologists submit them at a capture "
        "workshop; the convener keeps, merges or rejects them.",
    )


def _facets() -> tuple[Facet[CapabilityRow], ...]:
    return (
        Facet("partner", "Partner", lambda row: row.line.partners),
        Facet("level", "Needed at role level", lambda row: row.needed_at),
        Facet("support", "Today's provision", lambda row: row.support, SUPPORT_WORDS),
        Facet("function", "Function", lambda row: row.function, is_offered=False),
        Facet("domain", "Domain", lambda row: row.line.domain, is_offered=False),
        Facet("area", "Area", lambda row: row.line.area, is_offered=False),
    )


def _statement() -> tuple[Column[CapabilityRow], ...]:
    return (
        Column(
            "code",
            "Code",
            "The capability's code, the same everywhere in this cycle.",
            lambda row: row.line.code,
            Kind.CODE,
            show=lambda look, row: Shown(row.line.code, look.href(PAGE_NAME, row.line.code)),
        ),
        Column(
            "text",
            "Capability",
            "What an organisation can do, with its functional area.",
            lambda row: row.line.text,
            Kind.STATEMENT,
            show=lambda _look, row: Shown(row.line.text, note=row.line.area or row.function),
        ),
    )


def _place() -> tuple[Column[CapabilityRow], ...]:
    return (
        Column(
            "function",
            "Function",
            "One of the functions of the classification.",
            lambda row: row.function,
            is_shown=False,
        ),
        Column(
            "domain",
            "Domain",
            "Its part of the function.",
            lambda row: row.line.domain,
            is_shown=False,
        ),
        Column(
            "area",
            "Functional area",
            "Its part of the domain.",
            lambda row: row.line.area,
            is_shown=False,
        ),
    )


def _needs() -> tuple[Column[CapabilityRow], ...]:
    return (
        Column(
            "partners",
            "Partners",
            "The supply-chain partners that need it.",
            lambda row: row.line.partners,
            Kind.LIST,
            is_shown=False,
        ),
        Column(
            "role_levels",
            "Needed at role levels",
            "The role levels that need it, as far as they are settled.",
            lambda row: row.needed_at,
            Kind.LIST,
            is_shown=False,
        ),
        Column(
            "profiles",
            "Profiles",
            "How many profiles need it.",
            lambda row: len(row.profile_codes),
            Kind.NUMBER,
            show=lambda look, row: _counted(look, row, len(row.profile_codes), "profiles"),
        ),
        Column(
            "ksbs",
            "KSBs",
            "How many accepted knowledge, skill and behaviour statements it has.",
            lambda row: row.ksb_count,
            Kind.NUMBER,
            show=lambda look, row: _counted(look, row, row.ksb_count, "ksbs"),
        ),
    )


def _counted(look: Look, row: CapabilityRow, count: int, part: str) -> Shown:
    href = look.href(PAGE_NAME, row.line.code, _anchor=part) if count else ""
    return Shown(f"{count:,}", href)


def _provision() -> tuple[Column[CapabilityRow], ...]:
    return (
        Column(
            "best_percent",
            "Best match, %",
            "The score of the best duty of today's provision that nobody rejected, per cent.",
            lambda row: row.best_percent,
            Kind.PERCENT,
            show=_best,
        ),
        Column(
            "support",
            "Today's provision",
            "Supported where some duty matches at the threshold, or reviewers accepted one.",
            lambda row: SUPPORT_WORDS[row.support],
            is_shown=False,
        ),
    )


def _best(look: Look, row: CapabilityRow) -> Shown:
    if row.finding is None:
        return Shown("" if look.findings is None else SUPPORT_WORDS[row.support])
    is_without = row.support == UNSUPPORTED
    return Shown(
        "No duty" if row.best_percent is None else f"{row.best_percent:.1f}",
        look.href(PAGE_NAME, row.line.code, _anchor="matches"),
        note=SUPPORT_WORDS[UNSUPPORTED] if is_without else "",
        bar=row.best_percent or 0.0,
        bar_kind="attention" if is_without else "",
    )


def build(look: Look, _code: str) -> CapabilitiesPage:
    """Return the page of all capabilities."""
    rows, table = capability_rows(look), listing(look)
    return CapabilitiesPage(
        tree=tree(look, rows),
        whole_href=list_href(look),
        total=len(rows),
        chosen=tuple(filter(None, (look.args.get(level, "") for level in DEPTH))),
        is_narrowed=read_ask(table, look.args).is_narrowed,
        bars=today_and_future(look),
        table=table_view(table, look, PAGE_NAME),
        functions=table_view(functions_listing(look), look, PAGE_NAME),
        is_functions_open=_is_asked(look, "functions-"),
        domains=table_view(domains_listing(look), look, PAGE_NAME),
        is_domains_open=_is_asked(look, "domains-"),
    )


def _is_asked(look: Look, prefix: str) -> bool:
    return any(name.startswith(prefix) for name in look.args)


PAGE = PageKind(
    name=PAGE_NAME,
    label="Organisational capabilities",
    question=Question.WHAT,
    lead="What organisations will have to be able to do, and where today's provision serves it.",
    build=build,
    listings=lambda look, code: (
        item_listings(look, code)
        if code
        else (listing(look), functions_listing(look), domains_listing(look))
    ),
    item=capability_item,
    item_label=item_label,
    method=(
        "A capability is supported where at least one duty of the standards compared matches it: "
        "its score reaches the threshold, or reviewers accepted it. A human verdict outranks a "
        "score.",
        "Where the current state was not captured it is a proxy from the duties of the standards "
        "in use. Duties and capabilities are not the same thing: read shares, not counts.",
    ),
)
