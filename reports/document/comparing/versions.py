"""One of the two sides of a comparison: a document with its body and its figures. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from reports.document.body import body_of
from reports.document.body.blocks import PartBody, Table
from reports.document.body.competencies import spelled_out
from reports.document.body.numbering import Numbers, all_blocks, numbers_of
from reports.document.facts import Document
from reports.document.figures import Figure, figures_of
from reports.narrative.numbers import filled_in
from reports.narrative.prose import prose_html

LABELLED = "ksbs"
SNAPSHOT = ("snapshot.number", "snapshot.taken", "snapshot.digest")
_ENDS = re.compile(r"</(?:p|li|h4|h5|tr|pre|blockquote)>")


@dataclass(frozen=True)
class Version:
    """A document laid out. ``digest`` is its snapshot's."""

    document: Document
    digest: str
    body: tuple[PartBody, ...]
    numbers: Numbers
    figures: Mapping[str, Figure]

    @property
    def tables(self) -> dict[str, Table]:
        """Return the tables by key, in the order of reading; labels of KSBs spelled out."""
        found = {each.key: each for each in all_blocks(self.body) if isinstance(each, Table)}
        return found | {LABELLED: spelled_out(self.document)} if LABELLED in found else found

    @property
    def prose(self) -> dict[str, str]:
        """Return the Markdown of each section of prose, by its key."""
        return {each.key: each.markdown for each in self.document.narrative}

    def passages(self, markdown: str) -> tuple[str, ...]:
        """Return Markdown as plain texts: one for each paragraph, heading, row and list item.

        A reference keeps its name instead of its number: a figure that came in early would make
        every later reference look changed. So does what marks a snapshot, which never is the same.
        """
        names = {name: name for name in (*self.numbers.references, *SNAPSHOT)}
        html = prose_html(filled_in(markdown, self.document, names))
        texts = (Markup(part).striptags() for part in _ENDS.split(html))  # noqa: S704 - tags go
        return tuple(each for each in texts if each)


def version_of(document: Document, *, digest: str) -> Version:
    """Return a document as a side of a comparison."""
    body, figures = body_of(document), figures_of(document)
    return Version(document, digest, body, numbers_of(body, figures), figures)
