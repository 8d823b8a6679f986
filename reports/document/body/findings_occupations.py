"""Section 3.3: partners, role levels, proficiencies and the profiles."""

from collections.abc import Iterator

from reports.document.body.blocks import (
    Block,
    Cell,
    FigureHere,
    Heading,
    Missing,
    Note,
    Paragraph,
    Prose,
    Table,
)
from reports.document.body.cells import (
    NOT_RECORDED,
    code,
    columns,
    count,
    lines,
    share,
    table,
    text,
)
from reports.document.facts import Document, LevelProfiles, LevelSpread, Occupations, Profile
from reports.document.wording import counted


def occupational_change(document: Document) -> Iterator[Block]:
    """Yield section 3.3."""
    yield Prose("occupational_change")
    yield Heading("Supply-chain partners")
    yield _partners(document)
    yield Heading("Role levels")
    yield _role_levels(document)
    yield Heading("Proficiencies")
    yield from _proficiencies(document.occupations)
    yield Heading("Future occupational profiles")
    yield from _profiles(document)


def _partners(document: Document) -> Block:
    if not document.subject.partners:
        return Missing("No supply-chain partner has been recorded.")
    return table(
        "supply-chain",
        "Supply-chain partners",
        columns(("Partner", 34), ("What they do", 66)),
        (
            (text(each.name), text(each.description, NOT_RECORDED))
            for each in document.subject.partners
        ),
    )


def _role_levels(document: Document) -> Block:
    if not document.subject.role_levels:
        return Missing("No role level has been recorded.")
    return table(
        "role-levels",
        "Role levels",
        columns(("Role level", 28), ("Academic level", 16, "n"), ("Who they are", 56)),
        (
            (text(each.name), count(each.academic_level), text(each.description, NOT_RECORDED))
            for each in document.subject.role_levels
        ),
    )


PROFICIENCIES = (
    "**Awareness** (A) is knowing the foundations and where to seek more. **Practitioner** (P) is "
    "applying the capability without help and seeing what follows for the role. **Expert** (E) is "
    "knowing it in detail, supporting others and improving it."
)


def _proficiencies(found: Occupations) -> Iterator[Block]:
    yield Paragraph(PROFICIENCIES)
    if not any(line.needed for line in found.spread):
        yield Missing("No proficiency has been settled yet.")
        return
    yield FigureHere("proficiency")
    yield table(
        "proficiency",
        "Proficiency by role level",
        columns(
            ("Role level", 28),
            ("Needed", 12, "n"),
            ("Awareness", 16, "n"),
            ("Practitioner", 16, "n"),
            ("Expert", 14, "n"),
            ("Not needed", 14, "n"),
        ),
        map(_spread, found.spread),
    )
    yield Note(
        "Settled capabilities only. Shares are of the capabilities needed, rounded to one decimal, "
        "and may not add up to exactly 100."
    )


def _spread(line: LevelSpread) -> tuple[Cell, ...]:
    return (
        text(line.role_level),
        count(line.needed),
        share(line.awareness, line.awareness_percent),
        share(line.practitioner, line.practitioner_percent),
        share(line.expert, line.expert_percent),
        count(line.not_needed),
    )


def _profiles(document: Document) -> Iterator[Block]:
    found = document.occupations
    if not found.profiles:
        yield Missing("No profile has been ratified. None has been generated yet.")
        return
    yield Paragraph(_what_they_are(found))
    yield _by_level(document)
    if not found.ratified_count:
        yield Missing("No profile has been ratified.")
    for at, _ in enumerate(found.by_role_level, 1):
        yield FigureHere(f"profiles-{at}")
    yield _all(found)


def _what_they_are(found: Occupations) -> str:
    withdrawn = (
        f" {counted(found.withdrawn_count, 'profile')} withdrawn on the way "
        f"{'is' if found.withdrawn_count == 1 else 'are'} not among them."
        if found.withdrawn_count
        else ""
    )
    return (
        f"A profile gathers the capabilities of one role level that are likely to be needed in one "
        f"occupation. There {'is' if found.profile_count == 1 else 'are'} "
        f"{counted(found.profile_count, 'profile')}, of which the employer "
        f"panel has ratified {found.ratified_count:,}.{withdrawn} Profiles overlap: a capability "
        "that is close to two of them stands in both. {{ table:profiles }} lists them all, and "
        "section 4.11 prints each in full."
    )


def _by_level(document: Document) -> Table:
    levels = {each.name: each.academic_level for each in document.subject.role_levels}
    return table(
        "profiles-by-level",
        "Profiles of each role level, and how many capabilities the smallest and the largest hold",
        columns(
            ("Role level", 40),
            ("Academic level", 12, "n"),
            ("Profiles", 12, "n"),
            ("Ratified", 12, "n"),
            ("Smallest", 12, "n"),
            ("Largest", 12, "n"),
        ),
        (_level(line, levels.get(line.role_level)) for line in document.occupations.by_role_level),
    )


def _level(line: LevelProfiles, academic_level: int | None) -> tuple[Cell, ...]:
    return (
        text(line.role_level),
        count(academic_level),
        count(line.count),
        count(line.ratified),
        count(line.smallest),
        count(line.largest),
    )


def _all(found: Occupations) -> Table:
    return table(
        "profiles",
        "All profiles",
        columns(
            ("Code", 8),
            ("Profile", 26),
            ("Role level", 21),
            ("Primary partner", 20),
            ("Capabilities", 12, "n"),
            ("Unsupported", 13, "n"),
        ),
        map(_profile, found.profiles),
        heading=1,
    )


def _profile(each: Profile) -> tuple[Cell, ...]:
    return (
        code(each.code),
        lines(each.name, "" if each.is_ratified else "prototype, not ratified"),
        text(each.role_level),
        text(each.partner, "none"),
        count(each.member_count),
        count(each.unsupported_count),
    )
