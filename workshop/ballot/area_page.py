"""What the page of one functional area is given: the questions, the person's answers, the group's.

The other pages of the ballot are in ``contexts``.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cycles.setup.queries import rule_card_of
from workshop.ballot.booth import Booth
from workshop.ballot.feedback import Feedback, Panel, feedback_on, read_panel
from workshop.ballot.letters import ASIDES, CHOICES, KEEP_KEY, Choice
from workshop.ballot.live import live_counts
from workshop.ballot.queries import AskedItem
from workshop.ballot.saving import cell_name, comment_name, reason_name, shown_letters
from workshop.ballot.sheets import Row, Sheet, progress_words
from workshop.ballot.spread import Spread, live_words, spread_of, withheld_words
from workshop.ballot.texts import ANONYMITY, WORDINGS, Wording
from workshop.rooms.models import ScaleName


@dataclass(frozen=True)
class Live:
    """The group's answers to a cell so far, beneath an answer in a round in real time."""

    spread: Spread
    words: str
    is_answered: bool
    has_counts: bool


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
    live: Live | None
    reason_name: str
    reason: str
    is_outlying: bool


@dataclass(frozen=True)
class RowView:
    """One capability or solution on the page."""

    anchor: str
    item: str
    code: str
    wording: str
    title: str
    detail: str
    older_wording: str
    cells: tuple[CellView, ...]
    comment_name: str
    comment: str
    is_prompted: bool
    comments: tuple[str, ...]


@dataclass(frozen=True)
class SheetPage:
    """One functional area of a ballot."""

    title: str
    caption: str
    scale: str
    words: Wording
    rows: tuple[RowView, ...]
    choices: tuple[Choice, ...]
    keep_key: str
    has_group: bool
    shown: str
    progress: str
    save_href: str
    comment_href: str
    tasks_href: str
    previous_href: str | None
    is_last: bool
    anonymity: str
    problem: str


@dataclass(frozen=True)
class Sources:
    """What the rows of one page are made from."""

    booth: Booth
    panel: Panel | None
    live: Mapping[uuid.UUID, tuple[int, ...]] | None
    minimum_n: int
    given: Mapping[str, str]


def sheet_page(
    booth: Booth, sheet: Sheet, *, posted: Mapping[str, str] | None = None, problem: str = ""
) -> SheetPage:
    """Return one area's page, with the group's earlier answers from round 2 on.

    A page that was refused is shown as it was ``posted``, with the ``problem`` in a sentence.
    """
    card = rule_card_of(booth.round.cycle_id)
    panel = read_panel(booth, sheet, minimum_n=card.minimum_n, feedback=card.feedback)
    live = live_counts(booth.round.id) if booth.is_real_time else None
    sources = Sources(booth, panel, live, card.minimum_n, posted or {})
    before = sheet.number - 1
    return SheetPage(
        title=sheet.title,
        caption=" · ".join(filter(None, (sheet.function, sheet.domain))),
        scale=booth.round.scale.value,
        words=WORDINGS[booth.round.scale],
        rows=tuple(_row(sources, row) for row in sheet.rows),
        choices=CHOICES[booth.round.scale],
        keep_key=KEEP_KEY,
        has_group=panel is not None,
        shown=sources.given.get("shown") or shown_letters(sheet, booth.answers),
        progress=progress_words(booth.answered, booth.asked),
        save_href=booth.href("save"),
        comment_href=booth.href("comment"),
        tasks_href=booth.href("tasks"),
        previous_href=booth.href("area", number=before) if before else None,
        is_last=sheet.number == len(booth.sheets),
        anonymity=ANONYMITY,
        problem=problem,
    )


def _row(sources: Sources, row: Row) -> RowView:
    anchor = row.cells[0].item_id
    box = comment_name(anchor)
    panel, booth = sources.panel, sources.booth
    cells = tuple(_cell(sources, cell) for cell in row.cells)
    prompt_on = WORDINGS[booth.round.scale].prompt_on
    title, detail = _parted(row.wording, booth.round.scale)
    return RowView(
        anchor=f"c-{row.subject_id.hex}",
        code=row.code,
        wording=row.wording,
        title=title,
        detail=detail,
        older_wording=panel.older_wording_of(row) if panel else "",
        item=anchor.hex,
        cells=cells,
        comment_name=box,
        comment=sources.given.get(box, booth.written.comments.get(anchor, "")),
        is_prompted=bool(prompt_on) and any(cell.value == prompt_on for cell in cells),
        comments=panel.comments_on(row) if panel else (),
    )


def _parted(wording: str, scale: ScaleName) -> tuple[str, str]:
    """Return a solution's name apart from its description; any other wording stays whole."""
    if scale != ScaleName.PRIORITY:
        return wording, ""
    title, _, detail = wording.partition(": ")
    return title, detail


def _cell(sources: Sources, cell: AskedItem) -> CellView:
    booth = sources.booth
    mine = booth.answers.get(cell.item_id)
    name, reason = cell_name(cell.item_id), reason_name(cell.item_id)
    value = sources.given.get(name) or (mine.letter if mine else None)
    feedback = feedback_on(sources.panel, cell) if sources.panel else None
    return CellView(
        item=cell.item_id.hex,
        name=name,
        role_level=cell.role_level,
        legend=": ".join(filter(None, (cell.role_level, cell.wording))),
        value=value,
        seq=mine.seq if mine else 0,
        feedback=feedback,
        live=_live(sources, cell, value),
        reason_name=reason,
        reason=sources.given.get(reason, booth.written.reasons.get(cell.item_id, "")),
        is_outlying=_is_outlying(feedback, value),
    )


def _is_outlying(feedback: Feedback | None, value: str | None) -> bool:
    """Say whether an answer that was given lies away from the middle of the group."""
    if feedback is None or feedback.middle is None or value is None:
        return False
    return value not in ASIDES and value not in feedback.middle.near


def _live(sources: Sources, cell: AskedItem, value: str | None) -> Live | None:
    """Return the group so far; only of a cell that this person has answered themselves."""
    if sources.live is None:
        return None
    scale = sources.booth.round.scale
    is_answered = cell.item_id in sources.booth.answers
    counts = sources.live.get(cell.item_id) if is_answered else None
    empty = spread_of([0] * (sum(not one.is_aside for one in CHOICES[scale])), scale)
    return Live(
        spread=spread_of(counts, scale, value) if counts else empty,
        words=live_words(counts, value, scale) if counts else withheld_words(sources.minimum_n),
        is_answered=is_answered,
        has_counts=counts is not None,
    )
