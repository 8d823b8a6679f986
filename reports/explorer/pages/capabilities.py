"""Organisational capabilities: all of them, by function, domain and area."""

from dataclasses import dataclass

from reports.document.facts import Capability
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view

NAME = "capabilities"


@dataclass(frozen=True)
class CapabilitiesPage:
    """All capabilities as a table."""

    table: TableView


def listing(look: Look) -> Listing[Capability]:
    """Return the table of capabilities."""
    profiles = look.results.profiles_of
    return Listing(
        name=NAME,
        title="Organisational capabilities",
        about="Every capability that was kept, with its place and who needs it.",
        columns=(
            Column(
                "code",
                "Code",
                "The capability's code, the same everywhere in this cycle.",
                lambda row: row.code,
                Kind.CODE,
                show=lambda look, row: Shown(row.code, look.href(NAME, row.code)),
            ),
            Column(
                "text",
                "Capability",
                "What an organisation can do.",
                lambda row: row.text,
                Kind.STATEMENT,
            ),
            Column("function", "Function", "One of five.", lambda row: row.function),
            Column("domain", "Domain", "Its part of the function.", lambda row: row.domain),
            Column("area", "Area", "Its part of the domain.", lambda row: row.area),
            Column(
                "partners",
                "Partners",
                "The supply-chain partners that need it.",
                lambda row: row.partners,
                Kind.LIST,
            ),
            Column(
                "profiles",
                "Profiles",
                "How many profiles need it.",
                lambda row: len(profiles.get(row.code, ())),
                Kind.NUMBER,
            ),
        ),
        rows=lambda look: look.results.document.capabilities.lines,
        text=lambda row: f"{row.code} {row.text} {row.area}",
        facets=(
            Facet("function", "Function", lambda row: row.function),
            Facet("partner", "Partner", lambda row: row.partners),
        ),
        nothing="No capability statement is kept yet.",
    )


def build(look: Look, _code: str) -> CapabilitiesPage:
    """Return the page of all capabilities."""
    return CapabilitiesPage(table_view(listing(look), look, NAME))


PAGE = PageKind(
    name=NAME,
    label="Organisational capabilities",
    question=Question.WHAT,
    lead="What organisations will have to be able to do.",
    build=build,
    listings=lambda look, _code: (listing(look),),
)
