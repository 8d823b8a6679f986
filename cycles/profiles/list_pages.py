"""What the list of profiles and the matrix show: sections, choices of filters, how it was made."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from consensus.grouping import METHOD, METHOD_VERSION
from cycles.core.clock import LONDON
from cycles.profiles.filters import Filters
from cycles.profiles.models import ProfileGeneration
from cycles.profiles.pages import Counts, ProfileLine
from cycles.profiles.wording import percent


@dataclass(frozen=True)
class Option:
    """One choice of a filter. ``group`` is a heading that it stands under, where there is one."""

    value: str
    label: str
    is_chosen: bool
    group: str = ""


@dataclass(frozen=True)
class ListLine:
    """A profile in the list. ``found`` says how many of its capabilities a search found."""

    line: ProfileLine
    found: str


@dataclass(frozen=True)
class LevelSection:
    """The profiles of one role level, and how their proficiencies spread together."""

    name: str
    academic_level: int | None
    lines: tuple[ListLine, ...]
    counts: Counts
    words: str


@dataclass(frozen=True)
class ListPage:
    """The profiles of a cycle."""

    cycle_id: uuid.UUID
    sections: tuple[LevelSection, ...]
    columns: tuple[dict[str, Any], ...]
    tiles: tuple[tuple[str, int, str | None, str | None], ...]
    filters: Filters
    roles: tuple[Option, ...]
    statuses: tuple[Option, ...]
    partners: tuple[Option, ...]
    total: int
    shown: int
    generated: str
    may_generate: bool
    may_ratify: bool
    downloads: tuple[tuple[str, str], ...]


def options(everything: str, current: str, names: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Return the choices of a filter, the one in force marked."""
    pairs = (("", everything), *names)
    return tuple(Option(value, label, value == current) for value, label in pairs)


def generation_words(generation: ProfileGeneration | None) -> str:
    """Say when the prototypes were generated and by what, or nothing."""
    if generation is None:
        return ""
    when = generation.created_at.astimezone(LONDON).strftime("%-d %B %Y, %H:%M")
    settings = generation.settings
    # An older method is not described: these words are of the one that runs now.
    is_now = settings.get("method") == METHOD_VERSION
    return (
        f"Generation {generation.number}, {when}: {settings['smallest']} to "
        f"{settings['largest']} capabilities each, by meaning "
        f"({percent(settings['weight_meaning'])}), classification "
        f"({percent(settings['weight_classification'])}) and partners "
        f"({percent(settings['weight_partners'])}). {METHOD if is_now else ''}"
    ).rstrip()
