"""What a rater is shown of the round before: the group in counts and words, and their own answer.

Every number goes through the gate of ``disclosure``; comments have no names and no order in time.
"""

import uuid
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_WORDS
from workshop.ballot.letters import WORDS
from workshop.ballot.queries import (
    comments_of_others,
    group_counts,
    own_answers,
    round_before,
)
from workshop.ballot.sheets import Row, Sheet
from workshop.rooms.disclosure import may_show, shown
from workshop.rooms.models import Round


@dataclass(frozen=True)
class Feedback:
    """The round before, for one cell: counts or the reason why not, and this person's answer."""

    counts: tuple[int, ...] | None
    words: str
    mine: str | None
    mine_words: str


@dataclass(frozen=True)
class Panel:
    """What the round before came to on one page, as it is stored."""

    counts: dict[uuid.UUID, tuple[int, ...]]
    mine: dict[uuid.UUID, str]
    comments: dict[uuid.UUID, list[tuple[uuid.UUID, str]]]

    def comments_on(self, row: Row, minimum_n: int) -> list[tuple[uuid.UUID, str]]:
        """Return the others' comments on a capability that enough people rated."""
        most = max(sum(self.counts.get(cell.item_id, ())) for cell in row.cells)
        return self.comments.get(row.subject_id, []) if may_show(most, minimum_n) else []


def read_panel(round_: Round, sheet: Sheet, panellist_id: uuid.UUID | None) -> Panel | None:
    """Return what the round before came to, or None in round 1, which shows no group result."""
    before = round_before(round_)
    if before is None:
        return None
    mine = own_answers(before.id, panellist_id) if panellist_id else {}
    return Panel(
        counts=group_counts(before.id),
        mine={item_id: answer.letter for item_id, answer in mine.items()},
        comments=comments_of_others(
            before.id, [row.subject_id for row in sheet.rows], panellist_id
        ),
    )


def feedback_on(panel: Panel, item_id: uuid.UUID, minimum_n: int) -> Feedback:
    """Return what is shown beside one cell."""
    mine = panel.mine.get(item_id)
    gated = shown(panel.counts.get(item_id, (0, 0, 0, 0)), minimum_n)
    you = f"you said {WORDS[mine]}" if mine else "you did not answer"
    group = _group_words(gated.counts) if gated.counts else gated.sentence
    return Feedback(
        counts=gated.counts,
        words=f"{group}; {you}",
        mine=mine,
        mine_words=WORDS[mine] if mine else "",
    )


def _group_words(counts: tuple[int, ...]) -> str:
    """Say the most frequent answer; when several are, say them all."""
    n, most = sum(counts), max(counts)
    modes = [PROFICIENCY_WORDS[code] for code, count in enumerate(counts) if count == most]
    each = " each" if len(modes) > 1 else ""
    return f"{most} of {n}{each} said {' and '.join(modes)}"
