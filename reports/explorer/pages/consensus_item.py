"""One capability's cells: what was said round by round, by whom, and what came of it."""

from dataclasses import dataclass
from typing import Any

from reports.explorer.columns import Column, Kind
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.consensus_levels import role_levels
from reports.explorer.pages.consensus_rows import (
    MARK_TAGS,
    NAME,
    STABLE_WORDS,
    CellRow,
    cell_rows,
)
from reports.explorer.pages.consensus_words import (
    count_columns,
    figure_words,
    luck_words,
    said_words,
)
from reports.explorer.table_view import TableView, table_view
from reports.results.records import CellLine, RoundCounts


@dataclass(frozen=True)
class SaidBar:
    """What somebody said, as a bar and in words. ``counts`` is empty where it is withheld."""

    label: str
    counts: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class CellCard:
    """One role level. ``figures`` are (name, value); ``verdict`` is empty where none is judged."""

    role_level: str
    verdict: str
    holds: str
    tags: tuple[tuple[str, str], ...]
    rounds: tuple[SaidBar, ...]
    parts: tuple[SaidBar, ...]
    figures: tuple[tuple[str, str], ...]
    minority: str
    reasons: tuple[str, ...]
    decision: str


@dataclass(frozen=True)
class ConsensusItem:
    """The cells of one capability by role level, and the same as tables."""

    code: str
    text: str
    place: str
    capability_href: str
    cards: tuple[CellCard, ...]
    tables: tuple[TableView, ...]


@dataclass(frozen=True)
class RoundRow:
    """A round of a cell."""

    role_level: str
    counts: RoundCounts


@dataclass(frozen=True)
class PartRow:
    """A part of the panel at a cell, in its last round."""

    role_level: str
    name: str
    counts: tuple[int, ...]


def item_label(look: Look, code: str) -> str:
    """Return the title of the page of one capability's cells."""
    found = look.results.capability.get(code)
    return f"{code}: {found.text}" if found else code


def consensus_item(look: Look, code: str) -> ConsensusItem | None:
    """Return how the panel came to a capability's levels, or None where there is none."""
    line = look.results.capability.get(code)
    if line is None:
        return None
    rows = {row.cell.role_level: row for row in cell_rows(look) if row.cell.code == code}
    return ConsensusItem(
        code=code,
        text=line.text,
        place=" › ".join(filter(None, (line.function, line.domain, line.area))),
        capability_href=look.href("capabilities", code),
        cards=tuple(_card(name, rows.get(name)) for name in role_levels(look)),
        tables=tuple(table_view(each, look, NAME, code) for each in item_listings(look, code)),
    )


def _card(name: str, row: CellRow | None) -> CellCard:
    if row is None:
        return CellCard(name, "", "", (), (), (), (), "", (), "")
    cell = row.cell
    return CellCard(
        role_level=name,
        verdict=cell.outcome,
        holds=cell.holds,
        tags=tuple(MARK_TAGS[each] for each in row.marks if each in MARK_TAGS),
        rounds=tuple(
            SaidBar(f"Round {each.number}: {each.outcome}", each.counts, said_words(each.counts))
            for each in cell.history
        ),
        parts=tuple(
            SaidBar(each.name, each.counts, said_words(each.counts)) for each in cell.groups
        ),
        figures=_figures(row),
        minority=cell.minority,
        reasons=cell.reasons,
        decision=cell.decision,
    )


def _figures(row: CellRow) -> tuple[tuple[str, str], ...]:
    cell = row.cell
    figures = (
        ("Asking ended", cell.closing),
        ("Stability", STABLE_WORDS[row.stable]),
        ("Medians", _medians(cell)),
        ("Agreement (van der Eijk's A)", figure_words(cell.agreement)),
        ("Consensus (Tastle and Wierman)", figure_words(cell.consensus)),
        ("Settled by luck", luck_words(cell.luck)),
        ("Abstained", "" if cell.abstained is None else f"{cell.abstained:,}"),
    )
    return tuple(each for each in figures if each[1])


def _medians(cell: CellLine) -> str:
    if cell.lower_median == cell.upper_median:
        return cell.lower_median
    return f"{cell.lower_median} to {cell.upper_median}"


def item_listings(_look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of one capability's cells: by round, and by part of the panel."""
    return rounds_listing(code), parts_listing(code)


def rounds_listing(code: str) -> Listing[RoundRow]:
    """Return what was said in each round."""
    return Listing(
        name="rounds",
        title="Round by round",
        about="What the panel said of the capability in each round, by role level.",
        columns=ROUND_COLUMNS,
        rows=lambda look: [
            RoundRow(cell.role_level, each)
            for cell in look.results.cells_of.get(code, ())
            for each in cell.history
        ],
        prefix="rounds-",
        nothing="No round has been judged yet.",
    )


def parts_listing(code: str) -> Listing[PartRow]:
    """Return what each part of the panel said in its last round."""
    return Listing(
        name="parts",
        title="By part of the panel",
        about="What each part of the panel said last, where enough of it rated to show that.",
        columns=PART_COLUMNS,
        rows=lambda look: [
            PartRow(cell.role_level, each.name, each.counts)
            for cell in look.results.cells_of.get(code, ())
            for each in cell.groups
        ],
        prefix="parts-",
        nothing="Nothing is shown by part of the panel.",
    )


ROUND_COLUMNS: tuple[Column[RoundRow], ...] = (
    Column("role_level", "Role level", "Who was asked about.", lambda row: row.role_level),
    Column("round", "Round", "The round's number.", lambda row: row.counts.number, Kind.NUMBER),
    Column(
        "n",
        "Rated",
        "How many rated it; empty where too few did to show.",
        lambda row: row.counts.n,
        Kind.NUMBER,
    ),
    Column(
        "said",
        "Said",
        "How many said not needed, awareness, practitioner and expert.",
        lambda row: said_words(row.counts.counts),
    ),
    *count_columns(lambda row: row.counts.counts),
    Column(
        "outcome", "Verdict", "What the round's ratings came to.", lambda row: row.counts.outcome
    ),
)

PART_COLUMNS: tuple[Column[PartRow], ...] = (
    Column("role_level", "Role level", "Who was asked about.", lambda row: row.role_level),
    Column("part", "Part of the panel", "A partner or group.", lambda row: row.name),
    Column(
        "said",
        "Said",
        "How many of it said not needed, awareness, practitioner and expert.",
        lambda row: said_words(row.counts),
    ),
    *count_columns(lambda row: row.counts),
)
