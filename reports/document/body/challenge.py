"""Part 2: the challenge and its solutions."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Prose
from reports.document.body.cells import NOT_RECORDED, columns, table, text
from reports.document.facts import Document


def challenge(_document: Document) -> Iterator[Block]:
    """Yield section 2.1."""
    yield Prose("challenge")


def solutions(document: Document) -> Iterator[Block]:
    """Yield section 2.2."""
    yield Prose("solutions")
    if document.subject.solutions:
        yield table(
            "solutions",
            "Candidate solutions",
            columns(("Solution", 26), ("Prioritised", 14), ("Reason", 60)),
            (
                (
                    text(each.name),
                    text("Yes" if each.is_prioritised else "No"),
                    text(each.reason, NOT_RECORDED),
                )
                for each in document.subject.solutions
            ),
        )


def prioritised(_document: Document) -> Iterator[Block]:
    """Yield section 2.3."""
    yield Prose("prioritised")


def scale(_document: Document) -> Iterator[Block]:
    """Yield section 2.4."""
    yield Prose("scale")


def stakeholders(_document: Document) -> Iterator[Block]:
    """Yield section 2.5."""
    yield Prose("stakeholders")
