"""Reading the library: searching it, taking what was found away, and one record."""

import uuid

from flask import Response, abort, request
from flask_login import current_user

from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page
from cycles.library import queries
from cycles.library.pages import library_page, read_filter
from cycles.library.record_pages import HEADINGS, record_page, table_of
from cycles.library.views import library
from cycles.semantics.service.asking import wake


@library.get("/")
@opens_to(Door.SIGNED_IN)
def index() -> Response:
    """Show the records that the address asks for."""
    wanted, may_import = read_filter(request), current_user.is_administrator
    if not wanted.words:
        # Whoever opens the library is about to search it.
        wake()
    return page("library/index.html", page=library_page(wanted, may_import=may_import))


@library.get("/statements.<any(csv, xlsx):ending>")
@opens_to(Door.SIGNED_IN)
def download(ending: str) -> Response:
    """Send what the address asks for as a table."""
    answer = csv_answer if ending == "csv" else xlsx_answer
    return answer(f"library.{ending}", HEADINGS, table_of(read_filter(request)))


@library.get("/statements/<uuid:record_id>")
@opens_to(Door.SIGNED_IN)
def record(record_id: uuid.UUID) -> Response:
    """Show one record."""
    found = queries.get_record(record_id)
    if found is None:
        abort(404)
    return page("library/record.html", page=record_page(found))
