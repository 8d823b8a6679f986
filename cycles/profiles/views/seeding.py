"""Taking profiles and capabilities over from an earlier cycle: choose, see what comes, take it."""

import uuid
from urllib.parse import urlencode

from flask import Response, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.profiles.seeding import take_over, taken_from
from cycles.profiles.seeding_arrivals import arrivals
from cycles.profiles.seeding_pages import (
    ChoosingPage,
    CycleLine,
    CyclesPage,
    PreviewPage,
    coming_lines,
    coming_profile,
    counts_of,
    how_judged,
    level_choice,
    profile_line,
)
from cycles.profiles.seeding_sources import (
    BroughtProfile,
    earlier_cycle,
    earlier_cycles,
    kept_in,
    ratified_in,
    suggested_levels,
)
from cycles.profiles.views import profiles
from cycles.profiles.views.seeding_wish import Wish, read_wish
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle, role_levels_of
from cycles.stages.words import ORDER
from cycles.statements import rules
from cycles.statements.comparing import ask_to_compare

MANY = 3
FROM = "/seed/<uuid:source_id>"


@profiles.get("/seed")
@opens_to(Door.CONVENER)
def seed(cycle_id: uuid.UUID) -> Response:
    """Choose one of the cycles that this account convenes."""
    found = earlier_cycles(current_user.account_id, cycle_id)
    context = CyclesPage(
        cycle_id=cycle_id,
        lines=tuple(_cycle_line(cycle_id, each) for each in found),
        closed_because=rules.closed_because(get_cycle(cycle_id)),
    )
    return page("profiles/seed.html", page=context)


@profiles.get(FROM)
@opens_to(Door.CONVENER)
def seed_from(cycle_id: uuid.UUID, source_id: uuid.UUID) -> Response:
    """Choose what comes from an earlier cycle."""
    source = _source(cycle_id, source_id)
    return page("profiles/seed_cycle.html", page=_choosing(cycle_id, source))


@profiles.get(FROM + "/preview")
@opens_to(Door.CONVENER)
def seed_preview(cycle_id: uuid.UUID, source_id: uuid.UUID) -> Response:
    """Show what would come, and nothing more."""
    source = _source(cycle_id, source_id)
    wish = read_wish(request.args, cycle_id, source)
    if wish.problem:
        return page("profiles/seed_cycle.html", page=_choosing(cycle_id, source, wish.problem))
    return page("profiles/seed_preview.html", page=_preview(cycle_id, source, wish))


@profiles.post(FROM + "/preview")
@opens_to(Door.CONVENER)
def take_from_earlier(cycle_id: uuid.UUID, source_id: uuid.UUID) -> BaseResponse:
    """Take over what the preview showed."""
    source, who, when = _source(cycle_id, source_id), current_actor(), clock.now()
    wish = read_wish(request.form, cycle_id, source)
    try:
        if wish.problem:
            raise Invalid(wish.problem)
        taken = take_over(
            cycle=get_cycle(cycle_id), source=source, actor=who, moment=when, **wish.as_facts()
        )
    except Invalid as refusal:
        db.session.rollback()
        context = _choosing(cycle_id, source, str(refusal))
        return page("profiles/seed_cycle.html", 422, page=context)
    if taken.added:
        ask_to_compare(cycle_id=cycle_id, actor=who, moment=when)
    db.session.commit()
    flash(
        f"{len(taken.profiles)} profiles came as prototypes. {taken.added} capabilities were "
        f"added and wait to be kept; {taken.known or 'none'} "
        f"{'were' if taken.known > 1 else 'was'} here already.",
        "success",
    )
    return see_other(_next_page(cycle_id, has_profiles=bool(taken.profiles)))


def _source(cycle_id: uuid.UUID, source_id: uuid.UUID) -> Cycle:
    return earlier_cycle(current_user.account_id, cycle_id, source_id)


def _next_page(cycle_id: uuid.UUID, *, has_profiles: bool) -> str:
    if has_profiles:
        return url_for("profiles.index", cycle_id=cycle_id)
    return url_for("statements.index", cycle_id=cycle_id, status="submitted")


def _cycle_line(cycle_id: uuid.UUID, source: Cycle) -> CycleLine:
    state = "sealed" if source.sealed_at else f"stage {ORDER.index(source.stage) + 1} of 6"
    return CycleLine(
        title=source.title,
        about=f"Begun {source.created_at:%B %Y}, {state}",
        profiles=len(ratified_in(source)),
        capabilities=len(kept_in(source)),
        href=url_for("profiles.seed_from", cycle_id=cycle_id, source_id=source.id),
    )


def _choosing(cycle_id: uuid.UUID, source: Cycle, problem: str = "") -> ChoosingPage:
    offered, here = ratified_in(source), taken_from(cycle_id)
    theirs, ours = role_levels_of(source.id), role_levels_of(cycle_id)
    wish = read_wish(request.values, cycle_id, source)
    chosen = {**suggested_levels(theirs, ours), **wish.level_ids()}
    return ChoosingPage(
        cycle_id=cycle_id,
        source_id=source.id,
        source=source.title,
        is_demonstration=source.is_demonstration,
        all_href=_all_href(
            cycle_id, source, [each for each in offered if each not in wish.profiles]
        ),
        levels=tuple(level_choice(each, ours, chosen[each.id]) for each in theirs),
        profiles=tuple(
            profile_line(each, here.get(each.reference, ""), is_ticked=each in wish.profiles)
            for each in offered
        ),
        capabilities=len(kept_in(source)),
        wants_capabilities=wish.wants_capabilities,
        problem=problem,
        closed_because=rules.closed_because(get_cycle(cycle_id)),
    )


def _all_href(cycle_id: uuid.UUID, source: Cycle, left: list[BroughtProfile]) -> str:
    """Return where every profile is ticked, or an empty text where that says nothing new."""
    if len(left) < MANY:
        return ""
    ids = [str(each.id) for each in ratified_in(source)]
    return url_for("profiles.seed_from", cycle_id=cycle_id, source_id=source.id, profile=ids)


def _preview(cycle_id: uuid.UUID, source: Cycle, wish: Wish) -> PreviewPage:
    brought = [each.capability for profile in wish.profiles for each in profile.members]
    found = arrivals(cycle_id, [*brought, *wish.capabilities])
    lines = coming_lines(found, wish.profiles)
    asked = wish.fields()
    return PreviewPage(
        cycle_id=cycle_id,
        source_id=source.id,
        source=source.title,
        back_href=url_for("profiles.seed_from", cycle_id=cycle_id, source_id=source.id)
        + f"?{urlencode(asked)}",
        profiles=tuple(
            coming_profile(each, wish.levels[each.role_level.id]) for each in wish.profiles
        ),
        lines=lines,
        counts=counts_of(lines),
        how=how_judged(found),
        hidden=asked,
    )
