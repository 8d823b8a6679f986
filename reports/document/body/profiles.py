"""Section 4.11: every profile in full, with its capabilities and the standards that fit best."""

from collections.abc import Iterator, Mapping

from reports.document.body.blocks import (
    Block,
    Bullets,
    Cell,
    Entry,
    Missing,
    Note,
    Paragraph,
    Table,
)
from reports.document.body.cells import code, columns, day, lines, table, text
from reports.document.body.dissent import decisions
from reports.document.facts import (
    Document,
    Member,
    Profile,
    ProfileProvision,
    Ratification,
    RemovedMember,
    Standing,
)
from reports.document.wording import capital, counted, day_words, percent_words
from reports.narrative.prose import literal

NO_REASON = "no reason was asked for"


def profiles(document: Document) -> Iterator[Block]:
    """Yield section 4.11."""
    found = document.occupations.profiles
    if not found:
        yield Missing("No profile has been ratified. None has been generated yet.")
        return
    compared = (
        {each.code: each for each in document.provision.profiles} if document.provision else {}
    )
    numbers = decisions(document)
    for each in found:
        yield Entry(
            anchor=f"profile-{each.code}",
            title=f"{each.code} {each.name}",
            blocks=tuple(_entry(each, compared.get(each.code), numbers)),
        )


def _entry(
    found: Profile, compared: ProfileProvision | None, numbers: Mapping[str, int]
) -> Iterator[Block]:
    yield Paragraph(_about(found))
    departures = (*map(_change, found.changes), *map(_removal, found.removed))
    if departures:
        yield Bullets(departures, title="Where the panel departs from the vote")
    yield _members(found, numbers)
    if compared and compared.standings:
        yield _standings(compared)
    held = found.ratification
    if held and held.objections:
        yield Bullets(tuple(f"“{each}”" for each in held.objections), title="Dissent of the panel")
    if held:
        yield Note(f"SHA-256 of version {held.number}: `{held.digest}`")


def _about(found: Profile) -> str:
    level = f", academic level {found.academic_level}" if found.academic_level else ""
    sentences = [
        f"{literal(found.role_level)}{level}.",
        f"Primary partner: {literal(found.partner) or 'none'}.",
        _standing(found),
        f"{counted(found.member_count, 'capability', 'capabilities')}: {found.awareness} at "
        f"Awareness, {found.practitioner} at Practitioner, {found.expert} at Expert.",
    ]
    if found.unsupported_count is not None:
        sentences.append(f"{found.unsupported_count} without support.")
    if found.changed_by_panel:
        sentences.append(f"The panel changed or added {found.changed_by_panel}.")
    if found.is_name_suggested:
        sentences.append("The name is a suggestion.")
    return " ".join(sentences)


def _standing(found: Profile) -> str:
    if found.ratification:
        return _ratified(found.ratification)
    if found.is_ratified:
        return f"Ratified on {day(found.ratified_on).words}."
    if found.reopened_version:
        return f"A prototype again: the panel has reopened version {found.reopened_version}."
    return "A prototype: the panel has not ratified it."


def _ratified(found: Ratification) -> str:
    approves = "approves" if found.approvals == 1 else "approve"
    objects = "objects" if found.objected == 1 else "object"
    against = f" and {found.objected} {objects}" if found.objections else ""
    return (
        f"Version {found.number}, ratified on {day_words(found.on)}: {found.approvals} of the "
        f"{found.answers} who answered {approves}{against}. The rule asked for "
        f"{counted(found.quorum, 'answer')} at least, and that {found.rule} approve."
    )


def _change(member: Member) -> str:
    at = f" at {member.level}" if member.is_added else ""
    return f"{member.code}: {member.difference}{at}. {member.reason or capital(NO_REASON)}"


def _removal(member: RemovedMember) -> str:
    voted = f", {member.voted}" if member.voted else ""
    return f"{member.code} {member.text}: removed{voted}. {member.reason or capital(NO_REASON)}"


def _members(found: Profile, numbers: Mapping[str, int]) -> Table:
    return table(
        f"profile-{found.code}",
        f"{found.code}: capabilities and levels",
        columns(("Code", 8), ("Capability", 50), ("Level", 13), ("Where the level comes from", 29)),
        (
            (
                code(each.code),
                text(f"{each.text}{' (no support)' if each.is_supported is False else ''}"),
                text(each.level),
                _origin(each, found, numbers),
            )
            for each in found.members
        ),
        heading=1,
        empty="This profile holds no capability.",
    )


def _origin(member: Member, profile: Profile, numbers: Mapping[str, int]) -> Cell:
    said = [f"Added by the panel; {member.voted}" if member.is_added else capital(member.voted)]
    if member.is_changed:
        verb = "ratified" if profile.is_ratified else "the panel says"
        said.append(f"{verb} {member.level}")
    said += member.marks
    if member.is_second:
        said.append("shared with another profile")
    return lines(f"{'; '.join(said)}.", _why(member, numbers), _apart(member))


def _why(member: Member, numbers: Mapping[str, int]) -> str:
    if member.reason in numbers:
        return f"Decision {numbers[member.reason]} of section 4.10."
    return "" if member.difference else member.reason


def _apart(member: Member) -> str:
    return f"Dissent: {member.minority}." if member.minority else ""


def _standings(found: ProfileProvision) -> Table:
    return table(
        f"standards-{found.code}",
        f"{found.code}: the standards that fit it best",
        columns(
            ("Standard", 42),
            ("Level", 12),
            ("Fit", 15, "n"),
            ("Surplus", 15, "n"),
            ("Response", 16),
        ),
        (_standard(each, found) for each in found.standings),
    )


def _standard(each: Standing, found: ProfileProvision) -> tuple[Cell, ...]:
    version = f", version {each.version}" if each.version else ""
    framework = f", {each.framework}" if each.framework else ""
    skills = " (compared by skills)" if each.by_skills else ""
    fit, surplus = percent_words(each.fit_percent), percent_words(each.surplus_percent)
    return (
        text(f"{each.title} ({each.reference}{version}{framework}){skills}"),
        text(capital(each.level_words)),
        Cell(f"{fit}, {each.fit_count} of {found.member_count}", each.fit_percent),
        Cell(f"{surplus}, {each.surplus_count} of {each.duty_count}", each.surplus_percent),
        text(each.response),
    )
