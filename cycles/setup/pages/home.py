"""Context of a cycle's home: where it stands, what is in the way, what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from cycles.core.access import Place
from cycles.setup.models import Cycle
from cycles.setup.pages.above import Told
from cycles.setup.pages.doing import doing_of
from cycles.setup.pages.editing import why_closed
from cycles.setup.pages.words import day_words, stage_words
from cycles.setup.provision import frameworks_of
from cycles.setup.queries import milestones_of, partners_of, role_levels_of, solutions_of
from cycles.stages.commands import stage_after, stage_before
from cycles.stages.evidence import Evidence
from cycles.stages.gates import GATES, WARNINGS, Finding, findings
from cycles.stages.words import ORDER, Stage
from cycles.standards.wording import in_words

# Where a finding is mended: an endpoint of the set-up, or a part of the navigation by its label.
SET_UP = {
    "challenge": "cycle.challenge",
    "solutions": "cycle.solutions",
    "sponsor": "cycle.case",
    "scenario": "cycle.scenario",
    "partners": "cycle.partners",
    "role_levels": "cycle.role_levels",
    "framework": "cycle.framework",
    "rule_card": "cycle.rule_card",
}
NAVIGATION = {
    "people": "People",
    "current_state": "Current state",
    "workshops": "Workshops",
    "verdicts": "Workshops",
    "profiles": "Profiles",
    "ksbs": "KSBs",
    "mapping": "Map and gap",
    "report": "Report",
    "actions": "Actions",
}


@dataclass(frozen=True)
class StageMark:
    """One stage of the tracker: done, current or to come."""

    name: str
    state: str


@dataclass(frozen=True)
class Line:
    """A sentence, and where to go for it if this person may."""

    sentence: str
    href: str


@dataclass(frozen=True)
class Fact:
    """One fact of the cycle; where several things are true, each has its line."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Tile:
    """One number of the cycle."""

    label: str
    value: int
    href: str


@dataclass(frozen=True)
class Day:
    """One day of the timeline."""

    on: str
    title: str
    is_past: bool


@dataclass(frozen=True)
class Choice:
    """A prioritised solution."""

    name: str
    description: str


@dataclass(frozen=True)
class Gate:
    """The way on and the way back; a stage's name is empty where there is none."""

    stage: str
    next_stage: str
    next_value: str
    previous_stage: str
    blockers: tuple[Line, ...]
    warnings: tuple[Line, ...]
    advance_href: str
    step_back_href: str
    seal_href: str


@dataclass(frozen=True)
class About:
    """What the cycle is about. ``origin`` is the cycle that it began from, if any."""

    origin: Line | None
    facts: tuple[Fact, ...]
    solutions: tuple[Choice, ...]
    scenario: tuple[str, ...]
    partners: tuple[str, ...]
    role_levels: tuple[str, ...]
    timeline: tuple[Day, ...]


@dataclass(frozen=True)
class HomePage:
    """A cycle's home."""

    title: str
    challenge: str
    stages: tuple[StageMark, ...]
    is_convener: bool
    doing: tuple[Line, ...]
    gate: Gate
    tiles: tuple[Tile, ...]
    about: About
    closed_because: str


def home_page(
    cycle: Cycle,
    evidence: Evidence,
    place: Place,
    navigation: Mapping[str, str],
    today: date,
    *,
    waiting: tuple[Told, ...] = (),
    origin: Told | None = None,
) -> HomePage:
    """Return the home of ``cycle`` as the person who holds ``place`` sees it.

    ``waiting`` and ``origin`` come from the packages above.
    """
    return HomePage(
        title=cycle.title,
        challenge=cycle.challenge,
        stages=_marks(cycle.stage),
        is_convener=place.is_convener,
        doing=_doing(cycle, place, navigation, waiting, evidence),
        gate=_gate(cycle, evidence, _Lines(cycle, place, navigation)),
        tiles=_tiles(evidence, navigation),
        about=_about(cycle, today, origin),
        closed_because=why_closed(cycle),
    )


@dataclass(frozen=True)
class _Lines:
    cycle: Cycle
    place: Place
    navigation: Mapping[str, str]

    def of(self, found: tuple[Finding, ...]) -> tuple[Line, ...]:
        return tuple(Line(each.sentence, self._href(each.where)) for each in found)

    def _href(self, where: str) -> str:
        if where in SET_UP:
            return url_for(SET_UP[where], cycle_id=self.cycle.id) if self.place.is_convener else ""
        return self.navigation.get(NAVIGATION.get(where, ""), "")


def _gate(cycle: Cycle, evidence: Evidence, lines: _Lines) -> Gate:
    following, before = stage_after(cycle.stage), stage_before(cycle.stage)
    return Gate(
        stage=cycle.stage.value,
        next_stage=stage_words(following) if following else "",
        next_value=following.value if following else "",
        previous_stage=stage_words(before) if before else "",
        blockers=lines.of(findings(GATES[cycle.stage], evidence)),
        warnings=lines.of(findings(WARNINGS.get(cycle.stage, ()), evidence)),
        advance_href=url_for("cycle.advance", cycle_id=cycle.id),
        step_back_href=url_for("cycle.step_back", cycle_id=cycle.id),
        seal_href=url_for("sealing.show", cycle_id=cycle.id) if following is None else "",
    )


def _doing(
    cycle: Cycle,
    place: Place,
    navigation: Mapping[str, str],
    waiting: tuple[Told, ...],
    evidence: Evidence,
) -> tuple[Line, ...]:
    own = (Line(each.sentence, each.href) for each in waiting)
    of_group = doing_of(
        place,
        cycle.stage,
        published=evidence.reports_published,
        signed_off=evidence.reports_signed_off,
    )
    return (*own, *(Line(each.sentence, navigation.get(each.where, "")) for each in of_group))


def _about(cycle: Cycle, today: date, origin: Told | None) -> About:
    chosen = [each for each in solutions_of(cycle.id) if each.is_prioritised]
    return About(
        origin=Line(origin.sentence, origin.href) if origin else None,
        facts=_facts(cycle),
        solutions=tuple(Choice(each.name, each.description) for each in chosen),
        scenario=tuple(line for line in cycle.scenario.splitlines() if line.strip()),
        partners=tuple(each.name for each in partners_of(cycle.id)),
        role_levels=_levels(cycle),
        timeline=_timeline(cycle, today),
    )


def _marks(current: Stage) -> tuple[StageMark, ...]:
    here = ORDER.index(current)
    states = ["done"] * here + ["current"] + ["to_come"] * (len(ORDER) - here - 1)
    return tuple(
        StageMark(stage_words(stage), state) for stage, state in zip(ORDER, states, strict=True)
    )


def _facts(cycle: Cycle) -> tuple[Fact, ...]:
    told = (
        ("By when", (cycle.challenge_when,)),
        ("Impact domain", (cycle.impact_domain,)),
        ("Sponsor", (cycle.sponsor,)),
        ("Convened by", (cycle.convener_organisation,)),
        ("Compared with", tuple(in_words(each.framework) for each in frameworks_of(cycle.id))),
    )
    return tuple(Fact(label, values) for label, values in told if any(values))


def _levels(cycle: Cycle) -> tuple[str, ...]:
    return tuple(
        f"{each.name} (academic level {each.academic_level})" if each.academic_level else each.name
        for each in role_levels_of(cycle.id)
    )


def _tiles(evidence: Evidence, navigation: Mapping[str, str]) -> tuple[Tile, ...]:
    people = navigation.get("People", "")
    return (
        Tile("Technologists", evidence.technologists, people),
        Tile("Employers", evidence.employers, people),
        Tile("Educators", evidence.educators, people),
        Tile("Capabilities kept", evidence.kept_statements, navigation.get("Capabilities", "")),
        Tile("Profiles ratified", evidence.profiles_ratified, navigation.get("Profiles", "")),
    )


def _timeline(cycle: Cycle, today: date) -> tuple[Day, ...]:
    return tuple(
        Day(day_words(each.on), each.title, each.on < today) for each in milestones_of(cycle.id)
    )
