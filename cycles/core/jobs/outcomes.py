"""What each kind of job is called, and where its result is seen.

Packages describe their kinds here at import; nothing here knows what they do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cycles.core.jobs.models import Job

Place = Callable[[Job], str | None]


@dataclass(frozen=True)
class Outcome:
    """A kind of job in words: what it does, and the link to what came of it."""

    title: str
    link_label: str
    place: Place


_outcomes: dict[str, Outcome] = {}


def leads_to(kind: str, title: str, link_label: str) -> Callable[[Place], Place]:
    """Register the function that returns the address where a done job's result is seen.

    ``title`` says what the work is ("Importing standards"), ``link_label`` what the link opens.
    """

    def register(place: Place) -> Place:
        _outcomes[kind] = Outcome(title, link_label, place)
        return place

    return register


def outcome_of(job: Job) -> Outcome:
    """Return how this job's kind is shown; kinds that nobody described lead nowhere."""
    return _outcomes.get(job.kind) or Outcome("Work in progress", "", lambda _job: None)
