"""How a group's answers are drawn and said on a ballot: a small bar an answer, and a sentence.

Whoever calls has counts that passed the gate of ``disclosure``; nothing is asked or read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consensus.dissent import MEDIAN_NEIGHBOURHOOD
from consensus.distribution import medians
from workshop.ballot.letters import CHOICES, WORDS
from workshop.ballot.live import smallest_live
from workshop.rooms.models import ScaleName
from workshop.rooms.scales import SCALES

HIGHEST = 62
"""How much of 100 the highest bar takes; its count stands on top of it."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Bar:
    """One answer of the scale: how many gave it, and how high its bar is, of 100."""

    letter: str
    words: str
    code: int
    count: int
    height: int
    is_mine: bool

    @property
    def top(self) -> int:
        """Return where the bar begins, of 100 from above."""
        return 100 - self.height


@dataclass(frozen=True)
class Spread:
    """The bars of a group's answers, in the order of the buttons, and the same in words."""

    bars: tuple[Bar, ...]
    words: str


@dataclass(frozen=True)
class Middle:
    """Where a group stands: its medians in words, and the letters within a step of them."""

    words: str
    near: tuple[str, ...]


def spread_of(counts: Sequence[int], scale: ScaleName, mine: str | None = None) -> Spread:
    """Return the bars of ``counts``, drawn against the highest of them."""
    most = max([*counts, 1])
    letters = SCALES[scale].letters
    bars = tuple(
        Bar(
            letter=one.letter,
            words=one.words,
            code=code,
            count=counts[code],
            height=round(HIGHEST * counts[code] / most),
            is_mine=one.letter == mine,
        )
        for one in CHOICES[scale]
        if not one.is_aside and (code := letters.index(one.letter)) >= 0
    )
    return Spread(bars, ", ".join(f"{bar.count} {bar.words}" for bar in bars))


def group_words(counts: Sequence[int], scale: ScaleName) -> str:
    """Say the most frequent answer; when several are, say them all."""
    n, most = sum(counts), max(counts)
    words = SCALES[scale].words
    modes = [words[code] for code, count in enumerate(counts) if count == most]
    each = " each" if len(modes) > 1 else ""
    return f"{most} of {n}{each} said {_listed(modes)}"


def said_words(letter: str | None, scale: ScaleName) -> str:
    """Say what this person answered themselves."""
    return f"you said {WORDS[scale][letter]}" if letter else "you did not answer"


def withheld_words(minimum_n: int) -> str:
    """Say when a live result will be shown."""
    needed = smallest_live(minimum_n)
    number = NUMBERS[needed] if needed < len(NUMBERS) else str(needed)
    return f"Shown once {number} people have answered"


def middle_of(counts: Sequence[int], scale: ScaleName) -> Middle:
    """Return the medians of a group, and the letters that count as being near them."""
    both = medians(counts)
    low, high = int(both.lower[0]), int(both.upper[0])
    letters, words = SCALES[scale].letters, SCALES[scale].words
    said = words[low] if low == high else f"between {words[low]} and {words[high]}"
    first = max(low - MEDIAN_NEIGHBOURHOOD, 0)
    return Middle(said, letters[first : high + MEDIAN_NEIGHBOURHOOD + 1])


def live_group(
    counts: Sequence[int] | None, letter: str | None, scale: ScaleName, minimum_n: int
) -> dict[str, object]:
    """Return what ``ballot.js`` shows beneath an answer: the counts, in words too, or why not."""
    if counts is None:
        return {"counts": None, "words": withheld_words(minimum_n)}
    return {"counts": list(counts), "words": live_words(counts, letter, scale)}


def live_words(counts: Sequence[int], letter: str | None, scale: ScaleName) -> str:
    """Say what the group has answered so far, and what this person has."""
    return f"So far {group_words(counts, scale)}; {said_words(letter, scale)}"


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
