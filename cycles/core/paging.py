"""Pages of a long list: which links a reader gets. No queries."""

from collections.abc import Callable
from dataclasses import dataclass

NEIGHBOURS = 1


@dataclass(frozen=True)
class PageLink:
    """One number of the row of pages; without a label it is a gap."""

    label: int | None
    href: str
    is_current: bool


@dataclass(frozen=True)
class Paging:
    """Where the reader is in a list, from ``first`` to ``last`` of ``total``."""

    total: int
    first: int
    last: int
    links: tuple[PageLink, ...]
    previous_href: str | None
    next_href: str | None


def paging(*, total: int, per_page: int, current: int, href: Callable[[int], str]) -> Paging:
    """Return the links around page ``current`` (from 1); ``href`` gives the address of a page."""
    count = max(1, -(-total // per_page))
    shown = sorted(
        {1, count, *range(max(1, current - NEIGHBOURS), min(count, current + NEIGHBOURS) + 1)}
    )
    links: list[PageLink] = []
    for number in shown:
        if links and number - (links[-1].label or 0) > 1:
            links.append(PageLink(None, "", False))
        links.append(PageLink(number, href(number), number == current))
    return Paging(
        total=total,
        first=min(total, (current - 1) * per_page + 1),
        last=min(total, current * per_page),
        links=tuple(links) if count > 1 else (),
        previous_href=href(current - 1) if 1 < current <= count else None,
        next_href=href(current + 1) if current < count else None,
    )
