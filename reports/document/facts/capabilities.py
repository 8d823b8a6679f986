"""The capabilities an organisation will need, by function, domain and partner. Records only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FunctionLine:
    """A function: kept capabilities, beside today's duties where those are known.

    The percentages are of all classified capabilities and of all classified duties.
    """

    name: str
    definition: str
    future_count: int
    future_percent: float
    current_count: int | None
    current_percent: float | None


@dataclass(frozen=True)
class DomainLine:
    """A domain that has capabilities."""

    function: str
    domain: str
    count: int


@dataclass(frozen=True)
class PartnerLine:
    """A partner's capabilities per function, in the order of ``Capabilities.functions``.

    A capability that several partners need counts once for each of them.
    """

    name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class CurrentState:
    """How today's state was come by. ``basis`` is "proxy" or "not recorded"; never guessed."""

    basis: str
    sentence: str
    standards: tuple[str, ...]
    duty_count: int

    @property
    def is_known(self) -> bool:
        """Say whether there is anything to compare the future with."""
        return self.basis != "not recorded"


@dataclass(frozen=True)
class Capability:
    """A kept capability statement and its place."""

    code: str
    text: str
    function: str
    domain: str
    area: str
    partners: tuple[str, ...]


@dataclass(frozen=True)
class Capabilities:
    """All kept capabilities. ``kept`` is the number that every other part of a report repeats."""

    kept: int
    submitted: int
    waiting: int
    merged: int
    rejected: int
    classified: int
    without_partner: int
    domain_count: int
    area_count: int
    functions: tuple[FunctionLine, ...]
    domains: tuple[DomainLine, ...]
    partners: tuple[PartnerLine, ...]
    current: CurrentState
    lines: tuple[Capability, ...]
