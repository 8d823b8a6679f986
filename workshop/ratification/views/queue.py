"""The panel's queue, and generating what is in it."""

import uuid

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile
from cycles.setup.queries import get_cycle
from workshop.ratification.asking import KIND, ask_for_profiles
from workshop.ratification.showing import queue_page
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import panel_of


@leads_to(KIND, "Generating profiles", "See the profiles")
def _profiles(job: Job) -> str | None:
    return url_for("profiles.index", cycle_id=job.cycle_id)


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


@ratification.post("/generate")
@opens_to(Door.CONVENER)
def generate(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask for prototype profiles, and go to watch them being made."""
    job = ask_for_profiles(cycle=get_cycle(cycle_id), actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))
