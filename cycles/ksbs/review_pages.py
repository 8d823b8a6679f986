"""What the review of one capability's KSBs shows: frozen contexts from rows.

No permission is judged here, and nothing is read: the views give what the reader may see.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cycles.ksbs.agreement import is_differing
from cycles.ksbs.checks import folds_mark_of, mark_of
from cycles.ksbs.forms import KIND_CHOICES
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.ksbs.pages import STATUS_TAGS, STATUS_WORDS
from cycles.ksbs.standing import Earlier
from cycles.ksbs.wording_guide import Guide, hints
from cycles.semantics.vectors import normalise

SAID = {
    KsbAnswer.ACCEPT: "accepted",
    KsbAnswer.REJECT: "rejected",
    KsbAnswer.UNSURE: "unsure",
}
DIFFER = "Educators differ"
GONE = "Somebody who has left"
GUIDE = Guide()


@dataclass(frozen=True)
class Slip:
    """What was refused: of which KSB (None: the new one), why, and what was sent.

    ``part`` is the form that is shown again with it: ``edit``, ``add``, ``settle`` or none.
    """

    ksb_id: uuid.UUID | None
    sentence: str
    part: str = ""
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class FoldedLine:
    """A near duplicate that a KSB stands for. ``is_same`` has the very same words."""

    number: int
    text: str
    source: str
    score: str
    is_same: bool


@dataclass(frozen=True)
class Standing:
    """Where a KSB stands. ``is_open`` waits for the reader; ``decision`` is a convener's reason."""

    status: str
    tag_kind: str
    is_open: bool
    is_differing: bool
    decision: str


@dataclass(frozen=True)
class Voices:
    """What was said of a KSB. ``names`` are for conveners alone."""

    counts: str
    mine: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KsbLine:
    """One KSB of a capability, with what was said of it and what it stands for."""

    id: uuid.UUID
    mark: str
    kind: str
    text: str
    suggested_text: str
    source: str
    score: str
    is_own: bool
    standing: Standing
    voices: Voices
    folded: tuple[FoldedLine, ...]
    folds_mark: str
    earlier: tuple[str, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """A profile that needs the capability, and how much of it."""

    words: str
    href: str


@dataclass(frozen=True)
class About:
    """The capability under review: its words, its area, and the profiles that need it."""

    statement_id: uuid.UUID
    code: str
    text: str
    place: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Ways:
    """The addresses of the capability before and of the next; None where there is none."""

    previous_href: str | None
    next_href: str | None


@dataclass(frozen=True)
class Sitting:
    """Where in the queue the reader is."""

    progress: str
    done: int
    total: int
    place: str
    ways: Ways


@dataclass(frozen=True)
class Latest:
    """The reader's latest decision, which undo takes back."""

    words: str
    href: str


@dataclass(frozen=True)
class ReviewPage:
    """The KSBs of one capability, to read and to review; in a sitting, or by themselves.

    ``query`` is what the addresses of its forms carry on. ``announcement`` is read aloud once the
    page is in place, ``focus`` is the KSB that takes the keys.
    """

    cycle_id: uuid.UUID
    about: About
    lines: tuple[KsbLine, ...]
    counts: str
    may_review: bool
    may_settle: bool
    closed_because: str | None
    ways: Ways
    sitting: Sitting | None
    latest: Latest | None
    query: Mapping[str, str]
    focus: uuid.UUID | None
    announcement: str
    slip: Slip | None
    kinds: tuple[tuple[str, str], ...] = tuple(KIND_CHOICES)
    guide: Guide = GUIDE

    @property
    def address(self) -> dict[str, Any]:
        """Return the values of the addresses of its forms."""
        return {"cycle_id": self.cycle_id, "statement_id": self.about.statement_id, **self.query}

    @property
    def open_lines(self) -> tuple[KsbLine, ...]:
        """Return the KSBs that wait for the reader."""
        return tuple(one for one in self.lines if one.standing.is_open)


def ksb_line(
    ksb: CapabilityKsb,
    said: Sequence[KsbReview],
    *,
    reader: uuid.UUID,
    names: Mapping[uuid.UUID, str] | None,
    earlier: Sequence[Earlier],
) -> KsbLine:
    """Make the line of a KSB; ``names`` of the participants are given to conveners alone."""
    own = next((one.answer for one in said if one.participant_id == reader), None)
    is_reworded = bool(ksb.suggested_text) and ksb.suggested_text != ksb.text
    return KsbLine(
        id=ksb.id,
        mark=mark_of(ksb),
        kind=ksb.kind.value,
        text=ksb.text,
        suggested_text=ksb.suggested_text if is_reworded else "",
        source=ksb.source,
        score=percent_words(ksb.score),
        is_own=not ksb.suggested_text,
        standing=_standing(ksb, len(said), is_mine=own is not None),
        voices=Voices(
            counts=counts_words([one.answer for one in said]),
            mine=own.value if own else "",
            names=() if names is None else who_said(said, names),
        ),
        folded=tuple(_folded(ksb, number, one) for number, one in enumerate(ksb.folded, 1)),
        folds_mark=folds_mark_of(ksb),
        earlier=tuple(earlier_words(one) for one in earlier if not _is_said(ksb, one)),
        hints=hints(ksb.kind, ksb.text),
    )


def _is_said(ksb: CapabilityKsb, one: Earlier) -> bool:
    """Say whether the line of the suggested wording says all that is to say of an earlier one."""
    return one.text == ksb.suggested_text and not one.accepted + one.rejected + one.unsure


def _standing(ksb: CapabilityKsb, reviewers: int, *, is_mine: bool) -> Standing:
    differs = is_differing(ksb.status, reviewers)
    return Standing(
        status=DIFFER if differs else STATUS_WORDS[ksb.status],
        tag_kind="attention" if differs else STATUS_TAGS[ksb.status],
        is_open=not is_mine and ksb.status == KsbStatus.SUGGESTED,
        is_differing=differs,
        decision=ksb.decision_reason,
    )


def _folded(ksb: CapabilityKsb, number: int, one: Mapping[str, object]) -> FoldedLine:
    text, score = str(one["text"]), one["score"]
    return FoldedLine(
        number=number,
        text=text,
        source=str(one["source"]),
        score=percent_words(score if isinstance(score, float) else None),
        is_same=normalise(text).casefold() == normalise(ksb.text).casefold(),
    )


def percent_words(score: float | None) -> str:
    """Return a cosine in words, nothing where there is none."""
    return f"{round(100 * score)} % alike" if score is not None else ""


def counts_words(answers: Sequence[KsbAnswer]) -> str:
    """Return how many people said what of a KSB: ``2 accepted, 1 unsure``."""
    pairs = [(answers.count(each), SAID[each]) for each in KsbAnswer]
    return ", ".join(f"{count} {word}" for count, word in pairs if count)


def who_said(said: Sequence[KsbReview], names: Mapping[uuid.UUID, str]) -> tuple[str, ...]:
    """Return each reviewer with name and answer. For conveners only."""
    return tuple(f"{names.get(one.participant_id, GONE)}: {SAID[one.answer]}" for one in said)


def earlier_words(one: Earlier) -> str:
    """Return an earlier wording with what had been said of it, set aside since."""
    pairs = ((one.accepted, "accepted"), (one.rejected, "rejected"), (one.unsure, "unsure"))
    counts = ", ".join(f"{count} {word}" for count, word in pairs if count)
    aside = f"Set aside with it: {counts}." if counts else "Nobody had reviewed it."
    return f"“{one.text}” {aside}"


def standing_counts(lines: Sequence[KsbLine]) -> str:
    """Return how many KSBs of a capability stand where, in words."""
    settled = [one.standing.status for one in lines]
    pairs = (
        (settled.count(STATUS_WORDS[KsbStatus.SUGGESTED]), "waiting"),
        (settled.count(DIFFER), "on which educators differ"),
        (settled.count(STATUS_WORDS[KsbStatus.ACCEPTED]), "accepted"),
        (settled.count(STATUS_WORDS[KsbStatus.REJECTED]), "rejected"),
    )
    return ", ".join(f"{count} {word}" for count, word in pairs if count or word != pairs[1][1])


def announced(said: str, page_place: str, lines: Sequence[KsbLine], focus: uuid.UUID | None) -> str:
    """Return what to read aloud after a decision: what it did, then what is asked now."""
    following = next((one for one in lines if one.id == focus), None)
    now = f"Now: {following.kind}, {following.text}" if following else ""
    return " ".join(part for part in (said, page_place, now) if part)
