"""Files of a listing: CSV and XLSX under its headings, JSON with its keys and what it rests on."""

import json
from datetime import date
from typing import Any

from flask import Response

from cycles.core.downloads import Cell, csv_answer, file_answer, xlsx_answer
from reports.explorer.columns import Value
from reports.explorer.frame import facts_of
from reports.explorer.listing import Listing, found_rows, values_of
from reports.explorer.look import Look

KINDS = ("csv", "xlsx", "json")
BETWEEN = "; "


def listing_answer(listing: Listing[Any], look: Look, kind: str, code: str = "") -> Response:
    """Return what the address asks of a listing, on all its pages, as a file of ``kind``."""
    name = file_name(listing, look, code)
    rows = [values_of(listing, row) for row in found_rows(listing, look)]
    if kind == "json":
        return _json(f"{name}.json", listing, look, rows)
    answer = csv_answer if kind == "csv" else xlsx_answer
    headings = [each.heading for each in listing.columns]
    return answer(f"{name}.{kind}", headings, [[_cell(each) for each in row] for row in rows])


def file_name(listing: Listing[Any], look: Look, code: str) -> str:
    """Return the file's name without an ending: what, of what, of which results."""
    of = "working" if look.results.is_working else f"snapshot-{look.results.number}"
    return "-".join(filter(None, (listing.name, code.lower(), of, f"at-{look.threshold}")))


def json_rows(listing: Listing[Any], rows: list[tuple[Value, ...]]) -> list[dict[str, Any]]:
    """Return rows as JSON has them: numbers, lists and yes or no as such, days as ISO 8601."""
    keys = [each.key for each in listing.columns]
    return [dict(zip(keys, map(_plain, row), strict=True)) for row in rows]


def _json(name: str, listing: Listing[Any], look: Look, rows: list[tuple[Value, ...]]) -> Response:
    content = {
        "title": listing.title,
        "about": listing.about,
        "rests_on": dict(facts_of(look)),
        "columns": [
            {"key": each.key, "heading": each.heading, "meaning": each.meaning}
            for each in listing.columns
        ],
        "rows": json_rows(listing, rows),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return file_answer(name, text.encode(), "application/json; charset=utf-8")


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Value) -> Cell:
    return BETWEEN.join(value) if isinstance(value, tuple) else value
