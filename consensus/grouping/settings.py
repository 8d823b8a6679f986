"""The settings of grouping, checked when they are made."""

from dataclasses import dataclass
from math import isclose


@dataclass(frozen=True)
class GroupingSettings:
    """How capabilities become prototype profiles; one set of settings per generation run.

    smallest, largest      capabilities in a group, second members included in `largest`
    weight_meaning         share of the meaning in how alike two capabilities are
    weight_classification  share of the place in the classification
    weight_partners        share of the supply-chain partners
    second_margin          how much farther than its own group (in distance, 0 to 1) a second
                           group may be; None for no second memberships

    The three parts are weighed in their own standard deviations, so a weight says what it seems
    to say. The defaults were chosen on O*NET's occupations (`flask bench profiles`): a heavier
    classification takes profiles apart, as one occupation works in many areas.

    Raises ValueError where the weights are negative or do not add up to 1, where the margin is
    outside 0 … 1, or where `largest` is below 2 * smallest − 1: only from there on can every
    number of capabilities be divided into groups within both bounds.

    >>> GroupingSettings(smallest=6, largest=10)
    Traceback (most recent call last):
    ...
    ValueError: with at least 6 to a group, the largest must be 11 or more, not 10
    """

    smallest: int = 6
    largest: int = 30
    weight_meaning: float = 0.8
    weight_classification: float = 0.1
    weight_partners: float = 0.1
    second_margin: float | None = 0.02

    def __post_init__(self) -> None:
        if self.smallest < 1:
            raise ValueError(f"a group holds at least one capability, not {self.smallest}")
        if self.largest < 2 * self.smallest - 1:
            raise ValueError(
                f"with at least {self.smallest} to a group, the largest must be "
                f"{2 * self.smallest - 1} or more, not {self.largest}"
            )
        if min(self.weights) < 0 or not isclose(sum(self.weights), 1.0, abs_tol=1e-9):
            raise ValueError(f"the weights must be positive and add up to 1, not {self.weights}")
        if self.second_margin is not None and not 0 <= self.second_margin <= 1:
            raise ValueError(f"the margin lies between 0 and 1, not at {self.second_margin}")

    @property
    def weights(self) -> tuple[float, float, float]:
        """The weights of meaning, classification and partners, in that order."""
        return self.weight_meaning, self.weight_classification, self.weight_partners
