"""Section 4.16: how anybody can hold this report against the data that it was made from."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Bullets, Heading, Missing, Paragraph, Table
from reports.document.body.cells import columns, count, day, table, text
from reports.document.facts import Document, Provision, RoundLine

COMMAND = "flask --app wsgi consensus recompute"


def recomputing(document: Document) -> Iterator[Block]:
    """Yield section 4.16."""
    yield Heading("The snapshot")
    yield Paragraph(
        "Everything printed here stands in snapshot {{ snapshot.number }}, a file of plain JSON. "
        "Its SHA-256 is `{{ snapshot.digest }}`; the program `sha256sum` gives the same for the "
        "file that is downloaded. The snapshot's digest stands in the audit log of the cycle, "
        "whose links `flask --app wsgi audit verify` checks."
    )
    yield Heading("The verdicts")
    yield from _verdicts(document)
    if document.provision:
        yield Heading("Map and gap")
        yield from _mapping(document.provision)


def _verdicts(document: Document) -> Iterator[Block]:
    closed = tuple(each for each in document.agreement.rounds if each.bundle)
    if not closed:
        yield Missing("No round has closed, or its bundle is not recorded.")
        return
    yield Paragraph(
        "For each closed round there is a bundle: its answers in an order that tells nothing of "
        "who gave them, the rule card, and the verdicts as they were frozen, each file with its "
        "SHA-256. Pythia calculates a round again from its bundle alone, without any database, "
        f"with `{COMMAND}` and the name of the bundle. It prints every verdict, figure and part of "
        "the panel that comes out differently, says how many verdicts agree, and ends with an "
        "error if any does not. Items that too few people rated are withheld from the bundle, and "
        "it says how many. The README of a bundle tells how to do the same by hand."
    )
    yield _bundles(closed)
    yield Paragraph(
        f"The rule card is of version {document.agreement.rule.engine} of the arithmetic, SHA-256 "
        f"`{document.agreement.rule.digest}`. It stands in every bundle."
    )


def _bundles(closed: tuple[RoundLine, ...]) -> Table:
    return table(
        "bundles",
        "Bundles from which the rounds are calculated again",
        columns(("Workshop and round", 40), ("Closed", 20), ("Items", 12, "n"), ("Bundle", 28)),
        (
            (
                text(f"{each.workshop}, round {each.number}"),
                day(each.closed_on),
                count(each.asked),
                text(each.bundle),
            )
            for each in closed
        ),
    )


def _mapping(found: Provision) -> Iterator[Block]:
    yield Paragraph(
        f"Run {found.run_number} of map and gap has SHA-256 `{found.digest}`, its model "
        f"`{found.model_digest}`. The data package of the findings holds the matches with their "
        "scores, the verdicts of people, the profiles and the standards, from which anybody can "
        "count again:"
    )
    yield Bullets(
        (
            "a capability is without support where no match of its own reaches the threshold or "
            "was accepted, rejected ones aside;",
            "the fit of a profile to a standard is the share of the profile's compared "
            "capabilities that match one of the standard's duties;",
            "the surplus is the share of the standard's duties that match none of them;",
            "the priority of a profile is the number of its capabilities without support, then "
            "the lower best fit.",
        )
    )
