"""What a panel member is told when something vanished between opening a profile and changing it."""

import pytest

from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.profiles.models import ProfileCapability
from tests.client import ParsingClient
from tests.cycles.profile_cases import Case, make_case
from tests.factories import Cast
from workshop.ratification import commands

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_capability_taken_out_meanwhile_is_a_conflict_on_the_page(
    case: Case, client: ParsingClient, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    """PostgreSQL lets somebody undo an addition after the other's request has read the row."""
    row_id = case.agreed.id

    def taken_out_first(**_facts: object) -> None:
        theirs = db.delete(ProfileCapability).where(ProfileCapability.id == row_id)
        db.session.execute(theirs, execution_options={"synchronize_session": False})
        db.session.commit()
        raise Conflict("Pat Panel was first.")

    monkeypatch.setattr(commands, "change_level", taken_out_first)
    path = f"/cycles/{case.cast.cycle.id}/ratification/{case.profile.id}"
    client.sign_in(case.cast.pia)
    answer = client.submit(
        f"{path}/members/{row_id}",
        page=path,
        level=3,
        reason="Safety",
        seen=1,
        version=1,
        headers=headers,
    )
    assert answer.status_code == 409
    assert "Pat Panel was first." in answer.get_data(as_text=True)


@pytest.mark.parametrize("seen", ["9" * 30, "-" + "9" * 30, "9" * 10, "nan", ""])
def test_no_number_of_a_change_breaks_undoing(case: Case, client: ParsingClient, seen: str) -> None:
    path = f"/cycles/{case.cast.cycle.id}/ratification/{case.profile.id}"
    client.sign_in(case.cast.pia)
    answer = client.submit(f"{path}/undo", page=path, seen=seen)
    assert answer.status_code == 422
