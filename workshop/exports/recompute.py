"""Calculating a round again from the files of its bundle alone, through ``consensus``.

No database, no application: whoever holds the files can check every verdict. How a bundle is
read lives in ``opening``; how a scale is judged, in ``judging``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

from consensus.rule import ENGINE_VERSION
from workshop.exports.groups import differing_groups
from workshop.exports.judging import figures_of_round, judge
from workshop.exports.opening import Bundle, Unreadable, read_bundle, read_files, tampered


@dataclass(frozen=True)
class Recomputed:
    """What a re-computation found. ``problems`` are sentences; none of them means all is well."""

    problems: tuple[str, ...]
    checked: int
    agreeing: int
    withheld: int

    @property
    def is_whole(self) -> bool:
        """Say whether no file was touched and every verdict agrees."""
        return not self.problems

    @property
    def summary(self) -> str:
        """Return the last line to print."""
        said = f"{self.agreeing:,} of {self.checked:,} verdicts agree"
        if self.withheld:
            said += (
                f"; {self.withheld:,} are withheld, because too few people rated, and not checked"
            )
        return f"{said}."


def recompute(path: Path) -> Recomputed:
    """Check a bundle and calculate its verdicts again. Raises ``opening.Unreadable``."""
    files = read_files(path)
    bundle = read_bundle(files)
    try:
        return _checked(bundle, tampered(files, bundle.manifest["files"]))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
        raise Unreadable(f"The files of the bundle do not fit together: {problem!r}.") from problem


def _checked(bundle: Bundle, problems: list[str]) -> Recomputed:
    problems = [*problems, *_differing_rules(bundle)]
    entries = bundle.expected["items"]
    shown = [entry for entry in entries if not entry["is_withheld"]]
    problems += _differing_lists(bundle, entries, shown)
    found = judge(bundle, shown)
    agreeing = 0
    for entry, again in zip(shown, found, strict=True):
        differing = list(differences(entry["verdict"], again))
        agreeing += not differing
        problems += [f"Item {entry['item']}: {each}" for each in differing]
    problems += [*_differing_wholes(bundle, shown), *differing_groups(bundle)]
    return Recomputed(tuple(problems), len(shown), agreeing, len(entries) - len(shown))


def _differing_rules(bundle: Bundle) -> Iterator[str]:
    digest = bundle.rule.digest()
    stated = {bundle.stated_digest, bundle.manifest.get("rule_digest")}
    stated |= {one["rule_digest"] for one in bundle.expected["items"] if not one["is_withheld"]}
    if stated != {digest}:
        yield f"The rule card's digest is {digest}, which is not the one that is stated."
    if bundle.rule.engine != ENGINE_VERSION:
        yield (
            f"The verdicts were frozen by version {bundle.rule.engine} of the arithmetic; this is "
            f"version {ENGINE_VERSION}."
        )


def _differing_wholes(bundle: Bundle, shown: list[dict[str, Any]]) -> Iterator[str]:
    stated = bundle.expected["figures"]
    if not stated or not shown:
        return
    again = figures_of_round(bundle, shown)
    checked = {name: stated.get(name, "nothing") for name in again}
    for each in differences(checked, again):
        yield f"The whole round: {each}"


def _differing_lists(
    bundle: Bundle, entries: list[dict[str, Any]], shown: list[dict[str, Any]]
) -> Iterator[str]:
    if sorted(bundle.pairings) != sorted(entry["item"] for entry in entries):
        yield "items.csv does not list the items of expected.json."
    known = {entry["item"] for entry in shown}
    for number in sorted(set(bundle.ratings) - known):
        yield f"Item {number}: there are answers, but no verdict to hold them against."


def differences(expected: dict[str, Any], again: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield in words where two records differ. Numbers agree to nine digits."""
    for name in sorted({*expected, *again}):
        if not _agree(expected.get(name, "nothing"), again.get(name, "nothing")):
            one, other = expected.get(name, "nothing"), again.get(name, "nothing")
            if isinstance(one, dict) and isinstance(other, dict):
                yield from differences(one, other, f"{at}{name} ")
            else:
                words = f"{at}{name}".replace("_", " ")
                yield f"{words} was {_said(one)} and comes out as {_said(other)}."


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_agree(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_agree, one, other))
    return bool(one == other)


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
