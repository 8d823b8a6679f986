"""Counts of two results side by side, and what moved the number of the unsupported."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports.document.facts import Capability, Document
from reports.explorer.changes.capability_changes import (
    ADDED,
    GAINED,
    GONE,
    LOST,
    CapabilityChange,
)
from reports.explorer.changes.sides import Sides
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    NOT_COMPARED,
    SUPPORTED,
    UNCLASSIFIED,
    UNSUPPORTED,
)

Number = int | float | None
ABSENT = "absent"
CAME = {
    SUPPORTED: ("lost support", LOST),
    ABSENT: ("added without support", ADDED),
    NOT_COMPARED: ("not compared before", ""),
}
LEFT = {
    SUPPORTED: ("gained support", GAINED),
    ABSENT: ("gone", GONE),
    NOT_COMPARED: ("not compared any more", ""),
}
"""What a capability was, or became, where it is unsupported on one side alone."""


@dataclass(frozen=True)
class CountLine:
    """One figure of both sides; None where a side does not know it.

    ``page`` and ``args`` say where its rows are, after a stroke the one thing of the page that has
    them; empty where there is no list of them.
    """

    section: str
    key: str
    label: str
    then: Number
    now: Number
    page: str = ""
    args: Mapping[str, str] | None = None

    @property
    def difference(self) -> Number:
        """Return by how much the second is more than the first."""
        if self.then is None or self.now is None:
            return None
        return round(self.now - self.then, 1)


@dataclass(frozen=True)
class Step:
    """How many capabilities moved the number of the unsupported, and the change they had.

    ``kind`` is the change that a list of them is filtered by; empty where there is none.
    """

    label: str
    kind: str
    count: int
    is_more: bool


@dataclass(frozen=True)
class Bar:
    """The unsupported capabilities of one function on both sides."""

    function: str
    then: int
    now: int


@dataclass(frozen=True)
class Unsupported:
    """The unsupported of both sides, and what lies between: first what adds, then what takes."""

    then: int
    now: int
    steps: tuple[Step, ...]
    bars: tuple[Bar, ...]


def count_lines(sides: Sides) -> tuple[CountLine, ...]:
    """Return the counts in the order of the explorer's questions."""
    *before, actions = _plain_lines(sides)
    found = [each for each in _found_lines(sides) if (each.then, each.now) != (None, None)]
    return (*before, *found, actions)


Read = Callable[[Document], Number]
_PLAIN: tuple[tuple[str, str, str, Read, str, dict[str, str]], ...] = (
    (
        "Capabilities",
        "capabilities",
        "Capabilities",
        lambda it: it.capabilities.kept,
        "capabilities",
        {},
    ),
    (
        "Capabilities",
        "classified",
        "Classified capabilities",
        lambda it: it.capabilities.classified,
        "",
        {},
    ),
    (
        "Agreement",
        "judged",
        "Judged items (capability and role level)",
        lambda it: it.agreement.judged,
        "consensus",
        {},
    ),
    (
        "Agreement",
        "settled",
        "Settled items",
        lambda it: it.agreement.settled,
        "consensus",
        {"settled": "yes"},
    ),
    (
        "Agreement",
        "agreed",
        "Agreed items",
        lambda it: it.agreement.agreed,
        "consensus",
        {"agreed": "yes"},
    ),
    (
        "Profiles",
        "profiles",
        "Profiles",
        lambda it: it.occupations.profile_count,
        "profiles",
        {},
    ),
    (
        "Profiles",
        "ratified",
        "Ratified profiles",
        lambda it: it.occupations.ratified_count,
        "profiles",
        {"status": "ratified"},
    ),
    ("Profiles", "ksbs", "Accepted KSBs", lambda it: it.ksbs.accepted, "take-away/ksbs", {}),
    ("Profiles", "knowledge", "Knowledge", lambda it: it.ksbs.knowledge, "", {}),
    ("Profiles", "skills", "Skills", lambda it: it.ksbs.skills, "", {}),
    ("Profiles", "behaviours", "Behaviours", lambda it: it.ksbs.behaviours, "", {}),
    ("What follows", "actions", "Actions", lambda it: len(it.actions), "actions", {}),
)


def _plain_lines(sides: Sides) -> list[CountLine]:
    now, then = sides.now.results.document, sides.then.results.document
    return [
        CountLine(section, key, label, read(then), read(now), page, args)
        for section, key, label, read, page, args in _PLAIN
    ]


_FOUND: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("supported", "Supported capabilities", "capabilities", {"support": "supported"}),
    ("unsupported", "Unsupported capabilities", "capabilities", {"support": "unsupported"}),
    ("unsupported_percent", "Unsupported, % of the kept and compared", "", {}),
    ("standards_compared", "Standards compared", "take-away/standards", {"is_compared": "yes"}),
    ("duties", "Duties compared", "", {}),
    ("accepted_matches", "Matches that reviewers accepted", "", {}),
    ("rejected_matches", "Matches that reviewers rejected", "", {}),
)


_OF_THE_RUN = ("standards_compared", "duties", "accepted_matches", "rejected_matches")


def _found_lines(sides: Sides) -> list[CountLine]:
    now = {**_totals(sides.now), **_supported(sides.support_now)}
    then = {**_totals(sides.then), **_supported(sides.support_then)}
    return [
        CountLine("Provision", key, label, then.get(key), now.get(key), page, args)
        for key, label, page, args in _FOUND
    ]


def _supported(support: Mapping[str, str]) -> dict[str, Number]:
    """Return how many kept capabilities are supported: a run may know some that were taken out."""
    counts = Counter(support.values())
    compared = counts[SUPPORTED] + counts[UNSUPPORTED]
    if not compared:
        return {}
    return {
        "supported": counts[SUPPORTED],
        "unsupported": counts[UNSUPPORTED],
        "unsupported_percent": round(100 * counts[UNSUPPORTED] / compared, 1),
    }


def _totals(look: Look) -> dict[str, Number]:
    """Return the totals at the look's threshold; of a snapshot without rows, at its own alone."""
    provision = look.results.document.provision
    own = provision if look.threshold == look.own_threshold else None
    found = look.findings.totals if look.findings else own
    return {key: getattr(found, key) for key in _OF_THE_RUN} if found else {}


def unsupported(sides: Sides, changes: Sequence[CapabilityChange]) -> Unsupported | None:
    """Return what lies between the unsupported of both sides; None where a side does not know."""
    if not sides.support_now or not sides.support_then:
        return None
    are = [each for each in changes if each.support_now == UNSUPPORTED]
    were = [each for each in changes if each.support_then == UNSUPPORTED]
    return Unsupported(
        then=len(were), now=len(are), steps=_steps(are, were), bars=_bars(sides, are, were)
    )


def _steps(are: Sequence[CapabilityChange], were: Sequence[CapabilityChange]) -> tuple[Step, ...]:
    """Return why the new ones are, and why the old ones are not any more."""
    came = Counter(_state(it.pair.then, it.support_then) for it in are)
    left = Counter(_state(it.pair.now, it.support_now) for it in were)
    return tuple(
        Step(label, kind, count, is_more=is_more)
        for counts, is_more, words in ((came, True, CAME), (left, False, LEFT))
        for state, (label, kind) in words.items()
        if (count := counts[state])
    )


def _state(capability: Capability | None, support: str) -> str:
    return ABSENT if capability is None else support


def _bars(
    sides: Sides, are: Sequence[CapabilityChange], were: Sequence[CapabilityChange]
) -> tuple[Bar, ...]:
    then: Counter[str] = Counter(
        it.pair.then.function or UNCLASSIFIED for it in were if it.pair.then
    )
    now: Counter[str] = Counter(it.pair.now.function or UNCLASSIFIED for it in are if it.pair.now)
    known = [each.name for each in sides.now.results.document.capabilities.functions]
    names = dict.fromkeys([*known, *now, *then])
    return tuple(Bar(name, then[name], now[name]) for name in names if then[name] or now[name])
