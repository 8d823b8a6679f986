"""What the pages of verdicts are given: the table of a workshop, and one cell."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from flask import url_for

from consensus.scale import PROFICIENCY_WORDS
from cycles.setup.queries import rule_card_of
from workshop.rooms.disclosure import smallest_shown
from workshop.rooms.history import RoundResult, comments_on, rounds_of_item
from workshop.rooms.models import Item, Workshop
from workshop.rooms.movement import MovementTest, movement_tests
from workshop.rooms.next_actions import href_of
from workshop.rooms.results import FILTERS, SORTS, Result, count_by_filter, result_of, results_of
from workshop.rooms.round_figures import RoundFigures, round_figures
from workshop.rooms.telling import PairShown, PartShown, pairs_shown, shows_parts

ROWS = 60


@dataclass(frozen=True)
class Option:
    """One thing to filter or sort by."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class PageLink:
    """One page of a long table."""

    label: int
    href: str
    is_current: bool


@dataclass(frozen=True)
class ResultLine:
    """A verdict in the table. ``decide_href`` is None where there is nothing to decide."""

    code: str
    wording: str
    role_level: str
    area: str
    verdict: str
    detail: str
    marks: tuple[str, ...]
    closing: str
    counts: tuple[int, ...] | None
    rated: str
    agreement: str
    reason: str
    decide_href: str | None
    decide_label: str
    parts: tuple[PartShown, ...]
    divergence: str
    movement: str


@dataclass(frozen=True)
class ResultsPage:
    """The verdicts of a workshop."""

    title: str
    workshop_href: str
    lines: tuple[ResultLine, ...]
    total: int
    tiles: tuple[tuple[str, int, str], ...]
    filters: tuple[Option, ...]
    sorts: tuple[Option, ...]
    downloads: tuple[tuple[str, str], ...]
    decide_all_href: str | None
    smallest: int
    found: int
    pages: tuple[PageLink, ...]
    previous_href: str | None
    next_href: str | None
    figures: RoundFigures | None


@dataclass(frozen=True)
class CellPage:
    """One cell: how it went from round to round, and the form that decides it."""

    code: str
    wording: str
    role_level: str
    place: str
    verdict: str
    rounds: tuple[RoundResult, ...]
    comments: tuple[str, ...]
    results_href: str
    workshop_title: str
    median: str
    smallest: int
    parts: tuple[PartShown, ...]
    pairs: tuple[PairShown, ...]
    tests: tuple[MovementTest, ...]
    is_older_wording: bool


def results_page(
    workshop: Workshop, *, sort: str, only: str, number: int, may_convene: bool
) -> ResultsPage:
    """Return one page of the table of verdicts, sorted and filtered as the address says."""
    card = rule_card_of(workshop.cycle_id)
    minimum_n, with_parts = card.minimum_n, shows_parts(workshop, may_convene=may_convene)
    counted = count_by_filter(results_of(workshop.id, minimum_n))
    found = results_of(workshop.id, minimum_n, sort=sort, only=only, with_parts=with_parts)
    pages = _pages(workshop, len(found), number, sort=sort, only=only)
    here = next((one.label for one in pages if one.is_current), 1)
    return ResultsPage(
        title=workshop.title,
        workshop_href=href_of(workshop),
        lines=_lines(found[(here - 1) * ROWS : here * ROWS], workshop, may_convene=may_convene),
        total=counted["all"],
        tiles=_tiles(workshop, counted),
        filters=_filters(counted, only),
        sorts=tuple(Option(name, label, name == sort) for name, (label, _) in SORTS.items()),
        downloads=_downloads(workshop),
        decide_all_href=_decide_all_href(workshop, counted) if may_convene else None,
        smallest=smallest_shown(minimum_n),
        found=len(found),
        pages=pages,
        previous_href=pages[here - 2].href if here > 1 else None,
        next_href=pages[here].href if here < len(pages) else None,
        figures=round_figures(workshop, card.rule()),
    )


def _lines(
    found: Sequence[Result], workshop: Workshop, *, may_convene: bool
) -> tuple[ResultLine, ...]:
    return tuple(_line(one, workshop.cycle_id, may_convene=may_convene) for one in found)


def _decide_all_href(workshop: Workshop, counted: dict[str, int]) -> str | None:
    waiting = counted["unsettled"] or counted["provisional"]
    return href_of(workshop, "decide_all") if waiting else None


def _filters(counted: dict[str, int], only: str) -> tuple[Option, ...]:
    return tuple(
        Option(name, f"{label} ({counted[name]})", name == only)
        for name, (label, _) in FILTERS.items()
    )


def _downloads(workshop: Workshop) -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind.upper(), href_of(workshop, "download", kind=kind)) for kind in ("csv", "xlsx", "json")
    )


def _pages(
    workshop: Workshop, rows: int, number: int, *, sort: str, only: str
) -> tuple[PageLink, ...]:
    """Return the pages that so many rows fill; none when they fit on one."""
    last = ceil(rows / ROWS)
    here = min(max(number, 1), last)
    return tuple(
        PageLink(one, href_of(workshop, "results", sort=sort, only=only, page=one), one == here)
        for one in range(1, last + 1)
        if last > 1
    )


def _tiles(workshop: Workshop, counted: dict[str, int]) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (FILTERS[name][0], counted[name], href_of(workshop, "results", only=name))
        for name in ("level", "not-needed", "provisional", "unsettled", "open")
    )


def _line(one: Result, cycle_id: uuid.UUID, *, may_convene: bool) -> ResultLine:
    cell, asked = one.cell, one.asked
    decide = may_convene and one.may_be_decided
    return ResultLine(
        code=asked.code,
        wording=asked.wording,
        role_level=asked.role_level,
        area=asked.area,
        verdict=one.verdict,
        detail=_detail(one),
        marks=_marks(one),
        closing=f"{one.closing}, round {cell.round_number}",
        counts=one.shown.counts,
        rated=one.shown.sentence,
        agreement="" if one.agreement is None else f"{one.agreement:.2f}".replace("-", "−"),
        reason=cell.reason,
        decide_href=url_for("workshops.cell", cycle_id=cycle_id, item_id=cell.item_id)
        if decide
        else None,
        decide_label="Change" if cell.is_decided else "Decide",
        parts=one.parts,
        divergence=one.divergence,
        movement=one.movement,
    )


def _marks(one: Result) -> tuple[str, ...]:
    marks = (
        ("Fragile", one.cell.is_fragile),
        ("Two camps", one.cell.is_two_camps),
        ("Older wording", one.asked.is_older_wording),
    )
    return tuple(label for label, holds in marks if holds)


def _detail(one: Result) -> str:
    if one.cell.is_decided:
        return f"Voted: {one.voted}"
    if one.cell.is_provisional and one.cell.level is not None:
        return f"Provisional: {PROFICIENCY_WORDS[one.cell.level]}"
    if one.cell.is_finished and not one.cell.is_settled:
        return "Unsettled: needs a decision"
    return ""


def cell_page(item: Item, workshop: Workshop) -> CellPage | None:
    """Return one cell's page, or None before its first round has closed."""
    minimum_n = rule_card_of(item.cycle_id).minimum_n
    found = result_of(item, minimum_n)
    if found is None:
        return None
    median = found.cell.median
    return CellPage(
        code=found.asked.code,
        wording=found.asked.wording,
        role_level=found.asked.role_level,
        place=" · ".join(
            filter(None, (found.asked.function, found.asked.domain, found.asked.area))
        ),
        verdict=found.verdict,
        rounds=rounds_of_item(item, minimum_n),
        comments=comments_on(item, minimum_n),
        results_href=href_of(workshop, "results"),
        workshop_title=workshop.title,
        median="" if median is None else PROFICIENCY_WORDS[median],
        smallest=smallest_shown(minimum_n),
        parts=found.parts,
        pairs=pairs_shown(found.parts),
        tests=movement_tests(item, minimum_n),
        is_older_wording=found.asked.is_older_wording,
    )
