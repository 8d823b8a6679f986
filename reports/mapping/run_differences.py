"""What differs between two runs of a cycle: what they compared, by what, and what came of it. Pure.

Profiles, classification and verdicts are those of now on both sides, so whatever differs here is
the runs' own doing. Each side is read at the threshold it is given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.mapping.findings import CapabilityFinding, Findings, ProfileFinding, RunFacts
from reports.mapping.ground import ComparedStandard, Inputs

NO_ADAPTER = "none"


@dataclass(frozen=True)
class Setting:
    """Something that the runs were made by, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Text:
    """A text that one run compared and the other did not, or in other words.

    Empty ``before`` means added, empty ``after`` removed.
    """

    code: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """Return what became of it: added, removed or reworded."""
        if not self.before:
            return "added"
        return "reworded" if self.after else "removed"


@dataclass(frozen=True)
class SupportChange:
    """A capability that one run found supported and the other did not."""

    before: CapabilityFinding
    after: CapabilityFinding


@dataclass(frozen=True)
class ProfileChange:
    """A profile whose best standard, or its fit with it, differs."""

    before: ProfileFinding
    after: ProfileFinding


@dataclass(frozen=True)
class RunDifferences:
    """Everything that differs between two runs; ``same_*`` count what does not."""

    before: Findings
    after: Findings
    settings: tuple[Setting, ...]
    capabilities: tuple[Text, ...]
    same_capabilities: int
    duties: tuple[Text, ...]
    same_duties: int
    support: tuple[SupportChange, ...]
    profiles: tuple[ProfileChange, ...]

    @property
    def is_same(self) -> bool:
        """Say whether nothing differs at all."""
        return not (
            self.settings or self.capabilities or self.duties or self.support or self.profiles
        )


def differences(before: tuple[Findings, Inputs], after: tuple[Findings, Inputs]) -> RunDifferences:
    """Compare two runs of the same cycle."""
    (old, old_inputs), (new, new_inputs) = before, after
    capabilities = _texts(_capabilities(old_inputs), _capabilities(new_inputs))
    duties = _texts(_duties(old_inputs), _duties(new_inputs))
    return RunDifferences(
        before=old,
        after=new,
        settings=tuple(
            Setting(name, was, now)
            for (name, was), (_, now) in zip(_settings(old), _settings(new), strict=True)
            if was != now
        ),
        capabilities=capabilities,
        same_capabilities=_same(new_inputs.capabilities, capabilities),
        duties=duties,
        same_duties=_same(new_inputs.duties, duties),
        support=_support(old, new),
        profiles=_profiles(old, new),
    )


def _settings(found: Findings) -> tuple[tuple[str, str], ...]:
    run = found.run
    return (
        ("Frameworks", _frameworks(run)),
        ("Model", f"{run.model_name} ({run.model_digest[:12]})"),
        (
            "Adapter",
            f"{run.adapter.source} ({run.adapter.digest[:12]})" if run.adapter else NO_ADAPTER,
        ),
        ("Threshold", f"{found.threshold_percent} %"),
    )


def _frameworks(run: RunFacts) -> str:
    return "; ".join(
        f"{each.words}{', skills standing in' if each.by_skills else ''}" for each in run.frameworks
    )


def _capabilities(inputs: Inputs) -> dict[object, tuple[str, str]]:
    return {each.statement_id: (each.code, each.text) for each in inputs.capabilities}


def _duties(inputs: Inputs) -> dict[object, tuple[str, str]]:
    return {
        each.duty_id: (_code(inputs.standards[each.standard], each.position), each.text)
        for each in inputs.duties
    }


def _code(standard: ComparedStandard, position: int) -> str:
    return f"{standard.reference} {position}"


def _texts(
    before: Mapping[object, tuple[str, str]], after: Mapping[object, tuple[str, str]]
) -> tuple[Text, ...]:
    """Return what was reworded or added, in the order of after, then what was removed."""
    changed = [
        Text(code, before[each][1] if each in before else "", text)
        for each, (code, text) in after.items()
        if each not in before or before[each][1] != text
    ]
    gone = [Text(code, text, "") for each, (code, text) in before.items() if each not in after]
    return (*changed, *gone)


def _same(compared: Sequence[object], changed: Iterable[Text]) -> int:
    return len(compared) - sum(bool(each.after) for each in changed)


def _support(old: Findings, new: Findings) -> tuple[SupportChange, ...]:
    was = {each.statement_id: each for each in old.capabilities}
    return tuple(
        SupportChange(was[each.statement_id], each)
        for each in new.capabilities
        if each.statement_id in was and was[each.statement_id].is_supported != each.is_supported
    )


def _profiles(old: Findings, new: Findings) -> tuple[ProfileChange, ...]:
    was = {each.profile_id: each for each in old.profiles}
    return tuple(
        ProfileChange(was[each.profile_id], each)
        for each in new.profiles
        if each.profile_id in was and _best(was[each.profile_id]) != _best(each)
    )


def _best(profile: ProfileFinding) -> tuple[object, ...]:
    best = profile.best
    return (best.standard_id, best.fit_count, best.member_count) if best else ()
