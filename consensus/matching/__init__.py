"""Matching capabilities with duties, and profiles with standards: scores, fit, surplus, order.

Throughout, c capabilities, m duties, s standards and f profiles are numbered from 0, and arrays
speak of them by index. Texts, names and identifiers never come here.
"""

from consensus.matching.adapter import apply_adapter, prototypes
from consensus.matching.best import BestDuty, best_duty
from consensus.matching.calibration import Calibration, calibrate, expected_calibration_error
from consensus.matching.fit import FitSurplus, fit_surplus, two_way
from consensus.matching.generic import Genericness, generic_duties
from consensus.matching.hubs import csls
from consensus.matching.hybrid import (
    WEIGHT_OF_ADAPTED_MEANING,
    WEIGHT_OF_MEANING,
    ScoreMoments,
    hybrid,
    score_moments,
)
from consensus.matching.learning import Training, train_adapter
from consensus.matching.matches import (
    matched,
    reached,
    score_millionths,
    unsupported,
    unsupported_curve,
)
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
    "WEIGHT_OF_ADAPTED_MEANING",
    "WEIGHT_OF_MEANING",
    "BestDuty",
    "Calibration",
    "FitSurplus",
    "Genericness",
    "Priorities",
    "Response",
    "ScoreMoments",
    "Training",
    "apply_adapter",
    "best_duty",
    "calibrate",
    "csls",
    "expected_calibration_error",
    "fit_surplus",
    "generic_duties",
    "hybrid",
    "level_window",
    "matched",
    "priorities",
    "prototypes",
    "reached",
    "score_millionths",
    "score_moments",
    "similarity",
    "suggested_response",
    "tfidf_similarity",
    "top_standards",
    "train_adapter",
    "two_way",
    "unsupported",
    "unsupported_curve",
]
