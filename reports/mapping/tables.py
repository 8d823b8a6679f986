"""The tables of map and gap that people download: findings in, headings and rows out. Pure.

Percentages are numbers with one decimal; every count stands beside its total.
"""

from dataclasses import dataclass

from reports.mapping.findings import CapabilityFinding, Findings, ProfileFinding
from reports.mapping.run_differences import RunDifferences

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """A table's headings and rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def curve_table(found: Findings) -> Table:
    """Return how many capabilities are unsupported at each threshold."""
    return Table(
        (
            "Threshold, %",
            "Unsupported capabilities",
            "Unsupported, %",
            "Matches",
            "Expected false among those not settled",
        ),
        tuple(
            (
                each.threshold_percent,
                each.unsupported_count,
                each.unsupported_percent,
                each.match_count,
                each.expected_false,
            )
            for each in found.curve
        ),
    )


def runs_table(found: RunDifferences) -> Table:
    """Return all that differs between two runs: what they rest on first, then what they found."""
    texts = (("Capability", found.capabilities), ("Duty", found.duties))
    return Table(
        ("What", "Code", "Change", "Before", "After"),
        (
            *(
                ("Setting", each.name, "changed", each.before, each.after)
                for each in found.settings
            ),
            *(
                (name, each.code, each.kind, each.before, each.after)
                for name, rows in texts
                for each in rows
            ),
            *(
                ("Support", each.after.code, "changed", *map(_supported, (each.before, each.after)))
                for each in found.support
            ),
            *(
                ("Profile", each.after.code, "changed", *map(_fit, (each.before, each.after)))
                for each in found.profiles
            ),
        ),
    )


def _supported(each: CapabilityFinding) -> str:
    return "supported" if each.is_supported else "unsupported"


def _fit(profile: ProfileFinding) -> str:
    best = profile.best
    return f"{best.reference} {best.title}: {best.fit_percent} %" if best else ""
