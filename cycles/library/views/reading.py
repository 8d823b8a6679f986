"""Reading the library."""

from flask import Response, request
from flask_login import current_user

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.library.pages import library_page, read_filter
from cycles.library.views import library


@library.get("/")
@opens_to(Door.SIGNED_IN)
def index() -> Response:
    """Show the records that the address asks for."""
    may_import = current_user.is_administrator
    return page(
        "library/index.html", page=library_page(read_filter(request), may_import=may_import)
    )
