"""The job that makes a run: encode what is new, score every pair, keep the result.

Asking for it, and what people do with a run afterwards, lives in ``commands``.
"""

import uuid
from typing import Any

from sqlalchemy import func, select

from consensus.matching import similarity
from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from cycles.semantics.encoder import active_model
from cycles.semantics.vectors import encode_missing, vectors_for
from cycles.setup.models import Cycle
from reports.mapping.ground import Ground, Inputs, digest_of, pack
from reports.mapping.inputs import digests, gather
from reports.mapping.models import MappingRun
from reports.mapping.queries import JOB_KIND

MADE = EventType("mapping.made", "number", "threshold_percent", "digest")


@handles(JOB_KIND)
def make_run(run: JobRun) -> dict[str, Any]:
    """Compare the cycle's capabilities with the duties of its framework; keep a new run."""
    cycle = _cycle_of(run)
    framework_id, threshold = cycle.framework_id, cycle.threshold_percent
    inputs = gather(cycle)
    capabilities = [each.text for each in inputs.capabilities]
    duties = [each.text for each in inputs.duties]
    db.session.commit()
    encode_missing([*capabilities, *duties], run)
    run.progress(0, 1, f"Comparing {len(capabilities):,} capabilities, {len(duties):,} duties")
    ground = Ground(inputs, similarity(vectors_for(capabilities), vectors_for(duties)))
    db.session.commit()
    made = keep_run(
        cycle_id=cycle.id, framework_id=framework_id, threshold_percent=threshold, ground=ground
    )
    _record(made, run)
    return {"run": made.number}


def _cycle_of(run: JobRun) -> Cycle:
    cycle = db.session.get(Cycle, run.cycle_id)
    if cycle is None:
        raise Missing("There is no such cycle.")
    return cycle


def keep_run(
    *, cycle_id: uuid.UUID, framework_id: uuid.UUID | None, threshold_percent: int, ground: Ground
) -> MappingRun:
    """Keep a comparison under the cycle's next number. Older runs stay as they are."""
    model_name, model_digest = active_model()
    inputs, scores = pack(ground)
    last = select(func.max(MappingRun.number)).where(MappingRun.cycle_id == cycle_id)
    made = MappingRun(
        cycle_id=cycle_id,
        number=(db.session.scalar(last) or 0) + 1,
        framework_id=framework_id,
        model_name=model_name,
        model_digest=model_digest,
        threshold_percent=threshold_percent,
        inputs=inputs,
        scores=scores,
        counts={**_counts(ground.inputs), **digests(ground.inputs)},
        digest=digest_of(ground, model_digest),
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _counts(inputs: Inputs) -> dict[str, Any]:
    return {
        "capabilities": len(inputs.capabilities),
        "duties": len(inputs.duties),
        "standards": len(inputs.standards) + len(inputs.bare_standards),
        "standards_with_duties": len(inputs.standards),
    }


def _record(made: MappingRun, run: JobRun) -> None:
    MADE.record(
        actor=Actor(run.asked_by_id, ""),
        moment=made.created_at,
        cycle_id=made.cycle_id,
        subject_id=made.id,
        number=made.number,
        threshold_percent=made.threshold_percent,
        digest=made.digest,
    )
