"""What is written on: a document with its body, and what is counted through the whole file."""

import io
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from reports.document.word.elements import bookmark_name, element


@dataclass
class Paper:
    """A document that is being written. ``body`` takes the next paragraph or table."""

    document: Any
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def body(self) -> "Body":
        """Return where paragraphs and tables go: before the last section's own element."""
        return Body(self.document.element.body)

    def relation(self, address: str) -> str:
        """Return the id of a link to an address outside."""
        made: str = self.document.part.relate_to(
            address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        return made

    def new_numbering(self, start: int = 1) -> int:
        """Return the id of a numbered list of its own, so that it begins at ``start``."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element
        linked = style.pPr.numPr.numId.val
        number = next(one for one in numbering.num_lst if one.numId == linked)
        made = numbering.add_num(number.abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(start)
        found: int = made.numId
        return found

    def begin_bookmark(self, parent: Any, anchor: str) -> int:
        """Begin what an anchor names, and return the number under which it ends."""
        number: int = next(self.numbers)
        element(parent, "w:bookmarkStart", id=number, name=bookmark_name(anchor))
        return number

    def end_bookmark(self, parent: Any, number: int) -> None:
        """End what an anchor names."""
        element(parent, "w:bookmarkEnd", id=number)

    def content(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


class Body:
    """The body of a document: what is appended stands before its page set-up, which ends it."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def append(self, made: Any) -> None:
        """Add a paragraph or a table at the end of what is written."""
        last = self.inner[-1] if len(self.inner) else None
        if last is not None and last.tag == qn("w:sectPr"):
            last.addprevious(made)
        else:
            self.inner.append(made)
