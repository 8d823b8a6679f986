"""The settings of a generation as people give them: whole percentages, and refusals in sentences.

What they do is the arithmetic's; this reads them, and finds those that were used last.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from consensus.grouping import GroupingSettings
from cycles.core.errors import Invalid
from cycles.profiles.drafts import draft_of
from cycles.profiles.queries import last_generation

MOST = 200
WIDEST_MARGIN = 20
WEIGHTS = ("meaning", "classification", "partners")


@dataclass(frozen=True)
class Wishes:
    """What a form asks for. Weights are in percent, the margin in hundredths of the distance."""

    smallest: int
    largest: int
    meaning: int
    classification: int
    partners: int
    has_second: bool
    margin: str


def settings_from(wishes: Wishes) -> GroupingSettings:
    """Return the settings, or raise ``Invalid`` with a sentence for each field that is wrong."""
    problems = {**_wrong_sizes(wishes), **_wrong_weights(wishes)}
    margin = _margin(wishes.margin) if wishes.has_second else None
    if wishes.has_second and margin is None:
        problems["margin"] = f"Enter a margin from 0 to {WIDEST_MARGIN}, for example 2 or 1.5."
    if problems:
        raise Invalid(next(iter(problems.values())), **problems)
    return GroupingSettings(
        smallest=wishes.smallest,
        largest=wishes.largest,
        weight_meaning=wishes.meaning / 100,
        weight_classification=wishes.classification / 100,
        weight_partners=wishes.partners / 100,
        second_margin=margin,
    )


def _wrong_sizes(wishes: Wishes) -> dict[str, str]:
    least = 2 * wishes.smallest - 1
    if not 1 <= wishes.smallest <= MOST // 2:
        return {"smallest": f"A profile holds at least 1 and at most {MOST // 2} capabilities."}
    if wishes.largest < least:
        return {
            "largest": f"With at least {wishes.smallest} to a profile, the largest must be {least} "
            "or more: otherwise some numbers of capabilities cannot be divided."
        }
    if wishes.largest > MOST:
        return {"largest": f"A profile may hold at most {MOST} capabilities."}
    return {}


def _wrong_weights(wishes: Wishes) -> dict[str, str]:
    weights = {name: getattr(wishes, name) for name in WEIGHTS}
    wrong = {
        name: "Enter a percentage from 0 to 100."
        for name, weight in weights.items()
        if not 0 <= weight <= 100
    }
    total = sum(weights.values())
    if not wrong and total != 100:
        return {"meaning": f"The three weights add up to {total} %. They must add up to 100 %."}
    return wrong


def _margin(given: str) -> float | None:
    if re.fullmatch(r"\d{1,2}([.,]\d{1,2})?", given.strip(), re.ASCII) is None:
        return None
    value = float(given.strip().replace(",", "."))
    return round(value / 100, 6) if value <= WIDEST_MARGIN else None


def wishes_of(settings: GroupingSettings) -> Wishes:
    """Return the settings as a form shows them."""
    margin = settings.second_margin
    shown = GroupingSettings().second_margin if margin is None else margin
    return Wishes(
        smallest=settings.smallest,
        largest=settings.largest,
        meaning=round(100 * settings.weight_meaning),
        classification=round(100 * settings.weight_classification),
        partners=round(100 * settings.weight_partners),
        has_second=margin is not None,
        margin=f"{100 * (shown or 0):.4g}",
    )


def read_settings(kept: Mapping[str, Any]) -> GroupingSettings:
    """Return the settings that were kept with something; defaults for what it does not say."""
    known = {one.name for one in fields(GroupingSettings)}
    try:
        return GroupingSettings(**{name: kept[name] for name in known & kept.keys()})
    except ValueError:  # kept under other rules than today's
        return GroupingSettings()


def last_settings(cycle_id: uuid.UUID) -> GroupingSettings:
    """Return the settings used last in the cycle: of its preview, or of its last generation."""
    used = draft_of(cycle_id) or last_generation(cycle_id)
    return read_settings(used.settings if used else asdict(GroupingSettings()))
