"""The matrix of a profile: every capability at its level, those that nothing supports marked."""

from collections.abc import Iterator, Mapping

from reports.charts.vega.chart import Chart
from reports.charts.vega.grids import Column, Line, grid
from reports.charts.vega.identity import LEVELS
from reports.document.facts import Capability, Document, Member, Profile
from reports.document.figures.catalogue import matrix_key
from reports.document.wording import counted

FIRST = 5
MOST_DRAWN = 36
"""As many capabilities as a sheet has room for; the profile's own entry has all."""
COLUMNS = tuple(
    Column(name, name[:1], *LEVELS[name[:1]]) for name in ("Awareness", "Practitioner", "Expert")
)
PLACES = {each.name: place for place, each in enumerate(COLUMNS)}
SUPPORT_WORDS = {True: "supported", False: "unsupported", None: "not compared"}
UNCLASSIFIED = "Not classified"


def matrix_charts(document: Document) -> Iterator[tuple[str, Chart]]:
    """Yield the matrix of each of the first priority profiles, with the figure's key."""
    if document.provision is None:
        return
    profiles = {each.code: each for each in document.occupations.profiles}
    lines = {each.code: each for each in document.capabilities.lines}
    order = {each.name: place for place, each in enumerate(document.capabilities.functions)}
    for each in document.provision.priorities[:FIRST]:
        profile = profiles.get(each.code)
        if profile and any(member.level in PLACES for member in profile.members):
            yield matrix_key(profile.code), matrix_chart(profile, lines, order)


def matrix_chart(
    profile: Profile, capabilities: Mapping[str, Capability], functions: Mapping[str, int]
) -> Chart:
    """Return the matrix of a profile. ``functions`` are their places by name."""
    held = [each for each in profile.members if each.level in PLACES]
    held.sort(key=lambda each: (_place(each, capabilities, functions), each.code))
    first = f" The first {MOST_DRAWN} are drawn." if len(held) > MOST_DRAWN else ""
    return grid(
        matrix_key(profile.code),
        title=f"{profile.code} {profile.name}: {_said(profile)}",
        summary=f"{counted(profile.member_count, 'capability', 'capabilities')} at the role level "
        f"{profile.role_level}: {profile.awareness:,} at Awareness (A), {profile.practitioner:,} "
        f"at Practitioner (P), {profile.expert:,} at Expert (E). A diamond marks what no duty of "
        f"any standard compared matches.{first}",
        lines=[_line(each, capabilities) for each in held[:MOST_DRAWN]],
        columns=COLUMNS,
        flag="Unsupported",
    )


def _said(profile: Profile) -> str:
    total = counted(profile.member_count, "capability", "capabilities")
    if profile.unsupported_count is None:
        return total
    return f"{profile.unsupported_count:,} of {total} unsupported"


def _place(
    member: Member, capabilities: Mapping[str, Capability], functions: Mapping[str, int]
) -> int:
    return functions.get(_function(member, capabilities), len(functions))


def _function(member: Member, capabilities: Mapping[str, Capability]) -> str:
    found = capabilities.get(member.code)
    return found.function if found and found.function else UNCLASSIFIED


def _line(member: Member, capabilities: Mapping[str, Capability]) -> Line:
    support = None if member.is_supported is None else not member.is_supported
    return Line(
        code=member.code,
        label=member.text,
        column=PLACES[member.level],
        flag=support,
        words=f"{member.code} {member.text}: {member.level}, {SUPPORT_WORDS[member.is_supported]}",
        group=_function(member, capabilities),
    )
