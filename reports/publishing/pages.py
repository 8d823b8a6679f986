"""What conveners see of publishing: each snapshot with who reads it, and what was revoked."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from cycles.setup.models import Cycle
from reports.document.models import Report, ReportState, Snapshot
from reports.document.queries import names_of, reports_of, snapshots_of
from reports.mapping.words import moment_words
from reports.publishing.forms import PublishForm
from reports.publishing.links import address_of
from reports.publishing.models import Audience, Publication
from reports.publishing.queries import publications_of
from reports.publishing.words import AUDIENCES, HINTS


@dataclass(frozen=True)
class PublicationLine:
    """One publication. ``address`` is the link to give to people; empty where they sign in."""

    publication_id: uuid.UUID
    number: int
    audience: str
    label: str
    published: str
    by: str
    revoked: str
    address: str
    revoke_href: str
    consequence: str


@dataclass(frozen=True)
class SnapshotCard:
    """A snapshot, who reads it now, and where to look at it or publish it.

    ``report`` says what became of the report that was drawn up from it, if one was.
    """

    snapshot_id: uuid.UUID
    number: int
    taken: str
    digest: str
    report: str
    findings_href: str
    publish_href: str
    lines: tuple[PublicationLine, ...]


@dataclass(frozen=True)
class PublishingPage:
    """All snapshots, newest first; ``revoked`` are publications that were revoked."""

    cards: tuple[SnapshotCard, ...]
    revoked: tuple[PublicationLine, ...]
    findings_href: str
    freeze_href: str
    closed_because: str


@dataclass(frozen=True)
class PublishPage:
    """The form that publishes one snapshot."""

    number: int
    taken: str
    list_href: str
    form: PublishForm
    hints: Mapping[str, str]


def publishing_page(cycle: Cycle) -> PublishingPage:
    """Return the page of a cycle's snapshots and publications."""
    publications = publications_of(cycle.id)
    names = names_of([each.published_by_id for each in publications if each.published_by_id])
    lines: dict[uuid.UUID, list[PublicationLine]] = defaultdict(list)
    revoked: list[PublicationLine] = []
    for each in publications:
        line = _line(each, names)
        (revoked if each.revoked_at else lines[each.snapshot_id]).append(line)
    reports = {each.snapshot_id: each for each in reversed(reports_of(cycle.id))}
    return PublishingPage(
        cards=tuple(
            _card(each, reports.get(each.id), tuple(lines[each.id]), cycle)
            for each in snapshots_of(cycle.id)
        ),
        revoked=tuple(revoked),
        findings_href=url_for("explorer.index", cycle_id=cycle.id),
        freeze_href="" if _why_closed(cycle) else url_for("publishing.freeze", cycle_id=cycle.id),
        closed_because=_why_closed(cycle),
    )


def publish_page(snapshot: Snapshot, form: PublishForm) -> PublishPage:
    """Return the form for one snapshot."""
    return PublishPage(
        number=snapshot.number,
        taken=moment_words(snapshot.created_at),
        list_href=url_for("publishing.index", cycle_id=snapshot.cycle_id),
        form=form,
        hints=HINTS,
    )


def _why_closed(cycle: Cycle) -> str:
    if cycle.archived_at is not None:
        return "The cycle is archived: nothing more is frozen or published. You can still revoke."
    if cycle.sealed_at is not None:
        return (
            "The cycle is sealed: no further snapshot is frozen. You can publish those there are."
        )
    return ""


def _card(
    snapshot: Snapshot, report: Report | None, lines: tuple[PublicationLine, ...], cycle: Cycle
) -> SnapshotCard:
    publish_href = url_for("publishing.ask", cycle_id=snapshot.cycle_id, snapshot_id=snapshot.id)
    return SnapshotCard(
        snapshot_id=snapshot.id,
        number=snapshot.number,
        taken=moment_words(snapshot.created_at),
        digest=snapshot.digest,
        report=_report_words(report),
        findings_href=url_for(
            "explorer.index", cycle_id=snapshot.cycle_id, snapshot=snapshot.number
        ),
        publish_href="" if cycle.archived_at else publish_href,
        lines=lines,
    )


def _report_words(report: Report | None) -> str:
    if report is None:
        return "No report was drawn up from it."
    if report.state == ReportState.PUBLISHED:
        return "Its report is published."
    return "Its report is not published."


def _line(publication: Publication, names: Mapping[uuid.UUID, str]) -> PublicationLine:
    by = publication.published_by_id
    is_link = publication.audience == Audience.LINK
    return PublicationLine(
        publication_id=publication.id,
        number=publication.snapshot.number,
        audience=AUDIENCES[publication.audience],
        label=publication.label,
        published=moment_words(publication.published_at),
        by=names.get(by, "somebody who left") if by else "somebody who left",
        revoked=moment_words(publication.revoked_at) if publication.revoked_at else "",
        address=address_of(publication) if is_link and not publication.revoked_at else "",
        revoke_href=url_for(
            "publishing.revoke",
            cycle_id=publication.cycle_id,
            publication_id=publication.id,
        ),
        consequence="Whoever opens the link then is told that it leads nowhere. It cannot be "
        "brought back; you can make another."
        if is_link
        else "They can no longer open this snapshot. You can publish it to them again.",
    )
