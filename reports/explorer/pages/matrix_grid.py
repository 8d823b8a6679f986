"""The matrix: every capability against the profiles that are looked at, level by level. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.document.facts import Capability, Profile
from reports.explorer.look import Look
from reports.explorer.naming import NEEDED, NOT_NEEDED
from reports.explorer.once import once
from reports.results.results import Results

SHOWN = "shown"
UNPLACED = "Not classified"


@dataclass(frozen=True)
class GridRow:
    """A capability and its level in each profile that has one, by the profile's code.

    A profile that does not hold it has it as "Not needed" where employers said so of its role
    level; else it has none, for the capability is another profile's work.
    """

    line: Capability
    levels: Mapping[str, str]

    @cached_property
    def needing(self) -> tuple[str, ...]:
        """Return the codes of the profiles that need it."""
        return tuple(code for code, level in self.levels.items() if level != NOT_NEEDED)

    @property
    def function(self) -> str:
        """Return its function, or that it has none yet."""
        return self.line.function or UNPLACED

    @property
    def domain(self) -> str:
        """Return its domain, or that it has none yet."""
        return self.line.domain or UNPLACED

    @property
    def found_levels(self) -> tuple[str, ...]:
        """Return each level that a profile needs it at, once."""
        found = set(self.levels.values())
        return tuple(level for level in NEEDED if level in found)


def profiles_looked_at(look: Look) -> tuple[Profile, ...]:
    """Return the profiles that the address asks for, by code."""
    role, partner, code = (look.args.get(name, "") for name in ("role", "partner", "profile"))
    return tuple(
        each
        for each in look.results.profile.values()
        if role in ("", each.role_level)
        and partner in ("", each.partner)
        and code in ("", each.code)
    )


def all_rows(look: Look, profiles: Sequence[Profile]) -> tuple[GridRow, ...]:
    """Return every capability with its levels in these profiles, by its place."""
    held = [(each.code, each.role_level, _held(look.results)[each.code]) for each in profiles]
    spared = _spared(look.results)
    rows = []
    for line in _in_place(look.results):
        levels = {}
        for code, role_level, members in held:
            if line.code in members:
                levels[code] = members[line.code]
            elif (line.code, role_level) in spared:
                levels[code] = NOT_NEEDED
        rows.append(GridRow(line, levels))
    return tuple(rows)


@once
def grid_of(look: Look) -> tuple[GridRow, ...]:
    """Return every capability with its levels in the profiles that are looked at."""
    return all_rows(look, profiles_looked_at(look))


@once
def rows_looked_at(look: Look) -> tuple[GridRow, ...]:
    """Return the rows to show: without those that no profile needs, unless they are asked for."""
    if look.args.get("empty") == SHOWN:
        return grid_of(look)
    return tuple(row for row in grid_of(look) if row.needing)


@once
def _held(results: Results) -> dict[str, dict[str, str]]:
    return {
        profile.code: {member.code: member.level for member in profile.members}
        for profile in results.document.occupations.profiles
    }


@once
def _spared(results: Results) -> frozenset[tuple[str, str]]:
    """Return the capabilities and role levels that employers said do not go together."""
    return frozenset(
        (cell.code, cell.role_level) for cell in results.detail.cells if cell.holds == NOT_NEEDED
    )


@once
def _in_place(results: Results) -> tuple[Capability, ...]:
    """Return the capabilities by function, domain, area and code."""
    functions = [each.name for each in results.document.capabilities.functions]
    places = {name: place for place, name in enumerate(functions)}
    return tuple(
        sorted(
            results.capability.values(),
            key=lambda line: (
                places.get(line.function, len(places)),
                line.domain,
                line.area,
                line.code,
            ),
        )
    )
