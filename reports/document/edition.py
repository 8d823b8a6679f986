"""An edition: a document laid out for reading, on a page or in print. Nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from cycles.core.clock import LONDON
from reports.document.body import body_of
from reports.document.body.blocks import PartBody, Table
from reports.document.body.numbering import Numbers, all_blocks, numbers_of
from reports.document.facts import Document
from reports.document.figures import Figure, figures_of
from reports.document.outline import OUTLINE, Part
from reports.narrative.numbers import filled_in
from reports.narrative.prose import prose_html


@dataclass(frozen=True)
class Prose:
    """The prose of a section as sanitised HTML, and whether it is still the draft."""

    html: Markup
    is_drafted: bool


@dataclass(frozen=True)
class Edition:
    """One document with its prose, its figures and its order. ``digest`` is the snapshot's."""

    document: Document
    digest: str
    is_draft: bool
    taken: str
    outline: tuple[Part, ...]
    body: tuple[PartBody, ...]
    numbers: Numbers
    prose: Mapping[str, Prose]
    figures: Mapping[str, Figure]

    @property
    def references(self) -> Mapping[str, str]:
        """Return what stands for each name in the report's words that is not a number's.

        Beside figures and tables: what marks the snapshot, whose digest the document itself cannot
        hold.
        """
        return {
            **self.numbers.references,
            "snapshot.number": f"{self.document.number}",
            "snapshot.digest": self.digest,
            "snapshot.taken": self.taken,
        }

    @property
    def tables(self) -> Mapping[str, Table]:
        """Return the tables by key, in the order of reading."""
        return {each.key: each for each in all_blocks(self.body) if isinstance(each, Table)}

    @property
    def listed_tables(self) -> Mapping[str, Table]:
        """Return the tables that a list of tables names; those of an entry stand with it."""
        return {
            each.key: each
            for part in self.body
            for section in part.sections
            for each in section.blocks
            if isinstance(each, Table)
        }

    def html(self, markdown: str) -> Markup:
        """Return words of the report as HTML, the names of numbers and figures filled in."""
        return prose_html(filled_in(markdown, self.document, self.references))


def make_edition(document: Document, *, digest: str, is_draft: bool) -> Edition:
    """Lay out a document."""
    body, figures = body_of(document), figures_of(document)
    numbers = numbers_of(body, figures)
    taken = document.taken_at.astimezone(LONDON)
    return Edition(
        document=document,
        digest=digest,
        is_draft=is_draft,
        taken=f"{taken.day} {taken:%B %Y, %H:%M %Z}",
        outline=OUTLINE,
        body=body,
        numbers=numbers,
        prose=_prose(document, numbers),
        figures=_numbered(figures, numbers),
    )


def _prose(document: Document, numbers: Numbers) -> Mapping[str, Prose]:
    references = numbers.references
    return {
        each.key: Prose(prose_html(filled_in(each.markdown, document, references)), each.is_drafted)
        for each in document.narrative
    }


def _numbered(figures: Mapping[str, Figure], numbers: Numbers) -> Mapping[str, Figure]:
    """Return the figures that stand somewhere, in the order of reading."""
    return {key: replace(figures[key], number=number) for key, number in numbers.figures.items()}
