"""The context of two runs side by side."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from reports.mapping.findings import CapabilityFinding, ProfileFinding
from reports.mapping.models import MappingRun
from reports.mapping.queries import findings, ground_of, runs_of
from reports.mapping.run_differences import (
    ProfileChange,
    RunDifferences,
    Setting,
    SupportChange,
    Text,
    differences,
)
from reports.mapping.selection import read_number, read_selection
from reports.mapping.views.frame import Download, Frame
from reports.mapping.words import moment_words, of, percent

MOST_TEXTS = 25


@dataclass(frozen=True)
class RunChoice:
    """One run in the lists to choose from."""

    value: int
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class TextRows:
    """Texts that differ, the first of them; ``more`` says how many stand in the download alone."""

    summary: str
    rows: tuple[Text, ...]
    more: int


@dataclass(frozen=True)
class SupportRow:
    """A capability whose support changed."""

    code: str
    text: str
    href: str
    before: str
    after: str


@dataclass(frozen=True)
class ProfileRow:
    """A profile whose best standard or fit changed."""

    profile: str
    href: str
    before: str
    after: str


@dataclass(frozen=True)
class RunsPage:
    """Two runs side by side; ``summary`` is empty where the cycle has only one."""

    frame: Frame
    earlier: tuple[RunChoice, ...]
    later: tuple[RunChoice, ...]
    summary: str
    thresholds: str
    settings: tuple[Setting, ...]
    capabilities: TextRows
    duties: TextRows
    support: tuple[SupportRow, ...]
    profiles: tuple[ProfileRow, ...]
    is_same: bool
    downloads: tuple[Download, ...]


NOTHING = TextRows("", (), 0)


def compared_runs(
    runs: Sequence[MappingRun], args: Mapping[str, str]
) -> tuple[MappingRun, MappingRun] | None:
    """Return the two runs that the address names; without names, the newest and the one before.

    ``runs`` stand newest first. None where there are not two.
    """
    if len(runs) < 2:
        return None
    by_number = {run.number: run for run in runs}
    after = by_number.get(read_number(args.get("to", "")) or 0, runs[0])
    others = [run for run in runs if run is not after]
    before = next((run for run in others if run.number < after.number), others[0])
    named = by_number.get(read_number(args.get("from", "")) or 0, before)
    return (before if named is after else named), after


def differences_of(cycle_id: uuid.UUID, args: Mapping[str, str]) -> RunDifferences | None:
    """Return what differs between the two runs of the address; None where there are not two.

    Each is read at the threshold it was made at, unless the address names one for both.
    """
    pair = compared_runs(runs_of(cycle_id), args)
    if pair is None:
        return None
    threshold = read_selection(args).threshold
    before, after = (
        (findings(cycle_id, threshold or run.threshold_percent, run), ground_of(run).inputs)
        for run in pair
    )
    if before[0] is None or after[0] is None:
        return None
    return differences((before[0], before[1]), (after[0], after[1]))


def runs_page(frame: Frame, args: Mapping[str, str]) -> RunsPage:
    """Return the two runs of the address side by side."""
    found = differences_of(frame.cycle_id, args)
    runs = runs_of(frame.cycle_id)
    if found is None:
        return RunsPage(frame, (), (), "", "", (), NOTHING, NOTHING, (), (), True, ())
    return RunsPage(
        frame=frame,
        earlier=_choices(runs, found.before.run.number),
        later=_choices(runs, found.after.run.number),
        summary=_summary(found),
        thresholds=_thresholds(found),
        settings=found.settings,
        capabilities=_text_rows("capabilities", found.capabilities, found.same_capabilities),
        duties=_text_rows("duties", found.duties, found.same_duties),
        support=tuple(_support_row(frame, each) for each in found.support),
        profiles=tuple(_profile_row(frame, each) for each in found.profiles),
        is_same=found.is_same,
        downloads=_downloads(frame, found, args),
    )


def _support_row(frame: Frame, change: SupportChange) -> SupportRow:
    return SupportRow(
        code=change.after.code,
        text=change.after.text,
        href=frame.finding_href("provision", change.after.code),
        before=_support(change.before),
        after=_support(change.after),
    )


def _profile_row(frame: Frame, change: ProfileChange) -> ProfileRow:
    return ProfileRow(
        profile=f"{change.after.code} {change.after.name}",
        href=frame.finding_href("fit", profile=change.after.code),
        before=best_words(change.before),
        after=best_words(change.after),
    )


def _downloads(
    frame: Frame, found: RunDifferences, args: Mapping[str, str]
) -> tuple[Download, ...]:
    numbers = {"from": found.before.run.number, "to": found.after.run.number}
    chosen = {"threshold": read_selection(args).threshold}
    return frame.downloads("runs-compared", **numbers, **chosen)


def compare_href(cycle_id: uuid.UUID, before: int, after: int) -> str:
    """Return the address of two runs side by side."""
    numbers: dict[str, Any] = {"from": before, "to": after}
    return url_for("mapping.compare_runs", cycle_id=cycle_id, **numbers)


def _choices(runs: Sequence[MappingRun], chosen: int) -> tuple[RunChoice, ...]:
    return tuple(
        RunChoice(
            run.number, f"Run {run.number}, {moment_words(run.created_at)}", run.number == chosen
        )
        for run in runs
    )


def _summary(found: RunDifferences) -> str:
    was, now = found.before.totals, found.after.totals
    return (
        f"Run {found.before.run.number} left {of(was.unsupported, was.capabilities)} capabilities "
        f"unsupported, run {found.after.run.number} {of(now.unsupported, now.capabilities)}."
    )


def _thresholds(found: RunDifferences) -> str:
    was, now = found.before.threshold_percent, found.after.threshold_percent
    at = (
        f"Both are read at {now} %."
        if was == now
        else (f"Each is read at the threshold it was made at: {was} % and {now} %.")
    )
    return f"{at} Profiles and verdicts are those of now on both sides."


def _text_rows(name: str, texts: Sequence[Text], same: int) -> TextRows:
    kinds = [each.kind for each in texts]
    counted = ", ".join(
        f"{kinds.count(kind):,} {kind}" for kind in ("added", "reworded", "removed")
    )
    shown = tuple(texts[:MOST_TEXTS])
    return TextRows(f"{counted}; {same:,} {name} are the same.", shown, len(texts) - len(shown))


def _support(each: CapabilityFinding) -> str:
    word = "Supported" if each.is_supported else "Unsupported"
    best = each.best
    return f"{word}: {percent(best.score_percent)}, {best.duty_text}" if best else word


def best_words(profile: ProfileFinding) -> str:
    """Return a profile's best standard and its fit in words."""
    best = profile.best
    if best is None:
        return "No standard to compare with"
    fit = f"{percent(best.fit_percent)} ({of(best.fit_count, best.member_count)})"
    return f"{best.title} ({best.reference}), {fit}"
