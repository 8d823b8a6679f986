"""Part 4, sections 4.1 to 4.8: what foresighting is, who took part, when, and what was gathered."""

from collections.abc import Iterator

from reports.document.body.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Listing,
    Missing,
    Note,
    Paragraph,
    Prose,
    Table,
    Terms,
)
from reports.document.body.cells import code, columns, count, day, table, text
from reports.document.facts import Capability, Document, OrganisationLine, People, WorkshopLine
from reports.document.wording import capital, counted

UNCLASSIFIED = "Not classified"
ACCESS = (
    "every table of this report as a sheet of one spreadsheet, and every figure as a picture;",
    "the data package of the findings: all rows behind them as CSV files, with the meaning of "
    "every column, the keys that join them, and the licences of what they were made from;",
    "the bundles from which the verdicts of each closed round are calculated again, named in "
    "section 4.16.",
)


def foresighting(_document: Document) -> Iterator[Block]:
    """Yield section 4.1."""
    yield Prose("foresighting")


def people(document: Document) -> Iterator[Block]:
    """Yield section 4.2. No person is named, and each organisation stands there once."""
    found = document.people
    if not found.people:
        yield Missing("Nobody takes part yet.")
        return
    yield Paragraph(_who(found))
    yield table(
        "people",
        "People by group",
        columns(("Group", 40), ("People", 30, "n"), ("Organisations", 30, "n")),
        (
            (text(f"{capital(line.group)}s"), count(line.people), count(line.organisations))
            for line in found.groups
        ),
    )
    yield Note(
        "An organisation with people in two groups is counted in both lines above, and once in "
        "the total."
    )
    if found.organisations:
        yield _organisations(found)


def _who(found: People) -> str:
    sits = "sits" if found.panel_members == 1 else "sit"
    takes = "takes" if found.people == 1 else "take"
    without = (
        f" {found.without_organisation:,} named no organisation."
        if found.without_organisation
        else ""
    )
    invited = (
        f" {counted(found.invitations, 'invitation')} had been made." if found.invitations else ""
    )
    return (
        f"{counted(found.people, 'person', 'people')} {takes} part, from "
        f"{counted(found.organisation_count, 'organisation')}; {found.panel_members:,} of them "
        f"{sits} on the employer panel.{without}{invited} No person is named in this report."
    )


def _organisations(found: People) -> Table:
    groups = tuple(Column(f"{capital(line.group)}s", 13, is_number=True) for line in found.groups)
    return table(
        "organisations",
        "Organisations and the number of their people in each group",
        (*columns(("Organisation", 20), ("Kind", 15)), *groups),
        map(_organisation, found.organisations),
    )


def _organisation(line: OrganisationLine) -> tuple[Cell, ...]:
    return (text(line.name), text(line.kind), *(count(each or None) for each in line.people))


def timeline(document: Document) -> Iterator[Block]:
    """Yield section 4.3."""
    if document.subject.milestones:
        yield table(
            "timeline",
            "Timeline of the cycle",
            columns(("Date", 26), ("Milestone", 74)),
            ((day(each.on), text(each.title)) for each in document.subject.milestones),
            heading=1,
        )
    else:
        yield Missing("No milestone has been recorded.")
    if document.agreement.workshops:
        yield _workshops(document.agreement.workshops)
    else:
        yield Missing("No workshop has been planned.")


def _workshops(found: tuple[WorkshopLine, ...]) -> Table:
    return table(
        "workshops",
        "Workshops",
        columns(("Workshop", 36), ("Kind", 24), ("From", 20), ("To", 20)),
        (
            (text(each.title), text(capital(each.kind)), day(each.opened_on), day(each.closed_on))
            for each in found
        ),
    )


def access(_: Document) -> Iterator[Block]:
    """Yield section 4.4."""
    yield Paragraph(
        "This report prints snapshot {{ snapshot.number }} of the cycle, taken on "
        "{{ snapshot.taken }}. The snapshot is kept as it was and can be downloaded from the "
        "cycle's report page by everybody who may read this report. Its SHA-256 is "
        "`{{ snapshot.digest }}`. Every number here is read from it. Beside it there can be had:"
    )
    yield Bullets(ACCESS)


def glossary(document: Document) -> Iterator[Block]:
    """Yield section 4.5."""
    yield Terms(tuple((each.word, each.meaning) for each in document.terms))


def references(document: Document) -> Iterator[Block]:
    """Yield section 4.6."""
    yield Bullets(tuple(each.text for each in document.references))


def listings(_document: Document) -> Iterator[Block]:
    """Yield section 4.7."""
    yield Heading("Figures")
    yield Listing("figures")
    yield Heading("Tables")
    yield Note("The tables of each profile stand with it in section 4.11.")
    yield Listing("tables")


def capabilities(document: Document) -> Iterator[Block]:
    """Yield section 4.8, a table for each function, which its rows then need not name."""
    found = document.capabilities
    if not found.lines:
        yield Missing("No capability has been kept yet.")
        return
    yield Paragraph(
        f"{found.kept:,} kept of {found.submitted:,} submitted; {found.merged:,} merged, "
        f"{found.rejected:,} rejected, {found.waiting:,} waiting. They lie in "
        f"{counted(found.domain_count, 'domain')} and "
        f"{counted(found.area_count, 'functional area')}."
    )
    functions = dict.fromkeys(
        [*(line.name for line in found.functions), *(line.function for line in found.lines)]
    )
    for function in functions:
        lines = tuple(line for line in found.lines if line.function == function)
        if lines:
            yield _capabilities(function, lines)


def _capabilities(function: str, lines: tuple[Capability, ...]) -> Table:
    return table(
        f"capabilities-{function.lower() or 'unclassified'}",
        f"Capabilities: {function or UNCLASSIFIED}",
        columns(("Code", 8), ("Capability", 46), ("Functional area", 18), ("Partners", 28)),
        (
            (
                code(line.code),
                text(line.text),
                text(line.area, "not classified"),
                text(", ".join(line.partners), "none"),
            )
            for line in lines
        ),
        heading=1,
    )
