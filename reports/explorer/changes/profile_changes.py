"""What became of each profile between two results. Rows only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.document.facts import Profile
from reports.explorer.changes.pairing import Pair
from reports.explorer.changes.sides import Sides
from reports.explorer.look import Look
from reports.mapping.findings import ProfileFinding

ADDED, GONE, RENAMED, RATIFIED, REOPENED = "added", "gone", "renamed", "ratified", "reopened"
MEMBERS, LEVELS, FIT = "members", "levels", "fit"
SAID = {
    ADDED: "Added",
    GONE: "Gone",
    RENAMED: "Renamed",
    RATIFIED: "Ratified since",
    REOPENED: "No longer ratified",
    MEMBERS: "Capabilities changed",
    LEVELS: "Levels moved",
    FIT: "Best fit moved",
}
SAID_ACROSS = {
    **SAID,
    ADDED: "Only in these results",
    GONE: "Only in the other cycle",
    RATIFIED: "Ratified here only",
    REOPENED: "Ratified there only",
    MEMBERS: "Other capabilities",
    LEVELS: "Other levels",
    FIT: "Other best fit",
}


@dataclass(frozen=True)
class ProfileChange:
    """A profile with what became of it: keys of ``SAID``, none where nothing did.

    ``gained`` and ``lost`` are codes of capabilities, each of its own side; ``moved`` are the codes
    that it needs at another level. The percentages are its best fit; the counts what nothing
    supports of it.
    """

    now: Profile | None
    then: Profile | None
    kinds: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: tuple[str, ...]
    fit_then: float | None
    fit_now: float | None
    unsupported_then: int | None
    unsupported_now: int | None

    @property
    def shown(self) -> Profile:
        """Return it as it is now, or as it was where it is gone."""
        found = self.now or self.then
        if found is None:
            raise ValueError("a change has at least one side")
        return found


def profile_changes(sides: Sides, pairs: tuple[Pair, ...]) -> tuple[ProfileChange, ...]:
    """Return every profile of both sides, those looked at first, in order of code.

    Within a cycle codes say which is which, between cycles the same name at the same role level.
    """
    now = _keyed(sides, sides.now.results.document.occupations.profiles)
    others = _keyed(sides, sides.then.results.document.occupations.profiles)
    both = [(each, others.pop(key, None)) for key, each in now.items()]
    gone = [(None, each) for each in others.values()]
    findings = _findings(sides.now), _findings(sides.then)
    same = _same_codes(sides, pairs)
    return tuple(_change(first, second, findings, same) for first, second in (*both, *gone))


def _same_codes(sides: Sides, pairs: tuple[Pair, ...]) -> dict[str, str]:
    """Return the code that each capability of the other results has in those looked at.

    A ratified profile holds capabilities that were rejected since, so within a cycle every code of
    a member counts, whether or not the capability is still kept.
    """
    if sides.is_same_cycle:
        profiles = sides.then.results.document.occupations.profiles
        return {member.code: member.code for each in profiles for member in each.members}
    return {each.then.code: each.now.code for each in pairs if each.now and each.then}


def _keyed(sides: Sides, profiles: Sequence[Profile]) -> dict[tuple[str, ...], Profile]:
    """Return profiles by what says which is which; namesakes are told apart by their order."""
    if sides.is_same_cycle:
        return {(each.code,): each for each in profiles}
    found: dict[tuple[str, ...], Profile] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for each in profiles:
        name = (each.name.casefold().strip(), each.role_level.casefold().strip())
        seen[name] += 1
        found[*name, str(seen[name])] = each
    return found


Findings = dict[str, ProfileFinding]


def _findings(look: Look) -> Findings:
    return {each.code: each for each in look.findings.profiles} if look.findings else {}


def _change(
    now: Profile | None,
    then: Profile | None,
    findings: tuple[Findings, Findings],
    same: dict[str, str],
) -> ProfileChange:
    found_now = findings[0].get(now.code) if now else None
    found_then = findings[1].get(then.code) if then else None
    gained, lost, moved = _members(now, then, same) if now and then else ((), (), ())
    fits = [each.best_fit_percent if each else None for each in (found_then, found_now)]
    return ProfileChange(
        now=now,
        then=then,
        kinds=_kinds(now, then, {MEMBERS: gained or lost, LEVELS: moved, FIT: _differ(fits)}),
        gained=gained,
        lost=lost,
        moved=moved,
        fit_then=fits[0],
        fit_now=fits[1],
        unsupported_then=found_then.unsupported_count if found_then else None,
        unsupported_now=found_now.unsupported_count if found_now else None,
    )


def _members(
    now: Profile, then: Profile, same: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    held = {each.code: each.level for each in now.members}
    before = {same.get(each.code, f"then {each.code}"): each for each in then.members}
    gained = tuple(code for code in held if code not in before)
    lost = tuple(each.code for code, each in before.items() if code not in held)
    moved = tuple(
        code for code, level in held.items() if code in before and before[code].level != level
    )
    return gained, lost, moved


def _differ(fits: Sequence[float | None]) -> bool:
    return None not in fits and len(set(fits)) > 1


def _kinds(
    now: Profile | None, then: Profile | None, others: Mapping[str, object]
) -> tuple[str, ...]:
    if then is None:
        return (ADDED,)
    if now is None:
        return (GONE,)
    found = {
        RENAMED: now.name != then.name,
        RATIFIED: now.is_ratified and not then.is_ratified,
        REOPENED: then.is_ratified and not now.is_ratified,
        **others,
    }
    return tuple(kind for kind, is_so in found.items() if is_so)
