"""Section 4.10: on what the panel did not agree, and what those said who stood apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from consensus.stopping import Closing
from reports.document.body.blocks import Block, Bullets, Cell, Missing, Note, Paragraph, Table
from reports.document.body.cells import code, columns, part, table, text
from reports.document.facts import Dissent, Document, Profile
from reports.document.wording import capital
from workshop.rooms.words import CLOSING_WORDS

LETTERS = ("N", "A", "P", "E")
STABLE_DISSENT = CLOSING_WORDS[Closing.STABLE_DISSENT]


def dissent(document: Document) -> Iterator[Block]:
    """Yield section 4.10."""
    found = document.agreement
    if found.dissent:
        yield from _items(document)
    elif found.judged:
        yield Missing("The panel agreed on every item whose rounds are over.")
    else:
        yield Missing("No item has been judged, so there is no dissent to report.")
    objected = document.occupations.with_objections
    if objected and objected[0].ratification:
        yield _objections(objected)
        yield Note(
            f"The rule was met all the same: {objected[0].ratification.rule} had to approve."
        )


def decisions(document: Document) -> Mapping[str, int]:
    """Return the number under which each of the convener's reasons is printed, once."""
    said = (each.decision for each in document.agreement.dissent if each.decision)
    return {reason: number for number, reason in enumerate(dict.fromkeys(said), 1)}


def _items(document: Document) -> Iterator[Block]:
    lines, numbers = document.agreement.dissent, decisions(document)
    yield Paragraph(
        "Items on which the panel did not agree. N, A, P and E count those who said Not needed, "
        "Awareness, Practitioner and Expert; the counts are withheld where fewer than "
        f"{document.agreement.smallest_shown} rated. Where nothing else is said, asking ended in "
        "stable dissent: the panel had not agreed, and no longer moved."
    )
    if numbers:
        yield Bullets(
            tuple(numbers),
            title="Where the convener decided, the reason is one of these:",
            is_numbered=True,
        )
    yield _verdicts(lines, numbers)
    said = _said(lines)
    if said:
        yield _reasons(said)


def _verdicts(found: tuple[Dissent, ...], numbers: Mapping[str, int]) -> Table:
    seen: set[str] = set()
    rows = []
    for each in found:
        words = each.code if each.code in seen else f"{each.code} {each.text}"
        seen.add(each.code)
        rows.append((text(words), text(each.role_level), *_counts(each), *_ends(each, numbers)))
    return table(
        "dissent",
        "Items without agreement",
        columns(
            ("Capability", 31),
            ("Role level", 18),
            *((letter, 4, "n") for letter in LETTERS),
            ("Verdict", 21),
            ("What holds", 14),
        ),
        rows,
    )


def _counts(found: Dissent) -> tuple[Cell, ...]:
    if not found.counts:
        return tuple(Cell("–") for _ in LETTERS)
    return tuple(Cell(f"{each:,}", each) for each in found.counts)


def _ends(found: Dissent, numbers: Mapping[str, int]) -> tuple[Cell, Cell]:
    said = [found.verdict]
    if found.closing != STABLE_DISSENT:
        said.append(found.closing.lower())
    if found.is_two_camps:
        said.append("two camps")
    if not found.counts:
        said.append("counts withheld")
    decided = f", decided ({numbers[found.decision]})" if found.decision else ""
    return text("; ".join(said)), text(f"{found.holds}{decided}")


Said = Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
"""What was said, by capability and side: each text with the role levels that it was said of."""


def _said(found: tuple[Dissent, ...]) -> Said:
    said: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for each in found:
        for reason in each.reasons:
            texts = said[each.code, reason.side]
            texts[reason.text] = (*texts.get(reason.text, ()), each.role_level)
        for comment in each.comments:
            said[each.code, "the capability itself"].setdefault(comment, ())
    return said


def _reasons(said: Said) -> Table:
    return table(
        "dissent-reasons",
        "What those said who stood apart",
        columns(("Code", 8), ("For", 12), ("Reasons, and the role levels they were given for", 80)),
        (
            (
                code(place),
                text(capital(side.removeprefix("a ")), "No side taken"),
                Cell("\n".join(_reason(words, levels) for words, levels in texts.items())),
            )
            for (place, side), texts in said.items()
        ),
    )


def _reason(words: str, levels: tuple[str, ...]) -> str:
    return f"“{words}” ({'; '.join(dict.fromkeys(levels))})" if levels else f"“{words}”"


def _objections(found: tuple[Profile, ...]) -> Table:
    return table(
        "objections",
        "Profiles ratified against objections",
        columns(
            ("Profile", 30),
            ("Approved", 12, "n"),
            ("Objected", 12, "n"),
            ("Reasons of those who objected", 46),
        ),
        (
            (
                text(f"{each.code} {each.name}"),
                part(held.approvals, held.answers),
                part(held.objected, held.answers),
                Cell("\n".join(f"“{reason}”" for reason in held.objections)),
            )
            for each in found
            if (held := each.ratification)
        ),
    )
