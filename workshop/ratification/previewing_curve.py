"""The curve of the criterion: each number of groups that was tried, and its score."""

from collections.abc import Mapping
from typing import Any

from workshop.ratification.previewing_pages import Bar

GAP = 0.15  # of a bar's place


def bars_of(criterion: Mapping[str, Any]) -> tuple[Bar, ...]:
    """Return a bar for each number of groups; scores below nought hang from the same line."""
    points: list[tuple[int, float]] = [tuple(one) for one in criterion.get("scores", ())]
    if not points:
        return ()
    scores = [score for _, score in points]
    top, bottom = max(*scores, 0.0), min(*scores, 0.0)
    span = (top - bottom) or 1.0
    place = 100 / len(points)
    return tuple(
        Bar(
            groups=groups,
            score=f"{score:.3f}",
            x=round(at * place + GAP * place / 2, 3),
            width=round((1 - GAP) * place, 3),
            top=round(100 * (top - max(score, 0.0)) / span, 3),
            height=round(max(100 * abs(score) / span, 0.5), 3),
            is_chosen=groups == criterion.get("groups"),
        )
        for at, (groups, score) in enumerate(points)
    )


def curve_words(bars: tuple[Bar, ...]) -> str:
    """Return what the curve says in one sentence."""
    chosen = next((one for one in bars if one.is_chosen), None)
    if chosen is None:
        return ""
    if len(bars) == 1:
        return f"The bounds allow one number of groups only: {chosen.groups}."
    return (
        f"{chosen.groups} groups score highest, {chosen.score}, of the numbers from "
        f"{bars[0].groups} to {bars[-1].groups} that the bounds allow."
    )
