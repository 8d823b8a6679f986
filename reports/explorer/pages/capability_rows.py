"""The kept capabilities with what the results say of each. What other pages list of them is theirs.

Rows only: tables, trees and bars over them live in the modules of their pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.charts.vega.identity import FUNCTIONS
from reports.document.facts import Capability
from reports.explorer.look import Look
from reports.explorer.once import once
from reports.mapping.findings import CapabilityFinding
from reports.results.records import CellLine

SUPPORTED, UNSUPPORTED, NOT_COMPARED = "supported", "unsupported", "not-compared"
SUPPORT_WORDS = {
    SUPPORTED: "Supported",
    UNSUPPORTED: "Unsupported",
    NOT_COMPARED: "Not compared",
}
UNCLASSIFIED = "Not classified"
PAGE_NAME = "capabilities"
FUNCTION_KINDS = tuple(name.lower() for name in FUNCTIONS)


@dataclass(frozen=True)
class CapabilityRow:
    """A kept capability. ``finding`` is None where the run of map and gap has not compared it.

    ``needed_at`` are the role levels that need it, as far as they are settled.
    """

    line: Capability
    finding: CapabilityFinding | None
    profile_codes: tuple[str, ...]
    ksb_count: int
    needed_at: tuple[str, ...]
    source: str

    @property
    def function(self) -> str:
        """Return its function, or that it has none yet."""
        return self.line.function or UNCLASSIFIED

    @property
    def place(self) -> tuple[str, str, str]:
        """Return its place in the classification: function, domain and area."""
        return self.function, self.line.domain, self.line.area

    @property
    def support(self) -> str:
        """Return whether today's provision supports it: a key of ``SUPPORT_WORDS``."""
        if self.finding is None:
            return NOT_COMPARED
        return SUPPORTED if self.finding.is_supported else UNSUPPORTED

    @property
    def best_percent(self) -> float | None:
        """Return the score of its best match that was not rejected, in per cent."""
        best = self.finding.best if self.finding else None
        return best.score_percent if best else None


@once
def capability_rows(look: Look) -> tuple[CapabilityRow, ...]:
    """Return the kept capabilities in order of code, at the look's threshold."""
    findings = findings_by_code(look)
    return tuple(
        _row(look, line, findings.get(line.code))
        for line in look.results.document.capabilities.lines
    )


def capability_row(look: Look, code: str) -> CapabilityRow | None:
    """Return one kept capability, or None where there is none with that code."""
    line = look.results.capability.get(code)
    return _row(look, line, findings_by_code(look).get(code)) if line else None


def _row(look: Look, line: Capability, finding: CapabilityFinding | None) -> CapabilityRow:
    results = look.results
    facts = results.capability_facts.get(line.code)
    return CapabilityRow(
        line=line,
        finding=finding,
        profile_codes=tuple(each.code for each in results.profiles_of.get(line.code, ())),
        ksb_count=len(results.ksbs_of.get(line.code, ())),
        needed_at=tuple(
            cell.role_level for cell in results.cells_of.get(line.code, ()) if is_needed(cell)
        ),
        source=facts.source if facts else "",
    )


def findings_by_code(look: Look) -> Mapping[str, CapabilityFinding]:
    """Return what map and gap found of each kept capability, by its code; empty without a run."""
    if look.findings is None:
        return {}
    found = {each.statement_id: each for each in look.findings.capabilities}
    return {
        facts.code: found[facts.statement_id]
        for facts in look.results.detail.capabilities
        if facts.statement_id in found
    }


def is_needed(cell: CellLine) -> bool:
    """Say whether a role level needs the capability, as it holds."""
    return cell.is_settled and cell.holds not in ("", "Not needed")


def function_kinds(look: Look) -> dict[str, str]:
    """Return the colour of each function's bars by its name, as the report draws them."""
    # The classification can be replaced by another with more functions than there are colours.
    functions = look.results.document.capabilities.functions
    return {
        each.name: FUNCTION_KINDS[place % len(FUNCTION_KINDS)]
        for place, each in enumerate(functions)
    }


def list_href(look: Look, **args: str | None) -> str:
    """Return the address of the list of capabilities with these filters."""
    return look.href(PAGE_NAME, _anchor=PAGE_NAME, **args)
