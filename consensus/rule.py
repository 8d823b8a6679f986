"""The rule card: what counts as agreement and when asking stops, fixed before round 1 opens.

A rule is compared by its digest, which the report prints. Applying a rule never happens here.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

ENGINE_VERSION = "1"
"""Names the arithmetic behind a verdict. It changes whenever a verdict could come out otherwise."""

MAXIMUM_ROUND_CAP = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """What a panel agreed to be judged by.

    threshold_percent: share that makes agreement, 51 to 100. At 50 or below one item could be
        needed and not needed at once.
    minimum_n: raters with a code below which an item has no verdict, at least 1.
    stability_percent: most change of the distribution between rounds that still is stable.
    round_cap: the round after which asking stops whatever the answers.
    feedback: what raters are shown between rounds, in words.
    engine: version of the arithmetic.
    closes_agreed_in_round_one: whether an item agreed and not fragile in round 1 closes there.
        It has no earlier round to be stable against, so this is a choice, and is on the card.

    Raises ValueError, in a sentence, for a value out of its range.

    >>> Rule(threshold_percent=80).threshold_percent
    80
    """

    threshold_percent: int = 75
    minimum_n: int = 5
    stability_percent: int = 15
    round_cap: int = 3
    feedback: str = "group"
    engine: str = ENGINE_VERSION
    closes_agreed_in_round_one: bool = True

    def __post_init__(self) -> None:
        _require_whole("The threshold", self.threshold_percent, 51, 100)
        _require_whole("The smallest number of raters", self.minimum_n, 1, 10_000)
        _require_whole("The stability bound", self.stability_percent, 0, 100)
        _require_whole("The cap of rounds", self.round_cap, 1, MAXIMUM_ROUND_CAP)
        _require_words("The feedback shown", self.feedback)
        _require_words("The version of the arithmetic", self.engine)
        if not isinstance(self.closes_agreed_in_round_one, bool):
            raise ValueError("Whether agreed items close in round 1 is yes or no.")

    def canonical(self) -> str:
        """Return the rule as JSON with sorted keys, the same text for the same rule for ever.

        >>> Rule().canonical()[:38]
        '{"closes_agreed_in_round_one":true,"en'
        """
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    def digest(self) -> str:
        """Return the SHA-256 of the canonical text as 64 hexadecimal digits.

        >>> len(Rule().digest())
        64
        """
        return sha256(self.canonical().encode("ascii")).hexdigest()


def _require_whole(name: str, value: int, low: int, high: int) -> None:
    # bool is an int to Python, and True would pass as 1.
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is a whole number.")
    if not low <= value <= high:
        raise ValueError(f"{name} lies between {low} and {high}, not {value}.")


def _require_words(name: str, value: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is said in words.")
