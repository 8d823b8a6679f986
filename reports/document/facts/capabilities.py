"""The capabilities an organisation will need, by function, domain and partner. Records only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Presence:
    """How many capabilities, or cells of capability and partner, were captured at each strength.

    ``missing`` were not captured. ``held`` are there today to some or strong extent;
    ``held_percent`` is of those captured, None where none was.
    """

    strong: int
    some: int
    none: int
    missing: int
    captured: int
    held: int
    held_percent: float | None


@dataclass(frozen=True)
class FunctionLine:
    """A function: kept capabilities, beside today's duties or what was captured of today.

    The percentages are of all classified capabilities and of all classified duties. Duties stand
    here where the current state is a proxy, ``present`` where it was captured: its capabilities,
    each under the strongest that any partner has.
    """

    name: str
    definition: str
    future_count: int
    future_percent: float
    current_count: int | None
    current_percent: float | None
    present: Presence | None = None


@dataclass(frozen=True)
class DomainLine:
    """A domain that has capabilities."""

    function: str
    domain: str
    count: int


@dataclass(frozen=True)
class PartnerLine:
    """A partner's capabilities per function, in the order of ``Capabilities.functions``.

    A capability that several partners need counts once for each of them. ``present`` is of what
    the partner was asked about: its own capabilities, and those of no partner.
    """

    name: str
    counts: tuple[int, ...]
    total: int
    present: Presence | None = None


@dataclass(frozen=True)
class CurrentState:
    """How today's state was come by: ``basis`` is "captured", "proxy" or "not recorded".

    ``cells`` and ``capabilities`` are of what was captured, also where it was too little to count
    from; None where nothing was. ``sentence`` says which holds and how much stands behind it.
    """

    basis: str
    sentence: str
    standards: tuple[str, ...]
    duty_count: int
    cells: Presence | None = None
    capabilities: Presence | None = None

    @property
    def is_known(self) -> bool:
        """Say whether there is anything to compare the future with."""
        return self.basis != "not recorded"

    @property
    def is_captured(self) -> bool:
        """Say whether it was counted from what people captured."""
        return self.basis == "captured"


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
