"""What a convener ticked to take over, as an address or a form carries it. No routes here."""

import uuid
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from cycles.profiles.seeding_arrivals import arrivals
from cycles.profiles.seeding_sources import Brought, BroughtProfile, kept_in, ratified_in
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import role_levels_of
from cycles.statements.models import CapabilityStatement

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Wish:
    """The profiles ticked, which role level each of theirs is here, and what is left out.

    ``stand_ins`` are statements of this cycle wanted in place of near duplicates.
    """

    profiles: tuple[BroughtProfile, ...]
    levels: dict[uuid.UUID, RoleLevel]
    said_levels: frozenset[uuid.UUID]
    capabilities: tuple[Brought, ...]
    wants_capabilities: bool
    stand_ins: dict[uuid.UUID, CapabilityStatement]

    @property
    def problem(self) -> str:
        """Return what is lacking, in a sentence, or an empty text."""
        if not self.profiles and not self.capabilities:
            return "Tick at least one profile, or the capabilities."
        for each in self.profiles:
            if each.role_level.id not in self.levels:
                return f"Say which role level “{each.role_level.name}” is in this cycle."
        return ""

    def level_ids(self) -> dict[uuid.UUID, uuid.UUID | None]:
        """Return which of our role levels was said for each of theirs; None for left out."""
        found = {theirs: self.levels.get(theirs) for theirs in self.said_levels}
        return {theirs: ours.id if ours else None for theirs, ours in found.items()}

    def fields(self) -> Fields:
        """Return the wish as an address carries it."""
        levels = [(f"level-{theirs}", str(ours.id)) for theirs, ours in self.levels.items()]
        ticked = [("profile", str(each.id)) for each in self.profiles]
        return (*ticked, *levels, *([("capabilities", "y")] if self.wants_capabilities else []))

    def as_facts(self) -> dict[str, Any]:
        """Return the wish as the command takes it."""
        return {
            "profiles": self.profiles,
            "levels": self.levels,
            "capabilities": self.capabilities,
            "stand_ins": self.stand_ins,
        }


def read_wish(given: MultiDict[str, str], cycle_id: uuid.UUID, source: Cycle) -> Wish:
    """Read what was ticked; whatever names nothing of the two cycles is left out."""
    ticked, ours = set(given.getlist("profile")), role_levels_of(cycle_id)
    chosen = tuple(each for each in ratified_in(source) if str(each.id) in ticked)
    by_id = {str(each.id): each for each in ours}
    said = {
        each.id: by_id.get(given[f"level-{each.id}"])
        for each in role_levels_of(source.id)
        if f"level-{each.id}" in given
    }
    wants = given.get("capabilities") == "y"
    capabilities = kept_in(source) if wants else ()
    return Wish(
        profiles=chosen,
        levels={theirs: level for theirs, level in said.items() if level is not None},
        said_levels=frozenset(said),
        capabilities=capabilities,
        wants_capabilities=wants,
        stand_ins=_stand_ins(given, cycle_id, chosen, capabilities),
    )


def _stand_ins(
    given: MultiDict[str, str],
    cycle_id: uuid.UUID,
    chosen: tuple[BroughtProfile, ...],
    capabilities: tuple[Brought, ...],
) -> dict[uuid.UUID, CapabilityStatement]:
    """Return the near statements that were wanted; worked out again, so that none is made up."""
    wanted = set(given.getlist("own"))
    if not wanted:
        return {}
    brought = [each.capability for profile in chosen for each in profile.members]
    found = arrivals(cycle_id, [*brought, *capabilities]).lines
    return {
        line.brought.statement.id: line.near
        for line in found
        if line.near is not None and str(line.brought.statement.id) in wanted
    }
