"""What an import in the browser came to: the report's page, read from the job that ran it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, abort

from cycles.core.downloads import csv_answer
from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.models import Job, JobState
from cycles.importing.reports import Problem, RefusedFile

MOST_KEPT = 5000
MOST_SHOWN = 50


@dataclass(frozen=True)
class CountLine:
    """What became of one kind of record."""

    label: str
    in_file: int
    added: int
    changed: int
    unchanged: int
    retired: int


@dataclass(frozen=True)
class ImportReportPage:
    """The report of an import: what it did, or why nothing was imported."""

    job_id: uuid.UUID
    name: str
    is_refused: bool
    lines: tuple[CountLine, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    has_more_problems: bool
    may_import_good_rows: bool
    result_href: str


def refused_finding(name: str, refusal: RefusedFile) -> dict[str, Any]:
    """Return the finding of a job that imported nothing because of problems in the file."""
    return {
        "name": name,
        "is_refused": True,
        "counts": {},
        "notes": [],
        "problem_count": len(refusal.rows),
        "problems": [asdict(problem) for problem in refusal.rows[:MOST_KEPT]],
    }


def finding(
    name: str, counts: object, notes: Sequence[str], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return the finding of a job that imported a file; ``counts`` is a dataclass of numbers."""
    return {
        "name": name,
        "is_refused": False,
        "counts": asdict(counts),  # type: ignore[call-overload]  # any dataclass of numbers
        "notes": list(notes),
        "problem_count": len(problems),
        "problems": [asdict(problem) for problem in problems[:MOST_KEPT]],
    }


def import_job_or_404(job_id: uuid.UUID, kind: str) -> Job:
    """Return a finished import of this kind, or answer 404."""
    job = db.session.get(Job, job_id)
    if job is None or job.kind != kind or job.state != JobState.DONE:
        abort(404)
    return job


def report_page(
    job: Job, keys: Mapping[str, tuple[str, str, str, str]], *, result_href: str
) -> ImportReportPage:
    """Return the report of a finished import.

    ``keys`` names, for each kind of record, its counts in the file, added, changed and retired.
    """
    found = job.finding
    problems = _problems(job)
    counts = found["counts"]
    every = [_line(label, *(counts[key] for key in some)) for label, some in keys.items() if counts]
    return ImportReportPage(
        job_id=job.id,
        name=found["name"],
        is_refused=found["is_refused"],
        lines=tuple(line for line in every if line.in_file or line.retired),
        notes=tuple(found["notes"]),
        problems=problems[:MOST_SHOWN],
        problem_count=found["problem_count"],
        has_more_problems=found["problem_count"] > MOST_SHOWN,
        may_import_good_rows=found["is_refused"] and files.has_file(job.id),
        result_href=result_href,
    )


def _line(label: str, in_file: int, added: int, changed: int, retired: int) -> CountLine:
    return CountLine(label, in_file, added, changed, in_file - added - changed, retired)


def problems_answer(job: Job) -> Response:
    """Return the problems of a finished import as a CSV file."""
    rows = [(problem.where, problem.sentence) for problem in _problems(job)]
    return csv_answer("import-problems.csv", ("where", "problem"), rows)


def _problems(job: Job) -> tuple[Problem, ...]:
    return tuple(Problem(each["where"], each["sentence"]) for each in job.finding["problems"])
