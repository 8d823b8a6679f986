"""The index of a snapshot: what it is, and the address of everything that can be asked of it."""

from typing import Any

from flask import url_for

from reports.explorer.frame import facts_of
from reports.explorer.look import Look
from reports.explorer.registry import pages
from reports.package.tables import TABLES


def index_of(look: Look, token: str) -> dict[str, Any]:
    """Return the index of what the link shows."""
    document = look.results.document
    return {
        "title": document.subject.title,
        "snapshot": document.number,
        "taken_at": document.taken_at.isoformat(),
        "sha256": look.results.digest,
        "threshold": look.own_threshold,
        "rests_on": dict(facts_of(look)),
        "package": url_for("published.download_package", token=token),
        "description": url_for("api.described_snapshot", token=token),
        "tables": _tables(token),
        "pages": _pages(look, token),
        "sources": [
            {
                "name": each.name,
                "version": each.version,
                "licence": each.licence,
                "attribution": each.attribution,
            }
            for each in document.sources
        ],
    }


def _tables(token: str) -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "title": each.title,
            "about": each.about,
            "href": url_for("api.table", token=token, table_name=each.name),
        }
        for each in TABLES
    ]


def _pages(look: Look, token: str) -> list[dict[str, Any]]:
    return [
        {
            "name": f"{kind.name}/{each.name}",
            "title": f"{kind.label}: {each.title}",
            "about": each.about,
            "href": url_for(
                "api.listing", token=token, page_name=kind.name, listing_name=each.name
            ),
        }
        for kind in pages().values()
        for each in kind.listings(look, "")
    ]
