"""The brief in words, from an edition. Every number in them is a field of its document."""

from collections.abc import Iterator

from reports.document.body.blocks import Tile, Tiles
from reports.document.body.cells import NONE
from reports.document.body.numbering import all_blocks
from reports.document.brief.facts import BriefFacts, PriorityLine, StepLine
from reports.document.edition import Edition
from reports.document.facts import ActionLine, CurvePoint, Document, ProfileProvision, Provision
from reports.document.figures import Figure
from reports.document.wording import counted, percent_words, sentence_list

PRIORITIES = 5
STEPS = 3
FIGURES = ("functions", "priorities", "fit-surplus", "proficiency", "partners")
"""Of these the first that the report has stands in its brief."""
FARTHER = 5
"""How many points below and above the match threshold the brief looks."""
HORIZONS = ("short term", "medium term", "general", "additional")


def brief_of(edition: Edition) -> BriefFacts:
    """Return what the brief of an edition says."""
    document = edition.document
    return BriefFacts(
        title=document.subject.title,
        about=_about(document),
        finding=finding_of(document),
        tiles=_tiles(edition),
        figure=_figure(edition),
        priorities=tuple(map(_priority, _first(document))),
        steps=tuple(map(_step, _next(document))),
        sure=tuple(_sure(document)),
    )


def _about(document: Document) -> str:
    subject, people = document.subject, document.people
    by = f"Convened by {subject.convener}" if subject.convener else "Convener not recorded"
    sponsor = f", sponsored by {subject.sponsor}" if subject.sponsor else ""
    took = "person took part" if people.people == 1 else "people took part"
    return f"{by}{sponsor}. {people.people:,} {took}."


def finding_of(document: Document) -> str:
    """Return the finding that a reader should remember, in one or two sentences."""
    found = document.provision
    if found is None:
        return _without_provision(document)
    share = percent_words(found.unsupported_percent)
    verb = "has" if found.unsupported == 1 else "have"
    words = (
        f"{found.unsupported:,} of {counted(found.capabilities, 'capability', 'capabilities')} "
        f"({share}) {verb} no support in the standards of today."
    )
    first = next(iter(found.priorities), None)
    if first is None or not first.unsupported_count:
        return words
    return (
        f"{words} The profile {first.name} needs attention first: {first.unsupported_count:,} of "
        f"its {first.member_count:,} have none."
    )


def _without_provision(document: Document) -> str:
    found = document.occupations
    if not document.capabilities.kept:
        return "No capability has been kept yet, so there is no finding."
    kept = counted(document.capabilities.kept, "capability", "capabilities")
    return (
        f"{kept} and {counted(found.profile_count, 'profile')} describe the work to come. They "
        "have not been compared with the standards of today yet."
    )


def _tiles(edition: Edition) -> tuple[Tile, ...]:
    found = (each.tiles for each in all_blocks(edition.body) if isinstance(each, Tiles))
    return next(found, ())


def _figure(edition: Edition) -> Figure | None:
    return next((edition.figures[key] for key in FIGURES if key in edition.figures), None)


def _first(document: Document) -> tuple[ProfileProvision, ...]:
    return document.provision.priorities[:PRIORITIES] if document.provision else ()


def _priority(found: ProfileProvision) -> PriorityLine:
    best = found.best
    return PriorityLine(
        rank=found.priority_rank,
        profile=f"{found.code} {found.name}",
        role_level=found.role_level,
        unsupported=f"{found.unsupported_count:,} of {found.member_count:,}",
        standard=best.title if best else "none could be compared",
        fit=percent_words(best.fit_percent) if best else NONE,
    )


def _next(document: Document) -> list[ActionLine]:
    known = [each for each in document.actions if each.horizon in HORIZONS]
    others = [each for each in document.actions if each.horizon not in HORIZONS]
    ordered = sorted(known, key=lambda each: HORIZONS.index(each.horizon))
    return [*ordered, *others][:STEPS]


def _step(line: ActionLine) -> StepLine:
    return StepLine(line.horizon, line.topic, line.who, line.when)


def _sure(document: Document) -> Iterator[str]:
    found, occupations = document.agreement, document.occupations
    if found.judged:
        luck = found.expected_by_luck
        by_luck = "" if luck is None else f"; chance alone would give about {luck:g}"
        yield f"The panel agreed on {found.agreed:,} of {found.judged:,} judged items{by_luck}."
    else:
        yield "The panel has not been asked yet, so no item is judged."
    if occupations.profile_count:
        yield (
            f"{occupations.ratified_count:,} of {counted(occupations.profile_count, 'profile')} "
            f"{'is' if occupations.ratified_count == 1 else 'are'} ratified."
        )
    if document.provision:
        yield from _sure_of_provision(document.provision)


def _sure_of_provision(found: Provision) -> Iterator[str]:
    yield (
        f"Support was read from {counted(found.standards_compared, 'standard')} at a match "
        f"threshold of {found.threshold_percent}\u00a0%."
    )
    beside = [
        f"{each.unsupported_count:,} at {each.threshold_percent}\u00a0%" for each in _beside(found)
    ]
    if beside:
        yield f"At other thresholds those without support would be {sentence_list(beside)}."
    if found.open_matches and found.expected_false is not None:
        yield (
            f"Of {counted(found.open_matches, 'match', 'matches')} that nobody has judged, about "
            f"{found.expected_false:,} are to be expected false."
        )


def _beside(found: Provision) -> Iterator[CurvePoint]:
    wanted = (found.threshold_percent - FARTHER, found.threshold_percent + FARTHER)
    yield from (each for each in found.curve if each.threshold_percent in wanted)
