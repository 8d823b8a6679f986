"""Imports of the library asked for in the browser: the request, and the job that does it."""

import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from cycles.core import clock
from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job
from cycles.importing.outcomes import finding, refused_finding
from cycles.importing.reports import RefusedFile
from cycles.importing.sheets import ENDINGS
from cycles.library.commands import SourceFacts, import_library
from cycles.semantics.commands import ask_to_encode

KIND = "library.import"
IMPORT_ASKED = EventType("library.import_asked", "source", "good_rows_only")


def ask_to_import(
    *,
    stream: BinaryIO,
    filename: str,
    source: SourceFacts,
    occupations_like: Sequence[str],
    is_part: bool,
    actor: Actor,
    moment: datetime,
) -> Job:
    """Queue the import of an uploaded file; raise ``Invalid`` when the file cannot be taken."""
    job = ask_for(
        kind=KIND,
        actor=actor,
        moment=moment,
        asked_by=actor.name,
        source=asdict(source),
        occupations_like=list(occupations_like),
        is_part=is_part,
        good_rows_only=False,
    )
    files.attach(job=job, stream=stream, filename=filename, endings=ENDINGS, moment=moment)
    _note(job, actor, moment)
    return job


def ask_for_good_rows(*, refused: Job, actor: Actor, moment: datetime) -> Job:
    """Queue the import of the good rows of a file that was refused, without sending it again."""
    facts = {**refused.facts, "asked_by": actor.name, "good_rows_only": True}
    job = ask_for(kind=KIND, actor=actor, moment=moment, **facts)
    files.hand_over(from_job_id=refused.id, to_job_id=job.id)
    _note(job, actor, moment)
    return job


def _note(job: Job, actor: Actor, moment: datetime) -> None:
    IMPORT_ASKED.record(
        actor=actor,
        moment=moment,
        subject_id=job.id,
        source=job.facts["source"]["name"] or "",
        good_rows_only=job.facts["good_rows_only"],
    )


@handles(KIND)
def run_import(run: JobRun) -> dict[str, Any]:
    """Import the job's file; a refused file is a finding too, because its rows are to be read."""
    given = files.attached(run.job_id)
    db.session.commit()
    source = SourceFacts(**run.facts["source"])
    actor = Actor(run.asked_by_id, run.facts["asked_by"])
    try:
        report = import_library(
            io.BytesIO(given.content),
            given.filename,
            source=source,
            occupations_like=run.facts["occupations_like"],
            actor=actor,
            moment=clock.now(),
            report=run.progress,
            good_rows_only=run.facts["good_rows_only"],
            is_part=run.facts["is_part"],
        )
    except RefusedFile as refusal:
        return refused_finding(source.name or given.filename, refusal)
    files.drop(run.job_id)
    ask_to_encode(scope="library", actor=actor, moment=clock.now())
    return finding(report.source, report.counts, report.notes, report.problems)
