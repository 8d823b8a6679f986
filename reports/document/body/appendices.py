"""Who writes each section of part 4, the appendices, by its number in the outline."""

from collections.abc import Callable, Iterable, Mapping

from reports.document.body import (
    appendices_general,
    attributions,
    competencies,
    dissent,
    method,
    profiles,
    recomputing,
    reporting,
    unsupported,
)
from reports.document.body.blocks import Block
from reports.document.facts import Document

WRITERS: Mapping[str, Callable[[Document], Iterable[Block]]] = {
    "4.1": appendices_general.foresighting,
    "4.2": appendices_general.people,
    "4.3": appendices_general.timeline,
    "4.4": appendices_general.access,
    "4.5": appendices_general.glossary,
    "4.6": appendices_general.references,
    "4.7": appendices_general.listings,
    "4.8": appendices_general.capabilities,
    "4.9": method.agreement,
    "4.10": dissent.dissent,
    "4.11": profiles.profiles,
    "4.12": competencies.ksbs,
    "4.13": unsupported.unsupported,
    "4.14": reporting.checklist,
    "4.15": attributions.sources,
    "4.16": recomputing.recomputing,
}
