"""Future occupational profiles: all of them, with what supports them; and each on its own page."""

from dataclasses import dataclass
from typing import Any

from reports.charts.vega.chart import Chart
from reports.document.figures.occupations import proficiency_chart
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import count_words
from reports.explorer.pages import profile_item, profile_levels, profile_tables
from reports.explorer.pages.profile_rows import (
    FILES_ONLY,
    SHOWN,
    STATUS_WORDS,
    ProfileRow,
    profile_rows,
)
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view

NAME = "profiles"
METHOD = (
    "A profile gathers the capabilities that one kind of work needs. It is generated from the "
    "employers' verdicts as a prototype; the employer panel changes it, with reasons, and ratifies "
    "it. A ratified profile is told as it was ratified.",
    "Fit is the part of a profile's capabilities that match a duty of a standard; surplus is the "
    "part of the standard's duties that match none of the profile's capabilities.",
)


@dataclass(frozen=True)
class ProfilesPage:
    """All profiles, and the role levels that they belong to, as bars and as a table."""

    sentence: str
    proficiency: ChartView | None
    levels: TableView
    table: TableView


LISTING: Listing[ProfileRow] = Listing(
    name=NAME,
    title="Future occupational profiles",
    about="Every profile that was not withdrawn, with what it needs and what supports it.",
    columns=(*SHOWN, *FILES_ONLY),
    rows=profile_rows,
    text=lambda row: f"{row.profile.code} {row.profile.name} {row.profile.partner}",
    facets=(
        Facet("role", "Role level", lambda row: row.profile.role_level),
        Facet("partner", "Primary partner", lambda row: row.profile.partner),
        Facet("status", "Status", lambda row: row.profile.status, STATUS_WORDS),
    ),
    nothing="No profile is there yet. Profiles are generated from the employers' verdicts.",
)


def sentence(look: Look) -> str:
    """Say how many profiles there are and how many of them the panel ratified."""
    facts = look.results.document.occupations
    if not facts.profile_count:
        return ""
    words = f"{count_words(facts.profile_count, 'profile')}, {facts.ratified_count:,} ratified"
    taken = f"; {facts.withdrawn_count:,} more withdrawn" if facts.withdrawn_count else ""
    return f"{words}{taken}."


def build(look: Look, _code: str) -> ProfilesPage:
    """Return the page of all profiles."""
    bars = next(iter(charts(look, "")), None)
    return ProfilesPage(
        sentence=sentence(look),
        proficiency=chart_view(look, NAME, bars, table_id="role-levels") if bars else None,
        levels=table_view(profile_levels.LISTING, look, NAME),
        table=table_view(LISTING, look, NAME),
    )


def charts(look: Look, code: str) -> tuple[Chart, ...]:
    """Return the proficiency that each role level needs, as the report draws it."""
    found = proficiency_chart(look.results.document.occupations.spread)
    return (found,) if found and not code else ()


def tables(look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of all profiles, or of one."""
    return profile_tables.listings(look, code) if code else (LISTING, profile_levels.LISTING)


PAGE = PageKind(
    name=NAME,
    label="Profiles",
    question=Question.WHO,
    lead="The occupations that will do the work, as employers put them together and ratified them.",
    build=build,
    listings=tables,
    charts=charts,
    item=profile_item.build,
    item_label=profile_item.label,
    method=METHOD,
)
