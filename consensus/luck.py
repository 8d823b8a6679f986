"""The chance that people who answer at random would "agree".

A uniform panel is the yardstick: each rater picks each category alike and alone. What real
panels answered never enters here.
"""

from fractions import Fraction
from functools import cache
from math import comb

from consensus.outcome import PROFICIENCY_CATEGORIES


def pass_count(n: int, threshold_percent: int) -> int:
    """Return how many of n raters must stand together to reach the threshold.

    The smallest whole count with 100 × count >= threshold × n. Raises ValueError for n below 0.

    >>> [pass_count(n, 75) for n in (5, 6, 7, 8, 10, 12)]
    [4, 5, 6, 6, 8, 9]
    """
    if n < 0:
        raise ValueError("A panel has no fewer than zero raters.")
    return -(-threshold_percent * n // 100)


@cache
def chance_of_agreement(
    n: int, threshold_percent: int, categories: int = PROFICIENCY_CATEGORIES
) -> float | None:
    """Return the chance that some category of a random panel reaches the threshold.

    Exact, in whole numbers: above one half no two categories can both reach the threshold, so
    the multinomial falls apart into one binomial tail for each category.

    Parameters: n raters with a code; threshold in percent, 51 to 100; categories of the scale.
    Returns: a probability from 0 to 1.
    Missing: n counts only raters with a code. Undefined: None when n is 0.
    Raises: ValueError for n below 0, a threshold of one half or less, fewer than 2 categories.
    Reference: exact multinomial with equal chances.

    >>> chance_of_agreement(5, 75), chance_of_agreement(4, 75)
    (0.0625, 0.203125)
    """
    _require_threshold(threshold_percent)
    if categories < 2:
        raise ValueError("A scale has at least two categories.")
    least = pass_count(n, threshold_percent)
    if n == 0:
        return None
    return float(Fraction(categories * _tail(n, least, categories - 1), categories**n))


@cache
def chance_of_settling(n: int, threshold_percent: int) -> float | None:
    """Return the chance that a random panel gets an agreed verdict (a level, or not needed).

    The rule judges a level among those who say needed, so it settles more often than one
    category of four reaches the threshold: at 75 % and 5 raters .1797 instead of .0625. This is
    the luck of the rule itself, and the stricter of the two numbers.

    Parameters: n raters with a code; threshold in percent, 51 to 100.
    Returns: a probability from 0 to 1, over the four proficiency categories.
    Missing: n counts only raters with a code. Undefined: None when n is 0.
    Raises: ValueError for n below 0 or a threshold of one half or less.
    Reference: exact multinomial with equal chances, summed over how many say needed.

    >>> chance_of_settling(5, 75)
    0.1796875
    """
    _require_threshold(threshold_percent)
    needed_at_least = pass_count(n, threshold_percent)
    if n == 0:
        return None
    not_needed = _tail(n, needed_at_least, 3)
    levels = sum(
        comb(n, needed) * 3 * _tail(needed, pass_count(needed, threshold_percent), 2)
        for needed in range(needed_at_least, n + 1)
    )
    return float(Fraction(not_needed + levels, PROFICIENCY_CATEGORIES**n))


def _tail(n: int, least: int, others: int) -> int:
    """Count the ways for at least so many of n raters to pick one category and not the others."""
    return sum(comb(n, j) * others ** (n - j) for j in range(least, n + 1))


def _require_threshold(threshold_percent: int) -> None:
    if not 51 <= threshold_percent <= 100:
        raise ValueError("The threshold lies between 51 and 100.")
