"""Subjects for further cycles, drafted by a plain rule. Pure; a convener adds and edits them.

One draft for each solution that was set aside, and one for the domain in which most capabilities
have no provision. Nothing is added by itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cycles.setup.models import Solution
from reports.mapping.findings import Findings

FEWEST = 3
LONGEST_KEY = 60
RULE = (
    "Drafted from this cycle: the solutions that were set aside, and the domain in which most "
    "capabilities have no provision. Each is yours to edit once added."
)


@dataclass(frozen=True)
class SubjectDraft:
    """A draft. ``key`` names what it rests on, so that it is not offered twice."""

    key: str
    title: str
    why: str


def subject_drafts(
    solutions: Sequence[Solution], found: Findings | None, used: frozenset[str]
) -> tuple[SubjectDraft, ...]:
    """Return the drafts that were not added yet."""
    aside = [each for each in solutions if not each.is_prioritised]
    # While nothing is prioritised, nothing has been set aside either.
    drafts = [_of_solution(each) for each in aside] if len(aside) < len(solutions) else []
    if found is not None:
        drafts += _of_domain(found)
    return tuple(each for each in drafts if each.key not in used)


def _of_solution(solution: Solution) -> SubjectDraft:
    reason = f" {solution.reason.strip()}" if solution.reason.strip() else ""
    return SubjectDraft(
        key=f"solution-{solution.id}",
        title=solution.name,
        why=f"A candidate solution of this cycle that was set aside.{reason}",
    )


def _of_domain(found: Findings) -> list[SubjectDraft]:
    totals = Counter(each.domain for each in found.capabilities if each.domain)
    lacking = Counter(each.domain for each in found.unsupported if each.domain)
    if not lacking:
        return []
    domain, count = min(lacking.items(), key=lambda pair: (-pair[1], pair[0]))
    if count < FEWEST:
        return []
    return [
        SubjectDraft(
            key=f"domain-{domain}"[:LONGEST_KEY],
            title=f"Training for {domain}",
            why=f"No standard supports {count} of the {totals[domain]} capabilities in this "
            "domain, more than in any other.",
        )
    ]
