"""The context of one match under review."""

from dataclasses import dataclass

from flask import abort

from cycles.standards.wording import level_words
from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.reading import match_at
from reports.mapping.verdicts import Pair
from reports.mapping.views.frame import is_convener
from reports.mapping.words import chance_words, of, percent
from reports.reviewing.filters import next_after, pair_of, previous_before
from reports.reviewing.order import Queued
from reports.reviewing.views.desk import Desk
from reports.reviewing.views.latest_panel import LatestPanel, latest_panel
from reports.reviewing.words import (
    LABELS,
    NOTHING_SAID,
    VERDICTS,
    counts_words,
    reason_sentences,
    standing_words,
    support_word,
    who_said,
)


@dataclass(frozen=True)
class Why:
    """One reason why a match is asked about."""

    label: str
    sentence: str


@dataclass(frozen=True)
class Sides:
    """The two texts that are held against each other, with what is known of each."""

    code: str
    capability: str
    place: str
    profiles: tuple[str, ...]
    support: str
    is_supported: bool
    duty: str
    standard: str
    level: str
    framework: str
    is_core: bool
    is_generic: bool
    is_skill: bool


@dataclass(frozen=True)
class Voices:
    """What the machine and people say of the match. ``names`` is for conveners alone."""

    score: str
    score_value: float
    threshold: float
    chance: str
    suggestion: str
    counts: str
    standing: str
    names: tuple[str, ...]
    own: str
    own_value: str
    own_reason: str


@dataclass(frozen=True)
class MatchPage:
    """One match at a time. ``announcement`` is read aloud once the page is in place."""

    changed: str
    closed: str
    may_judge: bool
    home_href: str
    queue_href: str
    progress: str
    place: str
    whys: tuple[Why, ...]
    sides: Sides
    voices: Voices
    judge_href: str
    previous_href: str | None
    next_href: str | None
    latest: LatestPanel | None
    announcement: str


def match_page(desk: Desk, pair: Pair, *, is_after: bool, announcement: str = "") -> MatchPage:
    """Return the page of one match; 404 when the run did not compare it.

    ``is_after`` opens the panel of the latest verdict, which was given a moment ago.
    """
    capability, match = _found(desk, pair)
    queued = next((each for each in desk.queue if pair_of(each) == pair), None)
    following = next_after(desk.queue, pair, desk.filters, desk.own)
    previous = previous_before(desk.queue, pair)
    return MatchPage(
        changed=desk.frame.changed,
        closed=desk.closed,
        may_judge=desk.may_judge,
        home_href=desk.frame.newest_href,
        queue_href=desk.href("reviewing.queue"),
        progress=desk.progress,
        place=_place(desk, queued),
        whys=_whys(queued),
        sides=_sides(capability, match),
        voices=_voices(desk, pair, match),
        judge_href=desk.match_href(pair, "reviewing.judge"),
        previous_href=desk.match_href(pair_of(previous)) if previous else None,
        next_href=desk.match_href(pair_of(following)) if following else None,
        latest=latest_panel(desk, is_open=is_after),
        announcement=announcement,
    )


def _found(desk: Desk, pair: Pair) -> tuple[CapabilityFinding, Match]:
    inputs = desk.reading.ground.inputs
    row, column = inputs.row_of.get(pair[0]), inputs.column_of.get(pair[1])
    if row is None or column is None:
        abort(404)
    found = desk.frame.findings.capabilities
    capability = next(each for each in found if each.statement_id == pair[0])
    return capability, match_at(desk.reading, row, column)


def _place(desk: Desk, queued: Queued | None) -> str:
    if queued is None:
        return "Not in the queue"
    return f"Match {of(desk.queue.index(queued) + 1, len(desk.queue))}"


def _whys(queued: Queued | None) -> tuple[Why, ...]:
    if queued is None:
        return ()
    sentences = reason_sentences(queued)
    return tuple(
        Why(LABELS[reason], sentence)
        for reason, sentence in zip(queued.reasons, sentences, strict=True)
    )


def _sides(capability: CapabilityFinding, match: Match) -> Sides:
    place = (capability.function, capability.domain, capability.area)
    return Sides(
        code=capability.code,
        capability=capability.text,
        place=" › ".join(filter(None, place)),
        profiles=capability.profile_codes,
        support=support_word(capability.is_supported),
        is_supported=capability.is_supported,
        duty=match.duty_text,
        standard=f"{match.standard_title} ({match.standard_reference})",
        level=level_words(match.standard_level),
        framework=match.framework_name,
        is_core=match.is_core,
        is_generic=match.is_generic,
        is_skill=match.is_skill,
    )


def _voices(desk: Desk, pair: Pair, match: Match) -> Voices:
    said, own = desk.sayings.get(pair, ()), desk.own.get(pair)
    return Voices(
        score=percent(match.score_percent),
        score_value=max(match.score_percent, 0.0),
        threshold=desk.reading.threshold_percent,
        chance=chance_words(match.chance),
        suggestion="Match" if match.is_suggested else "No match",
        counts=counts_words(match.judgement).capitalize() if said else NOTHING_SAID,
        standing=standing_words(match.judgement) if said else "",
        names=who_said(said) if is_convener() else (),
        own=VERDICTS[own.verdict] if own else "",
        own_value=own.verdict.value if own else "",
        own_reason=own.reason if own else "",
    )
