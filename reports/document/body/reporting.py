"""Section 4.14: what reporting guidelines ask for, answered from the data of the cycle."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, Paragraph, Table
from reports.document.body.cells import NOT_RECORDED, code, columns, table, text
from reports.document.facts import CheckItem, Document


def checklist(document: Document) -> Iterator[Block]:
    """Yield section 4.14, a table for each guideline; snapshots from before merged the two."""
    yield Paragraph(
        "What the reporting guidelines ACCORD and DELPHISTAR ask for, filled from the data of the "
        "cycle; the items are told in our own words, the guidelines are in section 4.6. What the "
        "cycle does not hold is said to be not recorded."
    )
    for guideline in dict.fromkeys(each.guideline for each in document.checklist):
        items = tuple(each for each in document.checklist if each.guideline == guideline)
        yield _numbered(guideline, items) if guideline else _merged(items)


def _numbered(guideline: str, items: tuple[CheckItem, ...]) -> Table:
    return table(
        f"checklist-{guideline.lower()}",
        f"{guideline}: reporting checklist",
        columns(("Item", 7), ("Asked for", 35), ("In this cycle", 58)),
        ((code(each.number), text(f"{each.theme}: {each.item}"), _answer(each)) for each in items),
        heading=1,
    )


def _merged(items: tuple[CheckItem, ...]) -> Table:
    return table(
        "checklist",
        "Reporting checklist, both guidelines merged",
        columns(("Theme", 14), ("Item", 34), ("In this cycle", 52)),
        ((text(each.theme), text(each.item), _answer(each)) for each in items),
        heading=1,
    )


def _answer(found: CheckItem) -> Cell:
    return text(found.answer, NOT_RECORDED)
