"""A cycle whose findings have something on every page: rated, profiled, compared and frozen."""

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_due
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.standards.models import KsbKind
from reports.actions.models import Horizon, Recommendation
from reports.document.commands import take_snapshot
from reports.document.models import Snapshot
from reports.mapping.commands import run_mapping
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_framework,
    make_partner,
    make_standard,
)
from tests.reports.mapping_cases import make_profile
from tests.workshop.rating import make_room

ACTOR = Actor(None, "Test")
PARTNERS = ("Makers", "Millers", "Bakers")


def fill_findings(cast: Cast, count: int) -> Snapshot:
    """Fill the cast's cycle with ``count`` capabilities, profiles, standards and KSBs.

    The jobs run here, so an encoder for tests must be in place.
    """
    room = make_room(cast, employers=6, statements=count)
    partners = [make_partner(cast.cycle, name, place) for place, name in enumerate(PARTNERS, 1)]
    round_ = room.open_round()
    for number, item in enumerate(room.asked(round_)):
        room.answer(round_, item, ("NAAPPE", "PPPPPP", "NNEEEE")[number % 3])
    room.close(round_)
    framework = make_framework()
    compare_with(cast.cycle, framework)
    for number, statement in enumerate(room.statements):
        statement.partners = [partners[number % len(partners)]]
        make_profile(cast.cycle, room.levels[0], f"P-{number:04d}", tuple(room.statements[:4]))
        duties = (f"Calibrate oven sensor {number}", "Bake bread in an automated oven")
        make_standard(framework, f"T{number:04d}", f"Baker {number}", duties=duties)
        kept = {"status": KsbStatus.ACCEPTED, "created_at": NOW, "version": 1}
        text = {"kind": KsbKind.SKILL, "text": f"How sensor {number} drifts"}
        add(CapabilityKsb(cycle_id=cast.cycle.id, statement_id=statement.id, **text, **kept))
    facts = {"position": 1, "horizon": Horizon.SHORT, "topic": "Train the operators"}
    add(Recommendation(cycle_id=cast.cycle.id, **facts))
    run_mapping(cycle=cast.cycle, actor=ACTOR, moment=NOW)
    db.session.commit()
    run_due()
    return take_snapshot(cycle=cast.cycle, actor=ACTOR, moment=NOW)
