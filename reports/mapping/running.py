"""The job that makes a run: encode what is new, compare every pair that is, keep the result.

Asking for it, and what people do with a run afterwards, lives in ``commands``; what of an earlier
run still holds, in ``reusing``.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from consensus.matching import apply_adapter
from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from cycles.semantics.adapters import KeptAdapter, active_adapter
from cycles.semantics.encoder import active_model
from cycles.semantics.vectors import encode_missing
from cycles.setup.models import Cycle
from cycles.setup.provision import frameworks_of
from reports.mapping.changing import CHOSEN, MARKS, choice_of, digests, marks_of
from reports.mapping.generic import RULE, generic_flags, tagged_frameworks
from reports.mapping.ground import Ground, Inputs, Kept, Vectors
from reports.mapping.inputs import gather
from reports.mapping.models import MappingRun
from reports.mapping.packing import digest_of, pack
from reports.mapping.queries import JOB_KIND, ground_of, latest_run, live_profiles
from reports.mapping.reusing import Both, compare, members_of
from reports.mapping.sourcing import keep_adapter, vectors_of

MADE = EventType("mapping.made", "number", "threshold_percent", "digest")
# Each report of progress is a transaction; more often than this nobody sees it.
SECONDS_BETWEEN_REPORTS = 0.5


@dataclass(frozen=True, eq=False)
class Asked:
    """What a run is to compare, as it stood when the job began, and by what."""

    cycle_id: uuid.UUID
    threshold_percent: int
    inputs: Inputs
    profile_ids: tuple[uuid.UUID, ...]
    member_ids: tuple[tuple[uuid.UUID, ...], ...]
    adapter: KeptAdapter | None
    earlier: Ground | None
    facts: dict[str, Any]

    @property
    def adapter_digest(self) -> str:
        """Return the digest of the adapter in use; empty without one."""
        return self.adapter.digest if self.adapter else ""


@handles(JOB_KIND)
def make_run(run: JobRun) -> dict[str, Any]:
    """Compare the cycle's capabilities with the duties of its frameworks; keep a new run."""
    asked = _asked(run)
    inputs = asked.inputs
    capabilities = [each.text for each in inputs.capabilities]
    duties = [each.text for each in inputs.duties]
    db.session.commit()
    encode_missing([*capabilities, *duties], run)
    both = Both(_turned(capabilities, asked.adapter), _turned(duties, asked.adapter))
    db.session.commit()
    words = f"Comparing {len(capabilities):,} capabilities with {len(duties):,} duties"
    members = members_of(inputs, asked.member_ids)
    found, anew = compare(inputs, members, both, asked.earlier, _reports(run, words))
    is_generic = generic_flags(
        inputs,
        both.duties,
        asked.earlier,
        is_adapted=asked.adapter is not None,
        report=_reports(run, "Looking for duties that match a little of everything"),
    )
    kept = Kept(found, asked.profile_ids, members, is_generic)
    made = keep_run(asked, kept, compared_anew=anew)
    _record(made, run)
    return {"run": made.number}


def _asked(run: JobRun) -> Asked:
    cycle = db.session.get(Cycle, run.cycle_id)
    if cycle is None:
        raise Missing("There is no such cycle.")
    inputs, profiles = gather(cycle), live_profiles(cycle.id)
    adapter, chosen = active_adapter(), frameworks_of(cycle.id)
    return Asked(
        cycle_id=cycle.id,
        threshold_percent=cycle.threshold_percent,
        inputs=inputs,
        profile_ids=tuple(each.profile_id for each in profiles),
        member_ids=tuple(each.member_ids for each in profiles),
        adapter=adapter,
        earlier=_earlier(cycle.id, adapter.digest if adapter else ""),
        facts={CHOSEN: choice_of(chosen), MARKS: marks_of(chosen)},
    )


def _earlier(cycle_id: uuid.UUID, adapter_digest: str) -> Ground | None:
    """Return the newest run where it was made by the same model, adapter and rule.

    What it found of the same texts would be found again.
    """
    run = latest_run(cycle_id)
    if run is None:
        return None
    made_by = (run.model_digest, run.adapter_digest, run.counts.get("generic_rule"))
    return ground_of(run) if made_by == (active_model()[1], adapter_digest, RULE) else None


def _turned(texts: list[str], adapter: KeptAdapter | None) -> Vectors:
    vectors = vectors_of(texts, active_model()[1])
    return vectors if adapter is None else apply_adapter(vectors, adapter.matrix)


def _reports(run: JobRun, words: str) -> Callable[[int, int], None]:
    """Return what is called between blocks: it reports now and then, and stops a cancelled job."""
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done in (0, total) or now - last >= SECONDS_BETWEEN_REPORTS:
            last = now
            run.progress(done, total, words)

    return report


def keep_run(asked: Asked, kept: Kept, *, compared_anew: int) -> MappingRun:
    """Keep a comparison under the cycle's next number. Older runs stay as they are."""
    model_name, model_digest = active_model()
    if asked.adapter is not None:
        keep_adapter(asked.adapter)
    inputs, scores = pack(asked.inputs, kept)
    last = select(func.max(MappingRun.number)).where(MappingRun.cycle_id == asked.cycle_id)
    made = MappingRun(
        cycle_id=asked.cycle_id,
        number=(db.session.scalar(last) or 0) + 1,
        model_name=model_name,
        model_digest=model_digest,
        adapter_digest=asked.adapter_digest,
        threshold_percent=asked.threshold_percent,
        inputs=inputs,
        scores=scores,
        counts={**_counts(asked, kept), "compared_anew": compared_anew},
        digest=digest_of(asked.inputs, kept.survey, model_digest, asked.adapter_digest),
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def _counts(asked: Asked, kept: Kept) -> dict[str, Any]:
    inputs = asked.inputs
    return {
        **digests(inputs),
        **asked.facts,
        "capabilities": len(inputs.capabilities),
        "duties": len(inputs.duties),
        "standards": len(inputs.standards) + len(inputs.bare_standards),
        "standards_with_duties": len(inputs.standards),
        "pairs": len(kept.survey.pairs.row),
        "generic_duties": int(kept.is_generic.sum()),
        "generic_rule": RULE,
        "tagged": list(tagged_frameworks(inputs)),
        "frameworks": [
            {
                "name": each.name,
                "version": each.version,
                "snapshot_on": each.snapshot_on.isoformat(),
            }
            for each in inputs.frameworks
        ],
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
