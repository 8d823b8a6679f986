"""One prototype of a preview in words: what becomes of it, and each capability with its why."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.profiles.naming import SHOWN
from cycles.profiles.planning import Fate, Line
from cycles.profiles.proposals import ProposedMember
from cycles.profiles.replacing import member_of
from cycles.profiles.wording import percent, why_words
from workshop.ratification.previewing_pages import (
    Capability,
    MemberRow,
    OtherName,
    PrototypeLine,
)

TAGS = {
    Fate.NEW: ("New", "current"),
    Fate.SAME: ("Unchanged", "quiet"),
    Fate.CHANGED: ("Changed", "attention"),
    Fate.REPEAT: ("Left out", "quiet"),
}
UNKNOWN = Capability("?", "A capability that is not in the cycle any more")


@dataclass(frozen=True)
class Words:
    """What lines are made with: capabilities, partners and role levels by id."""

    capabilities: Mapping[uuid.UUID, Capability]
    partners: Mapping[uuid.UUID, str]
    role_levels: Mapping[uuid.UUID, str]

    def capability(self, key: uuid.UUID) -> Capability:
        """Return a capability in words."""
        return self.capabilities.get(key, UNKNOWN)


def prototype_line(line: Line, words: Words) -> PrototypeLine:
    """Return the prototype with its code, name and capabilities as they would be."""
    proposal, (fate, kind) = line.proposal, TAGS[line.fate]
    levels = list(proposal.levels.values())
    counts = (0, levels.count(1), levels.count(2), levels.count(3))
    own, others = _names(line)
    return PrototypeLine(
        anchor=f"{'repeat' if line.fate == Fate.REPEAT else 'prototype'}-{line.code}",
        code=line.code,
        name=line.name,
        score=own.score if own else "",
        source=own.source if own else "",
        other_names=others,
        fate=fate,
        tag_kind=kind,
        change=change_words(line),
        size=len(levels),
        seconds=sum(one.is_second for one in proposal.members),
        counts=counts,
        words=_count_words(counts),
        partner=words.partners.get(proposal.partner_id, "") if proposal.partner_id else "",
        rows=member_rows(line, words),
        goes=tuple(words.capability(key) for key in line.goes),
    )


def _names(line: Line) -> tuple[OtherName | None, tuple[OtherName, ...]]:
    """Return the suggestion that the name is, if it is one, and the best of the others."""
    names = [
        OtherName(one.title, percent(one.score), one.source)
        for one in line.proposal.suggested_names
    ]
    own = next((one for one in names if one.title.casefold() == line.name.casefold()), None)
    return own, tuple(one for one in names if one is not own)[:SHOWN]


def _count_words(counts: tuple[int, ...]) -> str:
    pairs = zip(counts, PROFICIENCY_WORDS, strict=True)
    return ", ".join(f"{count} {word}" for count, word in pairs if count)


def change_words(line: Line) -> str:
    """Return what changes of the profile that the prototype is, in one sentence; or nothing."""
    if line.fate == Fate.REPEAT and line.standing:
        return f"Mostly the same as {line.standing.code} {line.standing.name}, which stays."
    if line.fate != Fate.CHANGED or line.standing is None:
        return ""
    said = [
        words.format(count)
        for count, words in (
            (len(line.comes), "{} come in"),
            (len(line.goes), "{} go"),
            (len(line.relevelled), "{} at another level"),
        )
        if count
    ]
    if line.name != line.standing.name:
        said.append(f"was called “{line.standing.name}”")
    if line.proposal.partner_id != line.standing.partner_id:
        said.append("another primary partner")
    return f"{line.standing.code} now holds {len(line.standing.levels)}: {', '.join(said)}."


def member_rows(line: Line, words: Words) -> tuple[MemberRow, ...]:
    """Return a row for each capability of the prototype, in the order of the cycle."""
    return tuple(_row(line, one, words) for one in line.proposal.members)


def _row(line: Line, member: ProposedMember, words: Words) -> MemberRow:
    level = member.vote.level or 0
    return MemberRow(
        capability=words.capability(member.statement_id),
        letter=PROFICIENCY_LETTERS[level],
        level=PROFICIENCY_WORDS[level],
        vote=member.vote.sentence,
        why=why_words(member_of(line.proposal.role_level_id, member)),
        is_provisional=member.vote.is_provisional,
        mark=_mark(line, member.statement_id),
    )


def _mark(line: Line, key: uuid.UUID) -> str:
    if key in line.comes:
        return "comes in"
    if key in line.relevelled and line.standing:
        return f"was {PROFICIENCY_WORDS[line.standing.levels[key]]}"
    return ""
