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
from reports.mapping.findings import Findings, Totals
from reports.mapping.inputs import blockers
from reports.mapping.models import MappingRun
from reports.mapping.queries import latest_job, runs_of
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD
from reports.mapping.views.frame import Download, Frame, frame_of, is_convener
from reports.mapping.views.run_lines import Fact, attributions, frameworks_line, run_lines
from reports.mapping.views.runs_page import compare_href
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
    matches: str
    expected_false: str
    is_current: bool


@dataclass(frozen=True)
class RunRow:
    """One run of the cycle."""

    number: int
    href: str
    when: str
    compared: str
    frameworks: str
    model: str
    digest: str
    reviewed: str
    compare_href: str
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
    facts: tuple[Fact, ...]
    attributions: tuple[str, ...]
    chart: CurveChart | None
    chart_title: str
    curve: tuple[CurveRow, ...]
    curve_downloads: tuple[Download, ...]
    runs: tuple[RunRow, ...]
    run_href: str
    review_href: str
    set_threshold_href: str
    least_threshold: int = LEAST_THRESHOLD
    most_threshold: int = MOST_THRESHOLD

    @property
    def cycle_threshold_href(self) -> str:
        """Return the address of the overview at the cycle's own threshold."""
        # None leaves the threshold out of the address.
        return self.frame.href("mapping.overview", threshold=None) if self.frame else ""

    @property
    def has_chances(self) -> bool:
        """Say whether a score stands for a chance, so that false matches can be expected."""
        return self.frame is not None and self.frame.findings.totals.expected_false is not None


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
        facts=run_lines(found) if found else (),
        attributions=attributions(found.run) if found else (),
        chart=_chart(found) if found else None,
        chart_title=_chart_title(found) if found else "",
        curve=_curve(frame) if frame else (),
        curve_downloads=frame.downloads("threshold-curve") if frame else (),
        runs=_runs(cycle_id, frame) if frame else (),
        run_href=url_for("mapping.run", cycle_id=cycle_id),
        review_href=_review_href(cycle_id, found) if found else "",
        set_threshold_href=url_for("mapping.set_threshold", cycle_id=cycle_id),
    )


def _job_page(job: Job | None) -> JobPage | None:
    is_worth_showing = job is not None and (not job.is_over or job.state == JobState.FAILED)
    return job_page(job, clock.now()) if job and is_worth_showing and is_convener() else None


def _review_href(cycle_id: uuid.UUID, found: Findings) -> str:
    return url_for("mapping.mark_reviewed", cycle_id=cycle_id, run_id=found.run.run_id)


def _differs(found: Findings, cycle: Cycle) -> bool:
    return found.threshold_percent != cycle.threshold_percent


def _tiles(frame: Frame) -> tuple[Tile, ...]:
    totals, href = frame.findings.totals, frame.finding_href
    judged = totals.accepted_matches + totals.rejected_matches
    supported = _supported_note(totals)
    return (
        Tile(
            "Unsupported capabilities",
            f"{totals.unsupported:,}",
            href("provision", show="unsupported"),
            f"{percent(totals.unsupported_percent)} of all",
        ),
        Tile("Capabilities", f"{totals.capabilities:,}", href("provision"), supported),
        Tile("Profiles", f"{totals.profiles:,}", href("fit"), _ratified_note(totals)),
        Tile("Standards compared", f"{totals.standards_compared:,}", None, _compared_note(totals)),
        Tile(
            "Matches settled",
            f"{judged:,}",
            href("provision", show="settled"),
            f"{totals.accepted_matches:,} accepted, {totals.rejected_matches:,} rejected",
        ),
    )


def _supported_note(totals: Totals) -> str:
    supported = f"{totals.supported:,} supported"
    if totals.only_generic:
        supported += f", {totals.only_generic:,} by generic duties alone"
    return supported


def _ratified_note(totals: Totals) -> str:
    return f"{totals.profiles_ratified:,} ratified"


def _compared_note(totals: Totals) -> str:
    note = f"{totals.duties:,} duties"
    if totals.standards_by_skills:
        note += f" and skills; {totals.standards_by_skills:,} by skills, not duties"
    if totals.standards_without_level:
        note += f"; {totals.standards_without_level:,} of no stated level"
    return f"{note}; {totals.standards_without_duties:,} left out: no duties"


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
            matches=f"{point.match_count:,}",
            expected_false="" if point.expected_false is None else f"{point.expected_false:,}",
            is_current=point.threshold_percent == current,
        )
        for point in frame.findings.curve
        if point.threshold_percent % TABLE_STEP == 0 or point.threshold_percent == current
    )


def _runs(cycle_id: uuid.UUID, frame: Frame) -> tuple[RunRow, ...]:
    runs = runs_of(cycle_id)
    return tuple(
        RunRow(
            number=run.number,
            href=url_for("mapping.overview", cycle_id=cycle_id, run=run.number),
            when=moment_words(run.created_at),
            compared=_compared(run),
            frameworks=frameworks_line(run),
            model=f"{run.model_name}{', adapted' if run.adapter_digest else ''}",
            digest=run.digest[:12],
            reviewed=moment_words(run.reviewed_at) if run.reviewed_at else "Not reviewed",
            compare_href=compare_href(cycle_id, before.number, run.number) if before else "",
            is_shown=run.id == frame.findings.run.run_id,
        )
        for run, before in zip(runs, [*runs[1:], None], strict=True)
    )


def _compared(run: MappingRun) -> str:
    return f"{run.counts['capabilities']:,} capabilities, {run.counts['duties']:,} duties"
