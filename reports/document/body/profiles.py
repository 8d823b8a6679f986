"""Section 4.11: every profile in full, with its capabilities and the standards that fit best."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
from reports.document.body.cells import code, columns, lines, table, text
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
NO_VOTE = "no vote"
INTRODUCTION = (
    "Each profile lists its capabilities with the level that holds, and where that comes from: how "
    "many voted for it, or that the convener decided, with the number of the reason in section "
    "4.10. *Provisional*: no level was agreed, and the lower median stands. *Stable dissent*, *two "
    "camps*: see section 4.10. *Fragile*: leaving out one rater would change the verdict. "
    "*Shared*: another profile holds the capability too. *No support*: no standard supports it. "
    "Then come the standards that fit the profile, the best first, up to ten."
)


@dataclass(frozen=True)
class _Told:
    """What section 4.10 tells: the convener's reasons by number, and of which items."""

    decisions: Mapping[str, int]
    items: frozenset[tuple[str, str]]


def profiles(document: Document) -> Iterator[Block]:
    """Yield section 4.11."""
    found = document.occupations.profiles
    if not found:
        yield Missing("No profile has been ratified. None has been generated yet.")
        return
    compared = (
        {each.code: each for each in document.provision.profiles} if document.provision else {}
    )
    told = _Told(
        decisions(document),
        frozenset((each.code, each.role_level) for each in document.agreement.dissent),
    )
    yield Paragraph(INTRODUCTION)
    for each in found:
        yield Entry(
            anchor=f"profile-{each.code}",
            title=f"{each.code} {each.name}",
            blocks=tuple(_entry(each, compared.get(each.code), told)),
        )


def _entry(found: Profile, compared: ProfileProvision | None, told: _Told) -> Iterator[Block]:
    yield Paragraph(_about(found))
    departures = (*map(_change, found.changes), *map(_removal, found.removed))
    if departures:
        yield Bullets(departures, title="Where the panel departs from the vote")
    yield _members(found, told)
    if compared:
        yield from _standings(compared)
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
        on = f" on {day_words(found.ratified_on)}" if found.ratified_on else ""
        return f"Ratified{on}."
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


def _members(found: Profile, told: _Told) -> Table:
    return table(
        f"profile-{found.code}",
        f"{found.code}: capabilities and levels",
        columns(("Code", 8), ("Capability", 55), ("Level", 13), ("Where the level comes from", 24)),
        (
            (
                code(each.code),
                text(f"{each.text}{' (no support)' if each.is_supported is False else ''}"),
                text(each.level),
                _origin(each, found, told),
            )
            for each in found.members
        ),
        heading=1,
        empty="This profile holds no capability.",
    )


def _origin(member: Member, profile: Profile, told: _Told) -> Cell:
    said = [_vote(member, told)]
    if member.is_changed:
        verb = "ratified" if profile.is_ratified else "the panel says"
        said.append(f"{verb} {member.level}")
    said += [mark.partition(":")[0] for mark in member.marks]
    if member.is_second:
        said.append("shared")
    return lines(f"{'; '.join(said)}.", _why(member, told), _apart(member, profile, told))


def _vote(member: Member, told: _Told) -> str:
    """Return the vote, without the level where that is the one that holds."""
    if member.is_added:
        return "Added by the panel" if member.voted == NO_VOTE else f"Added; {member.voted}"
    if member.reason in told.decisions and not member.difference:
        return f"Decided by the convener ({told.decisions[member.reason]})"
    counted_votes = member.voted.removeprefix(f"voted {member.level}, ")
    return capital(member.voted) if counted_votes == member.voted else f"Voted, {counted_votes}"


def _why(member: Member, told: _Told) -> str:
    is_told = bool(member.difference) or member.reason in told.decisions
    return "" if is_told else member.reason


def _apart(member: Member, profile: Profile, told: _Told) -> str:
    """Return who stood apart, unless section 4.10 tells it with their reasons."""
    is_told = (member.code, profile.role_level) in told.items
    return f"Dissent: {member.minority}." if member.minority and not is_told else ""


def _standings(found: ProfileProvision) -> Iterator[Block]:
    fitting = tuple(each for each in found.standings if each.fit_count)
    if not found.standings:
        return
    if not fitting:
        yield Missing("No standard that it was compared with fits any of its capabilities.")
        return
    yield table(
        f"standards-{found.code}",
        f"{found.code}: the standards that fit it best",
        columns(
            ("Standard", 45),
            ("Level", 10),
            ("Fit", 15, "n"),
            ("Surplus", 16, "n"),
            ("Response", 14),
        ),
        (_standard(each, found) for each in fitting),
    )


def _standard(each: Standing, found: ProfileProvision) -> tuple[Cell, ...]:
    version = f", v. {each.version}" if each.version else ""
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
