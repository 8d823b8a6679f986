"""What a gate looks at, and the registry through which the packages above tell their part.

Counts and facts only. Asking the database happens in ``queries``; judging happens in ``gates``.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fact = int | bool | tuple[str, ...]
Provider = Callable[[uuid.UUID], Fact]
_providers: dict[str, Provider] = {}


@dataclass(frozen=True)
class Evidence:
    """Everything that any gate asks of a cycle. The default is a cycle just started."""

    has_challenge: bool = False
    has_when: bool = False
    solutions: int = 0
    prioritised: int = 0
    prioritised_without_reason: int = 0
    has_sponsor: bool = False
    has_scenario: bool = False
    partners: int = 0
    role_levels: int = 0
    role_levels_without_academic_level: int = 0
    technologists: int = 0
    employers: int = 0
    educators: int = 0
    panel_members: int = 0
    panel_quorum: int = 2
    has_framework: bool = False
    are_rules_set: bool = False
    standards_in_use: int = 0
    cells_captured: int = 0
    kept_statements: int = 0
    workshops_open: int = 0
    workshops_closed: int = 0
    cells_total: int = 0
    cells_unsettled: int = 0
    profiles_unratified: int = 0
    profiles_ratified: int = 0
    ksbs_unreviewed: int = 0
    ksbs_differing: int = 0
    ksbs_accepted: int = 0
    mapping_reviewed: int = 0
    reports_published: int = 0
    reports_signed_off: int = 0
    actions_total: int = 0
    actions_without_owner: int = 0


PROVIDED = (
    "cells_captured",
    "workshops_open",
    "workshops_closed",
    "cells_total",
    "cells_unsettled",
    "profiles_unratified",
    "profiles_ratified",
    "ksbs_unreviewed",
    "ksbs_differing",
    "ksbs_accepted",
    "mapping_reviewed",
    "reports_published",
    "reports_signed_off",
    "actions_total",
    "actions_without_owner",
)


def provides(name: str) -> Callable[[Provider], Provider]:
    """Register the function that tells one fact of a cycle, by its name in ``PROVIDED``."""
    if name not in PROVIDED:
        raise ValueError(f"no gate asks for {name}")

    def register(provider: Provider) -> Provider:
        _providers[name] = provider
        return provider

    return register


def provided(cycle_id: uuid.UUID) -> dict[str, Any]:
    """Ask every provider; a fact that nobody tells counts as nothing yet."""
    facts: dict[str, Any] = {}
    for name in PROVIDED:
        provider = _providers.get(name)
        fact = provider(cycle_id) if provider else 0
        facts[name] = len(fact) if isinstance(fact, tuple) else int(fact)
    return facts
