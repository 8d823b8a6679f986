"""The OpenAPI description: every path of the API with what it takes and gives.

It is made from the tables of the package and the listings of the pages, so it follows them.
"""

from collections.abc import Sequence
from typing import Any

from reports.api.asking import MOST_PAGE, MOST_PER_PAGE, PER_PAGE
from reports.api.problems import KIND
from reports.api.shapes import COMPONENTS, listing_rows, table_rows
from reports.explorer.listing import LONGEST_SEARCH, Facet, Listing
from reports.explorer.look import Look
from reports.explorer.registry import PageKind, pages
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD
from reports.package.fields import Table
from reports.package.tables import TABLES

VERSION = "1.0.0"
PREFIX = "/api/v1"
ABOUT = """\
The findings of a workforce-foresighting cycle, frozen as a snapshot and published by a link.
Whoever holds the link may read them here. Nothing can be changed, nobody is named, and nothing is
kept of who asks.

Take the part of the link that comes after `/published/` as `token`. When the link is revoked the
API answers 404. A snapshot never changes, so what was read once stays true.
"""


def description(look: Look, server: str) -> dict[str, Any]:
    """Return the OpenAPI document of the snapshot looked at, answered under ``server``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Findings of a foresighting cycle",
            "version": VERSION,
            "summary": "Read-only JSON of a published snapshot.",
            "description": ABOUT,
        },
        "servers": [_server(server)],
        "paths": {
            "/": _snapshot_path(),
            **{f"/tables/{each.name}": _table_path(each) for each in TABLES},
            **_page_paths(look),
            "/pages/{page}/items/{code}/{listing}": _item_path(),
        },
        "components": COMPONENTS,
    }


def _server(server: str) -> dict[str, Any]:
    if "{token}" not in server:
        return {"url": server}
    meaning = "The part of a published link after /published/."
    return {"url": server, "variables": {"token": {"default": "TOKEN", "description": meaning}}}


def _snapshot_path() -> dict[str, Any]:
    return _get(
        name="snapshot",
        summary="Which snapshot this is, and all that can be asked of it",
        tag="Snapshot",
        parameters=[],
        schema={"$ref": "#/components/schemas/Snapshot"},
    )


def _table_path(table: Table[Any]) -> dict[str, Any]:
    asked = [_by_value(each.name, each.meaning) for each in table.fields if _is_asked(table, each)]
    return _get(
        name=f"table-{table.name}",
        summary=table.about,
        tag="Tables of the data package",
        parameters=[*_parts(), *asked],
        schema=table_rows(table),
    )


def _is_asked(table: Table[Any], field: Any) -> bool:
    return field.name in askable(table)


def askable(table: Table[Any]) -> tuple[str, ...]:
    """Return the fields that may be asked for by value: the key, and what refers elsewhere."""
    names = [*table.key, *(name for each in table.refers for name in each.fields)]
    return tuple(dict.fromkeys(names))


def _page_paths(look: Look) -> dict[str, Any]:
    return {
        f"/pages/{kind.name}/{each.name}": _listing_path(kind, each)
        for kind in pages().values()
        for each in kind.listings(look, "")
    }


def _listing_path(kind: PageKind, listing: Listing[Any]) -> dict[str, Any]:
    return _get(
        name=f"page-{kind.name}-{listing.name}",
        summary=listing.about,
        tag=kind.question.value,
        parameters=[
            *_parts(),
            *_choices(listing),
            *(_facet(each) for each in listing.facets),
            *(_by_value(name, meaning) for name, meaning in kind.arguments),
        ],
        schema=listing_rows(listing),
    )


def _choices(listing: Listing[Any]) -> list[dict[str, Any]]:
    keys = [each.key for each in listing.columns]
    level = {"type": "integer", "minimum": LEAST_THRESHOLD, "maximum": MOST_THRESHOLD}
    order = {"type": "string", "enum": [*keys, *(f"-{each}" for each in keys)]}
    found = [
        _query("threshold", "The match threshold in per cent; the results' own without it.", level),
        _query("sort", "The column to sort by; - before it to fall.", order),
    ]
    if listing.text is not None:
        words = {"type": "string", "maxLength": LONGEST_SEARCH}
        found.append(_query("q", "Words that must all be in a row.", words))
    return found


def _item_path() -> dict[str, Any]:
    """Return the path of a table on the page of one thing."""
    names = [each.name for each in pages().values() if each.item]
    path = [
        _place(
            "page", "A page that has pages of single things.", {"type": "string", "enum": names}
        ),
        _place("code", "The code of the thing, such as C-001.", {"type": "string", "minLength": 1}),
        _place("listing", "A table of its page.", {"type": "string", "minLength": 1}),
    ]
    return _get(
        name="item",
        summary="A table of the page of one thing: a capability, a profile",
        tag="Single things",
        parameters=[*path, *_parts()],
        schema={"$ref": "#/components/schemas/Rows"},
    )


def _get(
    *, name: str, summary: str, tag: str, parameters: Sequence[dict[str, Any]], schema: Any
) -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "tags": [tag],
            "parameters": list(parameters),
            "responses": {
                "200": {
                    "description": "What was asked for.",
                    "content": {"application/json": {"schema": schema}},
                },
                "400": {"description": "The query is not understood.", "content": {KIND: problem}},
                "404": {"description": "There is no such thing.", "content": {KIND: problem}},
            },
        }
    }


def _parts() -> list[dict[str, Any]]:
    page = {"type": "integer", "minimum": 1, "maximum": MOST_PAGE, "default": 1}
    size = {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE}
    return [
        _query("page", "Which part of the rows, from 1.", page),
        _query("per_page", "How many rows in a part.", size),
    ]


def _facet(facet: Facet[Any]) -> dict[str, Any]:
    return _query(facet.key, f"Only rows of this value of: {facet.label}.", {"type": "string"})


def _by_value(name: str, meaning: str) -> dict[str, Any]:
    return _query(name, f"Only rows of this value. {meaning}", {"type": "string"})


def _query(name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": meaning, "schema": schema}


def _place(name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": meaning, "schema": schema}
