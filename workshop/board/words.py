"""How the board says where a group stands: agreement in plain words, counts as a sentence."""

from collections.abc import Sequence

from workshop.rooms.scales import Scale

AGREEMENT_WORDS = (
    (0.8, "Strong agreement"),
    (0.6, "Broad agreement"),
    (0.4, "Some agreement"),
    (0.0, "Little agreement"),
)
TWO_CAMPS = "Two camps"


def agreement_words(agreement: float) -> str:
    """Say van der Eijk's agreement, −1 to 1, in plain words."""
    return next((words for least, words in AGREEMENT_WORDS if agreement >= least), TWO_CAMPS)


def counts_words(counts: Sequence[int], scale: Scale) -> str:
    """Say the counts of one item, most frequent first: "9 of 20 said Expert, 7 Practitioner".

    Of numbers: "4 of 6 said 9, 2 said 1".
    """
    given = [(count, code) for code, count in enumerate(counts) if count]
    # The order of the scale settles ties.
    given.sort(key=lambda one: (-one[0], one[1]))
    if not given:
        return "Nobody has rated it"
    (most, first), *others = given
    is_numbers = scale.letters[0].isdigit()
    names = scale.letters if is_numbers else scale.words
    said = [f"{most} of {sum(counts)} said {names[first]}"]
    said += [f"{count}{' said' if is_numbers else ''} {names[code]}" for count, code in others]
    return ", ".join(said)


def per_cent(part: int, whole: int) -> int:
    """Return a share in whole per cent, 0 of nothing. It says 100 only when all are there."""
    return part * 100 // whole if whole else 0
