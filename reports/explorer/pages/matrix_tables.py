"""The tables of the matrix: wide, one column a profile; long, one row a level; and by domain."""

from dataclasses import dataclass

from reports.document.facts import Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import count_words
from reports.explorer.once import once
from reports.explorer.pages.matrix_grid import GridRow, grid_of, profiles_looked_at, rows_looked_at

PAGE_NAME = "matrix"


@dataclass(frozen=True)
class Held:
    """One capability in one profile, at a level."""

    row: GridRow
    profile: Profile
    level: str


@dataclass(frozen=True)
class DomainRow:
    """A domain: how many of its capabilities each profile that is looked at needs."""

    function: str
    domain: str
    capabilities: int
    counts: dict[str, int]

    @property
    def profiles(self) -> int:
        """Return how many profiles need any of its capabilities."""
        return sum(count > 0 for count in self.counts.values())


PLACE: tuple[Column[GridRow], ...] = (
    Column("code", "Code", "The capability's code.", lambda row: row.line.code, Kind.CODE),
    Column(
        "text",
        "Capability",
        "What an organisation can do.",
        lambda row: row.line.text,
        Kind.STATEMENT,
    ),
    Column("function", "Function", "One of five.", lambda row: row.function),
    Column("domain", "Domain", "Its part of the function.", lambda row: row.domain),
    Column("area", "Area", "Its part of the domain.", lambda row: row.line.area),
    Column(
        "profiles",
        "Profiles",
        "How many of the profiles that are looked at need it.",
        lambda row: len(row.needing),
        Kind.NUMBER,
    ),
)
FACETS: tuple[Facet[GridRow], ...] = (
    Facet("function", "Function", lambda row: row.function),
    Facet("domain", "Domain", lambda row: row.domain),
    Facet("level", "Needed at", lambda row: row.found_levels),
)


def wide(look: Look) -> Listing[GridRow]:
    """Return the matrix: a row for each capability, a column for each profile looked at."""
    profiles, rows = profiles_looked_at(look), rows_looked_at(look)
    return Listing(
        name=PAGE_NAME,
        title="Proficiency by capability and profile",
        about="The level at which each profile needs each capability; empty where it does not "
        "hold it. Not needed: employers said so of its role level.",
        columns=(*PLACE, *map(_profile_column, profiles)),
        rows=lambda _look: rows,
        text=lambda row: f"{row.line.code} {row.line.text} {row.line.area}",
        facets=FACETS,
        nothing="No profile holds a capability yet.",
        group=lambda row: row.function,
    )


def _profile_column(profile: Profile) -> Column[GridRow]:
    return Column(
        profile.code,
        f"{profile.code} {profile.name}",
        f"The level at which {profile.code} needs the capability.",
        lambda row: row.levels.get(profile.code, ""),
        is_shown=False,
    )


def long(look: Look) -> Listing[Held]:
    """Return what the profiles looked at hold, one row for a capability in a profile."""
    profiles = profiles_looked_at(look)
    rows = tuple(
        Held(row, profile, row.levels[profile.code])
        for row in grid_of(look)
        for profile in profiles
        if profile.code in row.needing
    )
    return Listing(
        name="levels",
        title="Levels, one a row",
        about="Every capability of every profile that is looked at, with its level.",
        columns=LONG,
        rows=lambda _look: rows,
        prefix="levels-",
    )


LONG: tuple[Column[Held], ...] = (
    Column("profile", "Profile", "The profile's code.", lambda row: row.profile.code, Kind.CODE),
    Column("name", "Name", "The profile's name.", lambda row: row.profile.name),
    Column("role_level", "Role level", "Its role level.", lambda row: row.profile.role_level),
    Column(
        "capability",
        "Capability",
        "The capability's code.",
        lambda row: row.row.line.code,
        Kind.CODE,
    ),
    Column("text", "Wording", "What an organisation can do.", lambda row: row.row.line.text),
    Column("function", "Function", "One of five.", lambda row: row.row.function),
    Column("level", "Level", "The proficiency that is needed.", lambda row: row.level),
)


@once
def domain_rows(look: Look) -> tuple[DomainRow, ...]:
    """Return each domain that a profile looked at needs something of, by its place."""
    profiles = profiles_looked_at(look)
    found: dict[tuple[str, str], list[GridRow]] = {}
    for row in grid_of(look):
        if row.needing:
            found.setdefault((row.function, row.domain), []).append(row)
    return tuple(
        DomainRow(
            function=function,
            domain=domain,
            capabilities=len(rows),
            counts={each.code: sum(each.code in row.needing for row in rows) for each in profiles},
        )
        for (function, domain), rows in found.items()
    )


def domains(look: Look) -> Listing[DomainRow]:
    """Return how many capabilities of each domain the profiles looked at need."""
    profiles, rows = profiles_looked_at(look), domain_rows(look)
    return Listing(
        name="domains",
        title="Domains and the profiles that need them",
        about="How many capabilities of each domain are needed, and by how many profiles.",
        columns=(*DOMAIN, *map(_domain_column, profiles)),
        rows=lambda _look: rows,
        prefix="domains-",
        nothing="No profile holds a capability yet.",
    )


def _narrowed(look: Look, **more: str) -> str:
    kept = {name: look.args.get(name) or None for name in ("role", "partner", "profile")}
    return look.href(PAGE_NAME, **{**kept, **more})


DOMAIN: tuple[Column[DomainRow], ...] = (
    Column("domain", "Domain", "A part of a function.", lambda row: row.domain, Kind.STATEMENT),
    Column("function", "Function", "One of five.", lambda row: row.function),
    Column(
        "capabilities",
        "Capabilities",
        "How many of its capabilities a profile looked at needs.",
        lambda row: row.capabilities,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.capabilities:,}", _narrowed(look, function=row.function, domain=row.domain)
        ),
    ),
    Column(
        "profiles",
        "Profiles",
        "How many of the profiles looked at need one of them.",
        lambda row: row.profiles,
        Kind.NUMBER,
        show=lambda _look, row: Shown(
            f"{row.profiles:,} of {len(row.counts):,}",
            bar=100 * row.profiles / len(row.counts),
        ),
    ),
)


def _domain_column(profile: Profile) -> Column[DomainRow]:
    return Column(
        profile.code,
        profile.code,
        f"How many of its capabilities {profile.code} {profile.name} needs.",
        lambda row: row.counts[profile.code],
        Kind.NUMBER,
        is_shown=False,
    )


def hidden_words(count: int) -> str:
    """Say how many capabilities none of the profiles looked at needs."""
    verb = "is" if count == 1 else "are"
    return (
        f"{count_words(count, 'capability', 'capabilities')} {verb} needed by none of these "
        "profiles."
    )
