"""What the home of a cycle tells each group to do, stage by stage."""

import pytest

from cycles.core.access import Place
from cycles.people.models import Group
from cycles.setup.pages.doing import doing_of
from cycles.stages.words import Stage
from tests.factories import Cast


def told(cast: Cast, group: Group, stage: Stage, **reports: int) -> str:
    """Return everything that somebody of ``group`` is told to do at ``stage``."""
    place = Place(
        participant_id=cast.employer.id,
        cycle_id=cast.cycle.id,
        account_id=cast.employer.account_id,
        group=group.value,
        is_on_panel=False,
        partner_id=None,
        cycle_title=cast.cycle.title,
        is_demonstration=False,
    )
    return " ".join(f"{one.sentence} {one.where}" for one in doing_of(place, stage, **reports))


@pytest.mark.parametrize("group", [Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR])
@pytest.mark.parametrize("stage", [Stage.IDENTIFYING, Stage.PREPARING])
def test_everybody_who_rates_is_told_of_prioritisation(
    cast: Cast, group: Group, stage: Stage
) -> None:
    assert "candidate solution matters. My ballot" in told(cast, group, stage)


def test_only_technologists_are_told_of_validation(cast: Cast) -> None:
    assert "keep, reword or drop" in told(cast, Group.TECHNOLOGIST, Stage.CARRYING_OUT)
    assert "keep, reword or drop" not in told(cast, Group.EMPLOYER, Stage.CARRYING_OUT)


def test_a_sponsor_is_asked_to_sign_off_what_is_published_and_not_signed(cast: Cast) -> None:
    stage = Stage.COMMUNICATING
    assert "sign it off" in told(cast, Group.SPONSOR, stage, published=1)
    assert "being written up" in told(cast, Group.SPONSOR, stage, published=0)
    signed = told(cast, Group.SPONSOR, stage, published=2, signed_off=1)
    assert "sign it off" not in signed
    assert "Read the published report" in signed


def test_a_sponsor_is_never_sent_to_a_ballot(cast: Cast) -> None:
    assert not any("My ballot" in told(cast, Group.SPONSOR, stage) for stage in Stage)
