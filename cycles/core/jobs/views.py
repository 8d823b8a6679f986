"""The progress of long work: its page, the fragment that refreshes itself, and the way out."""

import uuid

from flask import Blueprint, Response, abort, make_response, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, find_place, opens_to
from cycles.core.extensions import db
from cycles.core.jobs import commands
from cycles.core.jobs.models import Job
from cycles.core.jobs.progress import job_page
from cycles.core.pages import page, see_other

OVER = 286  # pulse.js shows the fragment once more, then asks no further

jobs = Blueprint("jobs", __name__, url_prefix="/jobs")


def _job_or_404(job_id: uuid.UUID) -> Job:
    """Return the job if this person asked for it, convenes its cycle or administers; else 404."""
    job = db.session.get(Job, job_id)
    if job is None:
        abort(404)
    is_theirs = current_user.cycle_id is None and job.asked_by_id == current_user.account.id
    if current_user.is_administrator or is_theirs:
        return job
    # These addresses name no cycle, so no door has looked for the place.
    place = find_place(job.cycle_id) if job.cycle_id else None
    if place is None or not place.is_convener:
        abort(404)
    return job


@jobs.get("/<uuid:job_id>")
@opens_to(Door.SIGNED_IN)
def progress(job_id: uuid.UUID) -> Response:
    """Show how far a job has come."""
    return page("jobs/progress.html", page=job_page(_job_or_404(job_id), clock.now()))


@jobs.get("/<uuid:job_id>/state")
@opens_to(Door.SIGNED_IN)
def state(job_id: uuid.UUID) -> Response:
    """Answer the page's question whether anything has moved."""
    context = job_page(_job_or_404(job_id), clock.now())
    if not context.is_over and request.args.get("seen") == context.seen:
        return make_response("", 204)
    return page("jobs/_job.html", OVER if context.is_over else 200, page=context)


@jobs.post("/<uuid:job_id>/cancel")
@opens_to(Door.SIGNED_IN)
def cancel(job_id: uuid.UUID) -> BaseResponse:
    """Cancel a job that is not over."""
    job = _job_or_404(job_id)
    commands.cancel(job=job, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job_id))
