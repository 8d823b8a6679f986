"""Context of the set-up's overview: its sections, and how far each is."""

from dataclasses import dataclass

from flask import url_for

from cycles.setup.models import Cycle, RuleCard
from cycles.setup.pages.editing import Crumbs, why_closed
from cycles.setup.provision import get_framework
from cycles.setup.queries import milestones_of, rule_card_of
from cycles.stages.evidence import Evidence
from cycles.stages.gates import count


@dataclass(frozen=True)
class Section:
    """One section of the set-up. ``state`` is done, started or empty."""

    label: str
    href: str
    summary: str
    state: str

    @property
    def state_words(self) -> str:
        """Return the state as the page says it."""
        return {"done": "Complete", "started": "In progress"}.get(self.state, "Not started")

    @property
    def tag_kind(self) -> str:
        """Return the kind of tag the state is shown with."""
        return {"done": "done", "started": "current"}.get(self.state, "")


@dataclass(frozen=True)
class Chapter:
    """The sections that one stage needs."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class OverviewPage:
    """Every section of the set-up."""

    crumbs: Crumbs
    chapters: tuple[Chapter, ...]
    done: int
    total: int
    archive_href: str
    is_archived: bool
    closed_because: str


def overview_page(cycle: Cycle, evidence: Evidence, people_href: str) -> OverviewPage:
    """Return the overview of the set-up of ``cycle``."""
    chapters = (
        Chapter("Considering", _considering(cycle, evidence)),
        Chapter("Identifying", _identifying(cycle, evidence)),
        Chapter("Preparing: the work", (*_work(cycle, evidence), _people(evidence, people_href))),
        Chapter("Preparing: what it is judged by", _yardsticks(cycle, evidence)),
    )
    sections = [each for chapter in chapters for each in chapter.sections]
    return OverviewPage(
        crumbs=(
            ("My cycles", url_for("home.start")),
            (cycle.title, url_for("cycle.home", cycle_id=cycle.id)),
            ("Set-up", None),
        ),
        chapters=chapters,
        done=sum(each.state == "done" for each in sections),
        total=len(sections),
        archive_href=url_for("cycle.archiving", cycle_id=cycle.id),
        is_archived=cycle.archived_at is not None,
        closed_because=why_closed(cycle),
    )


def _considering(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    named = cycle.convener_organisation
    return (
        _section(
            cycle,
            "Title and convener",
            "title",
            named or cycle.title,
            is_started=True,
            is_done=bool(named),
        ),
        _section(
            cycle,
            "Challenge",
            "challenge",
            _short(cycle.challenge) or "The what and the when",
            is_started=evidence.has_challenge or evidence.has_when,
            is_done=evidence.has_challenge and evidence.has_when,
        ),
        _section(
            cycle,
            "Candidate solutions",
            "solutions",
            count(evidence.solutions, "candidate", "candidates")
            + f", {evidence.prioritised} prioritised",
            is_started=evidence.solutions > 0,
            is_done=evidence.prioritised > evidence.prioritised_without_reason,
        ),
    )


def _identifying(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    has_case = bool(cycle.case_for_foresighting.strip())
    return (
        _section(
            cycle,
            "Case and sponsor",
            "case",
            cycle.sponsor or "Why ask now, and who asks",
            is_started=has_case or evidence.has_sponsor,
            is_done=has_case and evidence.has_sponsor,
        ),
    )


def _work(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    days = len(milestones_of(cycle.id))
    levels, undecided = evidence.role_levels, evidence.role_levels_without_academic_level
    left = f", {undecided} without an academic level" if undecided else ""
    return (
        _section(
            cycle,
            "Working scenario",
            "scenario",
            _short(cycle.scenario) or "The day the solutions are in use, told as a story",
            is_started=evidence.has_scenario,
            is_done=evidence.has_scenario,
        ),
        _section(
            cycle,
            "Supply-chain partners",
            "partners",
            count(evidence.partners, "partner", "partners"),
            is_started=evidence.partners > 0,
            is_done=evidence.partners > 0,
        ),
        _section(
            cycle,
            "Role levels",
            "role_levels",
            count(levels, "role level", "role levels") + left,
            is_started=levels > 0,
            is_done=levels > 0 and not undecided,
        ),
        _section(
            cycle,
            "Timeline",
            "timeline",
            count(days, "day", "days"),
            is_started=days > 0,
            is_done=days > 0,
        ),
    )


def _people(evidence: Evidence, href: str) -> Section:
    groups = (evidence.technologists, evidence.employers, evidence.educators)
    summary = ", ".join(
        count(number, one, f"{one}s")
        for number, one in zip(groups, ("technologist", "employer", "educator"), strict=True)
    )
    state = "done" if all(groups) else "started" if any(groups) else "empty"
    return Section("People", href, f"{summary} joined", state)


def _yardsticks(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    framework, card = get_framework(cycle.framework_id), rule_card_of(cycle.id)
    used = evidence.standards_in_use
    return (
        _section(
            cycle,
            "Framework of standards",
            "framework",
            f"{framework.name}; mapping threshold {cycle.threshold_percent} %"
            if framework
            else "The standards that the findings are compared with",
            is_started=framework is not None,
            is_done=framework is not None,
        ),
        _section(
            cycle,
            "Current state",
            "standards_in_use",
            count(used, "standard", "standards") + " in use today",
            is_started=used > 0,
            is_done=used > 0,
        ),
        _section(
            cycle,
            "Rule card",
            "rule_card",
            _rules_in_words(card),
            is_started=card.set_at is not None,
            is_done=card.set_at is not None,
        ),
    )


def _section(
    cycle: Cycle, label: str, name: str, summary: str, *, is_started: bool, is_done: bool
) -> Section:
    state = "done" if is_done else "started" if is_started else "empty"
    return Section(label, url_for(f"cycle.{name}", cycle_id=cycle.id), summary, state)


def _rules_in_words(card: RuleCard) -> str:
    if card.set_at is None:
        return "What counts as agreement; to be set before round 1"
    fixed = "; fixed" if card.fixed_at else ""
    return f"Agreement at {card.threshold_percent} % of at least {card.minimum_n} answers{fixed}"


def _short(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
