"""The convener's way through the pages: choose a cycle, see what would come, take it over."""

import pytest

from cycles.core.extensions import db
from cycles.profiles.models import ProfileStatus
from cycles.profiles.queries import profiles_of
from cycles.statements.queries import statements_of
from tests.client import ParsingClient
from tests.cycles.test_profiles_seeding import Seeds, make_seeds
from tests.factories import Cast, make_statement


@pytest.fixture
def case(cast: Cast) -> Seeds:
    return make_seeds(cast)


def base(case: Seeds) -> str:
    return f"/cycles/{case.cycle.id}/profiles/seed"


def preview(case: Seeds) -> str:
    return (
        f"{base(case)}/{case.source.id}/preview?profile={case.profile.id}"
        f"&level-{case.theirs.id}={case.ours.id}&capabilities=y"
    )


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_from_the_list_of_cycles_to_prototypes(case: Seeds, client: ParsingClient) -> None:
    near = make_statement(case.cycle, "Calibrate the oven sensors often")
    db.session.commit()
    client.sign_in(case.cast.ada)
    assert "Ovens before" in read(client.get(base(case)))
    choosing = read(client.get(f"{base(case)}/{case.source.id}"))
    assert "Operators: 2 capabilities (1 Expert, 1 Awareness), version 1" not in choosing
    assert "Operators, MANUFACTURER: 2 capabilities (1 Expert, 1 Awareness), version 1" in choosing
    coming = read(client.get(preview(case)))
    assert "like C-001: Calibrate the oven sensors often" in coming
    assert "Nothing has changed yet" in coming
    assert profiles_of(case.cycle.id) == []
    answer = client.submit(
        f"{base(case)}/{case.source.id}/preview",
        page=preview(case),
        profile=str(case.profile.id),
        capabilities="y",
        own=str(case.oven.id),
        **{f"level-{case.theirs.id}": str(case.ours.id)},
    )
    assert answer.status_code == 303
    (profile,) = profiles_of(case.cycle.id)
    assert near.id in {one.statement_id for one in profile.members}
    assert len(statements_of(case.cycle.id)) == 3
    assert "Here as P-0001" in read(client.get(f"{base(case)}/{case.source.id}"))


def test_pages_of_profiles_bear_statements_that_wait(case: Seeds, client: ParsingClient) -> None:
    (profile,) = case.take().profiles
    db.session.commit()
    client.sign_in(case.cast.ada)
    for path in ("", f"{profile.id}", "matrix", "download.csv"):
        assert client.get(f"/cycles/{case.cycle.id}/profiles/{path}").status_code == 200
    assert profile.status == ProfileStatus.PROPOSED
    shown = read(client.get(f"/cycles/{case.cycle.id}/profiles/{profile.id}"))
    assert "Taken over from Ovens before, P-0003." in shown


def test_what_is_lacking_is_said_and_what_was_ticked_stays(
    case: Seeds, client: ParsingClient
) -> None:
    client.sign_in(case.cast.ada)
    path = f"{base(case)}/{case.source.id}/preview"
    assert "Tick at least one profile" in read(client.get(path))
    sent = client.submit(path, page=preview(case))
    assert sent.status_code == 422
    assert "Tick at least one profile" in read(sent)
    half = client.get(f"{path}?profile={case.profile.id}&level-{case.theirs.id}=")
    assert "which role level “Operators” is" in read(half)
    assert f'value="{case.profile.id}" checked' in read(half)


def test_other_cycles_do_not_exist(case: Seeds, client: ParsingClient) -> None:
    client.sign_in(case.cast.ada)
    for source in (case.cast.other_cycle, case.cycle):
        for end in ("", "/preview?capabilities=y"):
            assert client.get(f"{base(case)}/{source.id}{end}").status_code == 404
    client.sign_in(case.cast.tom)
    assert client.get(base(case)).status_code == 403
