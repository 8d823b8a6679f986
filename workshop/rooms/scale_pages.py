"""What the pages of verdicts on solutions and on statements are given; and of one of them."""

import uuid
from dataclasses import dataclass

from flask import url_for

from cycles.setup.queries import rule_card_of
from workshop.rooms.applying import finished_verdicts, validated, vote_of
from workshop.rooms.disclosure import smallest_shown
from workshop.rooms.history import RoundResult, comments_on, rounds_of_item
from workshop.rooms.models import Item, ScaleName, Workshop, WorkshopKind
from workshop.rooms.movement import MovementTest, movement_tests
from workshop.rooms.next_actions import href_of
from workshop.rooms.round_figures import RoundFigures, round_figures
from workshop.rooms.scale_results import FILTERS, ScaleResult, by_priority, passes, scale_results
from workshop.rooms.scales import KIND_SCALES
from workshop.rooms.subjects import cut_wording
from workshop.rooms.telling import PairShown, PartShown, pairs_shown, shows_parts
from workshop.rooms.words import SCALE_OUTCOME_WORDS

OUTCOME_KINDS = {
    "high priority": "done",
    "keep": "done",
    "reword": "warning",
    "disagreement": "attention",
    "no agreement": "attention",
    "drop": "quiet",
    "low priority": "quiet",
    "too few rated": "quiet",
}


@dataclass(frozen=True)
class ScaleLine:
    """A solution or a statement in the table of verdicts."""

    code: str
    wording: str
    detail: str
    counts: tuple[int, ...] | None
    rated: str
    outcome: str
    outcome_kind: str
    marks: tuple[str, ...]
    closing: str
    median: str
    spread: str
    index: str
    share: str
    movement: str
    divergence: str
    parts: tuple[PartShown, ...]
    href: str | None


@dataclass(frozen=True)
class Choice:
    """An outcome to filter by, with how many came to it."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ScalePage:
    """The verdicts of a prioritisation or a validation workshop.

    ``act_href`` is where the convener acts on them, None for others and while nothing waits.
    """

    title: str
    workshop_href: str
    lines: tuple[ScaleLine, ...]
    total: int
    tiles: tuple[tuple[str, int, str], ...]
    filters: tuple[Choice, ...]
    downloads: tuple[tuple[str, str], ...]
    act_label: str
    act_href: str | None
    figures: RoundFigures | None
    smallest: int


@dataclass(frozen=True)
class ScaleItemPage:
    """One solution or statement: how it went from round to round."""

    code: str
    wording: str
    detail: str
    outcome: str
    scale: str
    rounds: tuple[RoundResult, ...]
    comments: tuple[str, ...]
    parts: tuple[PartShown, ...]
    pairs: tuple[PairShown, ...]
    tests: tuple[MovementTest, ...]
    results_href: str
    workshop_title: str
    smallest: int
    is_older_wording: bool


def scale_page(workshop: Workshop, *, only: str, may_convene: bool) -> ScalePage:
    """Return the verdicts that a filter lets through; solutions from the highest median down."""
    card = rule_card_of(workshop.cycle_id)
    scale = KIND_SCALES[workshop.kind].name
    with_parts = shows_parts(workshop, may_convene=may_convene)
    found = scale_results(workshop, card.minimum_n, with_parts=with_parts)
    if scale == ScaleName.PRIORITY:
        found = by_priority(found)
    filters = _filters(scale, found, only)
    act_label, act_href = _act(workshop) if may_convene else ("", None)
    return ScalePage(
        title=workshop.title,
        workshop_href=href_of(workshop),
        lines=tuple(_line(one, may_convene=may_convene) for one in found if passes(one, only)),
        total=len(found),
        tiles=_tiles(workshop, found),
        filters=filters,
        downloads=tuple(
            (kind.upper(), href_of(workshop, "download", kind=kind))
            for kind in ("csv", "xlsx", "json")
        ),
        act_label=act_label,
        act_href=act_href,
        figures=round_figures(workshop, card.rule()),
        smallest=smallest_shown(card.minimum_n),
    )


def _names(scale: ScaleName) -> tuple[str, ...]:
    return (*FILTERS[scale], "too few rated")


def _filters(scale: ScaleName, found: tuple[ScaleResult, ...], only: str) -> tuple[Choice, ...]:
    labels = {"all": "All verdicts", "open": "Still open"}
    labels |= {name.replace(" ", "-"): SCALE_OUTCOME_WORDS[name] for name in _names(scale)}
    return tuple(
        Choice(value, f"{label} ({sum(passes(one, value) for one in found)})", value == only)
        for value, label in labels.items()
    )


def _tiles(workshop: Workshop, found: tuple[ScaleResult, ...]) -> tuple[tuple[str, int, str], ...]:
    names = FILTERS[KIND_SCALES[workshop.kind].name]
    shown = [(SCALE_OUTCOME_WORDS[name], name.replace(" ", "-")) for name in names]
    return tuple(
        (label, sum(passes(one, value) for one in found), href_of(workshop, "results", only=value))
        for label, value in (*shown, ("Still open", "open"))
    )


def _act(workshop: Workshop) -> tuple[str, str | None]:
    if workshop.kind == WorkshopKind.PRIORITISATION:
        is_ready = bool(finished_verdicts(workshop))
        return "Take this vote over", href_of(workshop, "take_vote") if is_ready else None
    found = validated(workshop)
    is_ready = not found.is_empty or bool(found.to_reword)
    return "Apply these results", href_of(workshop, "apply_results") if is_ready else None


def _line(one: ScaleResult, *, may_convene: bool) -> ScaleLine:
    item, verdict, figures = one.latest.item, one.latest.verdict, one.figures
    wording, description = cut_wording(item)
    return ScaleLine(
        code=one.code,
        wording=wording,
        detail=item.area if one.code else description,
        counts=one.shown.counts,
        rated=one.shown.sentence,
        outcome=one.outcome,
        outcome_kind=OUTCOME_KINDS.get(verdict.outcome, ""),
        marks=_marks(one),
        closing=f"{one.closing}, round {one.latest.round_number}",
        median=_number(figures.get("median"), "g"),
        spread=_spread(figures),
        index=_number(figures.get("index"), ".2f"),
        share=_number(figures.get("share_percent"), ".0f"),
        movement=one.movement,
        divergence=one.divergence,
        parts=one.parts,
        href=_href(item) if may_convene else None,
    )


def _marks(one: ScaleResult) -> tuple[str, ...]:
    verdict = one.latest.verdict
    marks = (
        ("Fragile", verdict.is_fragile),
        ("Two camps", verdict.is_two_camps and bool(one.figures)),
        ("Older wording", one.is_older_wording),
    )
    return tuple(label for label, holds in marks if holds)


def _href(item: Item) -> str:
    return url_for("workshops.cell", cycle_id=item.cycle_id, item_id=item.id)


def _number(number: float | None, form: str) -> str:
    return "" if number is None else format(number, form)


def _spread(figures: dict[str, float]) -> str:
    if figures.get("ipr") is None:
        return ""
    return f"{figures['ipr']:g} ({figures['p30']:g} to {figures['p70']:g})"


def scale_item_page(item: Item, workshop: Workshop) -> ScaleItemPage | None:
    """Return the page of one solution or statement, or None before its first round has closed."""
    minimum_n = rule_card_of(item.cycle_id).minimum_n
    every = scale_results(workshop, minimum_n, with_parts=True)
    found = next((one for one in every if one.latest.item.id == item.id), None)
    if found is None:
        return None
    wording, detail = cut_wording(item)
    return ScaleItemPage(
        code=found.code,
        wording=wording,
        detail=detail,
        outcome=found.outcome,
        scale=KIND_SCALES[workshop.kind].name.value,
        rounds=rounds_of_item(item, minimum_n),
        comments=comments_on(item, minimum_n),
        parts=found.parts,
        pairs=pairs_shown(found.parts),
        tests=movement_tests(item, minimum_n),
        results_href=href_of(workshop, "results"),
        workshop_title=workshop.title,
        smallest=smallest_shown(minimum_n),
        is_older_wording=found.is_older_wording,
    )


@dataclass(frozen=True)
class ApplyPage:
    """What applying a validation would do: codes with wordings."""

    title: str
    to_keep: tuple[tuple[str, str], ...]
    to_drop: tuple[tuple[str, str], ...]
    to_reword: tuple[tuple[str, str, str], ...]
    may_apply: bool
    back_href: str


def apply_page(workshop: Workshop) -> ApplyPage:
    """Return what applying the results of a validation workshop would do now."""
    found = validated(workshop)
    return ApplyPage(
        title=workshop.title,
        to_keep=tuple((one.code, one.text) for one in found.to_keep),
        to_drop=tuple(
            (one.item.statement.code, one.item.wording)
            for one in found.to_drop
            if one.item.statement is not None
        ),
        to_reword=tuple(
            (one.code, one.text, _statement_href(workshop.cycle_id, one.id))
            for one in found.to_reword
        ),
        may_apply=not found.is_empty,
        back_href=href_of(workshop, "results"),
    )


def _statement_href(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> str:
    return url_for("statements.show", cycle_id=cycle_id, statement_id=statement_id)


def vote_choices(workshop: Workshop) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the solutions voted on, each with its vote in words, and those to tick beforehand."""
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    choices, ticked = [], []
    for one in finished_verdicts(workshop):
        if one.item.solution is None:
            continue
        vote = vote_of(one, workshop, minimum_n)
        median = "" if vote["median"] is None else f", median {vote['median']:g}"
        words = f"{one.item.solution.name} – {SCALE_OUTCOME_WORDS[vote['outcome']]}{median}"
        choices.append((str(one.item.subject_id), words))
        if one.item.solution.is_prioritised or vote["outcome"] == "high priority":
            ticked.append(str(one.item.subject_id))
    return choices, ticked
