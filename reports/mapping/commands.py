"""What people do with map and gap as a whole: ask for a run, mark it as reviewed.

Verdicts on single matches live in ``reports.reviewing``.
"""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from reports.mapping.changing import changes_since
from reports.mapping.inputs import blockers
from reports.mapping.models import MappingRun
from reports.mapping.queries import JOB_KIND, latest_job, latest_run

ASKED = EventType("mapping.asked")
REVIEWED = EventType("mapping.reviewed", "number", "digest")


def run_mapping(*, cycle: Cycle, actor: Actor, moment: datetime) -> Job:
    """Ask the worker for a run. While one is under way, that one is meant."""
    open_cycle(cycle.id)
    under_way = latest_job(cycle.id)
    if under_way is not None and not under_way.is_over:
        return under_way
    missing = blockers(cycle)
    if missing:
        raise Invalid(" ".join(missing))
    job = ask_for(kind=JOB_KIND, actor=actor, moment=moment, cycle_id=cycle.id)
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=job.id)
    return job


def review_run(*, cycle: Cycle, run: MappingRun, actor: Actor, moment: datetime) -> None:
    """Mark the newest run as reviewed: the gate asks for it, and a report says who did."""
    open_cycle(cycle.id)
    newest = latest_run(cycle.id)
    if newest is None or newest.id != run.id:
        raise Conflict(f"Run {run.number} is not the newest. Review the newest run instead.")
    changes = changes_since(run)
    if changes:
        raise Conflict(
            f"Run {run.number} was made before a change to {' and '.join(changes)}. "
            "Run again, then review the new run."
        )
    if run.reviewed_at is not None:
        return
    run.reviewed_at, run.reviewed_by_id = moment, actor.account_id
    db.session.flush()
    REVIEWED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=run.id,
        number=run.number,
        digest=run.digest,
    )
