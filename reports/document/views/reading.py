"""Reading reports: the list, one as a page, its PDF, and the snapshot behind it."""

import uuid

from flask import Response, abort, make_response, request

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.pages import page
from cycles.setup.queries import get_cycle
from reports.document.edition import make_edition
from reports.document.files.kinds import KINDS, file_name
from reports.document.files.queries import content_of
from reports.document.models import Report, ReportState
from reports.document.packing import canonical
from reports.document.pages import ReadPage, ReportCard, cards_of, findings_href, reports_page
from reports.document.queries import document_of, pdf_of, raw_document
from reports.document.views import report

OVER = 286  # pulse.js shows the card once more, then asks no further


@report.get("")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the reports this person may see."""
    return page("report/index.html", page=reports_page(get_cycle(cycle_id), current_place()))


@report.get("/<uuid:report_id>")
@opens_to(Door.MEMBER)
def read(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Show a report as a page, read from its snapshot."""
    row = readable(cycle_id, report_id)
    edition = make_edition(
        document_of(row.snapshot_id),
        digest=row.snapshot.digest,
        is_draft=row.state != ReportState.PUBLISHED,
    )
    return page(
        "report/read.html",
        page=ReadPage(card_of(row), edition, findings_href(row, current_place())),
    )


@report.get("/<uuid:report_id>/card")
@opens_to(Door.MEMBER)
def card(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Answer the list's question whether a report has come further."""
    context = card_of(readable(cycle_id, report_id))
    if context.is_moving and request.args.get("seen") == context.seen:
        return make_response("", 204)
    return page("report/_card.html", 200 if context.is_moving else OVER, page=context)


@report.get("/<uuid:report_id>/report.pdf")
@opens_to(Door.MEMBER)
def pdf(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Give the PDF."""
    row = readable(cycle_id, report_id)
    content = pdf_of(row.id)
    if content is None:
        abort(404)
    return _file(content, "application/pdf", _name(row, ".pdf"))


@report.get("/<uuid:report_id>/files/<file_kind>")
@opens_to(Door.MEMBER)
def file(cycle_id: uuid.UUID, report_id: uuid.UUID, file_kind: str) -> Response:
    """Give a file beside the PDF."""
    row = readable(cycle_id, report_id)
    words = {kind.value: (kind, words) for kind, words in KINDS.items()}.get(file_kind)
    content = content_of(row.id, words[0]) if words else None
    if words is None or content is None:
        abort(404)
    return _file(content, words[1].mimetype, _name(row, words[1].ending))


@report.get("/<uuid:report_id>/snapshot.json")
@opens_to(Door.MEMBER)
def snapshot(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Response:
    """Give the snapshot as the very bytes whose SHA-256 is its digest."""
    row = readable(cycle_id, report_id)
    content = canonical(raw_document(row.snapshot_id))
    return _file(content, "application/json", f"snapshot-{row.snapshot.number}.json")


def readable(cycle_id: uuid.UUID, report_id: uuid.UUID) -> Report:
    """Return the report, or 404 where it is not of this cycle or not for this person yet."""
    row = load(Report, cycle_id, report_id)
    if row.state != ReportState.PUBLISHED and not current_place().is_convener:
        abort(404)
    return row


def card_of(row: Report) -> ReportCard:
    """Return the card of one report for the person who asks."""
    return cards_of(get_cycle(row.cycle_id), [row], current_place())[0]


def _name(row: Report, ending: str) -> str:
    is_published = row.state == ReportState.PUBLISHED
    return file_name(row.snapshot.number, is_published=is_published, ending=ending)


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = make_response(content)
    answer.content_type = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
