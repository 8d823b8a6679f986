"""Section 4.14: what reporting guidelines ask for, answered from the data of the cycle."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Paragraph
from reports.document.body.cells import NOT_RECORDED, columns, table, text
from reports.document.facts import Document


def checklist(document: Document) -> Iterator[Block]:
    """Yield section 4.14."""
    yield Paragraph(
        "The items that the reporting guidelines ACCORD and DELPHISTAR ask for, merged and filled "
        "from the data of the cycle. What the cycle does not hold is said to be not recorded."
    )
    yield table(
        "checklist",
        "Reporting checklist",
        columns(("Theme", 14), ("Item", 34), ("In this cycle", 52)),
        (
            (text(each.theme), text(each.item), text(each.answer, NOT_RECORDED))
            for each in document.checklist
        ),
        heading=1,
    )
