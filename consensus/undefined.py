"""The named answers of a statistic that has no value.

A statistic without a value answers with one of these sentences, never with 0 or NaN: a zero
would be read as "no agreement", which is a finding. No statistic is calculated here.
"""

from enum import StrEnum


class Undefined(StrEnum):
    """Why a statistic has no value, in words fit to print."""

    NO_CODES = "undefined: nobody gave a code"
    NO_PAIRS = "undefined: nobody can be compared with anybody"
    NO_VARIATION = "undefined: no variation"
    NO_CHANGE = "undefined: nobody changed"
    TOO_FEW_ITEMS = "undefined: fewer than two items"
    TOO_FEW_RATERS = "undefined: fewer than two raters with complete answers"
    OUTSIDE_TABLE = "undefined: outside the published table"
    ZERO_MEAN = "undefined: the mean is zero"
