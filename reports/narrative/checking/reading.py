"""How prose is read: its sentences without markup, numbers in words, and quoting. No facts."""

import re

WORDS = {
    **{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16},
    **{"seventeen": 17, "eighteen": 18, "nineteen": 19},
}
"""One and two are said of anything; from three on a word is a count."""
TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90},
}
ONES = {"one": 1, "two": 2, **{word: value for word, value in WORDS.items() if value < 10}}
NUMBER = (
    rf"\d[\d,]*|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES)}))?|"
    rf"{'|'.join(sorted(WORDS, key=len, reverse=True))}"
)
WHOLE, AROUND = 100, 40  # characters
# Each goes over a text once, whatever is in it: none looks for an end that may never come.
_MARKUP = re.compile(
    r"\[([^\[\]]*)\]\([^)]{0,2000}\)|[*_`#>]+|^[^\S\n]*(?:[-+]|\d+[.)])\s+", re.MULTILINE
)
_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
_GAPS = re.compile(r"\s{2,}")


def sentences(text: str) -> list[str]:
    """Return the sentences and list items of prose, without its markup."""
    plain = _MARKUP.sub(lambda found: found.group(1) or "", text)
    # A sentence may go on over a line's end; only an empty line or a list item ends it.
    joined = re.sub(r"(?<=[^\n.!?:;])\n(?=[a-z(])", " ", plain)
    found = (_GAPS.sub(" ", each).strip("; ") for each in _ENDS.split(joined))
    return [each for each in found if each]


def number_of(word: str) -> int:
    """Return the number that digits or words say."""
    lowered = word.lower()
    if lowered in WORDS:
        return WORDS[lowered]
    tens, _, ones = lowered.replace("-", " ").partition(" ")
    if tens in TENS:
        return TENS[tens] + ONES.get(ones, 0)
    return int(word.replace(",", ""))


def quoted(found: re.Match[str]) -> str:
    """Return the sentence that something was found in, cut to a few words around it when long."""
    sentence = found.string
    if len(sentence) <= WHOLE:
        return sentence
    start, end = max(0, found.start() - AROUND), found.end() + AROUND
    before = (
        sentence[start : found.start()].split(" ", 1)[-1] if start else sentence[: found.start()]
    )
    after = sentence[found.end() : end]
    after = after if end >= len(sentence) else after.rsplit(" ", 1)[0] + " …"
    return f"{'… ' if start else ''}{before}{found.group()}{after}"
