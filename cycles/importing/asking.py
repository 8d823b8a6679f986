"""Imports asked for in the browser: the request, and the job that checks or imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.commands import JobRun, ask_for, handles
from cycles.core.jobs.models import Job
from cycles.importing.changes import packed
from cycles.importing.importers import Asked, Importer, Outcome, check_digest
from cycles.importing.outcomes import finding, refused_finding
from cycles.importing.reports import RefusedFile
from cycles.semantics.commands import ask_to_encode

LIST = "changes.jsonl.gz"
NOT_CHECKED = "Only a file that was checked without problems can be imported from here."


@dataclass(frozen=True)
class Upload:
    """A file as a browser sent it."""

    filename: str
    stream: BinaryIO


def ask(
    importer: Importer,
    *,
    uploads: Sequence[Upload],
    name: str,
    options: Mapping[str, Any],
    is_check: bool,
    actor: Actor,
    moment: datetime,
) -> Job:
    """Queue the check or the import of what was uploaded; ``Invalid`` where it cannot be taken."""
    job = ask_for(
        kind=importer.check_kind if is_check else importer.kind,
        actor=actor,
        moment=moment,
        asked_by=actor.name,
        name=name,
        options=dict(options),
        good_rows_only=False,
        digest="",
    )
    for number, upload in enumerate(uploads, 1):
        files.attach(
            job=job,
            stream=upload.stream,
            filename=upload.filename,
            endings=importer.endings,
            moment=moment,
            number=number,
        )
    if not is_check:
        _note(importer, job, actor, moment)
    return job


def ask_for_good_rows(importer: Importer, *, refused: Job, actor: Actor, moment: datetime) -> Job:
    """Queue the import of the good rows of a file that was refused, without sending it again."""
    return _ask_again(importer, refused, actor, moment, good_rows_only=True)


def ask_for_checked(importer: Importer, *, checked: Job, actor: Actor, moment: datetime) -> Job:
    """Queue the import of the very file that was checked, without sending it again."""
    if checked.kind != importer.check_kind or checked.finding["is_refused"]:
        raise Invalid(NOT_CHECKED)
    return _ask_again(importer, checked, actor, moment, good_rows_only=False)


def _ask_again(
    importer: Importer, before: Job, actor: Actor, moment: datetime, *, good_rows_only: bool
) -> Job:
    facts = {
        **before.facts,
        "asked_by": actor.name,
        "good_rows_only": good_rows_only,
        "digest": before.finding["digest"],
    }
    job = ask_for(kind=importer.kind, actor=actor, moment=moment, **facts)
    files.hand_over(from_job_id=before.id, to_job_id=job.id)
    _note(importer, job, actor, moment)
    return job


def _note(importer: Importer, job: Job, actor: Actor, moment: datetime) -> None:
    told = {importer.subject: job.facts["name"], "good_rows_only": job.facts["good_rows_only"]}
    importer.asked.record(actor=actor, moment=moment, subject_id=job.id, **told)


def offer(importer: Importer) -> None:
    """Let the worker run this importer's jobs."""
    handles(importer.kind)(partial(_run, importer, is_check=False))
    handles(importer.check_kind)(partial(_run, importer, is_check=True))


def _run(importer: Importer, run: JobRun, *, is_check: bool) -> dict[str, Any]:
    """Check or import the job's files; a refused file is a finding too: its rows are to be read."""
    facts = run.facts
    actor = Actor(run.asked_by_id, facts["asked_by"])
    with files.attached(run.job_id) as given:
        db.session.commit()
        digest = check_digest(given, facts["digest"])
        asked = Asked(
            files=given,
            options=facts["options"],
            actor=actor,
            moment=clock.now(),
            report=run.progress,
            good_rows_only=facts["good_rows_only"],
            is_check=is_check,
        )
        try:
            outcome = importer.carry_out(asked)
        except RefusedFile as refusal:
            db.session.rollback()
            name = facts["name"] or given[0].filename
            return refused_finding(name, refusal, digest=digest, is_check=is_check)
    _conclude(importer, run, outcome, asked)
    return finding(outcome, digest=digest, is_check=is_check)


def _conclude(importer: Importer, run: JobRun, outcome: Outcome, asked: Asked) -> None:
    if asked.is_check:
        db.session.commit()  # it only read; the list is written in a transaction of its own
    else:
        files.drop(run.job_id)
        scope = importer.scope(outcome)
        ask_to_encode(scope=scope, actor=asked.actor, moment=asked.moment)
    with packed(outcome.changes) as stream:
        files.keep_own(job_id=run.job_id, stream=stream, filename=LIST, moment=asked.moment)
