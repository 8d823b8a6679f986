"""What the page of one functional area is given: the questions, the person's answers, the group's.

The other pages of the ballot are in ``contexts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cycles.setup.queries import rule_card_of
from workshop.ballot.booth import Booth
from workshop.ballot.contexts import ANONYMITY
from workshop.ballot.feedback import Feedback, Panel, feedback_on, read_panel
from workshop.ballot.letters import CHOICES
from workshop.ballot.queries import AskedItem
from workshop.ballot.saving import cell_name, comment_name, shown_letters
from workshop.ballot.sheets import Row, Sheet, progress_words, shuffled_comments


@dataclass(frozen=True)
class CellView:
    """One question: a role level of a capability, with this person's answer if there is one."""

    item: str
    name: str
    role_level: str
    legend: str
    value: str | None
    seq: int
    feedback: Feedback | None


@dataclass(frozen=True)
class RowView:
    """One capability on the page."""

    anchor: str
    item: str
    code: str
    wording: str
    cells: tuple[CellView, ...]
    comment_name: str
    comment: str
    comments: tuple[str, ...]


@dataclass(frozen=True)
class SheetPage:
    """One functional area of a ballot."""

    title: str
    caption: str
    number: int
    sheets: int
    round_number: int
    rows: tuple[RowView, ...]
    choices: tuple[tuple[str, str, str], ...]
    shown: str
    progress: str
    save_href: str
    comment_href: str
    tasks_href: str
    previous_href: str | None
    is_last: bool
    anonymity: str
    problem: str


def sheet_page(
    booth: Booth, sheet: Sheet, *, posted: Mapping[str, str] | None = None, problem: str = ""
) -> SheetPage:
    """Return one area's page, with the group's earlier answers from round 2 on.

    A page that was refused is shown as it was ``posted``, with the ``problem`` in a sentence.
    """
    given = posted or {}
    panel = read_panel(booth.round, sheet, booth.panellist_id)
    minimum_n = rule_card_of(booth.round.cycle_id).minimum_n
    before = sheet.number - 1
    return SheetPage(
        title=sheet.title,
        caption=" · ".join(filter(None, (sheet.function, sheet.domain))),
        number=sheet.number,
        sheets=len(booth.sheets),
        round_number=booth.round.number,
        rows=tuple(_row(booth, row, panel, minimum_n, given) for row in sheet.rows),
        choices=CHOICES,
        shown=given.get("shown") or shown_letters(sheet, booth.answers),
        progress=progress_words(booth.answered, booth.asked),
        save_href=booth.href("save"),
        comment_href=booth.href("comment"),
        tasks_href=booth.href("tasks"),
        previous_href=booth.href("area", number=before) if before else None,
        is_last=sheet.number == len(booth.sheets),
        anonymity=ANONYMITY,
        problem=problem,
    )


def _row(
    booth: Booth, row: Row, panel: Panel | None, minimum_n: int, given: Mapping[str, str]
) -> RowView:
    anchor = row.cells[0].item_id
    box = comment_name(anchor)
    others = panel.comments_on(row, minimum_n) if panel else ()
    return RowView(
        anchor=f"c-{row.subject_id.hex}",
        code=row.code,
        wording=row.wording,
        item=anchor.hex,
        cells=tuple(_cell(booth, cell, panel, minimum_n, given) for cell in row.cells),
        comment_name=box,
        comment=given.get(box, booth.comments.get(anchor, "")),
        comments=shuffled_comments(others, booth.participant_id),
    )


def _cell(
    booth: Booth,
    cell: AskedItem,
    panel: Panel | None,
    minimum_n: int,
    given: Mapping[str, str],
) -> CellView:
    mine = booth.answers.get(cell.item_id)
    name = cell_name(cell.item_id)
    return CellView(
        item=cell.item_id.hex,
        name=name,
        role_level=cell.role_level,
        legend=f"{cell.role_level}: {cell.wording}",
        value=given.get(name) or (mine.letter if mine else None),
        seq=mine.seq if mine else 0,
        feedback=feedback_on(panel, cell.item_id, minimum_n) if panel else None,
    )
