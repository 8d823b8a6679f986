"""The page on which prototypes are asked for: settings, and what they would be found from."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from consensus.grouping import GroupingSettings
from cycles.core.clock import LONDON
from cycles.core.jobs.commands import under_way
from cycles.profiles.drafts import draft_of
from cycles.profiles.queries import last_generation
from cycles.setup.models import Cycle
from workshop.ratification.asking import KIND
from workshop.ratification.generation import method_words
from workshop.ratification.generation_forms import SettingsForm
from workshop.ratification.queries import why_not_at_stage
from workshop.ratification.wishes import Wishes, last_settings, wishes_of
from workshop.ratification.working_from import LevelCounts, levels_of


@dataclass(frozen=True)
class LevelLine:
    """A role level, what a generation has of it, and how many profiles that makes."""

    counts: LevelCounts
    expected: str


@dataclass(frozen=True)
class GenerationPage:
    """The page of a generation's settings."""

    cycle_id: uuid.UUID
    form: SettingsForm
    lines: tuple[LevelLine, ...]
    expected: str
    method: str
    proposed: Wishes
    has_settled: bool
    unsettled: int
    closed_because: str | None
    job_href: str | None
    preview: str
    last: str


def generation_page(cycle: Cycle, form: SettingsForm) -> GenerationPage:
    """Return the page for the convener, with the form as it was filled in."""
    settings, counts = last_settings(cycle.id), levels_of(cycle.id)
    job = under_way(kind=KIND, cycle_id=cycle.id)
    last = last_generation(cycle.id)
    ranges = [expected_profiles(one.needed, settings) for one in counts]
    return GenerationPage(
        cycle_id=cycle.id,
        form=form,
        lines=tuple(
            LevelLine(one, range_words(each)) for one, each in zip(counts, ranges, strict=True)
        ),
        expected=range_words((sum(low for low, _ in ranges), sum(high for _, high in ranges))),
        method=method_words(),
        proposed=wishes_of(GroupingSettings()),
        has_settled=any(one.needed for one in counts),
        unsettled=sum(one.unsettled for one in counts),
        closed_because=why_not_at_stage(cycle),
        job_href=url_for("jobs.progress", job_id=job.id) if job else None,
        preview=_preview_words(cycle.id),
        last=f"Generation {last.number}, {_when(last.created_at)}" if last else "",
    )


def expected_profiles(capabilities: int, settings: GroupingSettings) -> tuple[int, int]:
    """Return the fewest and the most profiles that the bounds allow.

    >>> expected_profiles(100, GroupingSettings(smallest=6, largest=30))
    (4, 16)
    >>> expected_profiles(3, GroupingSettings(smallest=6, largest=30))
    (1, 1)
    """
    if not capabilities:
        return 0, 0
    return -(-capabilities // settings.largest), max(1, capabilities // settings.smallest)


def range_words(bounds: tuple[int, int]) -> str:
    """Return a range in words: one number where both are the same."""
    low, high = bounds
    return str(low) if low == high else f"{low} to {high}"


def _preview_words(cycle_id: uuid.UUID) -> str:
    draft = draft_of(cycle_id)
    if draft is None:
        return ""
    count = len(draft.proposals)
    return f"{count} prototype{'' if count == 1 else 's'}, found {_when(draft.made_at)}"


def _when(moment: datetime) -> str:
    return moment.astimezone(LONDON).strftime("%-d %B %Y, %H:%M")
