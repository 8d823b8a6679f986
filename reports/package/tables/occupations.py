"""The profiles, what they hold and why, how they were ratified, and the KSBs."""

from collections.abc import Iterator
from typing import Any

from reports.document.facts import Member, RemovedMember
from reports.package.contents import Contents
from reports.package.fields import Refers, Table, day, flag, text, whole
from reports.package.tables.capabilities import TO_CAPABILITY
from reports.package.tables.judging import TO_LEVEL
from reports.results.records import ProfileFacts, TrailLine

GROUP = "Who will do it"
TO_PROFILE = Refers(("profile",), "profiles", ("code",))


def members(contents: Contents) -> Iterator[tuple[str, Member]]:
    """Yield each profile's code with each capability in it."""
    for profile in contents.results.document.occupations.profiles:
        for member in profile.members:
            yield profile.code, member


def removed(contents: Contents) -> Iterator[tuple[str, RemovedMember]]:
    """Yield each profile's code with each capability that the panel took out."""
    for profile in contents.results.document.occupations.profiles:
        for member in profile.removed:
            yield profile.code, member


def objections(contents: Contents) -> Iterator[tuple[str, int, str]]:
    """Yield the objections to profiles that were ratified in spite of them."""
    for profile in contents.results.document.occupations.profiles:
        if profile.ratification:
            for position, said in enumerate(profile.ratification.objections, 1):
                yield profile.code, position, said


def _facts(contents: Contents) -> Iterator[ProfileFacts]:
    """Yield what is known beside the lines of the profiles of the document."""
    for profile in contents.results.document.occupations.profiles:
        facts = contents.results.profile_facts.get(profile.code)
        if facts is not None:
            yield facts


def why(contents: Contents) -> Iterator[tuple[str, str, int, str]]:
    """Yield, a sentence a row, why each capability is in each profile."""
    for facts in _facts(contents):
        for each in facts.why:
            for position, sentence in enumerate(each.sentences, 1):
                yield facts.code, each.code, position, sentence


def trails(contents: Contents) -> Iterator[tuple[str, int, TrailLine]]:
    """Yield what the panel did to each profile."""
    for facts in _facts(contents):
        for position, line in enumerate(facts.trail, 1):
            yield facts.code, position, line


TABLES: tuple[Table[Any], ...] = (
    Table(
        name="profiles",
        title="Profiles",
        about="Every profile that was not withdrawn.",
        group=GROUP,
        fields=(
            text("code", "Its code, the same everywhere."),
            text("name", "Its name."),
            flag("is_name_suggested", "The name is a suggestion that nobody took up."),
            text("role_level", "Its role level."),
            whole("academic_level", "Its academic level; empty where none was set."),
            text("partner", "Its primary partner."),
            text("status", "Ratified or proposed."),
            day("ratified_on", "The day it was ratified."),
            whole(
                "version",
                "The ratified version.",
                lambda row: row.ratification.number if row.ratification else None,
            ),
            whole(
                "answers",
                "How many of the panel answered.",
                lambda row: row.ratification.answers if row.ratification else None,
            ),
            whole(
                "approvals",
                "How many of them approved.",
                lambda row: row.ratification.approvals if row.ratification else None,
            ),
            whole(
                "quorum",
                "How many had to answer.",
                lambda row: row.ratification.quorum if row.ratification else None,
            ),
            text(
                "rule",
                "How many had to approve.",
                lambda row: row.ratification.rule if row.ratification else "",
            ),
            text(
                "version_sha256",
                "The digest of the ratified version.",
                lambda row: row.ratification.digest if row.ratification else "",
            ),
            whole("reopened_version", "The version that the panel goes on from."),
        ),
        rows=lambda it: it.results.document.occupations.profiles,
        key=("code",),
        refers=(TO_LEVEL,),
    ),
    Table(
        name="profile-members",
        title="Members of profiles",
        about="Which capability stands in which profile, at what level.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            text("capability", "The capability's code.", lambda row: row[1].code),
            text("level", "The level that holds.", lambda row: row[1].level),
            text("voted", "The level that was voted.", lambda row: row[1].voted),
            text(
                "marks",
                "What is to be said of the vote, with semicolons between.",
                lambda row: "; ".join(row[1].marks),
            ),
            flag("is_changed", "The panel changed its level.", lambda row: row[1].is_changed),
            flag("is_added", "The panel added it.", lambda row: row[1].is_added),
            flag("is_second", "It stands in another profile too.", lambda row: row[1].is_second),
            text("difference", "What the panel made of the vote.", lambda row: row[1].difference),
            text("reason", "The reason it gave.", lambda row: row[1].reason),
            text("minority", "Who stood apart in the vote.", lambda row: row[1].minority),
        ),
        rows=members,
        key=("profile", "capability"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="profile-removed",
        title="Taken out of profiles",
        about="What the panel took out of which profile.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            text("capability", "The capability's code.", lambda row: row[1].code),
            text("text", "Its wording.", lambda row: row[1].text),
            text("voted", "The level that was voted.", lambda row: row[1].voted),
            text("reason", "The reason given.", lambda row: row[1].reason),
        ),
        rows=removed,
        key=("profile", "capability"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="profile-reasons",
        title="Why capabilities stand in profiles",
        about="Why each capability was put into each profile.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            text("capability", "The capability's code.", lambda row: row[1]),
            whole("position", "Its place in the list.", lambda row: row[2]),
            text("sentence", "Why.", lambda row: row[3]),
        ),
        rows=why,
        key=("profile", "capability", "position"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="profile-trails",
        title="Trails of profiles",
        about="What the panel did to each profile, and when.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            whole("position", "Its place in the trail.", lambda row: row[1]),
            day("on", "The day.", lambda row: row[2].on),
            text("sentence", "What happened.", lambda row: row[2].sentence),
            text("reason", "The reason given.", lambda row: row[2].reason),
        ),
        rows=trails,
        key=("profile", "position"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="profile-objections",
        title="Objections to profiles",
        about="What those of the panel said who objected to a profile that was ratified.",
        group=GROUP,
        fields=(
            text("profile", "The profile's code.", lambda row: row[0]),
            whole("position", "Its place in the list.", lambda row: row[1]),
            text("reason", "What was said.", lambda row: row[2]),
        ),
        rows=objections,
        key=("profile", "position"),
        refers=(TO_PROFILE,),
    ),
    Table(
        name="ksbs",
        title="KSBs",
        about="The accepted knowledge, skills and behaviours of each capability.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row[0]),
            text("capability", "The capability's code.", lambda row: row[1].code),
            text("kind", "Knowledge, skill or behaviour.", lambda row: row[1].kind),
            text("text", "Its wording.", lambda row: row[1].text),
            text("source", "Where its wording came from.", lambda row: row[1].source),
        ),
        rows=lambda it: enumerate(it.results.document.ksbs.lines, 1),
        key=("position",),
        refers=(TO_CAPABILITY,),
    ),
)
"""The tables of who will do it."""
