"""What the panel's page of one profile shows: frozen contexts. Permissions come in from the views.

The queue and the board have theirs beside the code that makes them.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from cycles.profiles.pages import Head, MemberLine, TrailLine


@dataclass(frozen=True)
class Ids:
    """What every address and every form of the page carries."""

    cycle_id: uuid.UUID
    profile_id: uuid.UUID
    since: str
    query: str = ""

    @property
    def of_profile(self) -> dict[str, Any]:
        """Return what names the profile in an address."""
        return {"cycle_id": self.cycle_id, "profile_id": self.profile_id}


@dataclass(frozen=True)
class Slip:
    """A change that was not made: where on the page, what is to be said, and what was sent.

    ``kind`` is ``asks`` (a reason is wanted), ``error`` or ``conflict`` (somebody was first).
    """

    place: str
    sentence: str
    kind: str = "error"
    action: str = ""
    level: str = ""
    reason: str = ""
    name: str = ""
    to: str = ""
    text: str = ""

    @property
    def is_conflict(self) -> bool:
        """Say whether somebody else was first."""
        return self.kind == "conflict"


@dataclass(frozen=True)
class LevelButton:
    """One of the three levels of a capability: which holds, and which the vote gave."""

    value: int
    letter: str
    word: str
    is_held: bool
    is_voted: bool


@dataclass(frozen=True)
class CommentLine:
    """What somebody remarked. ``away_href`` is empty where the reader may not take it away."""

    id: uuid.UUID
    who: str
    when: str
    text: str
    away_href: str


@dataclass(frozen=True)
class Comments:
    """The comments on a profile as a whole, or on one capability of it."""

    ids: Ids
    statement_id: uuid.UUID | None
    lines: tuple[CommentLine, ...]
    may_comment: bool
    slip: Slip | None = None

    @property
    def label(self) -> str:
        """Return what opens them."""
        return f"Comments ({len(self.lines)})" if self.lines else "Comment"


@dataclass(frozen=True)
class Row:
    """A capability of the profile with the forms that change it, and what was just said of it."""

    ids: Ids
    id: uuid.UUID
    seen: int
    line: MemberLine
    buttons: tuple[LevelButton, ...]
    targets: tuple[tuple[str, str], ...]
    comments: Comments
    is_removed: bool
    may_change: bool
    changed_by: str
    said: str = ""
    slip: Slip | None = None

    @property
    def place(self) -> str:
        """Return the row's id on the page."""
        return f"member-{self.id}"

    @property
    def announcement(self) -> str:
        """Return what is read aloud when the row has come back."""
        if self.slip:
            return self.slip.sentence
        return f"{self.line.code}: {self.said}" if self.said else ""


@dataclass(frozen=True)
class Answer:
    """One panel member's answer to the profile as it stands."""

    who: str
    when: str
    reason: str


@dataclass(frozen=True)
class Undo:
    """The change that undoing would take back: its number and its words."""

    number: int
    words: str


@dataclass(frozen=True)
class Ratifies:
    """Which answer of the reader would ratify the profile at once."""

    approving: bool
    objecting: bool
    taking_back: bool


@dataclass(frozen=True)
class Standing:
    """Where the profile stands with the panel, and what the reader may answer.

    ``version`` is what an answer is about; it is nought where others changed the profile since the
    reader opened it, so that nobody approves what they have not seen. ``mine`` is ``approved``,
    ``objected`` or empty.
    """

    ids: Ids
    head: Head
    version: int
    size: int
    removed: int
    needed: str
    waiting: tuple[str, ...]
    approvals: tuple[Answer, ...]
    objections: tuple[Answer, ...]
    mine: str
    may_answer: bool
    ratifies: Ratifies
    is_behind: bool
    undo: Undo | None
    versions_label: str
    slip: Slip | None = None
    is_out_of_band: bool = False


@dataclass(frozen=True)
class NewsLine:
    """One thing that somebody else did since the reader opened the page."""

    who: str
    when: str
    sentence: str


@dataclass(frozen=True)
class News:
    """What others did since the reader opened the page: asked for again and again."""

    ids: Ids
    seen: str
    sentence: str
    lines: tuple[NewsLine, ...]
    is_over: bool


@dataclass(frozen=True)
class AddLine:
    """Something that could be added: a kept capability of the cycle, or a record of the library.

    ``name`` and ``value`` are the field that names it; ``level`` is what was voted, if anything.
    """

    place: str
    name: str
    value: str
    source: str
    is_library: bool
    text: str
    note: str
    level: int


@dataclass(frozen=True)
class Found:
    """What was found for a few words, and how."""

    ids: Ids
    query: str
    lines: tuple[AddLine, ...]
    method: str
    slip: Slip | None = None


@dataclass(frozen=True)
class May:
    """What the person who looks may do, and why the panel may not."""

    change: bool
    withdraw: bool
    put_back: bool
    reopen: bool
    comment: bool
    closed_because: str | None


@dataclass(frozen=True)
class Way:
    """The way to the next profile of the reader's queue."""

    label: str
    href: str
    position: str


@dataclass(frozen=True)
class PanelPage:
    """The panel's page of one profile: as it stands, with what was just said or refused."""

    ids: Ids
    head: Head
    standing: Standing
    news: News
    may: May
    rows: tuple[Row, ...]
    comments: Comments
    found: Found
    ways: tuple[Way, ...]
    trail: tuple[TrailLine, ...]
    said: str
    focus: str
    slip: Slip | None
