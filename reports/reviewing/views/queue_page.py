"""The context of the queue: progress, filters, the list, and how far reviewers agree."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from cycles.core.paging import PageLink, paging
from cycles.standards.wording import level_words
from reports.mapping.views.choices import Choice, page_number
from reports.mapping.views.frame import Download, Frame, home_href, is_convener
from reports.mapping.words import of, percent
from reports.reviewing.agreement import Agreement, agreement
from reports.reviewing.filters import OPEN, SHOWN, Filters, pair_of, shown
from reports.reviewing.order import Queued
from reports.reviewing.views.desk import Desk
from reports.reviewing.views.latest_panel import LatestPanel, latest_panel
from reports.reviewing.words import (
    LABELS,
    ORDER_RULE,
    VERDICTS,
    counts_words,
    machine_words,
    reason_sentences,
)

PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One match in the list."""

    number: int
    href: str
    code: str
    capability: str
    duty: str
    standard: str
    score: str
    label: str
    why: str
    own: str
    counts: str


@dataclass(frozen=True)
class Figure:
    """One figure of the summary of agreement."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Listing:
    """One page of the list. ``empty`` is what to say, as a title and a sentence, without rows."""

    count_words: str
    rows: tuple[Row, ...]
    pages: tuple[PageLink, ...]
    previous_href: str | None
    next_href: str | None
    empty: tuple[str, str]


@dataclass(frozen=True)
class Summary:
    """How far reviewers agree with each other and with the score; files are for conveners."""

    figures: tuple[Figure, ...]
    machine_words: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class Queue:
    """The queue after a run: what is to do, the list, and how far reviewers agree."""

    closed: str
    may_judge: bool
    done: int
    total: int
    progress: str
    begin_href: str | None
    begin_label: str
    latest: LatestPanel | None
    filters: Filters
    shown: tuple[Choice, ...]
    profiles: tuple[Choice, ...]
    clear_href: str
    listing: Listing
    summary: Summary


@dataclass(frozen=True)
class QueuePage:
    """The page. Before the first run there is neither a frame nor a queue."""

    frame: Frame | None
    home_href: str
    order_rule: str
    lead: str
    queue: Queue | None


def before_the_first_run(cycle_id: uuid.UUID) -> QueuePage:
    """Return the page of a cycle in which nothing was compared yet."""
    return QueuePage(frame=None, home_href=home_href(cycle_id), order_rule="", lead="", queue=None)


def queue_page(desk: Desk, args: Mapping[str, str]) -> QueuePage:
    """Return the part of the queue that the address asks for."""
    threshold = desk.frame.findings.threshold_percent
    return QueuePage(
        frame=desk.frame,
        home_href=desk.frame.newest_href,
        order_rule=ORDER_RULE,
        lead=f"The score decides at {threshold:g} %, unless people say otherwise. "
        "These are the matches where what they say matters most.",
        queue=_queue(desk, args),
    )


def _queue(desk: Desk, args: Mapping[str, str]) -> Queue:
    return Queue(
        closed=desk.closed,
        may_judge=desk.may_judge,
        done=desk.judged_count,
        total=len(desk.queue),
        progress=desk.progress,
        begin_href=_begin_href(desk),
        begin_label="Go on reviewing" if desk.judged_count else "Begin the review",
        latest=latest_panel(desk, is_open="after" in args),
        filters=desk.filters,
        shown=tuple(Choice(key, SHOWN[key], key == desk.filters.show) for key in SHOWN),
        profiles=_profiles(desk),
        clear_href=url_for("reviewing.queue", cycle_id=desk.frame.cycle_id),
        listing=_listing(desk, args.get("page", "")),
        summary=_summary(desk),
    )


def _listing(desk: Desk, asked: str) -> Listing:
    listed = shown(desk.queue, desk.filters, desk.own)
    last = max(1, -(-len(listed) // PER_PAGE))
    number = page_number(asked, last)
    first = (number - 1) * PER_PAGE
    places = {pair_of(each): place for place, each in enumerate(desk.queue, 1)}

    def href(at: int) -> str:
        return desk.href("reviewing.queue", page=at)

    around = paging(total=len(listed), per_page=PER_PAGE, current=number, href=href)
    return Listing(
        count_words=of(len(listed), len(desk.queue)),
        rows=tuple(
            _row(desk, each, places[pair_of(each)]) for each in listed[first : first + PER_PAGE]
        ),
        pages=around.links,
        previous_href=around.previous_href,
        next_href=around.next_href,
        empty=_empty(desk),
    )


def _summary(desk: Desk) -> Summary:
    found = agreement(desk.reading.judgements.values())
    downloads = _downloads(desk) if is_convener() else ()
    return Summary(_figures(found), machine_words(found), downloads)


def _begin_href(desk: Desk) -> str | None:
    """Return the first match that is open for the reader; None where nothing is to do."""
    if not desk.may_judge:
        return None
    first = next(iter(shown(desk.queue, Filters(OPEN), desk.own)), None)
    return desk.match_href(pair_of(first), show=None, _anchor="match") if first else None


def _profiles(desk: Desk) -> tuple[Choice, ...]:
    asked = desk.filters.profile
    return (
        Choice("", "All profiles", not asked),
        *(
            Choice(each.code, f"{each.code} {each.name}", each.code == asked)
            for each in desk.frame.findings.profiles
        ),
    )


def _row(desk: Desk, queued: Queued, number: int) -> Row:
    capability, match = queued.capability, queued.match
    own = desk.own.get(pair_of(queued))
    return Row(
        number=number,
        href=desk.match_href(pair_of(queued)),
        code=capability.code,
        capability=capability.text,
        duty=match.duty_text,
        standard=f"{match.standard_title}, {level_words(match.standard_level)}",
        score=percent(match.score_percent),
        label=LABELS[queued.reasons[0]],
        why=reason_sentences(queued)[0],
        own=VERDICTS[own.verdict] if own else "",
        counts=counts_words(match.judgement) if match.judgement else "",
    )


def _empty(desk: Desk) -> tuple[str, str]:
    """Return what to say, in a title and a sentence, where the list is empty."""
    if not desk.queue and not desk.filters.is_set:
        return (
            "Nothing needs a review",
            "Every capability is decided by several matches, none of them near the threshold.",
        )
    if desk.queue and not desk.filters.show:
        return (
            "Nothing is left to review",
            "You have judged every match in the queue. You can look at them again under “All”.",
        )
    return "Nothing fits these filters", "Choose fewer filters or other words."


def _figures(found: Agreement) -> tuple[Figure, ...]:
    agreed = "" if found.agreed_percent is None else f"{percent(found.agreed_percent)} of them"
    alike = "" if found.with_machine_percent is None else f"{percent(found.with_machine_percent)}"
    return (
        Figure("Matches reviewed", f"{found.reviewed:,}", f"{found.settled:,} settled"),
        Figure("By two or more", f"{found.by_several:,}", ""),
        Figure("Reviewers agree", f"{found.agreed:,}", agreed),
        Figure("Reviewers differ", f"{found.differing:,}", ""),
        Figure(
            "As the score suggests",
            of(found.with_machine, found.settled),
            alike,
        ),
    )


def _downloads(desk: Desk) -> tuple[Download, ...]:
    return tuple(
        Download(name, desk.href("reviewing.download", kind=name.lower()))
        for name in ("CSV", "XLSX", "JSON")
    )
