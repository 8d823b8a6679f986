"""``datapackage.json``: what the files are, their fields with types and meanings, their keys."""

import json
import re
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from reports.package.contents import Contents
from reports.package.fields import Field, Refers, Table

DESCRIPTOR = "datapackage.json"
VERSION = "1.0.0"
"""Of the package's shape: rises where a table or a field changes its meaning."""

LONGEST_NAME = 60
NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Written:
    """A table as it was written."""

    table: Table[Any]
    path: str
    rows: int
    size: int
    digest: str


def descriptor_of(contents: Contents, written: list[Written]) -> bytes:
    """Return the descriptor of a package."""
    results = contents.results
    subject = results.document.subject
    content = {
        "profile": "tabular-data-package",
        "name": name_of(contents),
        "title": f"Findings: {subject.title}",
        "description": "The results of a workforce-foresighting cycle, from which every number "
        "of its findings follows again. README.md says how.",
        "version": VERSION,
        "created": results.document.taken_at.isoformat(),
        "sources": [
            {
                "title": f"{each.name} {each.version}".strip(),
                "licence": each.licence,
                "attribution": each.attribution,
            }
            for each in results.document.sources
        ],
        "resources": [_resource(each) for each in written],
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def name_of(contents: Contents) -> str:
    """Return the package's name, in letters, digits and hyphens: of which cycle's results it is."""
    results = contents.results
    plain = normalize("NFKD", results.document.subject.title.casefold()).encode("ascii", "ignore")
    title = NO_NAME.sub("-", plain.decode())[:LONGEST_NAME].strip("-") or "cycle"
    of = "working" if results.is_working else f"snapshot-{results.number}"
    return f"{title}-{of}"


def _resource(written: Written) -> dict[str, Any]:
    table = written.table
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": written.path,
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.digest}",
        "schema": schema_of(table),
    }


def schema_of(table: Table[Any]) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    schema: dict[str, Any] = {
        "fields": [_field(each) for each in table.fields],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.refers:
        schema["foreignKeys"] = [_key(each) for each in table.refers]
    return schema


def _field(field: Field[Any]) -> dict[str, Any]:
    return {"name": field.name, "type": field.kind.value, "description": field.meaning}


def _key(refers: Refers) -> dict[str, Any]:
    return {
        "fields": list(refers.fields),
        "reference": {"resource": refers.table, "fields": list(refers.to)},
    }
