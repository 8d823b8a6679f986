"""The verbs of the employer panel, gathered from one module per subject.

Every change of a profile sets the answers to it aside; enough approvals among enough answers
ratify it. Each verb takes who acts and the moment, refuses with a domain error, and never commits.
"""

from workshop.ratification.answering import approve, object_to, take_back
from workshop.ratification.changing import (
    add_capability,
    add_from_library,
    change_level,
    merge_profiles,
    move_capability,
    remove_capability,
    rename,
    restore_capability,
    split_profile,
    undo_last,
)
from workshop.ratification.comments import comment, take_comment_away
from workshop.ratification.deciding import put_back, reopen, withdraw
from workshop.ratification.sitting import Outcome, check_sitting

__all__ = [
    "Outcome",
    "add_capability",
    "add_from_library",
    "approve",
    "change_level",
    "check_sitting",
    "comment",
    "merge_profiles",
    "move_capability",
    "object_to",
    "put_back",
    "remove_capability",
    "rename",
    "reopen",
    "restore_capability",
    "split_profile",
    "take_back",
    "take_comment_away",
    "undo_last",
    "withdraw",
]
