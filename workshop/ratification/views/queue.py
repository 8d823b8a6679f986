"""The panel's queue, the profile a person takes from it, and what others did to it meanwhile."""

import uuid

from flask import Response, make_response, request

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.extensions import htmx
from cycles.core.pages import page
from cycles.profiles.models import Profile
from cycles.setup.queries import get_cycle
from workshop.ratification.news import by_others, news_of
from workshop.ratification.queue import queue_page, read_filters
from workshop.ratification.showing import panel_page
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import ids_of, sight_of

OVER = 286  # the page shows this answer once more and stops asking


@ratification.get("/")
@opens_to(Door.PANEL_OR_CONVENER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the queue."""
    shown = queue_page(get_cycle(cycle_id), current_place(), read_filters(request.args))
    return page("ratification/index.html", page=shown)


@ratification.get("/<uuid:profile_id>")
@opens_to(Door.PANEL_OR_CONVENER)
def show(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show a profile as the panel works on it; for htmx its working part alone."""
    shown = panel_page(sight_of(load(Profile, cycle_id, profile_id)), focus="capabilities")
    return page(f"ratification/{'_working_profile' if htmx else 'show'}.html", page=shown)


@ratification.get("/<uuid:profile_id>/news")
@opens_to(Door.PANEL_OR_CONVENER)
def news(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Answer with what others did since the page was opened, or with nothing."""
    profile = load(Profile, cycle_id, profile_id)
    ids = ids_of(profile)
    told = by_others(profile.id, int(ids.since), current_place().account_id)
    found = news_of(profile, ids, told)
    if request.args.get("seen") == found.seen and not found.is_over:
        return make_response("", 204)
    return page("ratification/_news.html", OVER if found.is_over else 200, page=found)
