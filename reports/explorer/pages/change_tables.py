"""The tables of counts on both sides: all of them, and the unsupported by function. No queries."""

from collections.abc import Callable

from reports.explorer.changes.comparing import Compared
from reports.explorer.changes.counts import Bar, CountLine, Number
from reports.explorer.columns import Column, Kind, Shown, words_of
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.change_words import now_words, signed, then_words
from reports.explorer.registry import pages


def counts_listing(found: Compared) -> Listing[CountLine]:
    """Return the table of counts side by side."""
    return Listing(
        name="counts",
        title="Counts side by side",
        about="The counts of both, and by how much they differ.",
        prefix="counts-",
        columns=(
            Column("figure", "Figure", "What is counted.", lambda row: row.label),
            _count_column("then", then_words(found), found, lambda row: row.then),
            _count_column("now", now_words(found), found, lambda row: row.now),
            Column(
                "difference",
                "Difference",
                "How many more there are in what is looked at; below nought: fewer.",
                lambda row: row.difference,
                Kind.NUMBER,
                show=lambda _look, row: Shown(signed(row.difference)),
            ),
        ),
        rows=lambda _look: found.changes.counts,
        group=lambda row: row.section,
    )


def _count_column(
    key: str, heading: str, found: Compared, read: Callable[[CountLine], Number]
) -> Column[CountLine]:
    def show(look: Look, row: CountLine) -> Shown:
        side = look if key == "now" else found.sides.then
        value = read(row)
        name, _, code = row.page.partition("/")
        href = side.href(name, code, **(row.args or {})) if name in pages() and value else ""
        return Shown("not known" if value is None else words_of(value, Kind.NUMBER), href)

    return Column(key, heading, f"The count in {heading.lower()}.", read, Kind.NUMBER, show=show)


def functions_listing(found: Compared) -> Listing[Bar]:
    """Return the unsupported capabilities by function on both sides, as the chart shows them."""
    bars = found.changes.unsupported.bars if found.changes.unsupported else ()
    return Listing(
        name="functions",
        title="Unsupported capabilities by function",
        about="How many capabilities nothing supports at the threshold, on both sides.",
        prefix="functions-",
        columns=(
            Column("function", "Function", "One of the classification.", lambda row: row.function),
            _bar_column("then", then_words(found), lambda row: row.then),
            _bar_column("now", now_words(found), lambda row: row.now),
            Column(
                "difference",
                "Difference",
                "How many more are unsupported; below nought: fewer.",
                lambda row: row.now - row.then,
                Kind.NUMBER,
                show=lambda _look, row: Shown(signed(row.now - row.then)),
            ),
        ),
        rows=lambda _look: bars,
        nothing="No capability is unsupported on either side.",
    )


def _bar_column(key: str, heading: str, read: Callable[[Bar], int]) -> Column[Bar]:
    return Column(key, heading, f"Unsupported in {heading.lower()}.", read, Kind.NUMBER)
