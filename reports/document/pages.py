"""What the report's pages show: a line for each report, in words, with what may be done to it."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.access import Place
from cycles.core.jobs.models import Job
from cycles.people.models import Group
from cycles.setup.models import Cycle
from reports.document.edition import Edition
from reports.document.files.models import ReportFile
from reports.document.files.pages import FileLine, file_lines, pdf_facts
from reports.document.files.queries import files_of, missing_kinds, pdf_sizes
from reports.document.models import Report, ReportState
from reports.document.queries import jobs_of, names_of, reports_of
from reports.mapping.words import moment_words
from reports.narrative.queries import narratives_of
from reports.narrative.sections import SECTIONS
from reports.publishing.queries import readable_snapshots

STATES = {
    ReportState.RENDERING: ("Being drawn up", "current"),
    ReportState.DRAFT: ("Draft", "attention"),
    ReportState.PUBLISHED: ("Published", "done"),
    ReportState.FAILED: ("Failed", "error"),
}


@dataclass(frozen=True)
class Kept:
    """What is kept of a report: its files, and how large its PDF is."""

    files: tuple[ReportFile, ...]
    pdf_size: int | None


@dataclass(frozen=True)
class ReportCard:
    """One report. ``seen`` changes whenever the card would look different.

    ``pdf_facts`` are its PDF's pages and size; ``files`` are what was drawn beside it. Nobody reads
    it while ``is_drawn`` anew, but what is published is there while a missing file is added.
    """

    report_id: uuid.UUID
    cycle_id: uuid.UUID
    number: int
    state: str
    tag_kind: str
    taken: str
    published: str
    signed_off: str
    pages: int | None
    pdf_facts: str
    files: tuple[FileLine, ...]
    digest: str
    sha256: str
    is_moving: bool
    message: str
    done: int
    total: int
    problem: str
    is_drawn: bool
    may_read: bool
    may_publish: bool
    may_try_again: bool
    may_draw_missing: bool
    may_sign: bool
    seen: str


@dataclass(frozen=True)
class SectionLine:
    """A section of prose, and whether it is still drafted from the data."""

    place: str
    title: str
    is_drafted: bool
    href: str


@dataclass(frozen=True)
class ReportsPage:
    """Every report this person may see, newest first."""

    cycle_id: uuid.UUID
    is_convener: bool
    may_take: bool
    closed_because: str
    cards: tuple[ReportCard, ...]
    sections: tuple[SectionLine, ...]
    drafted: int


@dataclass(frozen=True)
class ReadPage:
    """One report as a page. ``findings_href`` opens the explorer on what it prints."""

    card: ReportCard
    edition: Edition
    findings_href: str


def reports_page(cycle: Cycle, place: Place) -> ReportsPage:
    """Return the index: conveners see drafts and the state of the prose, others the published."""
    sections = section_lines(cycle.id) if place.is_convener else ()
    return ReportsPage(
        cycle_id=cycle.id,
        is_convener=place.is_convener,
        may_take=place.is_convener and not _why_closed(cycle),
        closed_because=_why_closed(cycle) if place.is_convener else "",
        cards=cards_of(cycle, reports_of(cycle.id, published_only=not place.is_convener), place),
        sections=sections,
        drafted=sum(each.is_drafted for each in sections),
    )


def findings_href(report: Report, place: Place) -> str:
    """Return where this person explores what the report prints; empty if it is not for them."""
    cycle_id, number = report.cycle_id, report.snapshot.number
    readable = {each.number for each in readable_snapshots(cycle_id, place)}
    if number not in readable:
        return ""
    return url_for("explorer.index", cycle_id=cycle_id, snapshot=number)


def cards_of(cycle: Cycle, reports: list[Report], place: Place) -> tuple[ReportCard, ...]:
    """Return the cards of these reports, in their order."""
    jobs, kept = jobs_of(reports), _kept_of(reports)
    names = names_of([each.signed_off_by_id for each in reports if each.signed_off_by_id])
    is_open = not _why_closed(cycle)
    return tuple(
        _card(each, jobs.get(each.id), names, kept[each.id], place=place, is_open=is_open)
        for each in reports
    )


def _kept_of(reports: list[Report]) -> Mapping[uuid.UUID, Kept]:
    report_ids = [each.id for each in reports]
    files, sizes = files_of(report_ids), pdf_sizes(report_ids)
    return {each: Kept(files.get(each, ()), sizes.get(each)) for each in report_ids}


def section_lines(cycle_id: uuid.UUID) -> tuple[SectionLine, ...]:
    """Return the sections of prose in the order of the report."""
    written = narratives_of(cycle_id)
    return tuple(
        SectionLine(
            place=each.place,
            title=each.title,
            is_drafted=each.key not in written,
            href=url_for("narrative.edit", cycle_id=cycle_id, section=each.key),
        )
        for each in SECTIONS
    )


def _why_closed(cycle: Cycle) -> str:
    if cycle.sealed_at is not None:
        return "The cycle is sealed: no further report is drawn up."
    return "The cycle is archived: no report is drawn up." if cycle.archived_at else ""


def standing_of(report: Report, job: Job | None) -> ReportState:
    """Return where a report stands. A job that died leaves no other trace than its own state."""
    if report.state == ReportState.RENDERING and (job is None or job.is_over):
        return ReportState.FAILED
    return report.state


def _card(
    report: Report,
    job: Job | None,
    names: Mapping[uuid.UUID, str],
    kept: Kept,
    *,
    place: Place,
    is_open: bool,
) -> ReportCard:
    standing = standing_of(report, job)
    state, tag_kind = STATES[standing]
    is_moving = job is not None and not job.is_over
    may_act = place.is_convener and is_open
    may_publish = may_act and standing == ReportState.DRAFT and not is_moving
    return ReportCard(
        report_id=report.id,
        cycle_id=report.cycle_id,
        number=report.snapshot.number,
        state=state,
        tag_kind=tag_kind,
        pages=report.pages,
        digest=report.snapshot.digest,
        sha256=report.pdf_sha256 or "",
        **_moments(report, names),
        **_files(report, kept, is_told=place.is_convener),
        **_movement(job, is_moving=is_moving, is_told=place.is_convener),
        is_drawn=standing == ReportState.RENDERING,
        may_read=place.is_convener or report.state == ReportState.PUBLISHED,
        may_publish=may_publish,
        may_try_again=may_act and standing == ReportState.FAILED,
        may_draw_missing=may_act and not is_moving and _lacks_files(standing, kept),
        may_sign=_may_sign(report, place, is_open),
        seen=_seen(report, job),
    )


def _moments(report: Report, names: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    name = names.get(report.signed_off_by_id, "") if report.signed_off_by_id else ""
    by = f" by {name}" if name else ""
    return {
        "taken": moment_words(report.snapshot.created_at),
        "published": moment_words(report.published_at) if report.published_at else "",
        "signed_off": moment_words(report.signed_off_at) + by if report.signed_off_at else "",
    }


def _files(report: Report, kept: Kept, *, is_told: bool) -> dict[str, Any]:
    shown = [each for each in kept.files if each.sha256 or is_told]
    return {"pdf_facts": pdf_facts(report, kept.pdf_size), "files": file_lines(report, shown)}


def _lacks_files(standing: ReportState, kept: Kept) -> bool:
    return standing in (ReportState.DRAFT, ReportState.PUBLISHED) and bool(
        missing_kinds(kept.files)
    )


def _movement(job: Job | None, *, is_moving: bool, is_told: bool) -> dict[str, Any]:
    return {
        "is_moving": is_moving,
        "message": job.message if job and is_moving else "",
        "done": job.done if job else 0,
        "total": job.total if job else 0,
        "problem": job.problem if job and is_told and not is_moving else "",
    }


def _may_sign(report: Report, place: Place, is_open: bool) -> bool:
    is_unsigned = report.state == ReportState.PUBLISHED and report.signed_off_at is None
    return is_open and is_unsigned and place.group == Group.SPONSOR


def _seen(report: Report, job: Job | None) -> str:
    facts = (report.state, job.state if job else "", job.message if job else "")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:12]
