"""Section 4.12: the knowledge, skills and behaviours that educators accepted, by profile.

As occupational standards in England do it: each statement stands once under a label, K1, S1 or B1,
and a profile is told by the labels of what its capabilities call for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cycles.ksbs.competencies import wording_key
from cycles.standards.models import KsbKind
from reports.document.body.blocks import Block, Bullets, Cell, Missing, Note, Paragraph, Table
from reports.document.body.cells import columns, count, part, table, text
from reports.document.facts import Document, KsbLine, Ksbs, Profile
from reports.document.wording import counted

KINDS = (
    ("Knowledge", "knowledge", "K"),
    ("Skills", "skill", "S"),
    ("Behaviours", "behaviour", "B"),
)
Labels = Mapping[str, Mapping[str, tuple[int, str]]]
"""The number and the words of each statement, by its kind and by what makes it one wording."""


def ksbs(document: Document) -> Iterator[Block]:
    """Yield section 4.12."""
    found = document.ksbs
    if not found.accepted:
        yield Missing(
            "Educators have not accepted any knowledge, skill or behaviour statement yet."
        )
        return
    yield Paragraph(_in_words(document))
    if found.sets:
        yield _sets(found)
        yield Note(
            "The accepted statements of the capabilities that the profiles of a role level hold, "
            f"each wording once: {found.wordings or 0:,} over all role levels."
        )
    labels = _labels(document)
    if not any(labels.values()):
        yield Missing("No profile holds a capability with accepted statements.")
        return
    yield _by_profile(document, labels)
    for title, kind, letter in KINDS:
        if labels[kind]:
            items = tuple(f"{letter}{number} {words}" for number, words in labels[kind].values())
            yield Bullets(items, title=title, is_compact=True)


def _in_words(document: Document) -> str:
    found = document.ksbs
    differing = f"; on {found.differing:,} of these educators differ" if found.differing else ""
    sentences = [
        f"Educators accepted {found.accepted:,}: {found.knowledge:,} knowledge, "
        f"{found.skills:,} skill and {found.behaviours:,} behaviour statements, for "
        f"{found.capabilities_with:,} of "
        f"{counted(document.capabilities.kept, 'capability', 'capabilities')}.",
        f"{found.rejected:,} were rejected and {found.waiting:,} wait for a decision{differing}.",
    ]
    if found.reviewers:
        has = "person has" if found.reviewers == 1 else "people have"
        sentences.append(
            f"{found.reviewers:,} {has} reviewed them, each alone; a statement is settled when "
            f"{document.agreement.rule.threshold_percent}\u00a0% of those who reviewed it say the "
            "same."
        )
    if found.decided:
        sentences.append(f"{found.decided:,} were settled by the convener with a reason.")
    return " ".join(sentences)


def _sets(found: Ksbs) -> Table:
    return table(
        "competency-sets",
        "Future Competency Set of each role level",
        columns(
            ("Role level", 24),
            ("Knowledge", 12, "n"),
            ("Skills", 10, "n"),
            ("Behaviours", 12, "n"),
            ("All", 8, "n"),
            ("Capabilities without a statement", 18, "n"),
            ("Profiles ratified", 16, "n"),
        ),
        (
            (
                text(each.role_level),
                count(each.knowledge),
                count(each.skills),
                count(each.behaviours),
                count(each.total),
                part(each.without, each.capabilities),
                part(each.ratified, each.profiles),
            )
            for each in found.sets
        ),
    )


def _labels(document: Document) -> Labels:
    """Number what some profile calls for, each wording of a kind once, by capability.

    What is one wording is decided as for the Future Competency Sets: capitals part nothing.
    """
    held = {member.code for each in document.occupations.profiles for member in each.members}
    found: dict[str, dict[str, tuple[int, str]]] = {kind: {} for _, kind, _ in KINDS}
    for line in document.ksbs.lines:
        if line.code in held:
            own = found[line.kind]
            own.setdefault(_wording(line), (len(own) + 1, line.text))
    return found


def _wording(line: KsbLine) -> str:
    return wording_key(KsbKind(line.kind), line.text)[1]


def _by_profile(document: Document, labels: Labels) -> Table:
    return table(
        "ksbs",
        "Knowledge, skills and behaviours by profile",
        columns(("Profile", 24), ("Knowledge", 31), ("Skills", 31), ("Behaviours", 14)),
        (_profile(each, document.ksbs, labels) for each in document.occupations.profiles),
    )


def spelled_out(document: Document) -> Table:
    """Return the table of profiles with the statements themselves, a line each, for their labels.

    A label says how many statements come before: one more at the top moves every label, and two
    reports are compared by what they say.
    """
    labels = _labels(document)
    rows = []
    for profile in document.occupations.profiles:
        codes = {member.code for member in profile.members}
        own = [each for each in document.ksbs.lines if each.code in codes]
        wordings = (
            {labels[kind][_wording(one)] for one in own if one.kind == kind} for _, kind, _ in KINDS
        )
        cells = (text("\n".join(sorted(words for _, words in each))) for each in wordings)
        rows.append((text(f"{profile.code} {profile.name}"), *cells))
    return replace(_by_profile(document, labels), rows=tuple(rows))


def without_label(item: str) -> str:
    """Return a statement of the list without its label."""
    return item.partition(" ")[2]


def _profile(found: Profile, ksbs: Ksbs, labels: Labels) -> tuple[Cell, ...]:
    codes = {member.code for member in found.members}
    own = [line for line in ksbs.lines if line.code in codes]
    return (
        text(f"{found.code} {found.name}"),
        *(
            text(_runs(letter, {labels[kind][_wording(one)][0] for one in own if one.kind == kind}))
            for _, kind, letter in KINDS
        ),
    )


def _runs(letter: str, numbers: set[int]) -> str:
    """Return labels in their order, what follows on each other as a run: ``K1, K4–K7``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(letter, each) for each in runs)


def _run(letter: str, run: Sequence[int]) -> str:
    if len(run) < 3:
        return ", ".join(f"{letter}{number}" for number in run)
    return f"{letter}{run[0]}\u2013{letter}{run[-1]}"
