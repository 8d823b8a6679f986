"""What the pages of cards show: the cards to read, and how far their PDF is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from cycles.core.jobs.models import Job, JobState
from cycles.core.jobs.progress import job_page
from cycles.profiles.models import Profile
from cycles.profiles.pages import ProfileLine, profile_line
from reports.cards.facts import CardFacts
from reports.cards.fitting import Sheet
from reports.cards.queries import job_for, key_of


@dataclass(frozen=True)
class Drawing:
    """How far the PDF is: not asked for, on its way, there, or failed.

    ``pdf_href`` is set when it can be downloaded; ``seen`` changes whenever this reads otherwise.
    """

    is_moving: bool
    may_ask: bool
    ask_href: str
    ask_label: str
    state_href: str
    pdf_href: str | None
    pdf_words: str
    message: str
    done: int | None
    total: int | None
    problem: str
    announcement: str
    seen: str


@dataclass(frozen=True)
class CardPage:
    """One card to read and to print."""

    cycle_id: uuid.UUID
    profile_id: uuid.UUID
    sheet: Sheet
    drawn_on: str
    drawing: Drawing


@dataclass(frozen=True)
class CardLevel:
    """The profiles of one role level, each with the address of its card."""

    name: str
    lines: tuple[tuple[ProfileLine, str], ...]


@dataclass(frozen=True)
class CardsPage:
    """Every card of the cycle, and all of them as one PDF."""

    cycle_id: uuid.UUID
    levels: tuple[CardLevel, ...]
    total: int
    drawing: Drawing


def drawing_of(
    cycle_id: uuid.UUID, profile: Profile | None, cards: Sequence[CardFacts], moment: datetime
) -> Drawing:
    """Return how far the PDF of these cards is: of one profile, or of all where there is none."""
    at: dict[str, Any] = {"cycle_id": cycle_id}
    names = ("cards.draw_all", "cards.state_of_all", "cards.pdf_of_all")
    if profile is not None:
        at["profile_id"] = profile.id
        names = ("cards.draw", "cards.state", "cards.pdf")
    ask, state, pdf = (url_for(name, **at) for name in names)
    label = "Draw the PDF" if profile is not None else f"Draw all {len(cards)} as one PDF"
    return _drawing(job_for(cycle_id, key_of(cards)), (ask, state, pdf), label, moment)


def _drawing(
    job: Job | None, addresses: tuple[str, str, str], label: str, moment: datetime
) -> Drawing:
    ask, state, pdf = addresses
    shown = job_page(job, moment) if job else None
    is_ready = job is not None and job.state == JobState.DONE
    return Drawing(
        is_moving=shown is not None and not shown.is_over,
        may_ask=shown is None or bool(shown.problem),
        ask_href=ask,
        ask_label=label if shown is None else "Try again",
        state_href=state,
        pdf_href=pdf if is_ready else None,
        pdf_words=_pdf_words(job) if job and is_ready else "",
        message=shown.message if shown else "",
        done=shown.done if shown else None,
        total=shown.total if shown else None,
        problem=shown.problem if shown else "",
        announcement="The PDF is ready." if is_ready else shown.problem if shown else "",
        seen=shown.seen if shown else "",
    )


def _pdf_words(job: Job) -> str:
    pages, left_out = int(job.finding.get("pages", 0)), int(job.finding.get("left_out", 0))
    words = f"PDF, {pages} {'page' if pages == 1 else 'pages'}"
    if left_out:
        verb = "capability finds" if left_out == 1 else "capabilities find"
        words += f"; {left_out} {verb} no room and are named instead"
    return words


def levels_of(profiles: Sequence[Profile]) -> tuple[CardLevel, ...]:
    """Return the profiles under their role levels, each with the address of its card."""
    levels = sorted({one.role_level for one in profiles}, key=lambda level: level.position)
    return tuple(
        CardLevel(
            level.name,
            tuple(
                (
                    profile_line(one),
                    url_for("cards.show", cycle_id=one.cycle_id, profile_id=one.id),
                )
                for one in profiles
                if one.role_level_id == level.id
            ),
        )
        for level in levels
    )
