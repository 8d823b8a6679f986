"""The people page: who sees it, what it shows, and how places change."""

import csv
import io

import pytest
from openpyxl import load_workbook

from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.people.queries import group_counts, participants_of, place_of
from tests.client import ParsingClient
from tests.factories import Cast, make_account, make_organisation, make_participant, make_partner


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/people"


def test_only_conveners_of_the_cycle_see_its_people(
    client: ParsingClient, cast: Cast, path: str
) -> None:
    assert client.get(path).status_code == 303
    assert client.sign_in(cast.tom).get(path).status_code == 403
    assert client.sign_in(cast.eve).get(path).status_code == 404
    assert client.sign_in(cast.alan).get(path).status_code == 404
    assert client.sign_in(cast.ada).get(path).status_code == 200


def test_a_withdrawn_person_has_no_place(client: ParsingClient, cast: Cast, path: str) -> None:
    client.sign_in(cast.ada)
    one = f"{path}/{cast.technologist.id}"
    assert client.submit(f"{one}/withdraw", page=one).status_code == 303
    assert place_of(cast.cycle.id, cast.tom.id) is None
    assert cast.technologist not in participants_of(cast.cycle.id)
    assert "Tom Okafor" in client.get(path).text
    assert client.submit(f"{one}/readmit", page=one).status_code == 303
    assert place_of(cast.cycle.id, cast.tom.id) is not None


def test_groups_are_counted_without_those_who_withdrew(cast: Cast) -> None:
    cast.employer.withdrawn_at = cast.employer.joined_at
    db.session.commit()
    assert group_counts(cast.cycle.id) == {
        Group.CONVENER: 1,
        Group.TECHNOLOGIST: 1,
        Group.EMPLOYER: 1,
        Group.EDUCATOR: 1,
        Group.SPONSOR: 1,
    }


def test_a_place_can_be_changed(ada: ParsingClient, cast: Cast, path: str) -> None:
    partner = make_partner(cast.cycle)
    db.session.commit()
    answer = ada.submit(
        f"{path}/{cast.employer.id}",
        group="employer",
        is_on_panel="y",
        organisation="Crumb Ltd",
        partner=str(partner.id),
    )
    assert answer.status_code == 303
    assert cast.employer.is_on_panel
    assert cast.employer.partner_id == partner.id
    assert "Crumb Ltd" in ada.get(path).text


def test_the_last_convener_stays(ada: ParsingClient, cast: Cast, path: str) -> None:
    convener = db.session.query(Participant).filter_by(account_id=cast.ada.id).one()
    one = f"{path}/{convener.id}"
    changed = ada.submit(one, group="sponsor", organisation="", partner="")
    assert changed.status_code == 422
    assert "at least one convener" in changed.text
    assert ada.submit(f"{one}/withdraw", page=one).status_code == 422
    make_participant(cast.cycle, make_account("Second Convener"), Group.CONVENER)
    db.session.commit()
    assert ada.submit(one, group="sponsor", organisation="", partner="").status_code == 303


def test_rows_of_another_cycle_are_not_found(ada: ParsingClient, cast: Cast, path: str) -> None:
    foreign = db.session.query(Participant).filter_by(account_id=cast.eve.id).one()
    assert ada.get(f"{path}/{foreign.id}").status_code == 404
    token = ada.token(f"{path}/invite")
    for action in (f"{foreign.id}/withdraw", f"invitations/{foreign.id}/revoke"):
        assert ada.post(f"{path}/{action}", data={"csrf_token": token}).status_code == 404


def names(page: str, everyone: list[str]) -> list[str]:
    shown = [name for name in everyone if name in page]
    return sorted(shown, key=page.index)


def test_people_are_searched_filtered_and_sorted(ada: ParsingClient, cast: Cast, path: str) -> None:
    cast.employer.organisation_id = make_organisation(cast.cycle, "Zest Foods").id
    db.session.commit()
    everyone = ["Tom Okafor", "Ema Lindqvist", "Pia Panel", "Eddy Marsh", "Sol Hart"]
    assert names(ada.get(f"{path}?q=zest+ema").text, everyone) == ["Ema Lindqvist"]
    assert names(ada.get(f"{path}?group=panel").text, everyone) == ["Pia Panel"]
    assert names(ada.get(f"{path}?sort=-name").text, everyone) == [
        "Tom Okafor",
        "Sol Hart",
        "Pia Panel",
        "Ema Lindqvist",
        "Eddy Marsh",
    ]
    assert "No participant matches" in ada.get(f"{path}?q=nobody").text


def test_participants_are_downloaded_without_formulas(
    ada: ParsingClient, cast: Cast, path: str
) -> None:
    cast.tom.name = "=HYPERLINK(1)"
    db.session.commit()
    text = ada.get(f"{path}/participants.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["name"] for row in rows} >= {"'=HYPERLINK(1)", "Ada Bright"}
    content = ada.get(f"{path}/participants.xlsx").get_data()
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.max_row == 1 + len(rows)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_nothing_changes_in_a_sealed_cycle(ada: ParsingClient, cast: Cast, path: str) -> None:
    cast.cycle.sealed_at = cast.cycle.created_at
    db.session.commit()
    answer = ada.submit(f"{path}/invite", name="N", email="n@pythia.example", group="sponsor")
    assert answer.status_code == 409
    assert "Invite a person" not in ada.get(path).text
