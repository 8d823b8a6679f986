"""What a reader looks at: a threshold and a run, as they stand in the address. Never saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consensus.matching.national import FLOOR_PERCENT

# What a run keeps answers no lower threshold.
LEAST_THRESHOLD = FLOOR_PERCENT
MOST_THRESHOLD = 99


@dataclass(frozen=True)
class Selection:
    """A threshold and the number of a run; None means the cycle's own and the newest."""

    threshold: int | None = None
    run: int | None = None

    def query(self) -> dict[str, Any]:
        """Return the part of an address that keeps this selection."""
        pairs = {"threshold": self.threshold, "run": self.run}
        return {name: value for name, value in pairs.items() if value is not None}


def read_selection(args: Mapping[str, str]) -> Selection:
    """Read the selection from an address; what it does not understand is left out."""
    threshold = read_number(args.get("threshold", ""))
    if threshold is not None and not LEAST_THRESHOLD <= threshold <= MOST_THRESHOLD:
        threshold = None
    return Selection(threshold, read_number(args.get("run", "")))


def read_number(text: str) -> int | None:
    """Read a whole number from an address, or None."""
    # No address needs more digits, and a database takes no more.
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
