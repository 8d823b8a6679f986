"""Saving a page of a ballot that came as an ordinary form, and telling what it carried.

Only what the person changed on that page is written, so that an old page left open in another
tab does not take back newer answers.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cycles.core.errors import Invalid
from workshop.ballot.commands import give_reason, rate
from workshop.ballot.letters import WORDS, read_letter
from workshop.ballot.live import publish_if_due
from workshop.ballot.models import Panellist
from workshop.ballot.queries import AskedItem, OwnAnswer, own_answer, own_answers, own_words
from workshop.ballot.sheets import Sheet
from workshop.ballot.sides import side_of_answer
from workshop.rooms.models import Round, ScaleName

BLANK = "."
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


def reason_name(item_id: uuid.UUID) -> str:
    """Return the name of the box for why one answered this cell as one did."""
    return f"reason-{item_id.hex}"


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
    *, round_: Round, sheet: Sheet, panellist: Panellist, posted: Mapping[str, str]
) -> None:
    """Keep the answers and words of a posted page. Raises as ``rate`` and ``give_reason``."""
    stored = own_answers(round_.id, panellist.id, round_.scale)
    changed = [
        (cell.item_id, letter)
        for cell, letter in _changed(sheet, posted)
        if cell.item_id not in stored or stored[cell.item_id].letter != letter
    ]
    for item_id, letter in changed:
        answer_next(round_=round_, item_id=item_id, panellist=panellist, letter=letter)
    _save_words(round_, sheet, panellist, posted)
    for item_id, _ in changed:
        publish_if_due(round_id=round_.id, item_id=item_id)


def _save_words(
    round_: Round, sheet: Sheet, panellist: Panellist, posted: Mapping[str, str]
) -> None:
    written = own_words(round_.id, panellist.id)
    for row in sheet.rows:
        item_id = row.cells[0].item_id
        text = posted.get(comment_name(item_id))
        if text is not None and text.strip() != written.comments.get(item_id, ""):
            give_reason(round_id=round_.id, item_id=item_id, panellist=panellist, text=text)
    for cell in sheet.cells:
        text = posted.get(reason_name(cell.item_id))
        if text is not None and text.strip() != written.reasons.get(cell.item_id, ""):
            _give_cell_reason(round_, cell.item_id, panellist, text)


def _give_cell_reason(round_: Round, item_id: uuid.UUID, panellist: Panellist, text: str) -> None:
    side = side_of_answer(round_id=round_.id, item_id=item_id, panellist_id=panellist.id)
    give_reason(
        round_id=round_.id,
        item_id=item_id,
        panellist=panellist,
        text=text,
        is_of_cell=True,
        side=side,
    )


def answer_next(*, round_: Round, item_id: uuid.UUID, panellist: Panellist, letter: str) -> None:
    """Keep an answer as the newest of this panellist to this item, whatever stands there now."""
    given = read_letter(letter, round_.scale)
    for _ in range(TRIES):
        stands = own_answer(round_.id, item_id, panellist.id, round_.scale)
        if rate(
            round_id=round_.id,
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


def carried(sheet: Sheet, posted: Mapping[str, str], scale: ScaleName) -> tuple[Carried, ...]:
    """Return every answer that a posted page carried, in words, in the page's order."""
    words = WORDS[scale]
    return tuple(
        Carried(cell.code, cell.wording, cell.role_level, words[letter])
        for cell in sheet.cells
        if (letter := posted.get(cell_name(cell.item_id), "")) in words
    )


def carried_words(sheet: Sheet, posted: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return every comment and reason that a posted page carried, with what it is on."""
    found = []
    for row in sheet.rows:
        on_row = row.code or row.wording
        found.append((on_row, posted.get(comment_name(row.cells[0].item_id), "")))
        found += [
            (", ".join(filter(None, (on_row, cell.role_level))), posted.get(name, ""))
            for cell in row.cells
            if (name := reason_name(cell.item_id))
        ]
    return tuple((on_it, text) for on_it, text in found if text.strip())


def carried_fields(sheet: Sheet, posted: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a posted page as they came, so that it can be sent again."""
    names = ["shown"]
    for row in sheet.rows:
        names.append(comment_name(row.cells[0].item_id))
        for cell in row.cells:
            names += [cell_name(cell.item_id), reason_name(cell.item_id)]
    return tuple((name, posted[name]) for name in names if posted.get(name))
