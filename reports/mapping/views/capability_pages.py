"""The contexts of the pages that list capabilities or show one."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort

from cycles.core.errors import Missing
from cycles.core.paging import PageLink, paging
from cycles.standards.wording import level_words
from reports.mapping.filters import SHOWN, Filters, chosen, functions_in, read_filters
from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.views.cards import Card, card, sheet_of
from reports.mapping.views.frame import Download, Frame, frame_of
from reports.mapping.words import of, percent

PER_PAGE = 20
TOP_IN_LIST = 5
TOP_ON_PAGE = 20


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class CapabilitiesPage:
    """The list, narrowed by the filters."""

    frame: Frame
    filters: Filters
    shown: tuple[Choice, ...]
    functions: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    count_words: str
    cards: tuple[Card, ...]
    pages: tuple[PageLink, ...]
    previous_href: str | None
    next_href: str | None
    clear_href: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class CapabilityPage:
    """One capability."""

    frame: Frame
    card: Card


def capabilities_page(frame: Frame, args: Mapping[str, str]) -> CapabilitiesPage:
    """Return the list that the address asks for."""
    found = frame.findings
    filters = read_filters(args)
    left = chosen(found.capabilities, filters)
    number = page_number(args.get("page", ""), max(1, -(-len(left) // PER_PAGE)))
    sheet = sheet_of(frame)
    own = left[(number - 1) * PER_PAGE : number * PER_PAGE]

    def href(at: int) -> str:
        return frame.href("mapping.capabilities", **filters.query(), page=at)

    around = paging(total=len(left), per_page=PER_PAGE, current=number, href=href)
    return CapabilitiesPage(
        frame=frame,
        filters=filters,
        shown=shown_choices(filters.show),
        functions=function_choices(found.capabilities, filters.function),
        profiles=_profile_choices(frame, filters.profile),
        count_words=of(len(left), len(found.capabilities)),
        cards=tuple(card(sheet, each, TOP_IN_LIST) for each in own),
        pages=around.links,
        previous_href=around.previous_href,
        next_href=around.next_href,
        clear_href=frame.href("mapping.capabilities"),
        downloads=frame.downloads("capabilities"),
    )


def page_number(asked: str, last: int) -> int:
    """Return the page asked for, or the nearest that there is."""
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 7
    return min(max(int(asked), 1), last) if is_number else 1


def capability_page(frame: Frame, statement_id: uuid.UUID) -> CapabilityPage:
    """Return the page of one capability; 404 when the run did not compare it."""
    finding = _finding(frame, statement_id)
    return CapabilityPage(frame, card(sheet_of(frame), finding, TOP_ON_PAGE, is_open=True))


def judged_card(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> Card:
    """Return the card of a capability whose match was just judged."""
    frame = frame_of(cycle_id)
    if frame is None:
        raise Missing("There is no run of map and gap yet.")
    finding = _finding(frame, statement_id)
    return card(sheet_of(frame), finding, TOP_IN_LIST, is_open=True)


def shown_choices(current: str) -> tuple[Choice, ...]:
    """Return what of the list may be shown, as choices."""
    return tuple(Choice(value, SHOWN[value], value == current) for value in SHOWN)


def function_choices(capabilities: Sequence[CapabilityFinding], current: str) -> tuple[Choice, ...]:
    """Return the functions as choices, with "All functions" first."""
    names = functions_in(capabilities)
    return (
        Choice("", "All functions", not current),
        *(Choice(name, name, name == current) for name in names),
    )


def _profile_choices(frame: Frame, current: str) -> tuple[Choice, ...]:
    return (
        Choice("", "All profiles", not current),
        *(
            Choice(each.code, f"{each.code} {each.name}", each.code == current)
            for each in frame.findings.profiles
        ),
    )


def _finding(frame: Frame, statement_id: uuid.UUID) -> CapabilityFinding:
    found = frame.findings.capabilities
    chosen_one = next((each for each in found if each.statement_id == statement_id), None)
    return chosen_one or abort(404)


@dataclass(frozen=True)
class UnsupportedRow:
    """One capability that no duty matches, with the nearest there is."""

    code: str
    text: str
    href: str
    place: str
    profiles: str
    nearest: str
    nearest_standard: str
    score: str
    score_value: float
    is_by_verdict: bool


@dataclass(frozen=True)
class UnsupportedPage:
    """The unsupported capabilities, narrowed by the filters."""

    frame: Frame
    filters: Filters
    functions: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    summary: str
    count_words: str
    rows: tuple[UnsupportedRow, ...]
    clear_href: str
    downloads: tuple[Download, ...]


def unsupported_page(frame: Frame, args: Mapping[str, str]) -> UnsupportedPage:
    """Return the unsupported capabilities that the address asks for."""
    found = frame.findings
    filters = read_filters(args)
    left = chosen(found.unsupported, filters)
    totals = found.totals
    return UnsupportedPage(
        frame=frame,
        filters=filters,
        functions=function_choices(found.unsupported, filters.function),
        profiles=_profile_choices(frame, filters.profile),
        summary=f"{of(totals.unsupported, totals.capabilities)} capabilities "
        f"({percent(totals.unsupported_percent)}) match no duty of any standard compared.",
        count_words=of(len(left), totals.unsupported),
        rows=tuple(_unsupported_row(frame, each) for each in left),
        clear_href=frame.href("mapping.unsupported"),
        downloads=frame.downloads("unsupported"),
    )


def _unsupported_row(frame: Frame, each: CapabilityFinding) -> UnsupportedRow:
    best = each.best
    return UnsupportedRow(
        code=each.code,
        text=each.text,
        href=frame.href("mapping.capability", statement_id=each.statement_id),
        place=" › ".join(filter(None, (each.function, each.domain))),
        profiles=", ".join(each.profile_codes),
        nearest=best.duty_text if best else "None is left: the nearest were all rejected.",
        nearest_standard=_standard(best) if best else "",
        score=percent(best.score_percent) if best else "",
        score_value=max(best.score_percent, 0.0) if best else 0.0,
        is_by_verdict=each.is_suggested,
    )


def _standard(best: Match) -> str:
    words = f"{best.standard_title}, {level_words(best.standard_level)}"
    return f"{words}; a skill, not a duty" if best.is_skill else words
