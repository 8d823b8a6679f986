"""What the projector is given. Before "Reveal" never what anybody answered, after it never who."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from cycles.setup.queries import rule_card_of
from workshop.board.addresses import address_in
from workshop.board.capture import Spread, spread
from workshop.board.door import JoinCard, join_card
from workshop.board.queries import current_step
from workshop.board.reasons import Reasons, reasons_on
from workshop.board.standings import Standing, standings_of
from workshop.board.timing import Timer, timer_of
from workshop.board.topics import in_order
from workshop.board.words import agreement_words, counts_words, per_cent
from workshop.rooms.attendance import Attendance, attendance, gathering
from workshop.rooms.models import RoomState, Step, StepKind, Workshop, WorkshopKind
from workshop.rooms.queries import last_round
from workshop.rooms.scales import KIND_SCALES, Scale


@dataclass(frozen=True)
class AnswerBar:
    """One answer of the scale: its letter for the colour, and how many gave it, out of all."""

    letter: str
    words: str
    count: int
    percent: int


@dataclass(frozen=True)
class Progress:
    """How many are here and, while they rate, how far they are together. Never what."""

    here: int
    people: int
    is_rating: bool
    answered_percent: int
    finished_percent: int


@dataclass(frozen=True)
class ShownItem:
    """One item on the wall: the wording, how the group stands on it, and the reasons."""

    number: int
    total: int
    code: str
    wording: str
    role_level: str
    bars: tuple[AnswerBar, ...]
    rated: int
    sentence: str
    agreement: str
    reasons: Reasons
    previous_href: str
    next_href: str


@dataclass(frozen=True)
class Projector:
    """The fragment on the wall. ``item`` is None until the facilitator reveals."""

    href: str
    board_href: str
    version: str
    title: str
    step: str
    timer: Timer | None
    state: str
    progress: Progress
    join: JoinCard | None
    spread: Spread | None
    item: ShownItem | None
    nothing_to_show: bool
    is_over: bool


def projector_of(workshop: Workshop, at: int, moment: datetime) -> Projector:
    """Return what stands on the wall; ``at`` is the place of the item in the order to discuss."""
    step = current_step(workshop.id)
    round_ = last_round(workshop.id)
    found = attendance(round_, moment) if round_ else gathering(workshop, moment)
    is_revealed = step is not None and step.kind == StepKind.REVEAL and step.is_revealed
    item = shown_item(workshop, at, len(found.people)) if is_revealed else None
    made = Projector(
        href=address_in(workshop, "board.live_projector", at=at),
        board_href=address_in(workshop, "board.show"),
        version="",
        title=workshop.title,
        step=step.title if step else "",
        timer=timer_of(step, moment),
        state=_state(workshop, step),
        progress=_progress(step, found),
        join=None if item else join_card(workshop),
        spread=spread(workshop.cycle_id) if workshop.kind == WorkshopKind.CAPTURE else None,
        item=item,
        nothing_to_show=is_revealed and item is None,
        is_over=workshop.state == RoomState.CLOSED,
    )
    return _versioned(made)


def _versioned(made: Projector) -> Projector:
    """Mark what is shown. The moment of asking is left out: it would make each answer a new one."""
    still = replace(made, timer=replace(made.timer, now="") if made.timer else None)
    return replace(made, version=hashlib.sha256(repr(still).encode()).hexdigest()[:16])


def _progress(step: Step | None, found: Attendance) -> Progress:
    is_rating = step is not None and step.kind == StepKind.RATE
    return Progress(
        here=found.here,
        people=len(found.people),
        is_rating=is_rating,
        answered_percent=per_cent(found.answers, found.expected),
        finished_percent=per_cent(found.finished, len(found.people)),
    )


def _state(workshop: Workshop, step: Step | None) -> str:
    if workshop.state == RoomState.CLOSED:
        return "This workshop is over. Thank you."
    if step is not None and step.state == RoomState.PAUSED:
        return "Paused. What you have saved is safe."
    return "" if step else "We begin shortly."


def shown_item(workshop: Workshop, at: int, raters: int) -> ShownItem | None:
    """Return one item of the latest closed rounds, by its place in the order to discuss."""
    standings = standings_of(workshop, last_round(workshop.id))
    expected = workshop.raters_per_item or raters
    ordered = in_order([one for one in standings if not one.is_live], expected)
    if not ordered:
        return None
    number = min(max(at, 1), len(ordered))
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    one = ordered[number - 1]
    scale = KIND_SCALES[workshop.kind]
    return ShownItem(
        number=number,
        total=len(ordered),
        code=one.asked.code,
        wording=one.asked.wording,
        role_level=one.asked.role_level,
        bars=_bars(one, scale),
        rated=one.n,
        sentence=counts_words(one.counts or (), scale),
        agreement=agreement_words(one.agreement or 0.0),
        reasons=reasons_on(one.asked.item_id, minimum_n),
        previous_href=_turn(workshop, number - 1, len(ordered)),
        next_href=_turn(workshop, number + 1, len(ordered)),
    )


def _bars(one: Standing, scale: Scale) -> tuple[AnswerBar, ...]:
    return tuple(
        AnswerBar(letter, words, count, per_cent(count, one.n))
        for letter, words, count in zip(scale.letters, scale.words, one.counts or (), strict=True)
    )


def _turn(workshop: Workshop, number: int, total: int) -> str:
    return address_in(workshop, "board.projector", at=number) if 1 <= number <= total else ""
