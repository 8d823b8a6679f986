"""What prose looks like in the report that would be drawn up now, and what is to be mended in it.

For the person who is writing: nothing is kept here and nothing refused.
"""

from dataclasses import dataclass, replace

from markupsafe import Markup

from reports.document.facts import Section
from reports.narrative.checking import Known, known_of
from reports.narrative.checklist import Checklist, SectionCheck, checklist_of
from reports.narrative.commands import LONGEST
from reports.narrative.naming import places_of
from reports.narrative.numbers import filled_in
from reports.narrative.prose import prose_html
from reports.narrative.queries import sections_of
from reports.results.keeping import Kept
from reports.results.results import Results

MOST_KEPT = 6
_kept: Kept[str, Known] = Kept(MOST_KEPT)


@dataclass(frozen=True)
class Preview:
    """Prose as the report would print it, None where there is none, with what the checks say."""

    html: Markup | None
    check: SectionCheck


def preview_of(results: Results, section: str, markdown: str) -> Preview:
    """Return how the report of these results would print the prose of a section.

    It is held against the other sections as they stand, too. Of what is too long to be saved only
    so much is looked at as could be.
    """
    markdown = markdown[:LONGEST]
    sections = tuple(
        Section(section, markdown, is_drafted=False) if each.key == section else each
        for each in sections_of(results.cycle_id, results.document)
    )
    check = next(each for each in checked(results, sections).sections if each.key == section)
    labels = {each.name: each.label for each in places_of(results)}
    filled = filled_in(markdown, results.document, labels)
    return Preview(prose_html(filled) if markdown.strip() else None, check)


def checked(results: Results, sections: tuple[Section, ...]) -> Checklist:
    """Look through sections of prose as they would stand in a report of these results."""
    facts = _kept.get(results.key, lambda: known_of(results.document))
    document = replace(results.document, narrative=sections)
    return checklist_of(document, places=places_of(results), facts=facts)
