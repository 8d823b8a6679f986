"""The capabilities that one profile holds, as rows: votes, what the panel made of them, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from reports.document.facts import Member, Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look
from reports.explorer.naming import NO, YES, level_shown
from reports.results.records import CellLine

CHANGED, ADDED, AS_VOTED = "changed", "added", "as-voted"
PANEL_WORDS = {CHANGED: "Gave another level", ADDED: "Added it", AS_VOTED: "Left it as voted"}
NOT_COMPARED = "not-compared"
SUPPORT_WORDS = {YES: "Supported", NO: "Unsupported", NOT_COMPARED: "Not compared"}
SUPPORT_TAGS = {YES: "done", NO: "attention", NOT_COMPARED: "quiet"}
WITH, WITHOUT = "with", "without"
DISSENT_WORDS = {WITH: "With dissent", WITHOUT: "Without"}


@dataclass(frozen=True)
class MemberRow:
    """A capability of a profile. ``cell`` is None where nobody was asked about its role level.

    ``support`` is a key of ``SUPPORT_WORDS``, at the threshold that is looked at.
    """

    member: Member
    function: str
    domain: str
    cell: CellLine | None
    why: tuple[str, ...]
    ksbs: int
    support: str

    @property
    def panel(self) -> str:
        """Return what the panel did with it: a key of ``PANEL_WORDS``."""
        if self.member.is_added:
            return ADDED
        return CHANGED if self.member.is_changed else AS_VOTED

    @property
    def dissent(self) -> str:
        """Return whether a minority stood apart: a key of ``DISSENT_WORDS``."""
        return WITH if self.member.minority else WITHOUT

    @property
    def counts(self) -> tuple[int, ...]:
        """Return how many voted N, A, P and E; empty where too few did to show it."""
        return self.cell.counts if self.cell else ()


def member_rows(look: Look, profile: Profile) -> tuple[MemberRow, ...]:
    """Return what the profile holds, by function, area and code."""
    facts = look.results.profile_facts.get(profile.code)
    why = {each.code: each.sentences for each in facts.why} if facts else {}
    support = _support(look)
    rows = [
        MemberRow(
            member=member,
            function=_function(look, member),
            domain=_domain(look, member),
            cell=_cell(look, member.code, profile.role_level),
            why=why.get(member.code, ()),
            ksbs=len(look.results.ksbs_of.get(member.code, ())),
            support=support.get(member.code, NOT_COMPARED),
        )
        for member in profile.members
    ]
    functions = [each.name for each in look.results.document.capabilities.functions]
    places = {name: place for place, name in enumerate(functions)}
    return tuple(sorted(rows, key=lambda row: _order(row, places)))


def _order(row: MemberRow, places: Mapping[str, int]) -> tuple[int, str, str]:
    return places.get(row.function, len(places)), row.member.area, row.member.code


def _support(look: Look) -> dict[str, str]:
    if look.findings is None:
        return {}
    return {each.code: YES if each.is_supported else NO for each in look.findings.capabilities}


def _function(look: Look, member: Member) -> str:
    line = look.results.capability.get(member.code)
    return line.function if line else member.area.partition(": ")[0]


def _domain(look: Look, member: Member) -> str:
    line = look.results.capability.get(member.code)
    return line.domain if line else ""


def _cell(look: Look, code: str, role_level: str) -> CellLine | None:
    cells = look.results.cells_of.get(code, ())
    return next((each for each in cells if each.role_level == role_level), None)


def _code(look: Look, row: MemberRow) -> Shown:
    code = row.member.code
    return Shown(code, look.href("capabilities", code) if code in look.results.capability else "")


def _capability(_look: Look, row: MemberRow) -> Shown:
    return Shown(row.member.text, note=row.member.area.partition(": ")[2])


def _vote(_look: Look, row: MemberRow) -> Shown:
    member = row.member
    words = member.difference or ("Added by the panel" if member.is_added else member.voted)
    told = "; ".join(filter(None, (*member.marks, member.reason)))
    return Shown(_upper(words), levels=row.counts, note=_upper(told))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _votes_column(place: int, letter: str) -> Column[MemberRow]:
    return Column(
        f"votes_{letter.lower()}",
        f"Votes {letter}",
        f"How many voted {PROFICIENCY_WORDS[place]}; empty where too few did to show it.",
        lambda row: row.counts[place] if row.counts else None,
        Kind.NUMBER,
        is_shown=False,
    )


COLUMNS: tuple[Column[MemberRow], ...] = (
    Column(
        "code",
        "Code",
        "The capability's code.",
        lambda row: row.member.code,
        Kind.CODE,
        show=_code,
    ),
    Column(
        "level",
        "Level",
        "The proficiency that the profile needs.",
        lambda row: row.member.level,
        show=lambda _look, row: level_shown(row.member.level),
    ),
    Column(
        "text",
        "Capability",
        "What an organisation can do, with its functional area.",
        lambda row: row.member.text,
        Kind.STATEMENT,
        show=_capability,
    ),
    Column(
        "voted",
        "Vote and panel",
        "What the employers voted for this role level, how many for each level, and what the "
        "panel made of it.",
        lambda row: row.member.voted,
        show=_vote,
    ),
    Column(
        "why",
        "Why it is here",
        "What put it into this profile when the profile was generated.",
        lambda row: row.why,
        Kind.LIST,
        show=lambda _look, row: Shown("", note=_upper("; ".join(row.why))),
    ),
    Column(
        "support",
        "Provision",
        "Whether a duty of any standard compared matches it, at this threshold.",
        lambda row: SUPPORT_WORDS[row.support],
        show=lambda _look, row: Shown(
            "", tags=((SUPPORT_WORDS[row.support], SUPPORT_TAGS[row.support]),)
        ),
    ),
    Column(
        "ksbs",
        "KSBs",
        "Knowledge, skills and behaviours that educators accepted for it.",
        lambda row: row.ksbs,
        Kind.NUMBER,
    ),
)
FILES_ONLY: tuple[Column[MemberRow], ...] = (
    Column(
        "panel",
        "Panel",
        "What the panel made of the vote.",
        lambda row: row.member.difference or PANEL_WORDS[row.panel],
        is_shown=False,
    ),
    Column("function", "Function", "One of five.", lambda row: row.function, is_shown=False),
    Column("domain", "Domain", "Its part of the function.", lambda row: row.domain, is_shown=False),
    Column("area", "Area", "Its place.", lambda row: row.member.area, is_shown=False),
    Column(
        "marks",
        "Worth knowing",
        "What is worth knowing of the vote: provisional, fragile, two camps.",
        lambda row: row.member.marks,
        Kind.LIST,
        is_shown=False,
    ),
    Column(
        "minority",
        "Dissent",
        "Who stood apart when asking stopped.",
        lambda row: row.member.minority,
        is_shown=False,
    ),
    Column(
        "reason",
        "Reason",
        "The reason given for the level or the change.",
        lambda row: row.member.reason,
        is_shown=False,
    ),
    *(_votes_column(place, letter) for place, letter in enumerate(PROFICIENCY_LETTERS)),
)
