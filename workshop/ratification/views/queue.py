"""The panel's queue, and the profile a person takes from it."""

import uuid

from flask import Response

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.pages import page
from cycles.profiles.models import Profile
from cycles.setup.queries import get_cycle
from workshop.ratification.showing import queue_page
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import panel_of


@ratification.get("/")
@opens_to(Door.PANEL_OR_CONVENER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the queue."""
    return page("ratification/index.html", page=queue_page(get_cycle(cycle_id), current_place()))


@ratification.get("/<uuid:profile_id>")
@opens_to(Door.PANEL_OR_CONVENER)
def show(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show a profile as the panel works on it."""
    return page("ratification/show.html", page=panel_of(load(Profile, cycle_id, profile_id)))
