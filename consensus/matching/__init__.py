"""Matching capabilities with duties, and profiles with standards: scores, fit, surplus, order.

Throughout, c capabilities, m duties, s standards and f profiles are numbered from 0, and arrays
speak of them by index. Texts, names and identifiers never come here.
"""

from consensus.matching.best import BestDuty, best_duty
from consensus.matching.fit import FitSurplus, fit_surplus, two_way
from consensus.matching.matches import matched, score_millionths, unsupported, unsupported_curve
from consensus.matching.ranking import (
    HIGH_FIT_PERCENT,
    HIGH_SURPLUS_PERCENT,
    MIDDLING_FIT_PERCENT,
    Priorities,
    Response,
    level_window,
    priorities,
    suggested_response,
    top_standards,
)
from consensus.matching.scores import similarity, tfidf_similarity

__all__ = [
    "HIGH_FIT_PERCENT",
    "HIGH_SURPLUS_PERCENT",
    "MIDDLING_FIT_PERCENT",
    "BestDuty",
    "FitSurplus",
    "Priorities",
    "Response",
    "best_duty",
    "fit_surplus",
    "level_window",
    "matched",
    "priorities",
    "score_millionths",
    "similarity",
    "suggested_response",
    "tfidf_similarity",
    "top_standards",
    "two_way",
    "unsupported",
    "unsupported_curve",
]
