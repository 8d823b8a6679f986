"""What surrounds every page of map and gap: which run, at which threshold, and the ways around."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from cycles.core.access import current_place
from cycles.setup.queries import get_cycle
from reports.mapping.changing import changes_since
from reports.mapping.findings import Findings
from reports.mapping.models import MappingRun
from reports.mapping.queries import findings, runs_of
from reports.mapping.selection import Selection, read_selection
from reports.mapping.words import and_words, moment_words

TABS = (
    ("mapping.overview", "Overview"),
    ("reviewing.queue", "Review matches"),
)


@dataclass(frozen=True)
class Tab:
    """One page of map and gap."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Download:
    """One file of what a page shows."""

    label: str
    href: str


@dataclass(frozen=True)
class Frame:
    """The frame: ``about`` says in one line what the numbers rest on."""

    cycle_id: uuid.UUID
    findings: Findings
    selection: Selection
    cycle_threshold: int
    tabs: tuple[Tab, ...]
    about: str
    changed: str
    older: str
    newest_href: str

    def href(self, endpoint: str, **values: Any) -> str:
        """Return the address of a page of this cycle at the same threshold and run."""
        return url_for(endpoint, cycle_id=self.cycle_id, **{**self.selection.query(), **values})

    def finding_href(self, name: str, code: str = "", **args: Any) -> str:
        """Return where the explorer shows a page, or one thing on it, at the same threshold."""
        values = {"cycle_id": self.cycle_id, "page_name": name, **args}
        values["threshold"] = self.selection.threshold
        if code:
            return url_for("explorer.item", item_code=code, **values)
        return url_for("explorer.show", **values)

    def downloads(self, table: str, **values: Any) -> tuple[Download, ...]:
        """Return the files of a table, at the same threshold and run."""
        return tuple(
            Download(
                name,
                self.href("mapping.download", table=table, kind=name.lower(), **values),
            )
            for name in ("CSV", "XLSX", "JSON")
        )


def frame_of(cycle_id: uuid.UUID) -> Frame | None:
    """Return the frame of this request, or None before the first run."""
    runs = runs_of(cycle_id)
    if not runs:
        return None
    cycle = get_cycle(cycle_id)
    selection = read_selection(request.args)
    run = next((each for each in runs if each.number == selection.run), runs[0])
    selection = Selection(selection.threshold, None if run is runs[0] else run.number)
    found = findings(cycle_id, selection.threshold, run)
    if found is None:
        return None
    return Frame(
        cycle_id=cycle_id,
        findings=found,
        selection=selection,
        cycle_threshold=cycle.threshold_percent,
        tabs=_tabs(cycle_id, selection),
        about=_about(found),
        changed=_changed(run) if run is runs[0] else "",
        older=_older(run, runs[0]),
        newest_href=home_href(cycle_id),
    )


def home_href(cycle_id: uuid.UUID) -> str:
    """Return where map and gap begins."""
    return url_for("mapping.overview", cycle_id=cycle_id)


def is_convener() -> bool:
    """Say whether the reader runs the cycle."""
    return current_place().is_convener


def _tabs(cycle_id: uuid.UUID, selection: Selection) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            label,
            url_for(endpoint, cycle_id=cycle_id, **selection.query()),
            request.endpoint == endpoint,
        )
        for endpoint, label in TABS
    )


def _about(found: Findings) -> str:
    run = found.run
    return (
        f"Run {run.number} of {moment_words(run.created_at)}, against {run.framework_words}. "
        f"A match scores {found.threshold_percent} % or more, unless reviewers say otherwise."
    )


def _changed(run: MappingRun) -> str:
    changes = changes_since(run)
    if not changes:
        return ""
    return f"This run was made before a change to {and_words(changes)}. Run again to bring it in."


def _older(run: MappingRun, newest: MappingRun) -> str:
    if run is newest:
        return ""
    return f"This is run {run.number}. Run {newest.number} is the newest."
