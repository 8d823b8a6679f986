"""How wide words are in the identity's type, near enough to shorten them without drawing them.

The drawer measures too, but slowly: a limit on every line of a grid makes it five times as long.
"""

NARROW, BROAD = frozenset("iljtfrI.,:;'’()|!- "), frozenset("mwMW@%&")
EM = {"narrow": 0.29, "usual": 0.51, "capital": 0.6, "broad": 0.83}
"""Shares of the letter's size, rounded up from the typeface."""
MORE = "…"


def width(words: str, size: float) -> float:
    """Return about how many pixels the words take; never much less than they do."""
    return size * sum(map(_em, words))


def fitting(words: str, room: float, size: float) -> str:
    """Return the words, or as many whole ones as the room has place for, with an ellipsis."""
    if width(words, size) <= room:
        return words
    parts = words.split()
    while len(parts) > 1 and width(f"{' '.join(parts)} {MORE}", size) > room:
        parts.pop()
    kept = " ".join(parts)
    while kept and width(f"{kept} {MORE}", size) > room:
        kept = kept[:-1]
    return f"{kept} {MORE}"


def lines_of(words: str, room: float, size: float, most: int) -> list[str]:
    """Return the words broken into lines that fit the room; the last of ``most`` is shortened."""
    left = words.split()
    lines: list[str] = []
    while left and len(lines) < most - 1:
        line = [left.pop(0)]
        while left and width(" ".join([*line, left[0]]), size) <= room:
            line.append(left.pop(0))
        lines.append(" ".join(line))
    return [fitting(each, room, size) for each in ([*lines, " ".join(left)] if left else lines)]


def _em(letter: str) -> float:
    if letter in NARROW:
        return EM["narrow"]
    if letter in BROAD:
        return EM["broad"]
    return EM["capital"] if letter.isupper() else EM["usual"]
