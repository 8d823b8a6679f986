"""What the pages show of ratified versions: their list, and one as it was frozen."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.profiles.models import Profile, ProfileCapability, ProfileVersion
from cycles.profiles.page_of_one import moment_words
from cycles.profiles.pages import Counts, count_words
from cycles.profiles.reading import UNPLACED
from cycles.profiles.versions import VersionContent, VersionMember, is_intact, read

RULES = {
    "majority": "more than half",
    "two thirds": "at least two thirds",
    "unanimous": "all",
}


@dataclass(frozen=True)
class VersionLine:
    """A ratified version in the list: what the panel answered, and why some objected."""

    number: int
    when: str
    answers: str
    rule: str
    objections: tuple[str, ...]
    href: str


@dataclass(frozen=True)
class VersionRow:
    """A capability of a version."""

    code: str
    text: str
    href: str
    letter: str
    level: str
    vote: str
    counts: tuple[int, ...]
    marks: tuple[str, ...]
    difference: str
    reason: str


@dataclass(frozen=True)
class VersionGroup:
    """The capabilities of a version in one functional area."""

    title: str
    rows: tuple[VersionRow, ...]


@dataclass(frozen=True)
class VersionPage:
    """One version, word for word. ``changes`` say how the profile differs from it now."""

    cycle_id: uuid.UUID
    profile_id: uuid.UUID
    line: VersionLine
    code: str
    name: str
    role_level: str
    academic_level: int | None
    partner: str
    counts: Counts
    words: str
    total: int
    groups: tuple[VersionGroup, ...]
    removed: tuple[VersionRow, ...]
    changes: tuple[str, ...]
    digest: str
    is_intact: bool
    others: tuple[VersionLine, ...]


def version_line(version: ProfileVersion) -> VersionLine:
    """Return a version as a line of the list."""
    content = read(version)
    return VersionLine(
        number=version.number,
        when=moment_words(version.ratified_at),
        answers=answer_words(content.approvals, len(content.objections)),
        rule=_rule_words(content),
        objections=content.objections,
        href=url_for(
            "profiles.version",
            cycle_id=version.cycle_id,
            profile_id=version.profile_id,
            number=version.number,
        ),
    )


def answer_words(approvals: int, objections: int) -> str:
    """Return what the panel answered: ``5 approved, 1 objected``."""
    said = f"{approvals} approved"
    return f"{said}, {objections} objected" if objections else f"{said}, nobody objected"


def _rule_words(content: VersionContent) -> str:
    share = RULES.get(content.rule, content.rule)
    answers = "answer" if content.quorum == 1 else "answers"
    return f"Rule: at least {content.quorum} {answers}, {share} of them approvals."


def version_page(
    profile: Profile,
    version: ProfileVersion,
    versions: Sequence[ProfileVersion],
    members: Sequence[ProfileCapability],
) -> VersionPage:
    """Return the page of a version; ``members`` are the capabilities that the profile holds now."""
    content = read(version)
    levels = [one.level for one in content.members]
    counts = (0, levels.count(1), levels.count(2), levels.count(3))
    return VersionPage(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        line=version_line(version),
        code=content.code,
        name=content.name,
        role_level=content.role_level,
        academic_level=content.academic_level,
        partner=content.partner,
        counts=counts,
        words=count_words(counts),
        total=len(levels),
        groups=tuple(_groups(profile.cycle_id, content.members)),
        removed=tuple(_row(profile.cycle_id, one) for one in content.removed),
        changes=tuple(changes_since(content, profile, members)),
        digest=version.digest,
        is_intact=is_intact(version),
        others=tuple(version_line(one) for one in versions if one.number != version.number),
    )


def _groups(cycle_id: uuid.UUID, members: Sequence[VersionMember]) -> Iterable[VersionGroup]:
    groups: dict[str, list[VersionRow]] = {}
    for one in members:
        title = f"{one.function} › {one.area}" if one.area else UNPLACED
        groups.setdefault(title, []).append(_row(cycle_id, one))
    return (VersionGroup(title, tuple(rows)) for title, rows in groups.items())


def _row(cycle_id: uuid.UUID, one: VersionMember) -> VersionRow:
    return VersionRow(
        code=one.code,
        text=one.text,
        href=url_for("statements.show", cycle_id=cycle_id, statement_id=one.statement_id),
        letter=PROFICIENCY_LETTERS[one.level],
        level=PROFICIENCY_WORDS[one.level],
        vote=one.vote,
        counts=one.voted_counts,
        marks=("provisional: no level was agreed",) if one.is_provisional else (),
        difference=one.difference,
        reason=one.reason,
    )


def changes_since(
    content: VersionContent, profile: Profile, members: Sequence[ProfileCapability]
) -> Iterable[str]:
    """Say how a profile differs now from what a version froze; nothing where it does not."""
    partner = profile.partner.name if profile.partner else ""
    if profile.name != content.name:
        yield f"The name is now “{profile.name}”."
    if profile.role_level.name != content.role_level:
        yield f"The role level is now called {profile.role_level.name}."
    if partner != content.partner:
        yield f"The primary partner is now {partner or 'none'}."
    then = {one.statement_id: one for one in content.members}
    now = {str(one.statement_id): one for one in members}
    for key, member in now.items():
        yield from _member_changes(then.get(key), member)
    yield from (f"{one.code} was removed since." for key, one in then.items() if key not in now)


def _member_changes(then: VersionMember | None, member: ProfileCapability) -> Iterable[str]:
    code, level = member.statement.code, PROFICIENCY_WORDS[member.level]
    if then is None:
        yield f"{code} was added since, at {level}."
        return
    if then.level != member.level:
        yield f"{code}: {PROFICIENCY_WORDS[then.level]} became {level}."
    if then.text != member.statement.text:
        yield f"{code} was reworded: “{member.statement.text}”"
