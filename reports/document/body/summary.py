"""Part 1: the executive summary."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, FigureHere, Missing, Prose, Tile, Tiles
from reports.document.body.cells import columns, count, part, percent, table, text
from reports.document.facts import Document, ProfileProvision

FIRST = 5


def opening(document: Document) -> Iterator[Block]:
    """Yield what stands above section 1.1: the cycle in four numbers."""
    found, provision = document.occupations, document.provision
    unsupported = f"{provision.unsupported:,}" if provision else "–"
    yield Tiles(
        (
            Tile(f"{document.capabilities.kept:,}", "capabilities"),
            Tile(f"{found.profile_count:,}", f"profiles, {found.ratified_count:,} ratified"),
            Tile(f"{document.ksbs.accepted:,}", "knowledge, skills and behaviours"),
            Tile(unsupported, "capabilities without support"),
        ),
        "The cycle in figures",
    )


def executive_summary(_document: Document) -> Iterator[Block]:
    """Yield section 1.1."""
    yield Prose("executive_summary")


def organisational_change(_document: Document) -> Iterator[Block]:
    """Yield section 1.2."""
    yield Prose("organisational_change")
    yield FigureHere("functions")


def highlights(document: Document) -> Iterator[Block]:
    """Yield section 1.3."""
    yield Prose("fop_highlights")
    if not document.occupations.ratified_count:
        yield Missing("No profile has been ratified.")


def concern(document: Document) -> Iterator[Block]:
    """Yield section 1.4."""
    yield Prose("areas_of_concern")
    if document.provision is None:
        return
    yield table(
        "first-priorities",
        "The profiles that need attention first",
        columns(
            ("Priority", 10, "n"),
            ("Profile", 40),
            ("Role level", 24),
            ("Unsupported", 14, "n"),
            ("Best fit", 12, "n"),
        ),
        map(_priority, document.provision.priorities[:FIRST]),
        heading=1,
        empty="There is no profile to rank.",
    )


def _priority(found: ProfileProvision) -> tuple[Cell, ...]:
    return (
        count(found.priority_rank),
        text(f"{found.code} {found.name}"),
        text(found.role_level),
        part(found.unsupported_count, found.member_count),
        percent(found.best_fit_percent),
    )


def next_steps(_document: Document) -> Iterator[Block]:
    """Yield section 1.5."""
    yield Prose("next_steps")


def explorer(_document: Document) -> Iterator[Block]:
    """Yield section 1.6."""
    yield Prose("explorer")
