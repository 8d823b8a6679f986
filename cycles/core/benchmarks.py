"""Measures work against work, and prints the ratios beside what is aimed at.

The group ``flask bench`` and its table live here. What is measured lives with its owner, and no
test ever asserts a time: a busy machine would make it fail.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import click
from flask.cli import AppGroup

commands = AppGroup("bench", help="Ratios of our work to the plainest way of doing it.")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measured ratio and the bound it should keep: at most, or else at least.

    note says in words what was divided by what.
    """

    name: str
    value: float
    bound: float
    is_ceiling: bool = True
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the ratio keeps to its bound."""
        return self.value <= self.bound if self.is_ceiling else self.value >= self.bound

    @property
    def aim(self) -> str:
        """The bound in words."""
        return f"{'at most' if self.is_ceiling else 'at least'} {self.bound:g}x"


def best_milliseconds(
    work: Mapping[str, Callable[[], object]], *, turns: int = 7
) -> dict[str, float]:
    """Return the best time of each piece of work in milliseconds, in the order given.

    The pieces take turns, so that a spell in which the machine is busy slows them all; the best
    of the turns is the one that was disturbed least. Each runs once beforehand, uncounted, and
    the collector of garbage rests while the clock runs.
    """
    best = dict.fromkeys(work, float("inf"))
    for piece in work.values():
        piece()
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(turns):
            for name, piece in work.items():
                start = perf_counter()
                piece()
                best[name] = min(best[name], 1000 * (perf_counter() - start))
            gc.collect()
    finally:
        if was_collecting:
            gc.enable()
    return best


def show_times(milliseconds: Mapping[str, float]) -> None:
    """Print a line for each piece of work, with its time."""
    width = max(map(len, milliseconds), default=0)
    for name, spent in milliseconds.items():
        click.echo(f"{name:<{width}}  {spent:>10.3f} ms")


def show_ratios(ratios: Sequence[Ratio]) -> None:
    """Print a line for each ratio: its value, the aim and whether it is met."""
    width = max((len(ratio.name) for ratio in ratios), default=0)
    for ratio in ratios:
        met = "met" if ratio.is_met else "NOT met"
        line = f"{ratio.name:<{width}}  {ratio.value:>8.2f}x  {ratio.aim:<14}  {met:<7}"
        click.echo(f"{line}  {ratio.note}".rstrip())
