"""Section 4.13: the capabilities that no standard supports, or generic duties alone."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Missing, Note, Paragraph, Table
from reports.document.body.cells import code, columns, percent, table, text
from reports.document.facts import Document, Provision
from reports.document.wording import counted, percent_words


def unsupported(document: Document) -> Iterator[Block]:
    """Yield section 4.13."""
    found = document.provision
    if found is None:
        yield Missing("Map and gap has not been run, so it is not known what is without support.")
        return
    if found.unsupported_lines:
        yield Paragraph(_in_words(found))
        yield _lines(found)
    else:
        yield Missing("Every compared capability is matched by at least one duty.")
    if found.only_generic_lines:
        yield _only_generic(found)
        yield Note(
            "A generic duty is near to the work of many routes that are not its own, so a match "
            "with it says little."
        )


def _in_words(found: Provision) -> str:
    words = (
        f"{found.unsupported:,} of "
        f"{counted(found.capabilities, 'compared capability', 'compared capabilities')} "
        f"({percent_words(found.unsupported_percent)}) match no duty of any of the "
        f"{counted(found.standards_compared, 'standard')} compared, at a threshold of "
        f"{found.threshold_percent}\u00a0%. By the scores alone it would be "
        f"{found.unsupported_by_score:,}; {found.accepted_matches:,} matches were accepted and "
        f"{found.rejected_matches:,} rejected by people."
    )
    if not found.uncompared:
        return words
    return (
        f"{words} {found.uncompared:,} capabilities were kept after the run and are not among them."
    )


def _lines(found: Provision) -> Table:
    return table(
        "unsupported",
        "Capabilities that no standard supports",
        columns(
            ("Code", 8),
            ("Capability", 40),
            ("Nearest standard", 26),
            ("Score", 10, "n"),
            ("Profiles", 16),
        ),
        (
            (
                code(each.code),
                text(each.text),
                text(each.nearest_standard, "none"),
                percent(each.nearest_percent),
                text(", ".join(each.profile_codes), "none"),
            )
            for each in found.unsupported_lines
        ),
        heading=1,
    )


def _only_generic(found: Provision) -> Table:
    return table(
        "only-generic",
        "Capabilities that generic duties alone support",
        columns(
            ("Code", 8),
            ("Capability", 36),
            ("Nearest duty", 26),
            ("Standard", 20),
            ("Score", 10, "n"),
        ),
        (
            (
                code(each.code),
                text(each.text),
                text(each.duty),
                text(each.standard),
                percent(each.score_percent),
            )
            for each in found.only_generic_lines
        ),
        heading=1,
    )
