"""What single things and figures over tables must say, from ``recount``. Plain Python still."""

from collections import Counter
from datetime import date
from typing import Any

from tests.reports.recount import AGREED, KINDS, LEVELS, Package, Rows, cut

RESPONSES = ("Adopt", "Adapt", "Extend with a module or CPD", "New standard")


def said(counts: list[int]) -> dict[str, Any]:
    return {
        f"said_{name.lower().replace(' ', '_')}": each
        for name, each in zip(LEVELS, counts, strict=True)
    }


def capability_levels(package: Package, code: str) -> Rows:
    return {
        (level,): {
            "holds": row["holds"] or "Not settled",
            "outcome": row["outcome"],
            **said(package.counts(row)),
        }
        for (own, level), row in package.cells.items()
        if own == code and package.counts(row)
    }


def capability_profiles(package: Package, code: str) -> Rows:
    return {
        (profile,): {"level": package.members[profile][code]["level"]}
        for profile in package.profiles_of(code)
    }


def profile_standards(package: Package, code: str) -> Rows:
    return {
        (rank,): {
            "standard": each.standard["title"],
            "fit": each.fit,
            "fit_count": each.fit_count,
            "surplus": each.surplus,
            "surplus_count": each.surplus_count,
            "duty_count": each.duties,
            "response": each.response,
        }
        for rank, each in enumerate(package.standings[code], 1)
    }


def profile_members(package: Package, code: str) -> Rows:
    ksbs = Counter(row["capability"] for row in package.files["ksbs"])
    return {
        (own,): {"level": row["level"], "support": package.support(own), "ksbs": ksbs[own]}
        for own, row in package.members[code].items()
    }


def cell_rounds(package: Package, code: str) -> Rows:
    return {
        (row["role_level"], int(row["round"])): {
            "n": int(row["n"]),
            "outcome": row["outcome"],
            **said(package.counts(row)),
        }
        for row in package.files["cell-rounds"]
        if row["capability"] == code and row["n"]
    }


def cell_parts(package: Package, code: str) -> Rows:
    return {
        (row["role_level"], row["part"]): said(package.counts(row))
        for row in package.files["cell-groups"]
        if row["capability"] == code and package.counts(row)
    }


ITEMS: dict[tuple[str, str], tuple[str, tuple[str, ...], Any]] = {
    ("capabilities", "role-levels"): ("C-001", ("role_level",), capability_levels),
    ("capabilities", "profiles"): ("C-001", ("code",), capability_profiles),
    ("profiles", "standards"): ("P-0001", ("rank",), profile_standards),
    ("profiles", "capabilities"): ("P-0001", ("code",), profile_members),
    ("consensus", "rounds"): ("C-001", ("role_level", "round"), cell_rounds),
    ("consensus", "parts"): ("C-001", ("role_level", "part"), cell_parts),
}
"""Tables of single things: the thing, what tells its rows apart, and who counts."""


def pairs(package: Package) -> Rows:
    """Every pair that was scored or judged, as pages that show pairs must show it."""
    return {
        (code, package.duties[duty]["text"], standard["reference"]): {
            "score": cut(score),
            "is_match": duty in package.matches[code],
            "verdict": package.said(code, duty),
        }
        for code, scores in package.scores.items()
        for duty, score in scores.items()
        for standard in (package.standards[package.duties[duty]["standard"]],)
    }


def overview(package: Package) -> dict[str, str]:
    placed = {row["function"] for row in package.capabilities.values() if row["function"]}
    agreed = sum(row["outcome"] in AGREED for row in package.cells.values())
    marks = Counter(
        name
        for row in package.cells.values()
        for name in ("is_two_camps", "is_fragile")
        if row[name] == "true"
    )
    found: dict[str, Any] = {
        "Capabilities": len(package.capabilities),
        "Functions": len(placed),
        "Supply-chain partners": len(package.files["partners"]),
        "Profiles": len(package.profiles),
        "Role levels": len(package.role_levels),
        "Accepted KSBs": len(package.files["ksbs"]),
        "Unsupported capabilities": sum(
            package.support(code) == "Unsupported" for code in package.capabilities
        ),
        "Standards compared": len(package.standards),
        "Matches": sum(map(len, package.matches.values())),
        "Most urgent profile": package.ranking[0],
        "Cells agreed": agreed,
        "Without agreement": len(package.cells) - agreed,
        "Two camps": marks["is_two_camps"],
        "Fragile": marks["is_fragile"],
        "Actions": len(package.files["actions"]),
    }
    return {name: f"{each:,}" if isinstance(each, int) else each for name, each in found.items()}


def ksbs(package: Package) -> dict[str, str]:
    kinds = Counter(kind for kind, _ in package.wordings)
    plurals = dict(zip(KINDS, ("Knowledge", "Skills", "Behaviours"), strict=True))
    return {
        "Wordings": f"{len(package.wordings):,}",
        **{plurals[kind]: f"{kinds[kind]:,}" for kind in KINDS},
    }


def provision(package: Package) -> dict[str, str]:
    alone = sum(not held for held in package.matches.values())
    settled = {code for (code, _), said in package.verdicts.items() if said}
    return {
        "Unsupported": f"{alone:,}",
        "Supported": f"{len(package.compared) - alone:,}",
        "Settled by reviewers": f"{len(settled):,}",
    }


def fit(package: Package) -> dict[str, str]:
    found = Counter(own[0].response for own in package.standings.values() if own)
    return {name: f"{found[name]:,}" for name in RESPONSES}


def consensus(package: Package) -> dict[str, str]:
    cells = package.cells.values()
    agreed = sum(row["outcome"] in AGREED for row in cells)
    return {
        "Agreed": f"{agreed:,}",
        "Not agreed": f"{len(cells) - agreed:,}",
        "Stable dissent": f"{sum(row['closing'] == 'Stable dissent' for row in cells):,}",
        "Decided by the convener": f"{sum(row['is_decided'] == 'true' for row in cells):,}",
        "Provisional": f"{sum(row['is_provisional'] == 'true' for row in cells):,}",
    }


def actions(package: Package) -> dict[str, str]:
    rows = package.files["actions"]
    day = date.fromisoformat(package.facts["taken_at"][:10])
    status = Counter(row["status"] for row in rows)
    late = [
        row
        for row in rows
        if row["status"] not in ("done", "dropped")
        and row["due_on"]
        and date.fromisoformat(row["due_on"]) < day
    ]
    return {
        "Actions": f"{len(rows):,}",
        "Proposed": f"{status['proposed']:,}",
        "Overdue": f"{len(late):,}",
    }


TILES = {
    "overview": overview,
    "ksbs": ksbs,
    "provision": provision,
    "fit": fit,
    "consensus": consensus,
    "actions": actions,
}
"""The figures at the head of pages."""
