"""The tables of one capability: role levels, profiles, matches, KSBs and what is there today."""

from dataclasses import dataclass

from cycles.standards.wording import level_words
from reports.document.facts import KsbLine, Member, Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.consensus_words import WITHHELD, count_columns, said_words
from reports.mapping.findings import Match
from reports.mapping.reading import leading_matches
from reports.results.records import CellLine, PresentLine

MOST_MATCHES = 10
STRENGTH_WORDS = {"strong": "Strong", "some": "Some", "none": "None"}


@dataclass(frozen=True)
class ProfileUse:
    """A profile that needs the capability, and how."""

    profile: Profile
    member: Member


def _holds(_look: Look, row: CellLine) -> Shown:
    tags = [("Decided by the convener", "current")] if row.is_decided else []
    tags += [("Provisional", "attention")] if row.is_provisional else []
    return Shown(row.holds or "Not settled", tags=tuple(tags))


LEVEL_COLUMNS: tuple[Column[CellLine], ...] = (
    Column("role_level", "Role level", "Who it is asked of.", lambda row: row.role_level),
    Column(
        "holds",
        "Holds",
        "The level that goes into profiles: the panel's, or the convener's decision.",
        lambda row: row.holds or "Not settled",
        show=_holds,
    ),
    Column(
        "outcome",
        "Verdict",
        "What the panel's own ratings came to under the rule card.",
        lambda row: row.outcome,
        show=lambda look, row: Shown(row.outcome, look.href("consensus", row.code)),
    ),
    Column("n", "Rated", "How many rated it, last.", lambda row: row.n, Kind.NUMBER),
    Column(
        "said",
        "Said",
        "How many said not needed, awareness, practitioner and expert.",
        lambda row: said_words(row.counts),
        show=lambda _look, row: Shown(
            "" if row.counts else WITHHELD,
            levels=row.counts,
        ),
    ),
    *count_columns(lambda row: row.counts),
)


def cells_listing(_look: Look, code: str) -> Listing[CellLine]:
    """Return what each role level needs of the capability."""
    return Listing(
        name="role-levels",
        title="What each role level needs",
        about="The proficiency that holds at each role level, and how the panel came to it.",
        columns=LEVEL_COLUMNS,
        rows=lambda look: look.results.cells_of.get(code, ()),
        prefix="levels-",
        nothing="Employers have not rated it yet.",
    )


PROFILE_COLUMNS: tuple[Column[ProfileUse], ...] = (
    Column(
        "code",
        "Profile",
        "The profile's code.",
        lambda row: row.profile.code,
        Kind.CODE,
        show=lambda look, row: Shown(row.profile.code, look.href("profiles", row.profile.code)),
    ),
    Column("name", "Name", "The profile's name.", lambda row: row.profile.name),
    Column(
        "role_level",
        "Role level",
        "The profile's role level.",
        lambda row: row.profile.role_level,
    ),
    Column(
        "level",
        "Proficiency",
        "What the profile asks for, and where the panel departed from the vote.",
        lambda row: row.member.level,
        show=lambda _look, row: Shown(row.member.level, note=row.member.difference),
    ),
    Column(
        "status",
        "Status",
        "Whether the employer panel has ratified the profile.",
        lambda row: row.profile.status.capitalize(),
    ),
)


def profiles_listing(code: str) -> Listing[ProfileUse]:
    """Return the profiles that need the capability."""
    return Listing(
        name="profiles",
        title="Profiles that need it",
        about="Every profile that holds the capability, and the proficiency it asks for.",
        columns=PROFILE_COLUMNS,
        rows=lambda look: _uses(look, code),
        prefix="profiles-",
        nothing="No profile needs it.",
    )


def _uses(look: Look, code: str) -> list[ProfileUse]:
    return [
        ProfileUse(profile, member)
        for profile in look.results.profiles_of.get(code, ())
        for member in profile.members
        if member.code == code
    ]


def ksbs_listing(code: str) -> Listing[KsbLine]:
    """Return the accepted KSBs of the capability."""
    return Listing(
        name="ksbs",
        title="Knowledge, skills and behaviours",
        about="The accepted statements of what somebody has to know, do and be for it.",
        columns=(
            Column(
                "kind", "Kind", "Knowledge, skill or behaviour.", lambda row: row.kind.capitalize()
            ),
            Column("text", "Statement", "Its words.", lambda row: row.text, Kind.STATEMENT),
            Column("source", "Source", "Where the wording comes from.", lambda row: row.source),
        ),
        rows=lambda look: look.results.ksbs_of.get(code, ()),
        prefix="ksbs-",
        nothing="No KSB of it is accepted yet.",
    )


def _judged(row: Match) -> str:
    if row.judgement is None:
        return "Not judged"
    return {"accepted": "Accepted", "rejected": "Rejected"}.get(row.judgement.word, "Not settled")


def _tags(row: Match) -> tuple[tuple[str, str], ...]:
    tags = [("generic duty", "attention")] if row.is_generic else []
    return (*tags, ("skill", "quiet")) if row.is_skill else tuple(tags)


MATCH_COLUMNS: tuple[Column[Match], ...] = (
    Column(
        "duty",
        "Duty",
        "The duty's words.",
        lambda row: row.duty_text,
        Kind.STATEMENT,
    ),
    Column(
        "standard",
        "Standard",
        "The occupational standard it belongs to, with its level.",
        lambda row: f"{row.standard_title} ({row.standard_reference})",
        show=lambda _look, row: Shown(
            f"{row.standard_title} ({row.standard_reference})",
            note=level_words(row.standard_level),
        ),
    ),
    Column(
        "score_percent",
        "Score, %",
        "How near capability and duty are in meaning, per cent.",
        lambda row: row.score_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            f"{row.score_percent:.1f}\u00a0%",
            bar=row.score_percent,
            bar_kind="" if row.is_match else "quiet",
        ),
    ),
    Column(
        "is_match",
        "Counts as a match",
        "Whether it counts: by the score, unless reviewers said otherwise.",
        lambda row: row.is_match,
        Kind.FLAG,
    ),
    Column(
        "judged",
        "Reviewers",
        "What reviewers made of it; not judged where nobody has.",
        _judged,
        show=lambda _look, row: Shown(_judged(row), tags=_tags(row)),
    ),
)


def matches_listing(code: str) -> Listing[Match]:
    """Return the best matches of the capability among the duties of today's provision."""
    return Listing(
        name="matches",
        title="Best matches in today's provision",
        about=f"The {MOST_MATCHES} duties nearest to it in meaning, and all that reviewers judged.",
        columns=MATCH_COLUMNS,
        rows=lambda look: _matches(look, code),
        prefix="matches-",
        nothing="Map and gap has not compared it yet.",
    )


def _matches(look: Look, code: str) -> tuple[Match, ...]:
    reading, facts = look.reading, look.results.capability_facts.get(code)
    if reading is None or facts is None:
        return ()
    row = reading.ground.inputs.row_of.get(facts.statement_id)
    return () if row is None else leading_matches(reading, row, MOST_MATCHES)


def today_listing(_look: Look, code: str) -> Listing[PresentLine]:
    """Return how far partners can do it today, as captured."""
    return Listing(
        name="today",
        title="How far partners can do it today",
        about="What people who know the organisations recorded, by supply-chain partner.",
        columns=(
            Column("partner", "Partner", "The supply-chain partner.", lambda row: row.partner),
            Column(
                "strength",
                "Today",
                "Strong, some or none, as captured.",
                lambda row: STRENGTH_WORDS.get(row.strength, row.strength),
            ),
        ),
        rows=lambda look: [each for each in look.results.detail.present if each.code == code],
        prefix="today-",
        nothing="Nobody recorded how far it is there today.",
    )
