"""The accepted KSBs with each wording once: which capabilities and profiles call for it. Pure."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_WORDS
from cycles.ksbs.competencies import KINDS, WordingKey, wording_key
from cycles.standards.models import KsbKind
from reports.document.facts import KsbLine, Profile
from reports.explorer.once import once
from reports.results.results import Results

KIND_WORDS = {kind.value: kind.value.capitalize() for kind in KINDS}


@dataclass(frozen=True)
class Wording:
    """One wording of one kind, with everything that calls for it.

    ``code`` is made from the wording, so it is the same in every snapshot. ``capabilities`` are
    those that it was accepted for, ``profiles`` those that hold one of them. ``levels`` has the
    highest proficiency at which profiles of a role level need one, by role level in the cycle's
    order; ``sources`` where it comes from, by capability.
    """

    code: str
    kind: str
    text: str
    capabilities: tuple[str, ...]
    functions: tuple[str, ...]
    profiles: tuple[str, ...]
    levels: Mapping[str, str]
    sources: Mapping[str, str]

    @property
    def role_levels(self) -> tuple[str, ...]:
        """Return the role levels whose profiles call for it."""
        return tuple(self.levels)

    @property
    def highest(self) -> str:
        """Return the highest proficiency of all; empty where no profile calls for it."""
        return max(self.levels.values(), key=PROFICIENCY_WORDS.index, default="")

    @property
    def source_words(self) -> str:
        """Return every source once."""
        return "; ".join(dict.fromkeys(filter(None, self.sources.values())))


@once
def wordings_of(results: Results) -> tuple[Wording, ...]:
    """Return every accepted wording once, by kind and then by its words."""
    alike: dict[WordingKey, list[KsbLine]] = defaultdict(list)
    for line in results.document.ksbs.lines:
        if line.code in results.capability:
            alike[wording_key(KsbKind(line.kind), line.text)].append(line)
    kinds = [kind.value for kind in KINDS]
    holders = holders_of(results)
    found = sorted(alike.items(), key=lambda each: (kinds.index(each[0][0]), each[0][1]))
    return tuple(_wording(results, key, lines, holders) for key, lines in found)


@once
def wording_by_code(results: Results) -> dict[str, Wording]:
    """Return the wordings by code."""
    return {each.code: each for each in wordings_of(results)}


@once
def wording_counts(results: Results) -> dict[str, int]:
    """Return how many wordings each profile calls for, by the profile's code."""
    counts = dict.fromkeys(results.profile, 0)
    for wording in wordings_of(results):
        for code in wording.profiles:
            counts[code] += 1
    return counts


@once
def holders_of(results: Results) -> dict[str, list[tuple[Profile, str]]]:
    """Return which profiles hold each capability and at which level, by the capability's code."""
    found: dict[str, list[tuple[Profile, str]]] = defaultdict(list)
    for profile in results.document.occupations.profiles:
        for member in profile.members:
            found[member.code].append((profile, member.level))
    return found


def _wording(
    results: Results,
    key: WordingKey,
    lines: Sequence[KsbLine],
    holders: Mapping[str, list[tuple[Profile, str]]],
) -> Wording:
    capabilities = [results.capability[code] for code in sorted({line.code for line in lines})]
    held = [pair for each in capabilities for pair in holders.get(each.code, ())]
    return Wording(
        code=code_of(key),
        kind=lines[0].kind,
        text=lines[0].text,
        capabilities=tuple(each.code for each in capabilities),
        functions=tuple(dict.fromkeys(each.function for each in capabilities if each.function)),
        profiles=tuple(sorted({profile.code for profile, _level in held})),
        levels=_levels(results, held),
        sources={line.code: line.source for line in lines},
    )


def code_of(key: WordingKey) -> str:
    """Return the code of a wording: its kind's letter, and eight digits made from its words."""
    kind, words = key
    return f"{kind.value[0].upper()}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def _levels(results: Results, held: Sequence[tuple[Profile, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for role_level in results.document.subject.role_levels:
        theirs = [level for profile, level in held if profile.role_level == role_level.name]
        if theirs:
            found[role_level.name] = max(theirs, key=PROFICIENCY_WORDS.index)
    return found
