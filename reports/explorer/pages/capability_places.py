"""Functions and domains: what organisations will need there, beside what is there today. Pure.

Where today was captured its capabilities stand beside the future ones; by proxy it is duties, and
then shares alone can be compared, and functions alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    SUPPORTED,
    UNSUPPORTED,
    CapabilityRow,
    capability_rows,
)

STRENGTHS = ("strong", "some", "none")
HELD = STRENGTHS[:2]


@dataclass(frozen=True)
class PlaceRow:
    """A function, or a domain of it. ``today`` counts capabilities held, or duties by proxy.

    ``today_percent`` is of ``captured``, or by proxy of all duties; None where nothing is known.
    ``supported`` and ``unsupported`` are None before the first run.
    """

    function: str
    domain: str
    future: int
    future_percent: float
    today: int | None
    captured: int | None
    today_percent: float | None
    supported: int | None
    unsupported: int | None


def function_rows(look: Look) -> tuple[PlaceRow, ...]:
    """Return the functions, in the classification's order."""
    found = look.results.document.capabilities
    held = _held_by(capability_rows(look), depth=1)
    rows = []
    for line in found.functions:
        today, captured, percent = line.current_count, None, line.current_percent
        if line.present is not None:
            present = line.present
            today, captured, percent = present.held, present.captured, present.held_percent
        supported, unsupported = _support(look, held.get((line.name,), []))
        counts = (line.future_count, line.future_percent, today, captured, percent)
        rows.append(PlaceRow(line.name, "", *counts, supported, unsupported))
    return tuple(rows)


def domain_rows(look: Look) -> tuple[PlaceRow, ...]:
    """Return the domains that have capabilities, by function, the largest first."""
    lines = look.results.document.capabilities.domains
    held = _held_by(capability_rows(look), depth=2)
    strongest = strongest_today(look)
    return tuple(_domain(look, (line.function, line.domain), held, strongest) for line in lines)


def strongest_today(look: Look) -> dict[str, str]:
    """Return the strongest that any partner has of each capability today, as captured, by code."""
    found: dict[str, str] = {}
    for line in look.results.detail.present:
        best = found.setdefault(line.code, line.strength)
        if STRENGTHS.index(line.strength) < STRENGTHS.index(best):
            found[line.code] = line.strength
    return found


def _domain(
    look: Look,
    place: tuple[str, str],
    held: Mapping[tuple[str, ...], list[CapabilityRow]],
    strongest: Mapping[str, str],
) -> PlaceRow:
    found, rows = look.results.document.capabilities, held.get(place, [])
    today, captured, percent = None, None, None
    if found.current.is_captured:
        strengths = [strongest.get(row.line.code, "") for row in rows]
        captured = sum(bool(each) for each in strengths)
        today = sum(each in HELD for each in strengths)
        percent = round(100 * today / captured, 1) if captured else None
    share = round(100 * len(rows) / found.classified, 1) if found.classified else 0.0
    return PlaceRow(*place, len(rows), share, today, captured, percent, *_support(look, rows))


def _held_by(
    rows: Sequence[CapabilityRow], *, depth: int
) -> dict[tuple[str, ...], list[CapabilityRow]]:
    held: dict[tuple[str, ...], list[CapabilityRow]] = {}
    for row in rows:
        held.setdefault(row.place[:depth], []).append(row)
    return held


def _support(look: Look, rows: Sequence[CapabilityRow]) -> tuple[int | None, int | None]:
    if look.findings is None:
        return None, None
    return (
        sum(row.support == SUPPORTED for row in rows),
        sum(row.support == UNSUPPORTED for row in rows),
    )
