"""The routes: the description, the snapshot, its tables, and the tables of pages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from reports.api import answers
from reports.api.asking import asked_of_listing, asked_of_table
from reports.api.blank import blank_look
from reports.api.describing import PREFIX, askable, description
from reports.api.docs import docs_page
from reports.api.index import index_of
from reports.api.views import api
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.registry import PageKind, pages
from reports.explorer.views.open_door import open_look
from reports.package.contents import Contents
from reports.package.tables import table_named


@api.get("/")
@opens_to(Door.PUBLIC)
def docs() -> Response:
    """Show how the API is asked, to people."""
    return page("api/docs.html", page=docs_page())


@api.get("/openapi.json")
@opens_to(Door.PUBLIC)
def described() -> Response:
    """Send the description of the API, for any snapshot."""
    return answers.json_answer(description(blank_look(), f"{PREFIX}/published/{{token}}"))


@api.get("/published/<token>/openapi.json")
@opens_to(Door.PUBLIC)
def described_snapshot(token: str) -> Response:
    """Send the description of the API of one snapshot, its own columns among them."""
    return answers.json_answer(description(open_look(token), f"{PREFIX}/published/{token}"))


@api.get("/published/<token>/")
@opens_to(Door.PUBLIC)
def snapshot(token: str) -> Response:
    """Send which snapshot this is, and where everything else is."""
    asked_of_table(request.args, ())
    return answers.json_answer(index_of(open_look(token), token))


@api.get("/published/<token>/tables/<table_name>")
@opens_to(Door.PUBLIC)
def table(token: str, table_name: str) -> Response:
    """Send a part of a table of the data package."""
    look = open_look(token)
    found = table_named(table_name) or abort(404)
    asked = asked_of_table(request.args, askable(found))
    contents = Contents(look.results, is_open=True)
    return answers.table_answer(found, contents, asked, _part)


@api.get("/published/<token>/pages/<page_name>/<listing_name>")
@opens_to(Door.PUBLIC)
def listing(token: str, page_name: str, listing_name: str) -> Response:
    """Send a part of a table of a page."""
    look = open_look(token)
    kind = pages().get(page_name) or abort(404)
    return _answer(kind, look, "", listing_name)


@api.get("/published/<token>/pages/<page_name>/items/<item_code>/<item_table>")
@opens_to(Door.PUBLIC)
def item(token: str, page_name: str, item_code: str, item_table: str) -> Response:
    """Send a part of a table of the page of one thing."""
    look = open_look(token)
    kind = pages().get(page_name) or abort(404)
    if kind.item is None or kind.item(look, item_code) is None:
        abort(404)
    return _answer(kind, look, item_code, item_table)


def _named(listings: Sequence[Listing[Any]], name: str) -> Listing[Any]:
    found = next((each for each in listings if each.name == name), None)
    if found is None:
        abort(404)
    return found


def _answer(kind: PageKind, look: Look, code: str, name: str) -> Response:
    others = [each for each, _ in kind.arguments]
    asked = asked_of_listing(_named(kind.listings(look, code), name), request.args, others)
    # A page may choose its rows by its own arguments, so its table is made anew with them.
    own = replace(look, args=asked.args)
    return answers.listing_answer(_named(kind.listings(own, code), name), own, asked, _part)


def _part(number: int) -> str:
    """Return the address of another part of what was asked for."""
    query = {**request.args.to_dict(), "page": number}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **query})
