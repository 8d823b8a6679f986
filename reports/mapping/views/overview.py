"""The overview: tiles, the threshold and its curve, the runs; asking for a run and marking it."""

import uuid

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.setup import commands as setup
from cycles.setup.queries import get_cycle
from reports.mapping import commands
from reports.mapping.models import MappingRun
from reports.mapping.queries import JOB_KIND
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD
from reports.mapping.views import mapping
from reports.mapping.views.frame import frame_of
from reports.mapping.views.overview_page import overview_page
from reports.mapping.views.runs_page import runs_page


@mapping.get("/")
@opens_to(Door.REVIEWER)
def overview(cycle_id: uuid.UUID) -> Response:
    """Show the overview, or what to do before the first run."""
    return page("mapping/overview.html", page=overview_page(cycle_id))


@mapping.get("/runs/compare")
@opens_to(Door.REVIEWER)
def compare_runs(cycle_id: uuid.UUID) -> BaseResponse:
    """Show two runs side by side."""
    frame = frame_of(cycle_id)
    if frame is None:
        return see_other(url_for("mapping.overview", cycle_id=cycle_id))
    return page("mapping/runs.html", page=runs_page(frame, request.args))


@mapping.post("/runs")
@opens_to(Door.CONVENER)
def run(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask the worker for a run."""
    commands.run_mapping(cycle=get_cycle(cycle_id), actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("mapping.overview", cycle_id=cycle_id))


@mapping.post("/runs/<uuid:run_id>/reviewed")
@opens_to(Door.CONVENER)
def mark_reviewed(cycle_id: uuid.UUID, run_id: uuid.UUID) -> BaseResponse:
    """Mark the newest run as reviewed."""
    commands.review_run(
        cycle=get_cycle(cycle_id),
        run=load(MappingRun, cycle_id, run_id),
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    flash("The run is marked as reviewed.", "success")
    return see_other(url_for("mapping.overview", cycle_id=cycle_id))


@mapping.post("/threshold")
@opens_to(Door.CONVENER)
def set_threshold(cycle_id: uuid.UUID) -> BaseResponse:
    """Make a threshold the cycle's own: the one that pages and the report start from."""
    threshold = request.form.get("threshold", type=int)
    if threshold is None:
        raise Invalid(f"Enter a threshold from {LEAST_THRESHOLD} to {MOST_THRESHOLD}.")
    setup.set_threshold(
        cycle=get_cycle(cycle_id),
        threshold_percent=threshold,
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    flash(f"The threshold of this cycle is now {threshold} %.", "success")
    return see_other(url_for("mapping.overview", cycle_id=cycle_id))


@leads_to(JOB_KIND, "Comparing capabilities with provision", "See map and gap")
def _result(job: Job) -> str | None:
    return url_for("mapping.overview", cycle_id=job.cycle_id) if job.cycle_id else None
