"""Section 4.12: the knowledge, skills and behaviours that educators accepted, by profile."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Bullets, Entry, Missing, Note, Paragraph, Table
from reports.document.body.cells import columns, count, part, table, text
from reports.document.facts import Document, KsbLine, Ksbs, Profile
from reports.document.wording import counted

KINDS = (("Knowledge", "knowledge"), ("Skills", "skill"), ("Behaviours", "behaviour"))


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
    entries = tuple(_entries(document))
    yield from entries
    if not entries:
        yield Missing("No profile holds a capability with accepted statements.")


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


def _entries(document: Document) -> Iterator[Entry]:
    for profile in document.occupations.profiles:
        lists = tuple(_lists(profile, document.ksbs.lines))
        if lists:
            yield Entry(f"ksbs-{profile.code}", f"{profile.code} {profile.name}", lists)


def _lists(profile: Profile, found: tuple[KsbLine, ...]) -> Iterator[Bullets]:
    """Yield the statements of each kind, each wording once."""
    codes = {member.code for member in profile.members}
    for title, kind in KINDS:
        texts = dict.fromkeys(
            line.text for line in found if line.kind == kind and line.code in codes
        )
        if texts:
            yield Bullets(tuple(texts), title=title, is_compact=True)
