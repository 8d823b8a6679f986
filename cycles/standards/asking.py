"""Imports of standards asked for in the browser: the request, and the job that carries it out."""

import io
import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job
from cycles.importing.outcomes import finding, refused_finding
from cycles.importing.reports import RefusedFile
from cycles.semantics.commands import ask_to_encode
from cycles.standards.commands import FrameworkFacts, SourceFile, import_standards
from cycles.standards.importing.files import ENDINGS

KIND = "standards.import"
IMPORT_ASKED = EventType("standards.import_asked", "framework", "good_rows_only")


def ask_to_import(
    *,
    stream: BinaryIO,
    filename: str,
    framework: FrameworkFacts,
    with_unapproved: bool,
    is_part: bool,
    actor: Actor,
    moment: datetime,
) -> Job:
    """Queue the import of an uploaded file; raise ``Invalid`` when the file cannot be taken."""
    if not framework.name.strip():
        raise Invalid("Name the framework.", framework="Name the framework.")
    job = ask_for(
        kind=KIND,
        actor=actor,
        moment=moment,
        asked_by=actor.name,
        framework=asdict(framework),
        with_unapproved=with_unapproved,
        is_part=is_part,
        good_rows_only=False,
    )
    files.attach(job=job, stream=stream, filename=filename, endings=ENDINGS, moment=moment)
    _note(job, framework.name, actor, moment)
    return job


def ask_for_good_rows(*, refused: Job, actor: Actor, moment: datetime) -> Job:
    """Queue the import of the good rows of a file that was refused, without sending it again."""
    facts = {**refused.facts, "asked_by": actor.name, "good_rows_only": True}
    job = ask_for(kind=KIND, actor=actor, moment=moment, **facts)
    files.hand_over(from_job_id=refused.id, to_job_id=job.id)
    _note(job, facts["framework"]["name"], actor, moment)
    return job


def _note(job: Job, framework: str, actor: Actor, moment: datetime) -> None:
    IMPORT_ASKED.record(
        actor=actor,
        moment=moment,
        subject_id=job.id,
        framework=framework,
        good_rows_only=job.facts["good_rows_only"],
    )


@handles(KIND)
def run_import(run: JobRun) -> dict[str, Any]:
    """Import the job's file; a refused file is a finding too, because its rows are to be read."""
    given = files.attached(run.job_id)
    db.session.commit()
    framework = FrameworkFacts(**run.facts["framework"])
    actor = Actor(run.asked_by_id, run.facts["asked_by"])
    try:
        report = import_standards(
            SourceFile(given.filename, io.BytesIO(given.content)),
            framework=framework,
            actor=actor,
            moment=clock.now(),
            report=run.progress,
            good_rows_only=run.facts["good_rows_only"],
            with_unapproved=run.facts["with_unapproved"],
            is_part=run.facts["is_part"],
        )
    except RefusedFile as refusal:
        return refused_finding(framework.name, refusal)
    files.drop(run.job_id)
    _encode(report.framework_id, actor)
    found = finding(report.framework, report.counts, report.notes, report.problems)
    return {**found, "framework_id": str(report.framework_id)}


def _encode(framework_id: uuid.UUID, actor: Actor) -> None:
    ask_to_encode(scope=f"framework:{framework_id}", actor=actor, moment=clock.now())
