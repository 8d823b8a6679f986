"""Saving a page of a ballot that came as an ordinary form, and telling what it carried.

Only what the person changed on that page is written, so that an old page left open in another
tab does not take back newer answers.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS
from cycles.core.errors import Invalid
from workshop.ballot.commands import give_reason, rate
from workshop.ballot.letters import CANNOT_JUDGE, NOT_MY_FIELD, WORDS, read_letter
from workshop.ballot.models import Panellist
from workshop.ballot.queries import AskedItem, OwnAnswer, own_answer, own_answers, own_comments
from workshop.ballot.sheets import Sheet

BLANK = "."
LETTERS = frozenset({*PROFICIENCY_LETTERS, CANNOT_JUDGE, NOT_MY_FIELD})
TRIES = 3
KEEP = "keep"
"""The name of the buttons that answer as in the round before; their value is ``item=letter``."""


@dataclass(frozen=True)
class Carried:
    """An answer that a form carried, in words, to give back when it could not be kept."""

    code: str
    wording: str
    role_level: str
    answer: str


def cell_name(item_id: uuid.UUID) -> str:
    """Return the name of a cell's radio buttons."""
    return f"cell-{item_id.hex}"


def comment_name(item_id: uuid.UUID) -> str:
    """Return the name of the comment box that is kept at this item."""
    return f"comment-{item_id.hex}"


def with_kept(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the posted fields with the answer of a "Keep mine" button, if one was pressed."""
    item, is_pressed, letter = posted.get(KEEP, "").partition("=")
    return {**posted, f"cell-{item}": letter} if is_pressed else dict(posted)


def shown_letters(sheet: Sheet, answers: Mapping[uuid.UUID, OwnAnswer]) -> str:
    """Return what a page shows as answered, a letter a cell; it travels with the form."""
    return "".join(
        answers[cell.item_id].letter if cell.item_id in answers else BLANK for cell in sheet.cells
    )


def save_sheet(
    *, round_id: uuid.UUID, sheet: Sheet, panellist: Panellist, posted: Mapping[str, str]
) -> None:
    """Keep the answers and comments of a posted page. Raises as ``rate`` and ``give_reason``."""
    stored = own_answers(round_id, panellist.id)
    for cell, letter in _changed(sheet, posted):
        if cell.item_id not in stored or stored[cell.item_id].letter != letter:
            answer_next(round_id=round_id, item_id=cell.item_id, panellist=panellist, letter=letter)
    comments = own_comments(round_id, panellist.id)
    for row in sheet.rows:
        item_id = row.cells[0].item_id
        text = posted.get(comment_name(item_id))
        if text is not None and text.strip() != comments.get(item_id, ""):
            give_reason(round_id=round_id, item_id=item_id, panellist=panellist, text=text)


def answer_next(
    *, round_id: uuid.UUID, item_id: uuid.UUID, panellist: Panellist, letter: str
) -> None:
    """Keep an answer as the newest of this panellist to this item, whatever stands there now."""
    given = read_letter(letter)
    for _ in range(TRIES):
        stands = own_answer(round_id, item_id, panellist.id)
        if rate(
            round_id=round_id,
            item_id=item_id,
            panellist=panellist,
            answer=given.answer,
            code=given.code,
            seq=stands.seq + 1 if stands else 1,
        ):
            return
        # Another tab saved between the look and the write; its answer came first, so look again.
    raise Invalid("Another tab is saving the same answers. Close it and save again.")


def _changed(sheet: Sheet, posted: Mapping[str, str]) -> list[tuple[AskedItem, str]]:
    shown = posted.get("shown", "").ljust(len(sheet.cells), BLANK)
    return [
        (cell, letter)
        for cell, before in zip(sheet.cells, shown, strict=False)
        if (letter := posted.get(cell_name(cell.item_id), BLANK)) not in (BLANK, before)
    ]


def carried(sheet: Sheet, posted: Mapping[str, str]) -> tuple[Carried, ...]:
    """Return every answer that a posted page carried, in words, in the page's order."""
    return tuple(
        Carried(cell.code, cell.wording, cell.role_level, WORDS[letter])
        for cell in sheet.cells
        if (letter := posted.get(cell_name(cell.item_id), "")) in LETTERS and letter
    )


def carried_comments(sheet: Sheet, posted: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return every comment that a posted page carried, with the capability's code."""
    found = ((row.code, posted.get(comment_name(row.cells[0].item_id), "")) for row in sheet.rows)
    return tuple((code, text) for code, text in found if text.strip())
