"""The role levels: how many profiles each has, and at which proficiency it needs capabilities."""

from dataclasses import dataclass

from reports.document.facts import LevelSpread
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look

PAGE_NAME = "profiles"
PARTS = (
    ("awareness_percent", "Awareness", "Awareness, %"),
    ("practitioner_percent", "Practitioner", "Practitioner, %"),
    ("expert_percent", "Expert", "Expert, %"),
)


@dataclass(frozen=True)
class LevelRow:
    """A role level with its profiles and the spread of what is settled for it."""

    spread: LevelSpread
    profiles: int

    @property
    def name(self) -> str:
        """Return its name."""
        return self.spread.role_level


def level_rows(look: Look) -> tuple[LevelRow, ...]:
    """Return the role levels in the cycle's order."""
    facts = look.results.document.occupations
    counts = {each.role_level: each.count for each in facts.by_role_level}
    return tuple(LevelRow(each, counts.get(each.role_level, 0)) for each in facts.spread)


def _percent_column(key: str, level: str, heading: str) -> Column[LevelRow]:
    return Column(
        key,
        heading,
        f"The part of the capabilities needed at this role level that it needs at {level}.",
        lambda row: getattr(row.spread, key),
        Kind.PERCENT,
    )


def _spread(_look: Look, row: LevelRow) -> Shown:
    spread = row.spread
    levels = (0, spread.awareness, spread.practitioner, spread.expert)
    return Shown(f"{spread.needed:,}", levels=levels if spread.needed else ())


LISTING: Listing[LevelRow] = Listing(
    name="role-levels",
    title="Role levels",
    about="Profiles by role level, and the proficiency that employers say each level needs.",
    prefix="levels-",
    columns=(
        Column("role_level", "Role level", "Its name.", lambda row: row.name, Kind.STATEMENT),
        Column(
            "academic_level",
            "Academic level",
            "The level of education that the cycle set for it.",
            lambda row: row.spread.academic_level,
            Kind.NUMBER,
        ),
        Column(
            "profiles",
            "Profiles",
            "Its profiles that were not withdrawn.",
            lambda row: row.profiles,
            Kind.NUMBER,
            show=lambda look, row: Shown(
                f"{row.profiles:,}", look.href(PAGE_NAME, role=row.name) if row.profiles else ""
            ),
        ),
        Column(
            "needed",
            "Capabilities needed",
            "Capabilities that are settled as needed at this role level, by proficiency.",
            lambda row: row.spread.needed,
            Kind.NUMBER,
            show=_spread,
        ),
        *(_percent_column(*each) for each in PARTS),
        Column(
            "not_needed",
            "Not needed",
            "Capabilities that are settled as not needed at this role level.",
            lambda row: row.spread.not_needed,
            Kind.NUMBER,
        ),
    ),
    rows=level_rows,
    nothing="The cycle has no role level yet.",
)
