"""What an import in the browser came to: the report's page, read from the job that ran it."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import abort

from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.models import Job, JobState
from cycles.importing.changes import Action, Change, unpacked
from cycles.importing.importers import CountLine, Importer, Outcome
from cycles.importing.reports import Problem, RefusedFile

MOST_KEPT = 5000
MOST_SHOWN = 50
# What may surprise comes first.
ORDER = (Action.CHANGED, Action.RETIRED, Action.ADDED)


@dataclass(frozen=True)
class ChangeGroup:
    """The first changes of one sort, as the page shows them."""

    action: str
    label: str
    shows_before: bool
    shows_after: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ImportReportPage:
    """The report of a check or an import: what it would do or did, or why nothing was."""

    section: str
    label: str
    job_id: uuid.UUID
    name: str
    is_check: bool
    is_refused: bool
    lines: tuple[CountLine, ...]
    notes: tuple[str, ...]
    before_label: str
    groups: tuple[ChangeGroup, ...]
    change_count: int
    shown_count: int
    has_list: bool
    problems: tuple[Problem, ...]
    problem_count: int
    may_import: bool
    may_import_good_rows: bool
    result_href: str


def refused_finding(
    name: str, refusal: RefusedFile, *, digest: str = "", is_check: bool = False
) -> dict[str, Any]:
    """Return the finding of a job that imported nothing because of problems in the file."""
    return {
        "name": name,
        "is_refused": True,
        "is_check": is_check,
        "digest": digest,
        "counts": {},
        "notes": [],
        "changes": [],
        "change_count": 0,
        **_problems_found(refusal.rows),
    }


def finding(outcome: Outcome, *, digest: str, is_check: bool) -> dict[str, Any]:
    """Return the finding of a job that checked or imported a file."""
    return {
        "name": outcome.name,
        "subject_id": str(outcome.subject_id),
        "is_refused": False,
        "is_check": is_check,
        "digest": digest,
        "counts": asdict(outcome.counts),
        "notes": list(outcome.notes),
        "changes": [list(change.cells) for change in outcome.changes.first],
        "change_count": outcome.changes.count,
        **_problems_found(outcome.problems),
    }


def _problems_found(problems: Sequence[Problem]) -> dict[str, Any]:
    return {
        "problem_count": len(problems),
        "problems": [asdict(problem) for problem in problems[:MOST_KEPT]],
    }


def import_job_or_404(importer: Importer, job_id: uuid.UUID) -> Job:
    """Return a finished check or import of this importer, or answer 404."""
    job = db.session.get(Job, job_id)
    kinds = (importer.kind, importer.check_kind)
    if job is None or job.kind not in kinds or job.state != JobState.DONE:
        abort(404)
    return job


def report_page(importer: Importer, job: Job, *, label: str, result_href: str) -> ImportReportPage:
    """Return the report of a finished check or import; ``result_href`` is where records are."""
    found = job.finding
    is_refused, is_check = found["is_refused"], found["is_check"]
    groups = tuple(_groups(found["changes"]))
    has_file = files.has_file(job.id)
    return ImportReportPage(
        section=importer.section,
        label=label,
        job_id=job.id,
        name=found["name"],
        is_check=is_check,
        is_refused=is_refused,
        lines=importer.lines(found["counts"]) if found["counts"] else (),
        notes=tuple(found["notes"]),
        before_label="Stands here now" if is_check else "Stood here before",
        groups=groups,
        change_count=found["change_count"],
        shown_count=sum(len(group.changes) for group in groups),
        has_list=files.has_file(job.id, own=True),
        problems=problems_of(job)[:MOST_SHOWN],
        problem_count=found["problem_count"],
        may_import=is_check and not is_refused and has_file,
        may_import_good_rows=is_refused and has_file,
        result_href="" if is_check or is_refused else result_href,
    )


def _groups(cells: Sequence[Sequence[str]]) -> Iterator[ChangeGroup]:
    changes = [Change(Action(action), *others) for action, *others in cells]
    for action in ORDER:
        some = tuple(change for change in changes if change.action == action)
        if some:
            yield ChangeGroup(
                action=action.value,
                label=action.value.capitalize(),
                shows_before=action != Action.ADDED,
                shows_after=action != Action.RETIRED,
                changes=some,
            )


def problems_of(job: Job) -> tuple[Problem, ...]:
    """Return the problems that the finding keeps: the first thousands of them."""
    return tuple(Problem(**each) for each in job.finding["problems"])


def changes_of(job: Job) -> list[tuple[str, ...]]:
    """Return the whole list of changes; ``Missing`` once it is no longer kept."""
    with files.own_file(job.id) as stream:
        return list(unpacked(stream))
