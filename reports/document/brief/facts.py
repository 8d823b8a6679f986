"""What the brief says, as records. How it is filled lives in ``writing``, how it fits in
``fitting``."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.document.body.blocks import Tile
from reports.document.figures import Figure


@dataclass(frozen=True)
class PriorityLine:
    """A profile that needs attention first, and the standard that comes nearest to it."""

    rank: int
    profile: str
    role_level: str
    unsupported: str
    standard: str
    fit: str


@dataclass(frozen=True)
class StepLine:
    """A recommendation: what, who, and by when."""

    horizon: str
    topic: str
    who: str
    when: str


@dataclass(frozen=True)
class BriefFacts:
    """The brief of one edition. ``sure`` are sentences on how far the findings carry."""

    title: str
    about: str
    finding: str
    tiles: tuple[Tile, ...]
    figure: Figure | None
    priorities: tuple[PriorityLine, ...]
    steps: tuple[StepLine, ...]
    sure: tuple[str, ...]

    def said(self, way: Callable[[str], str]) -> "BriefFacts":
        """Return it with every text that people wrote said another ``way``."""
        return replace(
            self,
            title=way(self.title),
            about=way(self.about),
            finding=way(self.finding),
            priorities=tuple(
                replace(
                    each,
                    profile=way(each.profile),
                    role_level=way(each.role_level),
                    standard=way(each.standard),
                )
                for each in self.priorities
            ),
            steps=tuple(
                replace(each, topic=way(each.topic), who=way(each.who), when=way(each.when))
                for each in self.steps
            ),
        )
