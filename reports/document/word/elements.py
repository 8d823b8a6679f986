"""The elements that a Word file is made of: paragraphs, runs, fields, links, bookmarks.

Nothing here knows what a report is.
"""

import re
from hashlib import sha256
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from cycles.core.sayable import sayable

LONGEST_BOOKMARK = 40


def element(parent: Any, name: str, /, **attributes: object) -> Any:
    """Add an element such as ``w:p`` to its parent; attributes are of the same namespace."""
    made: Any = OxmlElement(name)
    prefix = name.split(":", maxsplit=1)[0]
    for key, value in attributes.items():
        made.set(qn(f"{prefix}:{key}"), sayable(str(value)))
    if parent is not None:
        parent.append(made)
    return made


def paragraph(parent: Any, style: str, *, numbering: int | None = None) -> Any:
    """Add a paragraph of a style, by its id; ``numbering`` is the list that it counts in."""
    made = element(parent, "w:p")
    looks = element(made, "w:pPr")
    element(looks, "w:pStyle", val=style)
    if numbering is not None:
        numbered = element(looks, "w:numPr")
        element(numbered, "w:ilvl", val=0)
        element(numbered, "w:numId", val=numbering)
    return made


def run(parent: Any, text: str, *styles: str) -> Any:
    """Add text with its ``styles``, "b" for strong and "i" for emphasis; line ends are kept."""
    made = element(parent, "w:r")
    if styles:
        looks = element(made, "w:rPr")
        for each in styles:
            element(looks, f"w:{each}")
    for number, line in enumerate(sayable(text).split("\n")):
        if number:
            element(made, "w:br")
        words = element(made, "w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(parent: Any, instruction: str, shown: str) -> None:
    """Add a field that Word works out; ``shown`` stands there until it does."""
    made = element(parent, "w:fldSimple", instr=f" {instruction} ")
    run(made, shown)


def begin_field(parent: Any, instruction: str) -> None:
    """Begin a field that holds whole paragraphs; Word brings it up to date when it opens."""
    _field_sign(parent, "begin").set(qn("w:dirty"), "true")
    words = element(element(parent, "w:r"), "w:instrText")
    words.text = f" {instruction} "
    _field_sign(parent, "separate")


def end_field(parent: Any) -> None:
    """End the field that was begun last."""
    _field_sign(parent, "end")


def _field_sign(parent: Any, kind: str) -> Any:
    return element(element(parent, "w:r"), "w:fldChar", fldCharType=kind)


def bookmark_name(anchor: str) -> str:
    """Return the name under which Word knows an anchor: letters and digits, and not too many.

    >>> bookmark_name("figure-fit-surplus")
    'figure_fit_surplus'
    """
    name = re.sub(r"\W", "_", anchor)
    if not name[:1].isalpha():
        name = f"a_{name}"
    if len(name) <= LONGEST_BOOKMARK:
        return name
    return f"{name[: LONGEST_BOOKMARK - 9]}_{sha256(anchor.encode()).hexdigest()[:8]}"


def link_within(parent: Any, anchor: str) -> Any:
    """Add a link to an anchor of the same file, for its runs."""
    return element(parent, "w:hyperlink", anchor=bookmark_name(anchor), history="1")


def link_outside(parent: Any, relation: str) -> Any:
    """Add a link to where a relation of the file leads, for its runs."""
    made = element(parent, "w:hyperlink", history="1")
    made.set(qn("r:id"), relation)
    return made
