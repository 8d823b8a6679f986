"""Filtering the capabilities of map and gap. Pure: findings in, findings out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from reports.mapping.findings import CapabilityFinding

SHOWN = {
    "": "All",
    "supported": "Supported",
    "unsupported": "Unsupported",
    "reviewed": "Settled by reviewers",
    "outranked": "Verdict outranks the score",
    "generic": "Only generic matches",
    "skills": "Only skills match",
}


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    show: str = ""
    function: str = ""
    profile: str = ""
    q: str = ""

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.show or self.function or self.profile or self.q)

    def query(self, **changes: str) -> dict[str, str]:
        """Return the part of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: str(getattr(changed, each.name)) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value}


def read_filters(args: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what it does not know is left out."""
    show = args.get("show", "")
    return Filters(
        show=show if show in SHOWN else "",
        function=args.get("function", "")[:80],
        profile=args.get("profile", "")[:12],
        q=args.get("q", "").strip()[:200],
    )


def chosen(
    capabilities: Sequence[CapabilityFinding], filters: Filters
) -> tuple[CapabilityFinding, ...]:
    """Return the capabilities that the filters let through, in the order given."""
    words = filters.q.casefold().split()
    return tuple(
        each
        for each in capabilities
        if _is_shown(each, filters.show)
        and filters.function in ("", each.function)
        and (not filters.profile or filters.profile in each.profile_codes)
        and all(word in _text(each) for word in words)
    )


def _is_shown(each: CapabilityFinding, show: str) -> bool:
    return {
        "": True,
        "supported": each.is_supported,
        "unsupported": not each.is_supported,
        "reviewed": each.is_judged,
        "outranked": each.is_supported != each.is_suggested,
        "generic": each.is_only_generic,
        "skills": each.is_only_skills,
    }[show]


def _text(each: CapabilityFinding) -> str:
    parts = [each.code, each.text, each.domain, each.area]
    if each.best and each.best.is_match:
        parts += [each.best.duty_text, each.best.standard_title, each.best.standard_reference]
    return " ".join(parts).casefold()


def functions_in(capabilities: Sequence[CapabilityFinding]) -> tuple[str, ...]:
    """Return the functions that the capabilities stand in, once each, in order of appearance."""
    return tuple(dict.fromkeys(each.function for each in capabilities if each.function))
