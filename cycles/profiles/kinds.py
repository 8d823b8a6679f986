"""The kinds of line that a profile's trail has, and which of them change the profile itself."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What was done to a profile. The values are kept in tables: at most twenty characters."""

    LEVEL = "level"
    ADDED = "added"
    REMOVED = "removed"
    RESTORED = "restored"
    RENAMED = "renamed"
    MOVED_AWAY = "moved away"
    MOVED_HERE = "moved here"
    JOINED = "joined"
    UNDONE = "undone"
    SPLIT = "split"
    SPLIT_OFF = "split off"
    MERGED = "merged"
    TOOK_IN = "took in"
    APPROVED = "approved"
    OBJECTED = "objected"
    TAKEN_BACK = "approval taken back"
    OBJECTION_TAKEN_BACK = "objection taken back"
    SET_ASIDE = "approvals set aside"
    COMMENTED = "commented"
    COMMENT_TAKEN_AWAY = "comment taken away"
    RATIFIED = "ratified"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put back"


EDITS = frozenset(
    {
        ChangeKind.LEVEL,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.RESTORED,
        ChangeKind.RENAMED,
        ChangeKind.MOVED_AWAY,
        ChangeKind.MOVED_HERE,
        ChangeKind.JOINED,
    }
)
"""What an undo can take back."""

SHAPING = EDITS | {
    ChangeKind.UNDONE,
    ChangeKind.SPLIT,
    ChangeKind.SPLIT_OFF,
    ChangeKind.MERGED,
    ChangeKind.TOOK_IN,
    ChangeKind.RATIFIED,
    ChangeKind.REOPENED,
    ChangeKind.WITHDRAWN,
    ChangeKind.PUT_BACK,
}
"""What makes a profile another than its reader saw. Answers and comments leave it as it was."""
