"""The importer of the library: how a request's plain options become an import of records."""

from cycles.core.audit import EventType
from cycles.importing.asking import offer
from cycles.importing.importers import Asked, Importer, Outcome
from cycles.importing.sheets import ENDINGS
from cycles.library.commands import SourceFacts, import_library

IMPORT_ASKED = EventType("library.import_asked", "source", "good_rows_only")


def _carry_out(asked: Asked) -> Outcome:
    """Import one file; ``options`` are source, occupations_like and is_part."""
    (given,) = asked.files
    found = import_library(
        given.stream,
        given.filename,
        source=SourceFacts(**asked.options["source"]),
        occupations_like=asked.options["occupations_like"],
        is_part=asked.options["is_part"],
        actor=asked.actor,
        moment=asked.moment,
        report=asked.report,
        good_rows_only=asked.good_rows_only,
        is_check=asked.is_check,
    )
    return Outcome(
        subject_id=found.source_id,
        name=found.source,
        shape=found.shape,
        counts=found.counts,
        changes=found.changes,
        problems=found.problems,
        notes=found.notes,
    )


IMPORTER = Importer(
    section="library",
    doing="Importing into the library",
    endings=ENDINGS,
    asked=IMPORT_ASKED,
    subject="source",
    counts={
        "Records": ("records", "added", "changed", "retired"),
        "Links to wider statements": ("links", "links_added", "links_changed", "links_removed"),
    },
    carry_out=_carry_out,
    scope=lambda _outcome: "library",
)
offer(IMPORTER)
