"""The page of the queue of statements without an area: its context. No routes here."""

import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import url_for

from cycles.classification.models import Area
from cycles.classification.queries import areas
from cycles.core.jobs.commands import under_way
from cycles.core.paging import Paging, paging
from cycles.semantics.nearest import Method
from cycles.setup.queries import get_cycle
from cycles.statements import rules
from cycles.statements.models import AreaReview, AreaSuggestion, CapabilityStatement, Decision
from cycles.statements.pages import Option, line_of
from cycles.statements.placing import reviews_of, support_words, with_share
from cycles.statements.placing_filters import (
    DECIDED,
    LEFT,
    NONE,
    PER_PAGE,
    SHARES,
    STRONG,
    STRONG_PERCENT,
    WAITING,
    WEAK,
    QueueFilters,
    lets_through,
    strength,
)
from cycles.statements.queries import live_statements
from cycles.statements.suggesting import KIND, Suggested, suggestions_for, without_area
from cycles.statements.views.placing_contexts import (
    Last,
    Offer,
    QueueLine,
    QueuePage,
    Standing,
    SuggestionLine,
    Tab,
)

Lists = dict[str, list[CapabilityStatement]]


def queue_page(cycle_id: uuid.UUID, filters: QueueFilters, problem: str = "") -> QueuePage:
    """Return the queue as the reader asked for it."""
    live = live_statements(cycle_id)
    reviews = reviews_of(live)
    lists = _lists(live, reviews)
    suggested = suggestions_for([*lists[WAITING], *lists[LEFT]])
    shown = [each for each in lists[filters.show] if _is_shown(each, filters, suggested)]
    known = {area.id: area for area in areas()}
    why = rules.closed_because(get_cycle(cycle_id))
    start = PER_PAGE * (filters.page - 1)
    return QueuePage(
        cycle_id=cycle_id,
        filters=filters,
        back=urlencode(filters.query()),
        lines=tuple(
            _line(each, suggested.get(each.id, ()), reviews.get(each.id), known)
            for each in shown[start : start + PER_PAGE]
        ),
        paging=_paging(cycle_id, filters, len(shown)),
        offer=_offer(cycle_id, filters, lists, list(known.values())),
        standing=_standing(live, filters, lists, suggested),
        last=_last(live, reviews, known),
        problem=problem,
        may_change=not why,
        closed_because=why,
    )


def _paging(cycle_id: uuid.UUID, filters: QueueFilters, total: int) -> Paging:
    return paging(
        total=total,
        per_page=PER_PAGE,
        current=filters.page,
        href=lambda number: _href(cycle_id, filters, page=number),
    )


def _offer(
    cycle_id: uuid.UUID, filters: QueueFilters, lists: Lists, known: Sequence[Area]
) -> Offer:
    return Offer(
        tabs=_tabs(cycle_id, filters, lists),
        supports=_options(_supports(), filters.support),
        functions=_options(_functions(known), filters.function),
        shares=_options([(str(one), f"{one} % or more") for one in SHARES], str(filters.share)),
        areas=tuple(area_label(area) for area in known),
    )


def _standing(
    live: Sequence[CapabilityStatement], filters: QueueFilters, lists: Lists, suggested: Suggested
) -> Standing:
    job = under_way(kind=KIND, cycle_id=live[0].cycle_id) if live else None
    return Standing(
        placed=len(live) - len(without_area(live)),
        total=len(live),
        unsuggested=sum(each.id not in suggested for each in lists[WAITING]),
        bulk=len(with_share(lists[WAITING], suggested, filters.share)),
        is_by_words=any(rows[0].method == Method.WORDS for rows in suggested.values()),
        job_href=url_for("jobs.progress", job_id=job.id) if job else "",
    )


def area_label(area: Area) -> str:
    """Return an area as it is offered and understood where one is typed."""
    return f"{area.name} ({area.domain}, {area.function})"


def find_area(typed: str) -> Area | None:
    """Return the area that somebody typed: as it is offered, or its name where only one has it."""
    wanted = " ".join(typed.split()).casefold()
    known = areas()
    whole = [area for area in known if area_label(area).casefold() == wanted]
    named = [area for area in known if area.name.casefold() == wanted]
    return whole[0] if whole else named[0] if len(named) == 1 else None


def _lists(live: Sequence[CapabilityStatement], reviews: dict[uuid.UUID, AreaReview]) -> Lists:
    waiting = without_area(live)
    # Newest decision first: what was just done is what one wants to see or take back.
    by_id = {each.id: each for each in live}
    decided = [by_id[key] for key, row in reviews.items() if row.decision != Decision.LEFT]
    return {
        WAITING: [each for each in waiting if each.id not in reviews],
        LEFT: [each for each in waiting if each.id in reviews],
        DECIDED: decided,
    }


def _is_shown(statement: CapabilityStatement, filters: QueueFilters, suggested: Suggested) -> bool:
    return filters.show == DECIDED or lets_through(filters, suggested.get(statement.id, ()))


def _line(
    statement: CapabilityStatement,
    offered: Sequence[AreaSuggestion],
    review: AreaReview | None,
    known: dict[uuid.UUID, Area],
) -> QueueLine:
    return QueueLine(
        line=line_of(statement),
        suggestions=tuple(_suggestion(one) for one in offered),
        decision=_decision(review),
        suggested=_suggested(review, known),
        may_undo=review is not None,
    )


def _suggestion(one: AreaSuggestion) -> SuggestionLine:
    return SuggestionLine(
        position=one.position,
        name=one.area.name,
        place=f"{one.area.function} › {one.area.domain}",
        support=support_words(one.support, one.neighbours),
        alike=f"{round(100 * one.mean_score)} % alike on average",
        is_strong=strength([one]) == STRONG,
    )


def _decision(review: AreaReview | None) -> str:
    if review is None:
        return ""
    if review.decision == Decision.LEFT:
        return "Left without an area"
    return "Suggestion accepted" if review.decision == Decision.ACCEPTED else "Another area chosen"


def _suggested(review: AreaReview | None, known: dict[uuid.UUID, Area]) -> str:
    if review is None or review.suggested_id not in known:
        return ""
    area = known[review.suggested_id]
    return f"{area.name}, {support_words(review.support, review.neighbours)}"


def _last(
    live: Sequence[CapabilityStatement],
    reviews: dict[uuid.UUID, AreaReview],
    known: dict[uuid.UUID, Area],
) -> Last | None:
    newest = next(iter(reviews.values()), None)
    if newest is None:
        return None
    code = next(each.code for each in live if each.id == newest.statement_id)
    area = known.get(newest.area_id) if newest.area_id else None
    told = f"{code} stands in {area.name} now." if area else f"{code} was left without an area."
    return Last(told, newest.statement_id)


def _tabs(cycle_id: uuid.UUID, filters: QueueFilters, lists: Lists) -> tuple[Tab, ...]:
    names = {WAITING: "To decide", LEFT: "Left for later", DECIDED: "Decided here"}
    return tuple(
        Tab(
            label,
            len(lists[show]),
            _href(cycle_id, QueueFilters(share=filters.share), show=show),
            show == filters.show,
        )
        for show, label in names.items()
    )


def _supports() -> list[tuple[str, str]]:
    return [
        ("", "Any support"),
        (STRONG, f"{STRONG_PERCENT} % of the nearest or more"),
        (WEAK, f"Less than {STRONG_PERCENT} %"),
        (NONE, "No suggestion yet"),
    ]


def _functions(known: Sequence[Area]) -> list[tuple[str, str]]:
    names = dict.fromkeys(area.function for area in known)
    return [("", "Any function"), *((name, name) for name in names)]


def _options(pairs: Sequence[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in pairs)


def _href(cycle_id: uuid.UUID, filters: QueueFilters, **changes: object) -> str:
    return url_for("statements.areas", cycle_id=cycle_id, **filters.query(**changes))
