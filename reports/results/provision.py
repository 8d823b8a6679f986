"""Map and gap of some results at a threshold, worked out from what the run keeps. Never encodes.

Profiles, classification and verdicts are those of the results, frozen with them; wordings of
duties and scores are the run's own.
"""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, time

from cycles.core.extensions import db
from reports.document.assembling.compared import Compared
from reports.mapping.assembling import Place, assemble
from reports.mapping.assembling import ProfileFacts as ComparedProfile
from reports.mapping.findings import Findings, Judgement, RunFacts
from reports.mapping.models import MappingRun, MatchVerdict
from reports.mapping.queries import ground_of
from reports.mapping.reading import Reading, Verdicts, read
from reports.mapping.run_facts import run_facts
from reports.results.keeping import Kept
from reports.results.records import ReviewedMatch
from reports.results.results import Results

MOST_KEPT = 24
_kept: Kept[tuple[str, int], tuple[Findings, Reading]] = Kept(MOST_KEPT)


def findings_at(results: Results, threshold_percent: int) -> Findings | None:
    """Return everything that map and gap says of these results, or None before the first run."""
    found = _at(results, threshold_percent)
    return found[0] if found else None


def reading_at(results: Results, threshold_percent: int) -> Reading | None:
    """Return the single matches at a threshold, or None before the first run."""
    found = _at(results, threshold_percent)
    return found[1] if found else None


def compared_in(results: Results) -> Compared | None:
    """Return map and gap of these results at their own threshold, as a document is made from it."""
    told, run_id = results.document.provision, results.detail.run_id
    found = findings_at(results, told.threshold_percent) if told else None
    if found is None or run_id is None:
        return None
    return Compared(
        findings=found,
        ground=ground_of(db.session.get_one(MappingRun, run_id)),
        verdicts=verdicts_of(results.detail.reviews),
        kept=frozenset(results.capability),
        members={each.code: each.statement_ids for each in results.detail.profiles},
    )


def forget() -> None:
    """Forget what is kept in memory; it is worked out again when it is asked for."""
    _kept.forget()


def _at(results: Results, threshold_percent: int) -> tuple[Findings, Reading] | None:
    run_id = results.detail.run_id
    if run_id is None:
        return None
    return _kept.get(
        (results.key, threshold_percent), lambda: _work_out(results, run_id, threshold_percent)
    )


def _work_out(results: Results, run_id: uuid.UUID, threshold: int) -> tuple[Findings, Reading]:
    run = db.session.get_one(MappingRun, run_id)
    ground, verdicts = ground_of(run), verdicts_of(results.detail.reviews)
    found = assemble(
        run=_unsigned(run_facts(run, ground.inputs), results),
        ground=ground,
        profiles=_profiles(results),
        places=_places(results),
        verdicts=verdicts,
        threshold_percent=threshold,
    )
    return found, read(ground, verdicts, threshold)


def _unsigned(run: RunFacts, results: Results) -> RunFacts:
    """Return the run without a name, reviewed on the day that the results know of, if any."""
    told = results.document.provision
    on = told.reviewed_on if told else None
    at = datetime.combine(on, time(12), UTC) if on else None
    return replace(run, reviewed_by="", reviewed_at=at)


def verdicts_of(reviews: tuple[ReviewedMatch, ...]) -> Verdicts:
    """Return what reviewers said as judgements that name nobody."""
    return {
        (each.statement_id, each.duty_id): Judgement(
            verdict=MatchVerdict(each.verdict) if each.verdict else None,
            reason=each.reason,
            group=each.group,
            by="",
            at=datetime.combine(each.on, time(12), UTC),
            score_percent=each.score_percent,
            was_suggested=each.was_suggested,
            accepted=each.accepted,
            rejected=each.rejected,
            unsure=each.unsure,
        )
        for each in reviews
    }


def _profiles(results: Results) -> tuple[ComparedProfile, ...]:
    facts = results.profile_facts
    return tuple(
        ComparedProfile(
            profile_id=facts[each.code].profile_id,
            code=each.code,
            name=each.name,
            role_level=each.role_level,
            academic_level=each.academic_level,
            partner=each.partner,
            is_ratified=each.is_ratified,
            member_ids=facts[each.code].statement_ids,
        )
        for each in results.document.occupations.profiles
        if each.code in facts
    )


def _places(results: Results) -> dict[uuid.UUID, Place]:
    former = {
        each.statement_id: Place(each.function, each.domain, each.area)
        for each in results.detail.former
    }
    kept = {
        each.statement_id: Place(line.function, line.domain, line.area)
        for each in results.detail.capabilities
        if (line := results.capability.get(each.code)) is not None
    }
    return {**former, **kept}
