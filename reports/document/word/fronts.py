"""What stands before and around the text: the cover, the contents, the lists of figures and tables.

Contents and lists are fields: Word puts the pages in when it opens the file. Until then, and in
programs that do not, their lines are links.
"""

from collections.abc import Iterator

from reports.document.edition import Edition
from reports.document.word.elements import begin_field, end_field, link_within, paragraph, run
from reports.document.word.paper import Paper

FIELDS = {
    "figures": 'TOC \\h \\z \\c "Figure"',
    # By style: tables within an entry, such as a profile, are not listed.
    "tables": 'TOC \\h \\z \\t "Listed Caption,1"',
}
NO_FIGURE = "There is no figure: what one would show is not there yet."
Line = tuple[str, str, str]
"""A line of a list: its style, the anchor that it leads to, and its words."""


def write_cover(paper: Paper, edition: Edition) -> None:
    """Write the cover: what the report is of, who made it, and which snapshot it prints."""
    subject = edition.document.subject
    run(paragraph(paper.body, "Title"), subject.title)
    run(paragraph(paper.body, "Subtitle"), "Findings of a workforce-foresighting cycle")
    for name, value in (
        ("Convener", subject.convener or "not recorded"),
        ("Sponsor", subject.sponsor or "not recorded"),
        ("Findings as of", edition.taken),
        ("Snapshot", f"{edition.document.number}, SHA-256 {edition.digest}"),
    ):
        line = paragraph(paper.body, "Normal")
        run(line, f"{name}: ", "b")
        run(line, value)
    if subject.is_demonstration:
        words = "A demonstration cycle: its data are illustrative and its raters simulated."
        run(paragraph(paper.body, "ReportDraft"), words)
    if not edition.is_draft:
        words = "A copy for editing. What was published is the PDF of the same snapshot."
        run(paragraph(paper.body, "ReportNote"), words)


def write_contents(paper: Paper, edition: Edition) -> None:
    """Write the contents: parts and sections."""
    # Not a heading of the outline: the contents do not list themselves.
    run(paragraph(paper.body, "TOCHeading"), "Contents")
    _write_lines(paper, 'TOC \\o "1-2" \\h \\z \\u', list(_contents(edition)))


def write_listing(paper: Paper, edition: Edition, of: str) -> None:
    """Write the list of all figures or of all tables."""
    lines = list(_listed(edition, of))
    if of == "figures" and not lines:
        run(paragraph(paper.body, "ReportNote"), NO_FIGURE)
    _write_lines(paper, FIELDS[of], lines)


def _contents(edition: Edition) -> Iterator[Line]:
    for part in edition.outline:
        yield "toc1", part.anchor, f"{part.number} {part.title}"
        for place in part.places:
            yield "toc2", place.anchor, f"{place.number} {place.title}"


def _listed(edition: Edition, of: str) -> Iterator[Line]:
    style = "tableoffigures"
    if of == "figures":
        for figure in sorted(edition.figures.values(), key=lambda each: each.number):
            if figure.key in edition.numbers.figures:
                words = f"Figure {figure.number}. {figure.title}"
                yield style, f"figure-{figure.key}", words
        return
    for key, table in edition.listed_tables.items():
        yield style, f"table-{key}", f"Table {edition.numbers.tables[key]}. {table.caption}"


def _write_lines(paper: Paper, instruction: str, lines: list[Line]) -> None:
    for at, (style, anchor, words) in enumerate(lines):
        made = paragraph(paper.body, style)
        if at == 0:
            begin_field(made, instruction)
        run(link_within(made, anchor), words)
        if at == len(lines) - 1:
            end_field(made)
