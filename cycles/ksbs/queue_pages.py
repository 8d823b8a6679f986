"""What the page of the sitting shows around the review: filters, order, the end. From the desk."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from cycles.ksbs.desk import Desk
from cycles.ksbs.pages import Option, WayToQueue
from cycles.ksbs.queue import OPEN, SHOWN
from cycles.ksbs.review_pages import Latest, ReviewPage
from cycles.standards.models import KsbKind

ORDER_RULE = (
    "First come capabilities that no colleague has begun, then those that somebody has; each "
    "educator starts at another place, so that you share the work. Within a capability knowledge "
    "comes before skills and behaviours, and what is nearest to the capability first. One "
    "reviewer settles what nobody disputes; it can be looked at again under “a second opinion”."
)


@dataclass(frozen=True)
class QueuePage:
    """The sitting: one capability under review, or what to say where nothing is left."""

    cycle_id: uuid.UUID
    review: ReviewPage | None
    progress: str
    done: int
    total: int
    shows: tuple[Option, ...]
    profiles: tuple[Option, ...]
    kinds: tuple[Option, ...]
    filter_words: str
    clear_href: str
    empty: tuple[str, str]
    latest: Latest | None
    order_rule: str = ORDER_RULE


def queue_page(desk: Desk, review: ReviewPage | None, latest: Latest | None) -> QueuePage:
    """Return the page of the sitting; ``latest`` is for where no review is shown."""
    asked, done = desk.filters, desk.progress
    return QueuePage(
        cycle_id=desk.cycle_id,
        review=review,
        progress=progress_words(desk),
        done=done.done,
        total=done.total,
        shows=_options(SHOWN.items(), asked.show),
        profiles=_options(
            (("", "All profiles"), *((code, f"{code} {name}") for code, name in desk.profiles)),
            asked.profile,
        ),
        kinds=_options(
            (("", "All kinds"), *((kind.value, kind.value.capitalize()) for kind in KsbKind)),
            asked.kind,
        ),
        filter_words=_filter_words(desk),
        clear_href=url_for("ksbs.queue", cycle_id=desk.cycle_id),
        empty=_empty(desk),
        latest=latest,
    )


def way_to_queue(desk: Desk) -> WayToQueue:
    """Return the way into the reader's queue; of what is all reviewed, to look at it again."""
    done = desk.progress
    is_begun, is_over = done.done > 0, done.done >= done.total
    label = "Go on with the review" if is_begun else "Begin the review"
    return WayToQueue(
        label="Open the queue" if is_over else label,
        href=url_for("ksbs.queue", cycle_id=desk.cycle_id),
        progress=progress_words(desk),
        done=done.done,
        total=done.total,
    )


def progress_words(desk: Desk) -> str:
    """Return how far the reader has come."""
    return f"{desk.progress.done:,} of {desk.progress.total:,} reviewed by you"


def _options(pairs: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in pairs)


def _filter_words(desk: Desk) -> str:
    """Return what the filters ask for in words; nothing where none is set."""
    asked = desk.filters
    words = [SHOWN[asked.show]] if asked.show != OPEN else []
    words += [asked.kind.capitalize()] if asked.kind else []
    words += [asked.profile] if asked.profile else []
    return ", ".join(words)


def _empty(desk: Desk) -> tuple[str, str]:
    """Return what to say, in a title and a sentence, where nothing is open."""
    if desk.filters.is_set:
        return "Nothing fits these filters", "Clear them to see what else waits for you."
    if not desk.stops:
        return "No KSBs yet", "Ask for suggestions on the list of KSBs, or add some of your own."
    return (
        "Nothing is left to review",
        "You have reviewed every KSB that waited for you, or a colleague has settled it.",
    )
