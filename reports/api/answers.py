"""Answers of the API: a part of a table, with where it stands and what its columns say."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from flask import Response

from reports.api.asking import Asked
from reports.explorer.columns import Value
from reports.explorer.downloads import json_rows
from reports.explorer.frame import facts_of
from reports.explorer.listing import Listing, found_rows, values_of
from reports.explorer.look import Look
from reports.package.contents import Contents
from reports.package.fields import Cell, Table
from reports.package.listings import counts_of

Address = Callable[[int], str]


def listing_answer(listing: Listing[Any], look: Look, asked: Asked, href: Address) -> Response:
    """Return a part of a page's table; ``href`` gives the address of another part."""
    rows = found_rows(listing, look)
    part = [values_of(listing, row) for row in rows[asked.start : asked.start + asked.per_page]]
    return _answer(
        about={
            "name": listing.name,
            "title": listing.title,
            "about": listing.about,
            "rests_on": dict(facts_of(look)),
            "columns": [
                {"key": each.key, "heading": each.heading, "meaning": each.meaning}
                for each in listing.columns
            ],
        },
        rows=json_rows(listing, part),
        total=len(rows),
        asked=asked,
        href=href,
    )


def table_answer(table: Table[Any], contents: Contents, asked: Asked, href: Address) -> Response:
    """Return a part of a table of the package."""
    names = [each.name for each in table.fields]
    rows, total = _asked_rows(table, contents, asked.args)
    part = islice(rows, asked.start, asked.start + asked.per_page)
    return _answer(
        about={
            "name": table.name,
            "title": table.title,
            "about": table.about,
            "columns": [
                {"key": each.name, "heading": each.name, "meaning": each.meaning}
                for each in table.fields
            ],
        },
        rows=[dict(zip(names, map(_plain, row), strict=True)) for row in part],
        total=total,
        asked=asked,
        href=href,
    )


def _asked_rows(
    table: Table[Any], contents: Contents, wanted: Mapping[str, str]
) -> tuple[Iterable[tuple[Cell, ...]], int]:
    """Return the rows that have the values asked for, and how many there are."""
    if not wanted:
        return table.values(contents), counts_of(contents.results)[table.name]
    names = [each.name for each in table.fields]
    places = [(names.index(name), value) for name, value in wanted.items()]
    found = [
        row for row in table.values(contents) if all(str(row[at]) == value for at, value in places)
    ]
    return found, len(found)


def _answer(
    *,
    about: dict[str, Any],
    rows: list[dict[str, Any]],
    total: int,
    asked: Asked,
    href: Address,
) -> Response:
    pages = max(1, -(-total // asked.per_page))
    return json_answer(
        {
            **about,
            "total": total,
            "page": asked.page,
            "per_page": asked.per_page,
            "pages": pages,
            "next": href(asked.page + 1) if asked.page < pages else None,
            "previous": href(min(asked.page - 1, pages)) if asked.page > 1 else None,
            "rows": rows,
        }
    )


def json_answer(content: Any) -> Response:
    """Return JSON whose keys stand as they were given."""
    text = json.dumps(content, ensure_ascii=False)
    return Response(text, content_type="application/json; charset=utf-8")


def _plain(value: Cell | Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value
