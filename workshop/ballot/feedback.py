"""What a rater is shown of earlier rounds: the group in counts and words, and their own answer.

Every number goes through the gate of ``disclosure``; reasons have no names and no order in time.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from workshop.ballot.booth import Booth
from workshop.ballot.earlier import (
    Earlier,
    OwnEarlier,
    Written,
    ids_of,
    last_verdicts,
    own_before,
    written_by_others,
)
from workshop.ballot.letters import WORDS
from workshop.ballot.queries import AskedItem
from workshop.ballot.sheets import Row, Sheet, shuffled_comments
from workshop.ballot.spread import Middle, Spread, group_words, middle_of, said_words, spread_of
from workshop.rooms.disclosure import breakdown, may_show, shown
from workshop.rooms.models import ScaleName, Side

BY_GROUP = "group and partners"
"""What a rule card says where raters are shown each part of the panel as well."""


@dataclass(frozen=True)
class GroupLine:
    """One part of the panel: its bars, or the sentence in their place."""

    name: str
    spread: Spread | None
    words: str


@dataclass(frozen=True)
class Reasons:
    """What others wrote about one answer, in this reader's own order."""

    higher: tuple[str, ...]
    lower: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.higher) + len(self.lower) + len(self.others)


@dataclass(frozen=True)
class Feedback:
    """An earlier round, for one cell: bars or the reason why not, and this person's answer."""

    spread: Spread | None
    words: str
    mine: str | None
    mine_words: str
    groups: tuple[GroupLine, ...]
    reasons: Reasons
    middle: Middle | None


@dataclass(frozen=True)
class Panel:
    """What earlier rounds came to on one page, as it is stored, and how it may be shown."""

    scale: ScaleName
    minimum_n: int
    has_groups: bool
    reader: uuid.UUID
    verdicts: dict[uuid.UUID, Earlier]
    mine: OwnEarlier
    written: tuple[Written, ...]

    def verdict_on(self, cell: AskedItem) -> Earlier | None:
        """Return what the group last said of a cell, in this wording or the one before it."""
        earlier = cell.earlier_item_id
        found = self.verdicts.get(cell.item_id)
        return found or (self.verdicts.get(earlier) if earlier else None)

    def comments_on(self, row: Row) -> tuple[str, ...]:
        """Return the others' comments on a row that enough people rated."""
        rounds = {one.round_id for one in self._shown_of(row)}
        return shuffled_comments(
            [
                (one.id, one.text)
                for one in self.written
                if not one.is_of_cell
                and one.subject_id == row.subject_id
                and one.round_id in rounds
            ],
            self.reader,
        )

    def _shown_of(self, row: Row) -> list[Earlier]:
        found = [self.verdict_on(cell) for cell in row.cells]
        return [one for one in found if one and may_show(sum(one.counts), self.minimum_n)]

    def older_wording_of(self, row: Row) -> str:
        """Return the wording that the group rated when it is not the one asked now."""
        found = [self.verdict_on(cell) for cell in row.cells]
        return next((one.wording for one in found if one and one.wording != row.wording), "")


def read_panel(booth: Booth, sheet: Sheet, *, minimum_n: int, feedback: str) -> Panel | None:
    """Return what earlier rounds came to, or None in round 1, which shows no group result."""
    if booth.round.number == 1:
        return None
    items = ids_of(sheet.cells)
    subjects = [row.subject_id for row in sheet.rows]
    seat = booth.panellist_id
    return Panel(
        scale=booth.round.scale,
        minimum_n=minimum_n,
        has_groups=feedback == BY_GROUP,
        reader=booth.participant_id,
        verdicts=last_verdicts(booth.round, items),
        mine=own_before(booth.round, items, seat) if seat else {},
        written=tuple(written_by_others(booth.round, subjects, seat)),
    )


def feedback_on(panel: Panel, cell: AskedItem) -> Feedback | None:
    """Return what is shown beside one cell; None where no earlier round asked it."""
    verdict = panel.verdict_on(cell)
    if verdict is None:
        return None
    mine = panel.mine.get((verdict.round_id, verdict.item_id))
    gated = shown(verdict.counts, panel.minimum_n)
    group = group_words(gated.counts, panel.scale) if gated.counts else gated.sentence
    return Feedback(
        spread=spread_of(gated.counts, panel.scale, mine) if gated.counts else None,
        words=f"{group}; {said_words(mine, panel.scale)}",
        mine=mine,
        mine_words=WORDS[panel.scale][mine] if mine else "",
        groups=_groups(panel, verdict) if gated.counts else (),
        reasons=_reasons(panel, cell) if gated.counts else Reasons((), (), ()),
        middle=middle_of(gated.counts, panel.scale) if gated.counts else None,
    )


def _groups(panel: Panel, verdict: Earlier) -> tuple[GroupLine, ...]:
    frozen = verdict.figures.get("groups") or [] if panel.has_groups else []
    gated = breakdown({one["key"]: tuple(one["counts"]) for one in frozen}, panel.minimum_n)
    lines = []
    for one in frozen:
        part = gated[one["key"]]
        if part.counts:
            spread = spread_of(part.counts, panel.scale)
            lines.append(GroupLine(one["name"], spread, group_words(part.counts, panel.scale)))
        else:
            lines.append(GroupLine(one["name"], None, part.sentence))
    return tuple(lines)


def _reasons(panel: Panel, cell: AskedItem) -> Reasons:
    items = {cell.item_id, cell.earlier_item_id}
    found = [one for one in panel.written if one.is_of_cell and one.item_id in items]

    def of_side(side: Side | None) -> tuple[str, ...]:
        on_it: Sequence[Written] = [one for one in found if one.side == side]
        return shuffled_comments([(one.id, one.text) for one in on_it], panel.reader)

    return Reasons(of_side(Side.HIGHER), of_side(Side.LOWER), of_side(None))
