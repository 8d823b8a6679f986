"""Map and gap at national scale: what the small path does, without ever holding all the scores.

Here live the pass over blocks and what is kept of it. What a match, fit, surplus and the orders
are is said once, in `consensus.matching`; nothing here may decide otherwise.
"""

from consensus.matching.national.findings import FLOOR_PERCENT, Survey
from consensus.matching.national.genericness import generic_duties_of
from consensus.matching.national.readings import Matches, Pairs
from consensus.matching.national.sides import exact_scores
from consensus.matching.national.survey import MOST_OF_ROW, survey

__all__ = [
    "FLOOR_PERCENT",
    "MOST_OF_ROW",
    "Matches",
    "Pairs",
    "Survey",
    "exact_scores",
    "generic_duties_of",
    "survey",
]
