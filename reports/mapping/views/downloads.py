"""The threshold's curve and two runs compared, as CSV, XLSX and JSON."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, request

from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from reports.mapping import tables
from reports.mapping.findings import Findings
from reports.mapping.tables import Table
from reports.mapping.views import mapping
from reports.mapping.views.frame import Frame, frame_of
from reports.mapping.views.runs_page import differences_of


@dataclass(frozen=True)
class File:
    """A table to send; ``facts`` say what it rests on."""

    name: str
    facts: dict[str, Any]
    table: Table


@mapping.get("/download/<table>.<any(csv, xlsx, json):kind>")
@opens_to(Door.REVIEWER)
def download(cycle_id: uuid.UUID, table: str, kind: str) -> Response:
    """Send a table of this run at this threshold."""
    frame = frame_of(cycle_id)
    found = _file(frame, table) if frame else None
    if found is None:
        abort(404)
    if kind == "json":
        return _json(found)
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"{found.name}.{kind}", found.table.headings, found.table.rows)


def _file(frame: Frame, name: str) -> File | None:
    if name == "runs-compared":
        return _runs(frame)
    if name != "threshold-curve":
        return None
    found = frame.findings
    at = f"{name}-run-{found.run.number}-at-{found.threshold_percent}"
    return File(at, _facts(found), tables.curve_table(found))


def _runs(frame: Frame) -> File | None:
    found = differences_of(frame.cycle_id, request.args)
    if found is None:
        return None
    name = f"runs-{found.before.run.number}-and-{found.after.run.number}-compared"
    facts = {"before": _facts(found.before), "after": _facts(found.after)}
    return File(name, facts, tables.runs_table(found))


def _facts(found: Findings) -> dict[str, Any]:
    return {
        "run": found.run.number,
        "digest": found.run.digest,
        "model": found.run.model_name,
        "adapter": found.run.adapter.digest if found.run.adapter else None,
        "frameworks": [
            {
                "name": each.name,
                "version": each.version,
                "snapshot_on": each.snapshot_on.isoformat(),
                "licence": each.licence,
                "attribution": each.attribution,
            }
            for each in found.run.frameworks
        ],
        "threshold_percent": found.threshold_percent,
    }


def _json(found: File) -> Response:
    headings, rows = found.table.headings, found.table.rows
    content = {**found.facts, "rows": [dict(zip(headings, row, strict=True)) for row in rows]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    answer = Response(text, content_type="application/json; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{found.name}.json")
    return answer
