"""Map and gap at national scale: what the small path does, without ever holding all the scores.

Here live the pass over blocks and what is kept of it. What a match, fit, surplus and the orders
are is said once, in `consensus.matching`; nothing here may decide otherwise.
"""

from consensus.matching.national.findings import FLOOR_PERCENT, Hits, Survey, Touches
from consensus.matching.national.survey import survey

__all__ = ["FLOOR_PERCENT", "Hits", "Survey", "Touches", "survey"]
