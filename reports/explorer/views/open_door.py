"""The same pages for anybody who holds the link of a published snapshot, signed in or not.

Whoever comes in here is nobody: no name, no place, no message and no cookie of theirs is used.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, opens_to
from cycles.core.errors import Missing
from cycles.core.shell import Shell
from reports.explorer.frame import Shelf
from reports.explorer.look import Look, Way, asked_in
from reports.explorer.views import serving
from reports.package.answers import package_answer
from reports.publishing.links import PATH, publication_of
from reports.results.opening import without_people
from reports.results.queries import snapshot_results
from reports.results.results import Results

NOWHERE = (
    "This link leads nowhere. Perhaps it is not whole, or it was revoked. "
    "Ask whoever gave it to you for another one."
)
SHELF = Shelf(read_by="Published to whoever has this link. It names nobody.")
NOBODY = Shell(None, None, None, None, (), is_demonstration=False)

published = Blueprint("published", __name__, url_prefix=f"{PATH}<token>")


def open_look(token: str) -> Look:
    """Return what the link shows. Raises ``Missing`` for every link that shows nothing."""
    publication = publication_of(token)
    if publication is None:
        raise Missing(NOWHERE)
    results = without_people(snapshot_results(publication.snapshot))
    g.open_shell = _shell(results, token)
    way = Way("published", {"token": token})
    args = asked_in(request.args)
    return Look(results=results, args=args, way=way, kept={}, is_open=True)


@published.get("/")
@opens_to(Door.PUBLIC)
def index(token: str) -> BaseResponse:
    """Show where the explorer begins."""
    return _with(token, lambda look: serving.show(look, SHELF, "overview"))


@published.get("/package.zip")
@opens_to(Door.PUBLIC)
def download_package(token: str) -> BaseResponse:
    """Send all the rows that a link's reader may have as a data package."""
    return _with(token, package_answer)


@published.get("/<page_name>")
@opens_to(Door.PUBLIC)
def show(token: str, page_name: str) -> BaseResponse:
    """Show one page."""
    return _with(token, lambda look: serving.show(look, SHELF, page_name))


@published.get("/<page_name>/<item_code>")
@opens_to(Door.PUBLIC)
def item(token: str, page_name: str, item_code: str) -> BaseResponse:
    """Show one thing of a page: a capability, a profile."""
    return _with(token, lambda look: serving.show_item(look, SHELF, page_name, item_code))


@published.get("/<page_name>.<any(csv, xlsx, json):file_kind>")
@opens_to(Door.PUBLIC)
def download(token: str, page_name: str, file_kind: str) -> BaseResponse:
    """Send a table of a page as a file."""
    return _with(token, lambda look: serving.download(look, page_name, file_kind))


@published.get("/<page_name>/<item_code>.<any(csv, xlsx, json):file_kind>")
@opens_to(Door.PUBLIC)
def download_item(token: str, page_name: str, item_code: str, file_kind: str) -> BaseResponse:
    """Send a table of the page of one thing as a file."""
    return _with(token, lambda look: serving.download(look, page_name, file_kind, item_code))


@published.get("/<page_name>/charts/<chart_name>.<any(json, svg, png):chart_kind>")
@opens_to(Door.PUBLIC)
def chart(token: str, page_name: str, chart_name: str, chart_kind: str) -> BaseResponse:
    """Send a page's chart: its specification, or a picture."""
    return _with(token, lambda look: serving.chart(look, page_name, chart_name, chart_kind))


def _with(token: str, serve: Callable[[Look], BaseResponse]) -> BaseResponse:
    return serve(open_look(token))


def _shell(results: Results, token: str) -> Shell:
    subject = results.document.subject
    return Shell(
        person_name=None,
        place_label=None,
        cycle_title=subject.title,
        cycle_href=url_for("published.index", token=token),
        navigation=(),
        is_demonstration=subject.is_demonstration,
    )


@published.before_request
def _come_as_nobody() -> None:
    # A link may be opened by somebody who is signed in: what they see is what everybody sees.
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    g.open_shell = NOBODY


@published.context_processor
def _show_nobody() -> dict[str, Any]:
    # Messages wait in the cookie of whoever is signed in; to take them out would write it.
    return {"shell": g.open_shell, "get_flashed_messages": lambda **_: []}


@published.after_request
def _keep_apart(answer: Response) -> Response:
    """Let no search engine list the page and nothing keep a copy, for a link may be revoked."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer
