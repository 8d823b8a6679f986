"""The importer of standards: how a request's plain options become an import of a framework."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cycles.core.audit import EventType
from cycles.importing.asking import offer
from cycles.importing.importers import Asked, Importer, Outcome
from cycles.standards.commands import FrameworkFacts, import_standards
from cycles.standards.importing.files import ENDINGS, SourceFile

IMPORT_ASKED = EventType("standards.import_asked", "framework", "good_rows_only")


def _carry_out(asked: Asked) -> Outcome:
    """Import files as one; ``options`` are framework, with_unapproved and is_part."""
    found = import_standards(
        [SourceFile(each.filename, each.stream) for each in asked.files],
        framework=_facts(asked.options["framework"]),
        with_unapproved=asked.options["with_unapproved"],
        is_part=asked.options["is_part"],
        actor=asked.actor,
        moment=asked.moment,
        report=asked.report,
        good_rows_only=asked.good_rows_only,
        is_check=asked.is_check,
    )
    return Outcome(
        subject_id=found.framework_id,
        name=found.framework,
        shape="",
        counts=found.counts,
        changes=found.changes,
        problems=found.problems,
        notes=found.notes,
    )


def _facts(told: Mapping[str, Any]) -> FrameworkFacts:
    day = told.get("snapshot_on")
    return FrameworkFacts(**{**told, "snapshot_on": date.fromisoformat(day) if day else None})


IMPORTER = Importer(
    section="standards",
    doing="Importing standards",
    endings=ENDINGS,
    asked=IMPORT_ASKED,
    subject="framework",
    counts={
        "Standards": ("standards", "added", "changed", "retired"),
        "Duties": ("duties", "duties_added", "duties_changed", "duties_retired"),
        "Knowledge, skills and behaviours": (
            "ksbs",
            "ksbs_added",
            "ksbs_changed",
            "ksbs_removed",
        ),
    },
    carry_out=_carry_out,
    scope=lambda outcome: f"framework:{outcome.subject_id}",
)
offer(IMPORTER)
