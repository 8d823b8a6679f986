"""The checklists of two reporting guidelines, filled from the document itself.

An empty answer is printed as "not recorded". What the answers say lives in ``answers``, what is
asked in ``accord`` and ``delphistar``.
"""

from reports.document.assembling import accord, delphistar
from reports.document.facts import CheckItem, Document

GUIDELINES = (("ACCORD", accord.ITEMS), ("DELPHISTAR", delphistar.ITEMS))


def checklist_of(document: Document) -> tuple[CheckItem, ...]:
    """Return every line of both checklists with its answer, each in its guideline's order."""
    return tuple(
        CheckItem(theme, item, answer(document), guideline, number)
        for guideline, items in GUIDELINES
        for number, theme, item, answer in items
    )
