"""Organisational capabilities: all of them, by function, domain and area."""

from dataclasses import dataclass

from reports.explorer.listing import read_ask
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
    capability_rows,
)
from reports.explorer.pages.capability_table import capabilities_listing
from reports.explorer.pages.capability_tree import DEPTH, TreeNode, tree
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view


@dataclass(frozen=True)
class CapabilitiesPage:
    """All capabilities: the classification as a tree, the table beside it, bars and totals.

    ``chosen`` names the place that the table is narrowed to. ``is_narrowed``: it is to anything.
    The tables of functions and domains are folded away until the address asks something of them.
    """

    tree: TreeNode
    chosen: tuple[str, ...]
    is_narrowed: bool
    bars: TodayAndFuture | None
    table: TableView
    functions: TableView
    is_functions_open: bool
    domains: TableView
    is_domains_open: bool


def build(look: Look, _code: str) -> CapabilitiesPage:
    """Return the page of all capabilities."""
    rows, table = capability_rows(look), capabilities_listing(look)
    return CapabilitiesPage(
        tree=tree(look, rows),
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
        else (capabilities_listing(look), functions_listing(look), domains_listing(look))
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
