"""Changing what the cycle says of itself: title, challenge, case, sponsor, scenario."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.setup.checks import fault_in, put, refuse_faults
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle

TITLE_CHANGED = EventType("cycle.title_changed", "title", "changed")
CHALLENGE_CHANGED = EventType("cycle.challenge_changed", "changed")
CASE_CHANGED = EventType("cycle.case_changed", "changed")
SCENARIO_CHANGED = EventType("cycle.scenario_changed", "characters")

LONG_TEXT = 20_000
SHORT_TEXT = 4_000
LINE = 200


def change_title(
    *, cycle: Cycle, title: str, convener_organisation: str, actor: Actor, moment: datetime
) -> None:
    """Rename the cycle, or name another organisation as its convener."""
    open_cycle(cycle.id)
    refuse_faults(
        title=fault_in(title, most=LINE, blank="Enter a title for the cycle."),
        convener_organisation=fault_in(convener_organisation, most=LINE),
    )
    changed = put(cycle, title=title, convener_organisation=convener_organisation)
    if changed:
        db.session.flush()
        TITLE_CHANGED.record(
            actor=actor, moment=moment, cycle_id=cycle.id, title=title, changed=changed
        )


def change_challenge(
    *,
    cycle: Cycle,
    challenge: str,
    challenge_when: str,
    actor: Actor,
    moment: datetime,
    impact_domain: str = "",
) -> None:
    """State the challenge: the what and the when, and the domain it has its impact in."""
    open_cycle(cycle.id)
    refuse_faults(
        challenge=fault_in(challenge, most=SHORT_TEXT, blank="Say what the challenge is."),
        challenge_when=fault_in(challenge_when, most=LINE, blank="Say by when it matters."),
        impact_domain=fault_in(impact_domain, most=LINE),
    )
    changed = put(
        cycle, challenge=challenge, challenge_when=challenge_when, impact_domain=impact_domain
    )
    if changed:
        db.session.flush()
        CHALLENGE_CHANGED.record(actor=actor, moment=moment, cycle_id=cycle.id, changed=changed)


def change_case(
    *, cycle: Cycle, case_for_foresighting: str, sponsor: str, actor: Actor, moment: datetime
) -> None:
    """Make the case for foresighting and name the sponsor."""
    open_cycle(cycle.id)
    refuse_faults(
        case_for_foresighting=fault_in(case_for_foresighting, most=SHORT_TEXT),
        sponsor=fault_in(sponsor, most=LINE, blank="Name the sponsor."),
    )
    changed = put(cycle, case_for_foresighting=case_for_foresighting, sponsor=sponsor)
    if changed:
        db.session.flush()
        CASE_CHANGED.record(actor=actor, moment=moment, cycle_id=cycle.id, changed=changed)


def change_scenario(*, cycle: Cycle, scenario: str, actor: Actor, moment: datetime) -> None:
    """Write the working scenario that the workshops set out from."""
    open_cycle(cycle.id)
    refuse_faults(scenario=fault_in(scenario, most=LONG_TEXT))
    if put(cycle, scenario=scenario):
        db.session.flush()
        SCENARIO_CHANGED.record(
            actor=actor, moment=moment, cycle_id=cycle.id, characters=len(scenario)
        )
