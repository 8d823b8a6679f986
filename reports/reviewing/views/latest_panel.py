"""The reader's latest verdict with what it changes: shown after each decision, undone by a key."""

from dataclasses import dataclass

from reports.mapping.verdicts import Pair
from reports.reviewing.effects import Effect
from reports.reviewing.posted import WITHDRAW
from reports.reviewing.views.desk import Desk
from reports.reviewing.words import (
    VERDICTS,
    effect_sentence,
    fit_label,
    fit_words,
    standing_words,
    support_word,
)

MOST_FITS = 3


@dataclass(frozen=True)
class Change:
    """One figure before and after a verdict."""

    label: str
    before: str
    after: str
    is_changed: bool


@dataclass(frozen=True)
class LatestPanel:
    """The latest verdict: in a sentence, in figures, and where to take it back.

    ``standing`` says that it settles nothing, where others see it otherwise. ``more`` says how
    many changes of fit are not listed.
    """

    verdict: str
    code: str
    sentence: str
    standing: str
    changes: tuple[Change, ...]
    more: str
    undo_href: str
    withdraw: str
    is_open: bool


def latest_panel(desk: Desk, *, is_open: bool) -> LatestPanel | None:
    """Return the panel of the reader's latest verdict, or None where they gave none."""
    said = desk.latest
    effect = desk.latest_effect if desk.may_judge else None
    if said is None or effect is None:
        return None
    inputs = desk.reading.ground.inputs
    row, column = inputs.row_of[said.pair[0]], inputs.column_of[said.pair[1]]
    judgement = desk.reading.judgements.get((row, column))
    code = desk.code_of(said.pair)
    return LatestPanel(
        verdict=VERDICTS[said.verdict],
        code=code,
        sentence=effect_sentence(code, effect),
        standing="" if judgement and judgement.verdict else standing_words(judgement),
        changes=_changes(code, effect),
        more=_more(effect),
        undo_href=desk.match_href(said.pair, "reviewing.judge"),
        withdraw=WITHDRAW,
        is_open=is_open,
    )


def said_aloud(desk: Desk, judged: Pair | None, following: Pair) -> str:
    """Return what to read aloud after a decision: what it did, then what is asked now.

    ``judged`` is None where a verdict was taken back.
    """
    said, effect = desk.latest, desk.latest_effect
    did = "Taken back."
    if judged and said and effect:
        code = desk.code_of(judged)
        did = f"{VERDICTS[said.verdict]} {code}. {effect_sentence(code, effect)}"
    return f"{did} {desk.progress}. Now: {desk.code_of(following)}."


def _changes(code: str, effect: Effect) -> tuple[Change, ...]:
    pairs = [
        (code, support_word(effect.was_supported), support_word(effect.is_supported)),
        (
            f"Unsupported of {effect.capabilities:,}",
            f"{effect.unsupported_before:,}",
            f"{effect.unsupported_after:,}",
        ),
    ]
    pairs += [
        (fit_label(each), fit_words(each.before, each), fit_words(each.after, each))
        for each in effect.fits[:MOST_FITS]
    ]
    return tuple(Change(label, before, after, before != after) for label, before, after in pairs)


def _more(effect: Effect) -> str:
    rest = len(effect.fits) - MOST_FITS
    if rest > 0:
        return f"{rest:,} more changes of fit or surplus."
    if effect.fits:
        return ""
    if not effect.profiles:
        return "It stands in no profile, so no fit changes."
    return (
        f"The fit of its {_profiles(effect.profiles)} with the ten best standards stays as it is."
    )


def _profiles(count: int) -> str:
    return "profile" if count == 1 else f"{count:,} profiles"
