"""The overview: what was captured and found, each figure a way to the rows behind it."""

from dataclasses import dataclass

from reports.explorer.look import Look
from reports.explorer.registry import PageKind, Question

NAME = "overview"


@dataclass(frozen=True)
class Tile:
    """A figure, and where its rows are."""

    label: str
    value: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class OverviewPage:
    """The figures at a glance."""

    tiles: tuple[Tile, ...]


def build(look: Look, _code: str) -> OverviewPage:
    """Return the overview."""
    capabilities = look.results.document.capabilities
    return OverviewPage(
        tiles=(Tile("Capabilities", f"{capabilities.kept:,}", look.href("capabilities")),)
    )


PAGE = PageKind(
    name=NAME,
    label="Overview",
    question=Question.START,
    lead="What this cycle captured and found.",
    build=build,
)
