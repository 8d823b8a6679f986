"""Generating the prototypes that the panel's queue is made of."""

import uuid

from flask import url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import see_other
from cycles.setup.queries import get_cycle
from workshop.ratification.asking import KIND, ask_for_profiles
from workshop.ratification.views import ratification


@leads_to(KIND, "Generating profiles", "See the profiles")
def _profiles(job: Job) -> str | None:
    return url_for("profiles.index", cycle_id=job.cycle_id)


@ratification.post("/generate")
@opens_to(Door.CONVENER)
def generate(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask for prototype profiles, and go to watch them being made."""
    job = ask_for_profiles(cycle=get_cycle(cycle_id), actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))
