"""What one verdict changes: the findings without it beside the findings with it. Pure."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from reports.mapping.findings import CapabilityFinding, Findings, ProfileFinding, Standing


@dataclass(frozen=True)
class FitChange:
    """How the fit of a profile changes: with its best standard, or with the one judged.

    ``before`` and ``after`` may name different standards where the best one changes.
    """

    code: str
    name: str
    is_best: bool
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True)
class Effect:
    """What a verdict changes. ``profiles`` counts those of the capability.

    ``fits`` holds only what is different, changes of a best fit first.
    """

    was_supported: bool
    is_supported: bool
    unsupported_before: int
    unsupported_after: int
    capabilities: int
    profiles: int
    fits: tuple[FitChange, ...]

    @property
    def is_none(self) -> bool:
        """Say whether nothing that map and gap counts is different."""
        return self.was_supported == self.is_supported and not self.fits


def effect_of(
    before: Findings, after: Findings, statement_id: uuid.UUID, standard_id: uuid.UUID
) -> Effect:
    """Return what lies between two findings that differ in one verdict.

    The verdict was on a match of ``statement_id`` with a duty of ``standard_id``.
    """
    then, now = (_capability(each, statement_id) for each in (before, after))
    changes = [
        change
        for old, new in zip(before.profiles, after.profiles, strict=True)
        for change in _changes(old, new, standard_id)
    ]
    return Effect(
        was_supported=then.is_supported,
        is_supported=now.is_supported,
        unsupported_before=before.totals.unsupported,
        unsupported_after=after.totals.unsupported,
        capabilities=after.totals.capabilities,
        profiles=len(now.profile_codes),
        fits=tuple(sorted(changes, key=lambda each: (not each.is_best, each.code))),
    )


def _capability(found: Findings, statement_id: uuid.UUID) -> CapabilityFinding:
    return next(each for each in found.capabilities if each.statement_id == statement_id)


def _changes(
    old: ProfileFinding, new: ProfileFinding, standard_id: uuid.UUID
) -> Iterator[FitChange]:
    if _figures(old.best) != _figures(new.best):
        yield FitChange(new.code, new.name, True, old.best, new.best)
    then, now = (_with(each, standard_id) for each in (old, new))
    is_best = any(each is not None and each in (old.best, new.best) for each in (then, now))
    if then and now and not is_best and _figures(then) != _figures(now):
        yield FitChange(new.code, new.name, False, then, now)


def _with(profile: ProfileFinding, standard_id: uuid.UUID) -> Standing | None:
    found = (each for each in profile.standings if each.standard_id == standard_id)
    return next(found, None)


def _figures(standing: Standing | None) -> tuple[uuid.UUID, int, int] | None:
    # The two-way score moves with every verdict and is never shown.
    if standing is None:
        return None
    return standing.standard_id, standing.fit_count, standing.surplus_count
