"""Grouping capabilities into prototype profiles: likeness, groups within bounds, and reasons.

Arrays in, frozen dataclasses out. Titles, codes and proficiency levels of a profile never come
here: they belong to the profile itself.
"""

from consensus.grouping.groups import METHOD, METHOD_VERSION, Grouping, Why, group
from consensus.grouping.lens import learn_lens
from consensus.grouping.settings import GroupingSettings

__all__ = [
    "METHOD",
    "METHOD_VERSION",
    "Grouping",
    "GroupingSettings",
    "Why",
    "group",
    "learn_lens",
]
