"""The body of a report: its parts, sections and blocks, made from a document alone.

Every sentence, table and list of the system's stands here once, whatever renders it. Prose is
named, not held: it is the convener's.
"""

from collections.abc import Callable, Iterable, Mapping

from reports.document.body import (
    appendices,
    challenge,
    findings,
    findings_action,
    findings_change,
    findings_occupations,
    findings_provision,
    summary,
)
from reports.document.body.blocks import Block, PartBody, SectionBody
from reports.document.facts import Document
from reports.document.outline import OUTLINE

Writer = Callable[[Document], Iterable[Block]]

OPENINGS: Mapping[str, Writer] = {"1": summary.opening}
WRITERS: Mapping[str, Writer] = {
    "1.1": summary.executive_summary,
    "1.2": summary.organisational_change,
    "1.3": summary.highlights,
    "1.4": summary.concern,
    "1.5": summary.next_steps,
    "1.6": summary.explorer,
    "2.1": challenge.challenge,
    "2.2": challenge.solutions,
    "2.3": challenge.prioritised,
    "2.4": challenge.scale,
    "2.5": challenge.stakeholders,
    "3.1": findings.methodology,
    "3.2": findings_change.organisational_change,
    "3.3": findings_occupations.occupational_change,
    "3.4": findings_provision.provision,
    "3.5": findings_action.summary,
    "3.6": findings_action.recommendations,
    **appendices.WRITERS,
}
"""Who writes each section, by its number in the outline."""


def body_of(document: Document) -> tuple[PartBody, ...]:
    """Return the parts of a report in their order, each section with its blocks."""
    return tuple(
        PartBody(
            part,
            tuple(OPENINGS[part.number](document)) if part.number in OPENINGS else (),
            tuple(
                SectionBody(place, tuple(WRITERS[place.number](document)))
                for place in part.places
                if place.number in WRITERS
            ),
        )
        for part in OUTLINE
    )
