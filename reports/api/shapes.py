"""The shapes of answers as JSON Schema: rows of a table, the snapshot, errors."""

from typing import Any

from reports.explorer.columns import Kind
from reports.explorer.listing import Listing
from reports.package.fields import FieldKind, Table

TEXT = {"type": ["string", "null"]}
OF_KIND: dict[Kind, dict[str, Any]] = {
    Kind.NUMBER: {"type": ["number", "null"]},
    Kind.PERCENT: {"type": ["number", "null"]},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.DATE: {"type": ["string", "null"], "format": "date"},
    # A list may be told in a sentence: how many said what.
    Kind.LIST: {"type": ["array", "string"], "items": {"type": "string"}},
}
OF_FIELD: dict[FieldKind, dict[str, Any]] = {
    FieldKind.INTEGER: {"type": ["integer", "null"]},
    FieldKind.NUMBER: {"type": ["number", "null"]},
    FieldKind.BOOLEAN: {"type": ["boolean", "null"]},
    FieldKind.DATE: {"type": ["string", "null"], "format": "date"},
    FieldKind.DATETIME: {"type": ["string", "null"], "format": "date-time"},
}
ADDRESS = {"type": ["string", "null"]}

COMPONENTS: dict[str, Any] = {
    "schemas": {
        "Rows": {
            "type": "object",
            "description": "A part of a table.",
            "required": [
                *("name", "title", "about", "columns", "total", "page", "per_page", "pages"),
                *("next", "previous", "rows"),
            ],
            "properties": {
                "name": {"type": "string"},
                "title": {"type": "string"},
                "about": {"type": "string", "description": "What a row says."},
                "rests_on": {
                    "type": "object",
                    "description": "Snapshot, rule, run, model and threshold, in words.",
                    "additionalProperties": {"type": "string"},
                },
                "columns": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["key", "heading", "meaning"],
                        "properties": {
                            each: {"type": "string"} for each in ("key", "heading", "meaning")
                        },
                    },
                },
                "total": {"type": "integer", "description": "Rows in all parts."},
                "page": {"type": "integer"},
                "per_page": {"type": "integer"},
                "pages": {"type": "integer", "description": "How many parts there are."},
                "next": {**ADDRESS, "description": "The address of the next part."},
                "previous": {**ADDRESS, "description": "The address of the part before."},
                "rows": {"type": "array", "items": {"type": "object"}},
            },
        },
        "Snapshot": {
            "type": "object",
            "required": [
                *("title", "snapshot", "taken_at", "sha256", "threshold", "rests_on"),
                *("package", "tables", "pages", "sources"),
            ],
            "properties": {
                "title": {"type": "string"},
                "snapshot": {"type": "integer", "description": "The snapshot's number."},
                "taken_at": {"type": "string", "format": "date-time"},
                "sha256": {"type": "string"},
                "threshold": {"type": "integer", "description": "Its match threshold, per cent."},
                "rests_on": {"type": "object", "additionalProperties": {"type": "string"}},
                "package": {"type": "string", "description": "The address of the data package."},
                "description": {"type": "string", "description": "This description's address."},
                "tables": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
                "pages": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
                "sources": {"type": "array", "items": {"type": "object"}},
            },
        },
        "Entry": {
            "type": "object",
            "required": ["name", "title", "about", "href"],
            "properties": {
                "name": {"type": "string"},
                "title": {"type": "string"},
                "about": {"type": "string"},
                "href": {"type": "string"},
            },
        },
        "Problem": {
            "type": "object",
            "description": "What went wrong (RFC 9457).",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string", "description": "A sentence that says what to do."},
            },
        },
    }
}


def listing_rows(listing: Listing[Any]) -> dict[str, Any]:
    """Return the shape of a part of a page's table."""
    return _rows(
        {
            each.key: {**OF_KIND.get(each.kind, TEXT), "description": each.meaning}
            for each in listing.columns
        }
    )


def table_rows(table: Table[Any]) -> dict[str, Any]:
    """Return the shape of a part of a table of the package."""
    return _rows(
        {
            each.name: {**OF_FIELD.get(each.kind, TEXT), "description": each.meaning}
            for each in table.fields
        }
    )


def _rows(properties: dict[str, Any]) -> dict[str, Any]:
    # A cycle may bring columns of its own: one for each of its role levels.
    row = {"type": "object", "required": list(properties), "properties": properties}
    return {
        "allOf": [
            {"$ref": "#/components/schemas/Rows"},
            {"type": "object", "properties": {"rows": {"type": "array", "items": row}}},
        ]
    }
