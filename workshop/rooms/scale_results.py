"""The verdicts on solutions and on statements as people see them: rows to filter and download.

The proficiency cells are in ``results``. Every count here has been through ``disclosure``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from consensus.stopping import Closing
from cycles.statements.models import CapabilityStatement
from workshop.rooms.disclosure import Shown, shown
from workshop.rooms.latest import Latest, latest_verdicts
from workshop.rooms.models import RoomState, ScaleName, Workshop
from workshop.rooms.scales import KIND_SCALES
from workshop.rooms.telling import PartShown, divergence_words, movement_words, parts_shown
from workshop.rooms.words import CLOSING_WORDS, LEFT_OPEN, SCALE_OUTCOME_WORDS

Cellular = str | int | float | bool | None


@dataclass(frozen=True)
class ScaleResult:
    """One judged solution or statement, and what may be shown of it.

    ``figures`` are the verdict's, empty where the counts are withheld.
    """

    latest: Latest
    code: str
    outcome: str
    closing: str
    is_finished: bool
    shown: Shown
    figures: dict[str, Any]
    parts: tuple[PartShown, ...]
    divergence: str
    movement: str
    is_older_wording: bool


FILTERS: dict[ScaleName, tuple[str, ...]] = {
    ScaleName.PRIORITY: ("high priority", "middling", "low priority", "disagreement"),
    ScaleName.RELEVANCE: ("keep", "reword", "drop", "no agreement"),
}
"""The outcomes of each scale that a reader may filter by, besides all, open and too few."""


def scale_results(
    workshop: Workshop, minimum_n: int, *, with_parts: bool
) -> tuple[ScaleResult, ...]:
    """Return the latest verdict on each solution or statement, in the workshop's order."""
    return tuple(
        _result(one, workshop, minimum_n, with_parts=with_parts)
        for one in latest_verdicts(workshop.id)
    )


def by_priority(found: Sequence[ScaleResult]) -> tuple[ScaleResult, ...]:
    """Return solutions from the highest median down, those withheld last."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -(one.figures.get("median") or 0),
                one.figures.get("ipr") or 0,
                one.latest.item.position,
            ),
        )
    )


def _result(one: Latest, workshop: Workshop, minimum_n: int, *, with_parts: bool) -> ScaleResult:
    verdict, item = one.verdict, one.item
    gated = shown(verdict.counts, minimum_n)
    parts = parts_shown(verdict.figures, minimum_n) if with_parts else ()
    is_over = workshop.state == RoomState.CLOSED
    left_open = is_over and one.closing == Closing.OPEN
    return ScaleResult(
        latest=one,
        code=item.statement.code if item.statement else "",
        outcome=SCALE_OUTCOME_WORDS[verdict.outcome],
        closing=LEFT_OPEN if left_open else CLOSING_WORDS[one.closing],
        is_finished=is_over or one.closing != Closing.OPEN,
        shown=gated,
        figures=verdict.figures if gated.counts else {},
        parts=parts,
        divergence=divergence_words(verdict.figures, parts),
        movement=movement_words(verdict.figures, sum(verdict.counts), minimum_n),
        is_older_wording=_reads_otherwise(item.statement, item.wording),
    )


def _reads_otherwise(statement: CapabilityStatement | None, wording: str) -> bool:
    return statement is not None and statement.text != wording


def passes(one: ScaleResult, only: str) -> bool:
    """Say whether a filter of the address lets a result through."""
    if only == "all":
        return True
    if only == "open":
        return not one.is_finished
    return one.latest.verdict.outcome.replace(" ", "-") == only


PRIORITY_HEADINGS = ("Median", "Interpercentile range", "Disagreement index", "Disagreement")
RELEVANCE_HEADINGS = ("Largest share, %",)
_FIGURES: dict[ScaleName, Callable[[dict[str, Any]], tuple[Cellular, ...]]] = {
    ScaleName.PRIORITY: lambda of: (
        of.get("median"),
        _rounded(of.get("ipr")),
        _rounded(of.get("index")),
        of.get("is_disagreement"),
    ),
    ScaleName.RELEVANCE: lambda of: (_rounded(of.get("share_percent")),),
}


def scale_table(
    workshop: Workshop, found: Sequence[ScaleResult]
) -> tuple[tuple[str, ...], list[tuple[Cellular, ...]]]:
    """Return headings and rows for a download; what may not be shown is empty."""
    scale = KIND_SCALES[workshop.kind]
    is_priority = scale.name == ScaleName.PRIORITY
    names = part_names(one.parts for one in found)
    headings = (
        *(("Solution",) if is_priority else ("Code", "Statement")),
        "Outcome",
        *(PRIORITY_HEADINGS if is_priority else RELEVANCE_HEADINGS),
        *scale.words,
        "Rated",
        "No answer on the scale",
        "Closing",
        "Round",
        "Moved, %",
        "Groups apart",
        *(f"{name}: {word}" for name in names.values() for word in scale.words),
    )
    rows = [_row(one, scale.name, scale.size, names) for one in found]
    return headings, rows


def _row(
    one: ScaleResult, scale: ScaleName, size: int, names: dict[str, str]
) -> tuple[Cellular, ...]:
    item, verdict = one.latest.item, one.latest.verdict
    subject = (item.wording,) if scale == ScaleName.PRIORITY else (one.code, item.wording)
    moved = one.figures.get("share_moved")
    return (
        *subject,
        one.outcome,
        *_FIGURES[scale](one.figures),
        *(one.shown.counts or (None,) * size),
        one.shown.n,
        verdict.abstained if one.shown.counts else None,
        one.closing,
        one.latest.round_number,
        None if moved is None else round(100 * moved, 1),
        one.divergence or None,
        *part_counts(one.parts, names, size),
    )


def part_names(found: Iterable[Sequence[PartShown]]) -> dict[str, str]:
    """Return the name of each part of the panel among results, by its key, in the order met."""
    return {part.key: part.name for parts in found for part in parts}


def part_counts(parts: Sequence[PartShown], names: dict[str, str], size: int) -> list[int | None]:
    """Return the counts of each named part side by side, empty where it is withheld."""
    by_key = {one.key: one.counts for one in parts}
    return [count for key in names for count in (by_key.get(key) or (None,) * size)]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
