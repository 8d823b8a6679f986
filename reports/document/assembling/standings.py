"""A profile's standing against a standard, as a report prints it."""

from cycles.standards.wording import is_stated
from reports.document.facts import Standing
from reports.mapping.findings import Standing as FoundStanding
from reports.mapping.words import RESPONSES


def standing_facts(found: FoundStanding, *, has_several: bool) -> Standing:
    """Return a standing as a report prints it; it names its framework where there are several."""
    return Standing(
        reference=found.reference,
        title=found.title,
        version=found.version,
        level=found.level if is_stated(found.level) else None,
        fit_count=found.fit_count,
        fit_percent=found.fit_percent,
        surplus_count=found.surplus_count,
        duty_count=found.duty_count,
        surplus_percent=found.surplus_percent,
        response=RESPONSES[found.response],
        framework=found.framework_name if has_several else "",
        by_skills=found.by_skills,
    )
