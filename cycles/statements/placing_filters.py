"""What the queue of statements without an area shows, as its address asks. Nothing is read here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from cycles.core.forms import whole_number
from cycles.statements.models import AreaSuggestion

WAITING, LEFT, DECIDED = "waiting", "left", "decided"
SHOWS = (WAITING, LEFT, DECIDED)
STRONG, WEAK, NONE = "strong", "weak", "none"
SUPPORTS = (STRONG, WEAK, NONE)
STRONG_PERCENT = 60
SHARES = (40, 50, 60, 70, 80, 90)
PER_PAGE = 20
DEFAULT_SHARE = 80
HIGHEST_PAGE = 1000


@dataclass(frozen=True)
class QueueFilters:
    """What the reader asked for. Empty means everything that waits."""

    show: str = WAITING
    support: str = ""
    function: str = ""
    share: int = DEFAULT_SHARE
    page: int = 1

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows what is shown."""
        return bool(self.support or self.function)

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return the query of an address that asks for this with ``changes``."""
        changed, plain = replace(self, **changes), QueueFilters()
        return {
            each.name: str(getattr(changed, each.name))
            for each in fields(changed)
            if getattr(changed, each.name) != getattr(plain, each.name)
        }


def read_queue_filters(args: Mapping[str, str]) -> QueueFilters:
    """Read the filters from an address; what it does not know is left out."""
    show, support = args.get("show", ""), args.get("support", "")
    share, page = args.get("share", ""), whole_number(args.get("page", "")) or 1
    return QueueFilters(
        show=show if show in SHOWS else WAITING,
        support=support if support in SUPPORTS else "",
        function=args.get("function", "")[:80],
        share=int(share) if share in map(str, SHARES) else DEFAULT_SHARE,
        page=page if page < HIGHEST_PAGE else 1,
    )


def lets_through(filters: QueueFilters, suggested: Sequence[AreaSuggestion]) -> bool:
    """Say whether a statement with these suggestions, best first, is shown."""
    if filters.function and not (suggested and suggested[0].area.function == filters.function):
        return False
    return not filters.support or filters.support == strength(suggested)


def strength(suggested: Sequence[AreaSuggestion]) -> str:
    """Return how well the first suggestion is supported: strong, weak, or none at all."""
    if not suggested:
        return NONE
    first = suggested[0]
    return STRONG if 100 * first.support >= STRONG_PERCENT * first.neighbours else WEAK
