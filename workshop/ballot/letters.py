"""The letters that stand for answers on a ballot: in forms, in links, on keys.

One character an answer on every scale. What the codes of a scale mean is in ``rooms.scales``.
"""

from dataclasses import dataclass

from consensus.scale import NO_CODE
from cycles.core.errors import Invalid
from workshop.ballot.models import Answer
from workshop.rooms.models import ScaleName
from workshop.rooms.scales import PROFICIENCY, SCALES, Scale

CANNOT_JUDGE, NOT_MY_FIELD = "?", "-"
ASIDES = {CANNOT_JUDGE: Answer.CANNOT_JUDGE, NOT_MY_FIELD: Answer.NOT_MY_FIELD}
KEEP_KEY = "m"
"""The key of "Keep mine" on every scale: K is Keep on the scale of relevance."""


@dataclass(frozen=True)
class Choice:
    """An answer that a ballot offers: its letter, a short sign, the words, and its keys."""

    letter: str
    short: str
    words: str
    keys: tuple[str, ...]

    @property
    def is_aside(self) -> bool:
        """Say whether this answer says nothing on the scale."""
        return self.letter in ASIDES


@dataclass(frozen=True)
class Given:
    """An answer as the tables keep it."""

    answer: Answer
    code: int


def _offered(scale: Scale) -> tuple[Choice, ...]:
    is_keeping = scale.name == ScaleName.RELEVANCE
    on_scale = [
        # Places have digits too, but not where the best answer is read first.
        Choice(letter, letter, words, _keys(letter) if is_keeping else _keys(letter, place))
        for place, (letter, words) in enumerate(zip(scale.letters, scale.words, strict=True), 1)
    ]
    return (
        *(reversed(on_scale) if is_keeping else on_scale),
        Choice(CANNOT_JUDGE, "?", "Can't judge", ("j",)),
        Choice(NOT_MY_FIELD, "–", "Not my field", ("f",)),
    )


def _keys(letter: str, place: int | None = None) -> tuple[str, ...]:
    found = (letter.lower(), *(() if place is None else (str(place),)))
    return tuple(dict.fromkeys(found))


CHOICES = {name: _offered(scale) for name, scale in SCALES.items()}
"""Every answer that a ballot on each scale offers. None is ever preselected."""

WORDS = {name: {one.letter: one.words for one in offered} for name, offered in CHOICES.items()}
"""The words of each letter, by scale."""


def read_letter(letter: str, scale: ScaleName = PROFICIENCY.name) -> Given:
    """Return the answer that a letter stands for. Raises ``Invalid`` for any other sign."""
    if letter in ASIDES:
        return Given(ASIDES[letter], NO_CODE)
    letters = SCALES[scale].letters
    if letter not in letters:
        raise Invalid("That answer is not on the scale. Reload the page and answer again.")
    return Given(Answer.RATED, letters.index(letter))


def letter_of(answer: Answer, code: int, scale: ScaleName = PROFICIENCY.name) -> str:
    """Return the letter of an answer."""
    if answer == Answer.CANNOT_JUDGE:
        return CANNOT_JUDGE
    return NOT_MY_FIELD if answer == Answer.NOT_MY_FIELD else SCALES[scale].letters[code]
