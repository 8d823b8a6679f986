"""Context of the set-up's overview: its sections, and how far each is."""

from dataclasses import dataclass

from flask import url_for

from cycles.setup.models import Cycle, RuleCard
from cycles.setup.pages.editing import Crumbs, why_closed
from cycles.setup.provision import frameworks_of
from cycles.setup.queries import milestones_of, rule_card_of
from cycles.stages.evidence import Evidence
from cycles.stages.gates import count
from cycles.standards.wording import in_words


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
        Chapter(
            "Preparing: what it is judged by",
            (_present(cycle, evidence), *_yardsticks(cycle, evidence)),
        ),
    )
    sections = [each for chapter in chapters for each in chapter.sections]
    return OverviewPage(
        crumbs=(),
        chapters=chapters,
        done=sum(each.state == "done" for each in sections),
        total=len(sections),
        archive_href=url_for("cycle.archiving", cycle_id=cycle.id),
        is_archived=cycle.archived_at is not None,
        closed_because=why_closed(cycle),
    )


def _considering(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    named, candidates = cycle.convener_organisation, evidence.solutions
    challenge = _short(cycle.challenge) or "The what and the when"
    stated = (evidence.has_challenge, evidence.has_when)
    chosen = evidence.prioritised > evidence.prioritised_without_reason
    solutions = (
        f"{count(candidates, 'candidate', 'candidates')}, {evidence.prioritised} prioritised"
    )
    return (
        _section(cycle, "title", "Title and convener", named or cycle.title, _state(True, named)),
        _section(cycle, "challenge", "Challenge", challenge, _state(any(stated), all(stated))),
        _section(cycle, "solutions", "Candidate solutions", solutions, _state(candidates, chosen)),
    )


def _identifying(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    told = (bool(cycle.case_for_foresighting.strip()), evidence.has_sponsor)
    summary = cycle.sponsor or "Why ask now, and who asks"
    return (_section(cycle, "case", "Case and sponsor", summary, _state(any(told), all(told))),)


def _work(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    scenario = _short(cycle.scenario) or "The day the solutions are in use, told as a story"
    days, partners, levels = (
        len(milestones_of(cycle.id)),
        evidence.partners,
        evidence.role_levels,
    )
    undecided = evidence.role_levels_without_academic_level
    left = f", {undecided} without an academic level" if undecided else ""
    levels_words = count(levels, "role level", "role levels") + left
    partners_words = count(partners, "partner", "partners")
    levels_state = _state(levels, levels and not undecided)
    is_told = evidence.has_scenario
    return (
        _section(cycle, "scenario", "Working scenario", scenario, _state(is_told, is_told)),
        _section(
            cycle, "partners", "Supply-chain partners", partners_words, _state(partners, partners)
        ),
        _section(cycle, "role_levels", "Role levels", levels_words, levels_state),
        _section(cycle, "timeline", "Timeline", count(days, "day", "days"), _state(days, days)),
    )


def _people(evidence: Evidence, href: str) -> Section:
    groups = (evidence.technologists, evidence.employers, evidence.educators)
    summary = ", ".join(
        count(number, one, f"{one}s")
        for number, one in zip(groups, ("technologist", "employer", "educator"), strict=True)
    )
    return Section("People", href, f"{summary} joined", _state(any(groups), all(groups)))


def _present(cycle: Cycle, evidence: Evidence) -> Section:
    found = evidence.cells_captured
    summary = "What organisations can do today, by partner"
    if found:
        summary = f"{count(found, 'answer', 'answers')} captured, by capability and partner"
    href = url_for("current_state.index", cycle_id=cycle.id)
    return Section("Current state", href, summary, _state(found, found))


def _yardsticks(cycle: Cycle, evidence: Evidence) -> tuple[Section, ...]:
    frameworks, card = frameworks_of(cycle.id), rule_card_of(cycle.id)
    compared = "The standards that the findings are compared with"
    if frameworks:
        names = "; ".join(in_words(each.framework) for each in frameworks)
        compared = f"{names}; mapping threshold {cycle.threshold_percent} %"
    used = evidence.standards_in_use
    current = count(used, "standard", "standards") + " in use today"
    chosen, is_set = _state(frameworks, frameworks), _state(card.set_at, card.set_at)
    return (
        _section(cycle, "framework", "Frameworks of standards", compared, chosen),
        _section(cycle, "standards_in_use", "Standards in use", current, _state(used, used)),
        _section(cycle, "rule_card", "Rule card", _rules_in_words(card), is_set),
    )


def _section(cycle: Cycle, name: str, label: str, summary: str, state: str) -> Section:
    return Section(label, url_for(f"cycle.{name}", cycle_id=cycle.id), summary, state)


def _state(some: object, everything: object) -> str:
    return "done" if everything else "started" if some else "empty"


def _rules_in_words(card: RuleCard) -> str:
    if card.set_at is None:
        return "What counts as agreement; to be set before round 1"
    fixed = "; fixed" if card.fixed_at else ""
    return f"Agreement at {card.threshold_percent} % of at least {card.minimum_n} answers{fixed}"


def _short(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
