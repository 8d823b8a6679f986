"""The figures of a report as pictures: on its page, and to take away."""

import uuid

from flask import Response, abort, request

from cycles.core.access import Door, opens_to
from cycles.core.downloads import file_answer
from reports.document.facts import Document
from reports.document.figures import figures_of
from reports.document.figures.pictures import png_file, svg_file
from reports.document.models import Report, ReportState
from reports.document.queries import document_of
from reports.document.views import report
from reports.document.views.reading import readable
from reports.mapping.words import moment_words

KINDS = {"svg": (svg_file, "image/svg+xml"), "png": (png_file, "image/png")}


@report.get("/<uuid:report_id>/figures/<figure_key>.<any(svg, png):figure_kind>")
@opens_to(Door.MEMBER)
def figure(
    cycle_id: uuid.UUID, report_id: uuid.UUID, figure_key: str, figure_kind: str
) -> Response:
    """Give a figure as a picture that says what it rests on; ``plain`` leaves that out."""
    row = readable(cycle_id, report_id)
    document = document_of(row.snapshot_id)
    found = figures_of(document).get(figure_key)
    if found is None:
        abort(404)
    draw, mimetype = KINDS[figure_kind]
    source = "" if "plain" in request.args else _source(row, document)
    name = f"figure-{figure_key}-of-snapshot-{row.snapshot.number}.{figure_kind}"
    return file_answer(name, draw(found, source), mimetype)


def _source(row: Report, document: Document) -> str:
    """Say in a line what the figure rests on."""
    draft = "" if row.state == ReportState.PUBLISHED else " Draft, not for publication."
    taken = f"Snapshot {document.number}, taken {moment_words(document.taken_at)}"
    return f"{document.subject.title}. {taken}.{draft}"
