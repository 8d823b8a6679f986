"""How every page of the explorer is answered, whichever door its reader came in by."""

from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from cycles.core.extensions import htmx
from cycles.core.pages import page, see_other
from reports.explorer.chart_files import chart_answer
from reports.explorer.chart_view import PLAIN
from reports.explorer.downloads import KINDS, listing_answer
from reports.explorer.frame import ExplorerPage, Shelf, frame_of
from reports.explorer.look import Look
from reports.explorer.registry import PageKind, pages


def kind_of(name: str) -> PageKind:
    """Return the page of that name, or answer 404."""
    found = pages().get(name)
    if found is None:
        abort(404)
    return found


def show(look: Look, shelf: Shelf, name: str) -> Response:
    """Answer a page, or its fragment where htmx asks for it."""
    kind = kind_of(name)
    body = kind.build(look, "")
    if body is None:
        return see_other(look.href("overview"))
    return _answer(look, shelf, kind, body)


def show_item(look: Look, shelf: Shelf, name: str, code: str) -> Response:
    """Answer the page of one thing, or 404 where the results do not have it."""
    kind = kind_of(name)
    body = kind.item(look, code) if kind.item else None
    if body is None:
        abort(404)
    return _answer(look, shelf, kind, body, code)


def _answer(look: Look, shelf: Shelf, kind: PageKind, body: Any, code: str = "") -> Response:
    context = ExplorerPage(frame_of(look, kind, shelf, code), body)
    ending = "_item" if code else ""
    if htmx and not htmx.boosted and kind.has_fragment:
        return page(f"explorer/_{kind.template}{ending}.html", page=context)
    return page(f"explorer/{kind.template}{ending}.html", page=context)


def download(look: Look, name: str, file_kind: str, code: str = "") -> Response:
    """Answer one of a page's tables as a file."""
    kind = kind_of(name)
    wanted = request.args.get("table", "")
    if file_kind not in KINDS or (code and (kind.item is None or kind.item(look, code) is None)):
        abort(404)
    listings = kind.listings(look, code)
    found = next((each for each in listings if wanted in ("", each.name)), None)
    if found is None:
        abort(404)
    return listing_answer(found, look, file_kind, code)


def chart(look: Look, name: str, chart_name: str, chart_kind: str) -> Response:
    """Answer one of a page's charts: its specification, or a picture of it."""
    charts = kind_of(name).charts(look, "")
    found = next((each for each in charts if each.name == chart_name), None)
    if found is None:
        abort(404)
    return chart_answer(found, look, chart_kind, is_plain=PLAIN in request.args)
