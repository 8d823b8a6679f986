"""The letters that stand for answers on a ballot: in forms, in links, on keys."""

from dataclasses import dataclass

from consensus.scale import NO_CODE, PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.core.errors import Invalid
from workshop.ballot.models import Answer

CANNOT_JUDGE, NOT_MY_FIELD = "?", "-"
CHOICES = (
    *(
        (letter, letter, word)
        for letter, word in zip(PROFICIENCY_LETTERS, PROFICIENCY_WORDS, strict=True)
    ),
    (CANNOT_JUDGE, "?", "Can't judge"),
    (NOT_MY_FIELD, "–", "Not my field"),
)
"""Every answer a ballot offers: its letter, a short sign, and the words. None is preselected."""

WORDS = {letter: words for letter, _, words in CHOICES}


@dataclass(frozen=True)
class Given:
    """An answer as the tables keep it."""

    answer: Answer
    code: int


def read_letter(letter: str) -> Given:
    """Return the answer that a letter stands for. Raises ``Invalid`` for any other sign."""
    if letter == CANNOT_JUDGE:
        return Given(Answer.CANNOT_JUDGE, NO_CODE)
    if letter == NOT_MY_FIELD:
        return Given(Answer.NOT_MY_FIELD, NO_CODE)
    if len(letter) != 1 or letter not in PROFICIENCY_LETTERS:
        raise Invalid("That answer is not on the scale. Reload the page and answer again.")
    return Given(Answer.RATED, PROFICIENCY_LETTERS.index(letter))


def letter_of(answer: Answer, code: int) -> str:
    """Return the letter of an answer."""
    if answer == Answer.CANNOT_JUDGE:
        return CANNOT_JUDGE
    return NOT_MY_FIELD if answer == Answer.NOT_MY_FIELD else PROFICIENCY_LETTERS[code]
