"""The two results that are compared, each as a look at the same threshold."""

from dataclasses import dataclass
from functools import cached_property

from reports.explorer.look import Look, Way
from reports.explorer.pages.capability_rows import (
    NOT_COMPARED,
    SUPPORTED,
    UNSUPPORTED,
    findings_by_code,
)
from reports.results.results import Results

UNKNOWN = ""


@dataclass(frozen=True, eq=False)
class Sides:
    """What is looked at, ``now``, and what it is compared with, ``then``."""

    now: Look
    then: Look

    @property
    def is_same_cycle(self) -> bool:
        """Say whether both are of one cycle, so that codes mean the same."""
        return self.now.results.cycle_id == self.then.results.cycle_id

    @property
    def knows_rows(self) -> bool:
        """Say whether both kept the rows behind their counts; early snapshots did not."""
        return _knows_rows(self.now.results) and _knows_rows(self.then.results)

    @cached_property
    def support_now(self) -> dict[str, str]:
        """Return whether each capability looked at is supported, by code."""
        return _support(self.now)

    @cached_property
    def support_then(self) -> dict[str, str]:
        """Return the same of the others."""
        return _support(self.then)


def other_look(look: Look, results: Results) -> Look:
    """Return a look at other results of the explorer, at the same threshold."""
    return Look(
        results=results,
        args={"threshold": str(look.threshold)},
        way=Way("explorer", {"cycle_id": results.cycle_id}),
        kept={"snapshot": results.number},
    )


def _knows_rows(results: Results) -> bool:
    return bool(results.detail.capabilities) or not results.document.capabilities.lines


def _support(look: Look) -> dict[str, str]:
    """Return supported, unsupported or not compared by code; nothing where it is not known."""
    if not _knows_rows(look.results):
        return _support_as_printed(look)
    findings = findings_by_code(look)
    if not findings:
        return {}
    words = {True: SUPPORTED, False: UNSUPPORTED}
    return {
        code: words[findings[code].is_supported] if code in findings else NOT_COMPARED
        for code in look.results.capability
    }


def _support_as_printed(look: Look) -> dict[str, str]:
    """Return it from the document, which lists the unsupported at its own threshold alone."""
    provision = look.results.document.provision
    if provision is None or provision.uncompared or look.threshold != look.own_threshold:
        return {}
    unsupported = {each.code for each in provision.unsupported_lines}
    return {
        code: UNSUPPORTED if code in unsupported else SUPPORTED for code in look.results.capability
    }
