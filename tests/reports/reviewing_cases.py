"""What the tests of the review of matches share: a run of the bakery, and people who judge."""

from collections.abc import Callable
from datetime import timedelta

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.statements.models import CapabilityStatement
from reports.mapping.commands import run_mapping
from reports.mapping.findings import Findings
from reports.mapping.models import MatchVerdict
from reports.mapping.queries import findings
from reports.reviewing.commands import review_match, withdraw_review
from tests.factories import NOW, Cast
from tests.reports.mapping_cases import Bakery, make_bakery

ACCEPTED, REJECTED, UNSURE = MatchVerdict.ACCEPTED, MatchVerdict.REJECTED, MatchVerdict.UNSURE


def make_run(cast: Cast, run_jobs: Callable[[], int]) -> Bakery:
    """Make the bakery and run map and gap on it."""
    bakery = make_bakery(cast.cycle)
    run_again(cast, run_jobs)
    return bakery


def run_again(cast: Cast, run_jobs: Callable[[], int]) -> None:
    """Run map and gap on what the cycle holds now."""
    run_mapping(cycle=cast.cycle, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)
    run_jobs()


def judge(
    who: Participant,
    statement: CapabilityStatement,
    duty: object,
    verdict: MatchVerdict,
    *,
    after: int = 0,
    reason: str = "",
) -> None:
    """Let somebody judge a match, so many seconds after the start."""
    review_match(
        cycle_id=who.cycle_id,
        statement_id=statement.id,
        duty_id=duty.id,  # type: ignore[attr-defined]  # a duty or a skill
        verdict=verdict,
        participant_id=who.id,
        actor=Actor(who.account_id, ""),
        moment=NOW + timedelta(seconds=after),
        reason=reason,
    )
    db.session.commit()


def take_back(who: Participant, statement: CapabilityStatement, duty: object) -> None:
    """Let somebody take their own verdict back."""
    withdraw_review(
        cycle_id=who.cycle_id,
        statement_id=statement.id,
        duty_id=duty.id,  # type: ignore[attr-defined]  # a duty or a skill
        participant_id=who.id,
        actor=Actor(who.account_id, ""),
        moment=NOW,
    )
    db.session.commit()


def found(cast: Cast, threshold: int | None = None) -> Findings:
    """Return what the newest run found."""
    result = findings(cast.cycle.id, threshold)
    assert result is not None
    return result
