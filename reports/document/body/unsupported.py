"""Section 4.13: the capabilities that no standard supports, or generic duties alone."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, Missing, Note, Paragraph, Table
from reports.document.body.cells import NOT_RECORDED, code, columns, count, percent, table, text
from reports.document.facts import Document, Provision, Unsupported
from reports.document.wording import capital, counted, percent_words


def unsupported(document: Document) -> Iterator[Block]:
    """Yield section 4.13."""
    found = document.provision
    if found is None:
        yield Missing("Map and gap has not been run, so it is not known what is without support.")
        return
    if found.unsupported_lines:
        yield Paragraph(_in_words(found))
        if found.horizons:
            yield _horizons(found)
            yield Note(found.horizon_rule)
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


def _horizons(found: Provision) -> Table:
    return table(
        "horizons",
        "What is proposed for capabilities without support",
        columns(
            ("Horizon", 18), ("What it means", 52), ("Capabilities", 15, "n"), ("Share", 15, "n")
        ),
        (
            (
                text(capital(each.horizon)),
                text(each.meaning),
                count(each.count),
                percent(each.percent),
            )
            for each in found.horizons
        ),
    )


def _lines(found: Provision) -> Table:
    """Return the capabilities, by horizon where one is proposed, within it by code."""
    order = [each.horizon for each in found.horizons]
    lines = sorted(
        found.unsupported_lines,
        key=lambda each: order.index(each.horizon) if each.horizon in order else len(order),
    )
    return table(
        "unsupported",
        "Capabilities that no standard supports",
        columns(
            ("Code", 8),
            ("Capability", 36),
            ("Nearest standard", 21),
            ("Score", 9, "n"),
            ("Horizon", 14),
            ("Profiles", 12),
        ),
        map(_line, lines),
        heading=1,
    )


def _line(each: Unsupported) -> tuple[Cell, ...]:
    return (
        code(each.code),
        text(each.text),
        text(each.nearest_standard, "none"),
        percent(each.nearest_percent),
        text(capital(each.horizon), NOT_RECORDED),
        text(", ".join(each.profile_codes), "none"),
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
