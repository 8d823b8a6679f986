"""Grouping capabilities into prototype profiles: distances, groups within bounds, and reasons.

Arrays in, frozen dataclasses out. Titles, codes and proficiency levels of a profile never come
here: they belong to the profile itself.
"""

from consensus.grouping.groups import Grouping, Why, group
from consensus.grouping.settings import GroupingSettings

__all__ = ["Grouping", "GroupingSettings", "Why", "group"]
