"""The context of the overview and of the progress fragment."""

import uuid
from dataclasses import dataclass

from flask import url_for

from cycles.core import clock
from cycles.core.jobs.models import Job, JobState
from cycles.core.jobs.progress import JobPage, job_page
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle
from reports.mapping.charts import CurveChart, curve_chart
from reports.mapping.findings import Findings
from reports.mapping.inputs import blockers
from reports.mapping.models import MappingRun
from reports.mapping.queries import latest_job, runs_of
from reports.mapping.views.frame import Download, Frame, frame_of, is_convener
from reports.mapping.words import moment_words, of, percent

TABLE_STEP = 5


@dataclass(frozen=True)
class Tile:
    """One figure, and where it leads."""

    label: str
    value: str
    href: str | None
    note: str


@dataclass(frozen=True)
class CurveRow:
    """One threshold of the curve's table."""

    threshold: str
    href: str
    unsupported: int
    share: str
    is_current: bool


@dataclass(frozen=True)
class RunRow:
    """One run of the cycle."""

    number: int
    href: str
    when: str
    compared: str
    model: str
    digest: str
    reviewed: str
    is_shown: bool


@dataclass(frozen=True)
class OverviewPage:
    """The overview. ``frame`` and what rests on it are None or empty before the first run."""

    frame: Frame | None
    job: JobPage | None
    is_running: bool
    may_run: bool
    may_review: bool
    may_set_threshold: bool
    blockers: tuple[str, ...]
    tiles: tuple[Tile, ...]
    facts: tuple[tuple[str, str], ...]
    chart: CurveChart | None
    chart_title: str
    curve: tuple[CurveRow, ...]
    curve_downloads: tuple[Download, ...]
    runs: tuple[RunRow, ...]
    run_href: str
    review_href: str
    set_threshold_href: str
    cycle_threshold_href: str


def overview_page(cycle_id: uuid.UUID) -> OverviewPage:
    """Return the overview as it stands."""
    frame = frame_of(cycle_id)
    cycle = get_cycle(cycle_id)
    found = frame.findings if frame else None
    may_change = is_convener() and not cycle.sealed_at and not cycle.archived_at
    job = latest_job(cycle_id)
    return OverviewPage(
        frame=frame,
        job=_job_page(job),
        is_running=job is not None and not job.is_over,
        may_run=may_change and (job is None or job.is_over),
        may_review=may_change and bool(frame and not (frame.older or frame.changed)),
        may_set_threshold=may_change and bool(found and _differs(found, cycle)),
        blockers=blockers(cycle),
        tiles=_tiles(frame) if frame else (),
        facts=_facts(found) if found else (),
        chart=_chart(found) if found else None,
        chart_title=_chart_title(found) if found else "",
        curve=_curve(frame) if frame else (),
        curve_downloads=frame.downloads("threshold-curve") if frame else (),
        runs=_runs(cycle_id, frame) if frame else (),
        run_href=url_for("mapping.run", cycle_id=cycle_id),
        review_href=_review_href(cycle_id, found) if found else "",
        set_threshold_href=url_for("mapping.set_threshold", cycle_id=cycle_id),
        cycle_threshold_href=_cycle_threshold_href(frame) if frame else "",
    )


def _job_page(job: Job | None) -> JobPage | None:
    is_worth_showing = job is not None and (not job.is_over or job.state == JobState.FAILED)
    return job_page(job, clock.now()) if job and is_worth_showing and is_convener() else None


def _review_href(cycle_id: uuid.UUID, found: Findings) -> str:
    return url_for("mapping.mark_reviewed", cycle_id=cycle_id, run_id=found.run.run_id)


def _cycle_threshold_href(frame: Frame) -> str:
    # None leaves the threshold out of the address.
    return frame.href("mapping.overview", threshold=None)


def _differs(found: Findings, cycle: Cycle) -> bool:
    return found.threshold_percent != cycle.threshold_percent


def _tiles(frame: Frame) -> tuple[Tile, ...]:
    totals = frame.findings.totals
    judged = totals.accepted_matches + totals.rejected_matches
    share = percent(totals.unsupported_percent)
    compared = f"{totals.duties:,} duties; {totals.standards_without_duties:,} left out: no duties"
    verdicts = f"{totals.accepted_matches:,} accepted, {totals.rejected_matches:,} rejected"
    listed, reviewed = (
        frame.href("mapping.capabilities"),
        frame.href("mapping.capabilities", show="reviewed"),
    )
    alone, fits = frame.href("mapping.unsupported"), frame.href("mapping.fit")
    return (
        Tile("Unsupported capabilities", f"{totals.unsupported:,}", alone, f"{share} of all"),
        Tile("Capabilities", f"{totals.capabilities:,}", listed, f"{totals.supported:,} supported"),
        Tile("Profiles", f"{totals.profiles:,}", fits, f"{totals.profiles_ratified:,} ratified"),
        Tile("Standards compared", f"{totals.standards_compared:,}", None, compared),
        Tile("Matches judged", f"{judged:,}", reviewed, verdicts),
    )


def _facts(found: Findings) -> tuple[tuple[str, str], ...]:
    run, totals = found.run, found.totals
    by_score = of(totals.suggested_unsupported, totals.capabilities)
    return (
        ("Run", f"{run.number}, made on {moment_words(run.created_at)}"),
        ("Frameworks", run.framework_words),
        ("Model", run.model_name),
        (
            "Threshold",
            f"{found.threshold_percent} % (the run was made at {run.threshold_percent} %)",
        ),
        ("Unsupported by the scores alone", by_score),
        ("Reviewed", _reviewed(found)),
        ("Fingerprint (SHA-256)", run.digest),
    )


def _reviewed(found: Findings) -> str:
    run = found.run
    if run.reviewed_at is None:
        return "Not yet"
    by = f" by {run.reviewed_by}" if run.reviewed_by else ""
    return f"On {moment_words(run.reviewed_at)}{by}"


def _chart(found: Findings) -> CurveChart:
    totals = found.totals
    return curve_chart(
        found.curve, found.threshold_percent, totals.unsupported, totals.capabilities
    )


def _chart_title(found: Findings) -> str:
    totals = found.totals
    return (
        f"At {found.threshold_percent} %, {of(totals.unsupported, totals.capabilities)} "
        "capabilities are unsupported"
    )


def _curve(frame: Frame) -> tuple[CurveRow, ...]:
    current = frame.findings.threshold_percent
    return tuple(
        CurveRow(
            threshold=f"{point.threshold_percent}\u00a0%",
            href=frame.href("mapping.overview", threshold=point.threshold_percent),
            unsupported=point.unsupported_count,
            share=percent(point.unsupported_percent),
            is_current=point.threshold_percent == current,
        )
        for point in frame.findings.curve
        if point.threshold_percent % TABLE_STEP == 0 or point.threshold_percent == current
    )


def _runs(cycle_id: uuid.UUID, frame: Frame) -> tuple[RunRow, ...]:
    return tuple(
        RunRow(
            number=run.number,
            href=url_for("mapping.overview", cycle_id=cycle_id, run=run.number),
            when=moment_words(run.created_at),
            compared=_compared(run),
            model=run.model_name,
            digest=run.digest[:12],
            reviewed=moment_words(run.reviewed_at) if run.reviewed_at else "Not reviewed",
            is_shown=run.id == frame.findings.run.run_id,
        )
        for run in runs_of(cycle_id)
    )


def _compared(run: MappingRun) -> str:
    return f"{run.counts['capabilities']:,} capabilities, {run.counts['duties']:,} duties"
