"""The list of capabilities with the counts of their KSBs, the run that suggests."""

import uuid
from collections.abc import Callable, Iterable

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, opens_to
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.ksbs.checks import why_closed
from cycles.ksbs.desk import desk_of
from cycles.ksbs.pages import (
    SHOWS,
    CapabilityLine,
    ListPage,
    Option,
    WayToQueue,
    capability_line,
)
from cycles.ksbs.queries import CapabilityCounts, capability_counts
from cycles.ksbs.queue import Filters
from cycles.ksbs.queue_pages import way_to_queue
from cycles.ksbs.suggesting import KIND, ask_for_ksbs
from cycles.ksbs.views import ksbs
from cycles.setup.queries import get_cycle

SHOW_WORDS = (
    "Every capability",
    "With KSBs that wait",
    "Where educators differ",
    "All settled",
    "Without a KSB",
)
SHOW_RULES: dict[str, Callable[[CapabilityCounts], bool]] = {
    "": lambda _one: True,
    "waiting": lambda one: one.suggested > one.differing,
    "differ": lambda one: one.differing > 0,
    "reviewed": lambda one: one.suggested == 0 and one.accepted + one.rejected > 0,
    "without": lambda one: one.suggested + one.accepted + one.rejected == 0,
}
SORTS: dict[str, Callable[[CapabilityLine], int | str]] = {
    "waiting": lambda line: line.waiting,
    "differing": lambda line: line.differing,
    "accepted": lambda line: line.accepted,
    "rejected": lambda line: line.rejected,
    "code": lambda line: line.code,
}


@leads_to(KIND, "Suggesting KSBs", "Review the KSBs")
def _suggested(job: Job) -> str | None:
    return url_for("ksbs.index", cycle_id=job.cycle_id)


@ksbs.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the capabilities with the counts of their KSBs."""
    return page("ksbs/index.html", page=_list_page(cycle_id))


@ksbs.post("/suggest")
@opens_to(Door.EDUCATOR)
def suggest(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask for suggestions, and go to watch them being found."""
    job = ask_for_ksbs(cycle=get_cycle(cycle_id), actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


def _list_page(cycle_id: uuid.UUID) -> ListPage:
    everything = capability_counts(cycle_id)
    query = request.args.get("q", "").strip()[:200]
    show, sort = request.args.get("show", ""), request.args.get("sort", "")
    show = show if show in SHOWS else ""
    sort = sort if sort.removeprefix("-") in SORTS else ""
    why = why_closed(get_cycle(cycle_id))
    may_review = current_place().group in ("educator", "convener")
    return ListPage(
        cycle_id=cycle_id,
        lines=_sorted(_chosen(everything, query, show), sort),
        tiles=_tiles(cycle_id, everything),
        total=len(everything),
        query=query,
        show=show,
        shows=_shows(show),
        sort=sort,
        sort_hrefs={key: _sort_href(cycle_id, key, sort, query, show) for key in SORTS},
        has_any=any(SHOW_RULES["without"](one) is False for one in everything),
        may_ask=may_review and why is None and bool(everything),
        may_review=may_review,
        queue=_way_to_queue(cycle_id) if may_review and why is None else None,
        closed_because=why,
        downloads=_downloads(cycle_id),
    )


def _shows(show: str) -> tuple[Option, ...]:
    pairs = zip(SHOWS, SHOW_WORDS, strict=True)
    return tuple(Option(value, words, value == show) for value, words in pairs)


def _way_to_queue(cycle_id: uuid.UUID) -> WayToQueue | None:
    """Return how far the reader's own queue has come, or None where it is empty."""
    desk = desk_of(cycle_id, current_place().participant_id, Filters())
    if not desk.progress.total:
        return None
    return way_to_queue(desk)


def _sorted(found: list[CapabilityCounts], sort: str) -> tuple[CapabilityLine, ...]:
    lines = [capability_line(one) for one in found]
    if not sort:
        return tuple(lines)
    return tuple(sorted(lines, key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-")))


def _sort_href(cycle_id: uuid.UUID, key: str, current: str, query: str, show: str) -> str:
    """Return where a column is sorted by: numbers begin with the most."""
    if key == "code":
        sort = "-code" if current == "code" else "code"
    else:
        sort = key if current == f"-{key}" else f"-{key}"
    return url_for("ksbs.index", cycle_id=cycle_id, sort=sort, q=query or None, show=show or None)


def _chosen(
    everything: Iterable[CapabilityCounts], query: str, show: str
) -> list[CapabilityCounts]:
    words = query.casefold().split()
    return [
        one
        for one in everything
        if SHOW_RULES[show](one)
        and all(word in f"{one.statement.code} {one.statement.text}".casefold() for word in words)
    ]


def _tiles(
    cycle_id: uuid.UUID, everything: list[CapabilityCounts]
) -> tuple[tuple[str, int, str | None], ...]:
    def address(show: str) -> str:
        return url_for("ksbs.index", cycle_id=cycle_id, show=show)

    without = sum(SHOW_RULES["without"](one) for one in everything)
    return (
        (
            "KSBs waiting",
            sum(one.suggested - one.differing for one in everything),
            address("waiting"),
        ),
        ("Educators differ", sum(one.differing for one in everything), address("differ")),
        ("Accepted", sum(one.accepted for one in everything), None),
        ("Rejected", sum(one.rejected for one in everything), None),
        ("Capabilities without a KSB", without, address("without")),
    )


def _downloads(cycle_id: uuid.UUID) -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind.upper(), url_for("ksbs.download", cycle_id=cycle_id, kind=kind))
        for kind in ("csv", "xlsx")
    )
