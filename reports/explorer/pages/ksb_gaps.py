"""The capabilities that profiles hold and for which no KSB is accepted, as a table."""

from dataclasses import dataclass

from reports.document.facts import Capability
from reports.explorer.columns import Column, Kind
from reports.explorer.listing import Facet, Listing
from reports.explorer.naming import capability_code, code_links
from reports.explorer.once import once
from reports.explorer.wordings import holders_of
from reports.results.results import Results

PREFIX = "without-"


@dataclass(frozen=True)
class GapRow:
    """A capability without an accepted KSB, and the profiles that hold it."""

    line: Capability
    profiles: tuple[str, ...]
    role_levels: tuple[str, ...]


@once
def gap_rows(results: Results) -> tuple[GapRow, ...]:
    """Return the kept capabilities that a profile holds and no accepted KSB speaks of."""
    holders = holders_of(results)
    return tuple(
        GapRow(
            line=line,
            profiles=tuple(profile.code for profile, _level in holders[code]),
            role_levels=tuple(dict.fromkeys(each.role_level for each, _level in holders[code])),
        )
        for code, line in results.capability.items()
        if code in holders and not results.ksbs_of[code]
    )


LISTING: Listing[GapRow] = Listing(
    name="without",
    title="Capabilities without a KSB",
    about="Capabilities that profiles hold and for which educators have accepted no KSB.",
    prefix=PREFIX,
    columns=(
        capability_code("capabilities", lambda row: row.line.code),
        Column(
            "text",
            "Capability",
            "What an organisation can do.",
            lambda row: row.line.text,
            Kind.STATEMENT,
        ),
        Column("function", "Function", "One of five.", lambda row: row.line.function),
        Column(
            "profiles",
            "Profiles",
            "The profiles that hold it.",
            lambda row: row.profiles,
            Kind.LIST,
            show=lambda look, row: code_links(look, "profiles", row.profiles),
        ),
        Column(
            "role_levels",
            "Role levels",
            "The role levels of these profiles.",
            lambda row: row.role_levels,
            Kind.LIST,
        ),
    ),
    rows=lambda look: gap_rows(look.results),
    facets=(Facet("role", "Role level", lambda row: row.role_levels),),
    nothing="Every capability that a profile holds has an accepted KSB.",
)
