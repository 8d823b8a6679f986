"""Section 3.1: how the findings were made and what the panel agreed on.

The other sections of part 3 live in the modules beside this one, one for each section.
"""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, FigureHere, Missing, Paragraph, Prose, Table
from reports.document.body.cells import columns, count, table, text
from reports.document.facts import Agreement, Document, LevelOutcomes
from reports.document.wording import counted, percent_words

ALL_LEVELS = "All role levels"


def methodology(document: Document) -> Iterator[Block]:
    """Yield section 3.1."""
    found = document.agreement
    yield Prose("methodology")
    if not found.judged:
        yield Missing("No item has been judged yet.")
        return
    yield Paragraph(_agreed(found))
    yield FigureHere("consensus")
    yield _by_level(found)
    yield Paragraph(_how_firm(found))


def _agreed(found: Agreement) -> str:
    """Say how many items were agreed on, and what became of the rest."""
    rest = f"{counted(found.without_agreement, 'item')} ended without"
    if found.stable_dissent:
        those = (
            "all of them"
            if found.stable_dissent == found.without_agreement
            else f"{found.stable_dissent:,} of them"
        )
        rest += f", {those} in stable dissent: people had made up their minds and stood apart"
    decided = (
        f" The convener settled {counted(found.decided, 'item')} with a reason."
        if found.decided
        else ""
    )
    return (
        f"An item is one capability at one role level. Of {counted(found.judged, 'judged item')}, "
        f"{found.agreed:,} ended in agreement; {rest}.{decided} Disagreement is a result like any "
        "other: section 4.10 prints each of these items with what was said for either side."
    )


def _by_level(found: Agreement) -> Table:
    names = [each.name for each in found.outcomes]
    width = 66 // max(1, len(names))
    heads = [(name, width, "n") for name in names]
    everywhere = LevelOutcomes(
        ALL_LEVELS, tuple(each.count for each in found.outcomes), found.judged
    )
    return table(
        "verdicts-by-level",
        "Verdicts on the items of each role level",
        columns(("Role level", 26), *heads, ("Items", 8, "n")),
        map(_outcomes, (*found.role_levels, everywhere)),
    )


def _outcomes(line: LevelOutcomes) -> tuple[Cell, ...]:
    return (text(line.role_level), *map(count, line.counts), count(line.total))


def _how_firm(found: Agreement) -> str:
    """Say how much would change if a single rater or the threshold were another."""
    fragile = (
        f"{counted(found.fragile, 'verdict hangs', 'verdicts hang')} on a single rater, whose "
        "answer left out would change it"
        if found.fragile
        else "No verdict hangs on a single rater"
    )
    luck = (
        f" A panel of the same size that answered at random would be expected to agree on "
        f"{found.expected_by_luck} items by chance."
        if found.expected_by_luck is not None
        else ""
    )
    shares = [
        f"{each.count:,} ({percent_words(each.percent)}) were agreed not to be needed"
        for each in found.outcomes
        if each.name == "Agreed: not needed" and each.count
    ]
    needless = f" Of all judged items, {shares[0]}." if shares else ""
    return f"{fragile}.{luck}{needless} Section 4.9 gives the rules, the rounds and the verdicts."
