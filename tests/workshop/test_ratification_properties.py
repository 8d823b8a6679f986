"""Whatever three of a panel do in whatever order: what is ratified stays, and all is in the trail.

The machine is in ``panel_machine``.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.profiles.generating import generate
from tests.cycles.profile_cases import AGREED, OPEN_PAIR, PIA, Case, make_case, propose
from tests.factories import NOW, Cast, make_account, make_participant, make_statement
from tests.workshop.panel_machine import PanelAtWork
from workshop.ratification.queries import panel_members

# What the database itself refuses is asked of both, in ``test_profiles_frozen``.
pytestmark = pytest.mark.one_database
QUORUM = 3


@pytest.fixture
def case(cast: Cast) -> Case:
    """A panel of three, all of whom have to answer, and two profiles of one role level."""
    made = make_case(cast)
    level = made.profile.role_level
    others = [make_statement(cast.cycle, text, 10 + len(text)) for text in ("Mill flour", "Bake")]
    generate(
        cycle_id=cast.cycle.id,
        proposals=[
            propose(None, level, [made.agreed.statement, made.provisional.statement], [AGREED] * 2),
            propose(None, level, [*others, made.spare], [AGREED, OPEN_PAIR, AGREED], "Miller"),
        ],
        settings={},
        criterion={},
        actor=PIA,
        moment=NOW,
    )
    for name in ("Pat Panel", "Per Panel"):
        make_participant(cast.cycle, make_account(name), Group.EMPLOYER, is_on_panel=True)
    db.session.execute(db.text("UPDATE rule_card SET panel_quorum = 3"))
    db.session.commit()
    assert len(panel_members(cast.cycle.id)) == QUORUM
    return made


def test_whatever_a_panel_does_what_is_ratified_stays_and_all_is_told(case: Case) -> None:
    run_state_machine_as_test(
        lambda: PanelAtWork(case),
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
