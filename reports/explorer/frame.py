"""What surrounds every page: which results these are, the ways around, and data and method."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cycles.core.clock import LONDON
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.registry import PageKind, Question, pages
from reports.results.results import Results


@dataclass(frozen=True)
class Link:
    """A link of the navigation, or of the choice of results."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """The pages that answer one question."""

    question: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Meaning:
    """What one column says."""

    heading: str
    sentence: str


@dataclass(frozen=True)
class Shelf:
    """What a reader may choose to look at, and what to say where it is not the newest.

    For conveners: ``freeze_href`` freezes these working results, ``publishing_href`` leads to who
    reads which snapshot. ``read_by`` says who reads the one looked at, to readers of a link too.
    """

    choices: tuple[Link, ...] = ()
    notice: str = ""
    notice_href: str = ""
    freeze_href: str = ""
    publishing_href: str = ""
    read_by: str = ""


@dataclass(frozen=True)
class ExplorerFrame:
    """The frame. ``source`` says which results these are, ``facts`` what they rest on.

    ``parent`` leads from the page of one thing to the list it stands in. ``threshold`` and
    ``own_threshold`` are in per cent; ``own_href`` goes back to the latter.
    """

    page: str
    title: str
    lead: str
    question: str
    parent: Link | None
    cycle_title: str
    source: str
    is_working: bool
    is_open: bool
    shelf: Shelf
    groups: tuple[Group, ...]
    facts: tuple[tuple[str, str], ...]
    method: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    threshold: int
    own_threshold: int
    own_href: str
    home_href: str
    search_href: str
    take_href: str


@dataclass(frozen=True)
class ExplorerPage:
    """A page of the explorer: its frame, and what the page itself shows."""

    frame: ExplorerFrame
    body: Any


def frame_of(look: Look, kind: PageKind, shelf: Shelf, code: str = "") -> ExplorerFrame:
    """Return the frame of a page, or of the page of one thing."""
    results = look.results
    return ExplorerFrame(
        page=kind.name,
        title=kind.item_label(look, code) if code and kind.item_label else kind.label,
        lead="" if code else kind.lead,
        question=kind.question.value,
        parent=Link(kind.label, look.href(kind.name), False) if code else None,
        cycle_title=results.document.subject.title,
        source=source_words(results),
        is_working=results.is_working,
        is_open=look.is_open,
        shelf=shelf,
        groups=_groups(look, kind),
        facts=facts_of(look),
        method=kind.method,
        meanings=_meanings(kind.listings(look, code)),
        threshold=look.threshold,
        own_threshold=look.own_threshold,
        own_href=look.href(kind.name, code, threshold=None),
        home_href=look.href("overview"),
        search_href=look.href("search") if "search" in pages() else "",
        take_href=look.href("take-away") if "take-away" in pages() else "",
    )


def source_words(results: Results) -> str:
    """Say which results these are and of when."""
    taken = results.document.taken_at.astimezone(LONDON)
    when = f"{taken.day} {taken:%B %Y, %H:%M %Z}"
    if results.is_working:
        return f"Working results, as the cycle stood on {when}"
    return f"Snapshot {results.number}, frozen on {when}"


def facts_of(look: Look) -> tuple[tuple[str, str], ...]:
    """Return what these numbers rest on: snapshot, run, model, threshold and rule, in words."""
    results, found = look.results, look.findings
    rule = results.document.agreement.rule
    facts: list[tuple[str, str]] = [("Results", source_words(results))]
    if results.digest:
        facts.append(("Snapshot's SHA-256", results.digest))
    facts.append(
        (
            "Rule of agreement",
            f"{rule.threshold_percent} % of at least {rule.minimum_n} raters"
            + (f", rule card {rule.digest[:12]}" if rule.digest else ", not fixed yet"),
        )
    )
    if found:
        facts += [
            ("Map and gap", f"Run {found.run.number}, against {found.run.framework_words}"),
            ("Run's SHA-256", found.run.digest),
            ("Model of meaning", found.run.model_name),
            ("Match threshold", f"{look.threshold} %, unless reviewers say otherwise"),
        ]
    return tuple(facts)


def _groups(look: Look, current: PageKind) -> tuple[Group, ...]:
    offered = [
        each
        for each in pages().values()
        if each.is_offered and (each.is_for_links or not look.is_open)
    ]
    return tuple(
        Group(
            question.value,
            tuple(
                Link(each.label, look.href(each.name), each.name == current.name)
                for each in offered
                if each.question == question
            ),
        )
        for question in Question
        if any(each.question == question for each in offered)
    )


def _meanings(listings: Sequence[Listing[Any]]) -> tuple[Meaning, ...]:
    columns = [column for listing in listings for column in listing.columns]
    return tuple(
        Meaning(*each)
        for each in dict.fromkeys((column.label, column.meaning) for column in columns)
    )
