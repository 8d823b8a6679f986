"""What the page that seals a cycle is given."""

from dataclasses import dataclass

from flask import url_for

from cycles.core.clock import LONDON
from cycles.setup.models import Cycle
from cycles.statements.queries import kept_statements
from workshop.sealing.checks import sealing_blockers
from workshop.sealing.commands import CONFIRMATION


@dataclass(frozen=True)
class SealPage:
    """Whether a cycle is sealed, can be, or what has to be done first."""

    title: str
    home_href: str
    setup_href: str
    sealed: str
    blockers: tuple[str, ...]
    confirmation: str
    statements: int
    may_give_back: bool


def seal_page(cycle: Cycle) -> SealPage:
    """Return the page of a cycle as it stands."""
    sealed_at = cycle.sealed_at
    kept = kept_statements(cycle.id)
    return SealPage(
        title=cycle.title,
        home_href=url_for("cycle.home", cycle_id=cycle.id),
        setup_href=url_for("cycle.setup", cycle_id=cycle.id),
        sealed=f"{sealed_at.astimezone(LONDON):%-d %B %Y, %H:%M}" if sealed_at else "",
        blockers=() if sealed_at else sealing_blockers(cycle),
        confirmation=CONFIRMATION,
        statements=len(kept),
        may_give_back=bool(kept) and not cycle.is_demonstration,
    )
