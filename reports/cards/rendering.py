"""From facts to a PDF with one page a card. In the worker only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cycles.core.jobs.commands import JobRun
from reports.cards.facts import CardFacts
from reports.cards.fitting import Sheet, first_sheet, tighter
from reports.printing import filled, lay_out, watched, write

STEPS = 4
ENDS = ("column-1", "column-2", "standards", "ksbs")
"""The marks of a card's ends in its template."""
# Where the foot of the page begins, in the renderer's pixels: 297 mm less the margin of the foot.
LOWEST_PX = (297 - 14) / 25.4 * 96
MOST_TRIES = 40


@dataclass(frozen=True)
class Pdf:
    """The cards in print, and how they were made to fit."""

    content: bytes
    pages: int
    sheets: tuple[Sheet, ...]


def render_cards(
    cards: Sequence[CardFacts], *, title: str, drawn_on: str, run: JobRun | None = None
) -> Pdf:
    """Render the cards, each on one page: a card that does not fit is set again, tighter."""
    _report(run, 0, "Setting the cards")
    sheets = [first_sheet(each) for each in cards]
    with watched():
        laid_out = _laid_out(sheets, title, drawn_on)
        for tried in range(MOST_TRIES):
            over = _too_long(laid_out, sheets)
            if not over:
                break
            _report(run, 1 + (tried > 0), f"Making {len(over)} of {len(sheets)} fit the page")
            sheets = [tighter(each) if each in over else each for each in sheets]
            laid_out = _laid_out(sheets, title, drawn_on)
        _report(run, 3, f"Writing {len(laid_out.pages)} pages")
        content = write(laid_out)
    return Pdf(content, len(laid_out.pages), tuple(sheets))


def _laid_out(sheets: Sequence[Sheet], title: str, drawn_on: str) -> Any:
    return lay_out(filled("cards.html", sheets=sheets, title=title, drawn_on=drawn_on), "card.css")


def _too_long(laid_out: Any, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the cards of which something stands on another page, or below the foot of its own."""
    stands = {
        anchor: (number, place[1])
        for number, page in enumerate(laid_out.pages)
        for anchor, place in page.anchors.items()
    }
    return [each for each in sheets if not _fits(each, stands)]


def _fits(sheet: Sheet, stands: Mapping[str, tuple[int, float]]) -> bool:
    page = stands[sheet.anchor][0]
    ends = (stands.get(f"{sheet.anchor}-{end}", (-1, 0.0)) for end in ENDS)
    return all(number == page and y <= LOWEST_PX for number, y in ends)


def _report(run: JobRun | None, done: int, message: str) -> None:
    if run is not None:
        run.progress(done, STEPS, message)
