"""The pages of profiles, as people read them, and what they download."""

import csv
import io

import pytest
from openpyxl import load_workbook

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.profiles import commands
from cycles.profiles.models import ProfileStatus
from cycles.profiles.trail import ChangeKind, note
from cycles.standards.models import KsbKind
from tests.client import ParsingClient
from tests.cycles.profile_cases import PIA, Case, make_case, ratify
from tests.factories import NOW, Cast, add, make_area

BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def base(case: Case) -> str:
    return f"/cycles/{case.cast.cycle.id}/profiles"


def change_level(case: Case) -> None:
    commands.change_level(
        profile=case.profile,
        member=case.agreed,
        level=3,
        reason="Safety <b>first</b>",
        seen=case.agreed.version,
        **BY,
    )
    db.session.commit()


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_everyone_in_the_cycle_reads_the_list(case: Case, client: ParsingClient) -> None:
    for account in (case.cast.ada, case.cast.tom, case.cast.sol, case.cast.eddy):
        text = read(client.sign_in(account).get(f"{base(case)}/"))
        assert "P-0001" in text
        assert "Oven technician" in text
        assert "2 Practitioner" in text


def test_the_list_filters_searches_and_sorts_by_its_address(
    case: Case, client: ParsingClient
) -> None:
    client.sign_in(case.cast.tom)
    level_id = case.profile.role_level_id
    for query, is_there in (
        ("?q=oven", True),
        ("?q=drone", False),
        (f"?role={level_id}&status=proposed&sort=-size", True),
        ("?status=ratified", False),
        ("?sort=nonsense&role=nonsense", True),
    ):
        assert ("Oven technician</a>" in read(client.get(f"{base(case)}/{query}"))) == is_there


def test_an_empty_cycle_says_what_to_do_next(cast: Cast, client: ParsingClient) -> None:
    path = f"/cycles/{cast.cycle.id}/profiles/"
    assert "Generate profiles" in read(client.sign_in(cast.ada).get(path))
    assert "The convener generates them" in read(client.sign_in(cast.tom).get(path))
    assert client.get(f"{path}matrix").status_code == 200


def test_a_profile_shows_vote_difference_reason_and_why(case: Case, client: ParsingClient) -> None:
    change_level(case)
    add(
        CapabilityKsb(
            cycle_id=case.cast.cycle.id,
            statement_id=case.agreed.statement_id,
            kind=KsbKind.SKILL,
            text="Reads a gauge",
            status=KsbStatus.ACCEPTED,
            created_at=NOW,
        )
    )
    ratify(case.profile)
    db.session.commit()
    text = read(client.sign_in(case.cast.tom).get(f"{base(case)}/{case.profile.id}"))
    assert "Voted Practitioner, 16 of 20" in text
    assert "Voted Practitioner, ratified Expert" in text
    assert "Safety &lt;b&gt;first&lt;/b&gt;" in text
    assert "61 % alike in meaning, on average" in text
    assert "same functional area as 2 of 3" in text
    assert "Reads a gauge" in text
    assert "Oven technician <span" in text  # the suggested name with its score
    assert "Nothing in it changes unless a convener reopens it." in text


def test_the_matrix_hides_what_no_profile_needs_until_asked(
    case: Case, client: ParsingClient
) -> None:
    client.sign_in(case.cast.sol)
    text = read(client.get(f"{base(case)}/matrix"))
    assert "Calibrate oven sensors" in text
    assert "Plan the maintenance" not in text
    assert "1 capability is in none of these profiles" in text
    assert "Plan the maintenance" in read(client.get(f"{base(case)}/matrix?empty=shown"))


def test_the_matrix_narrows_to_a_function_or_an_area(case: Case, client: ParsingClient) -> None:
    area = make_area(function="Support")
    case.agreed.statement.area_id = area.id
    db.session.commit()
    client.sign_in(case.cast.sol)
    for place in ("Support", str(area.id)):
        text = read(client.get(f"{base(case)}/matrix?place={place}"))
        assert "1 capability, 1 profile." in text
        assert "Read the oven" not in text
        answer = client.get(f"{base(case)}/matrix.csv?place={place}")
        assert len(answer.get_data().splitlines()) == 2
    assert "Nothing to lay out" in read(client.get(f"{base(case)}/matrix?place=Design"))


def test_downloads_hold_the_vote_the_level_and_the_reason(
    case: Case, client: ParsingClient
) -> None:
    change_level(case)
    client.sign_in(case.cast.sol)
    for path in (f"{base(case)}/download.csv", f"{base(case)}/{case.profile.id}/download.csv"):
        rows = list(csv.DictReader(io.StringIO(client.get(path).get_data().decode("utf-8-sig"))))
        assert [row["Capability"] for row in rows] == ["C-001", "C-002"]
        assert (rows[0]["Voted level"], rows[0]["Level"]) == ("Practitioner", "Expert")
        assert rows[0]["Counted P"] == "16"
        assert rows[0]["Reason"] == "Safety <b>first</b>"
    workbook = load_workbook(io.BytesIO(client.get(f"{base(case)}/matrix.xlsx").get_data()))
    rows = list(workbook.active.iter_rows(values_only=True))
    assert rows[0][5] == "P-0001 Oven technician"
    assert [row[5] for row in rows[1:]] == ["E", "P", None]


def test_another_cycle_finds_nothing_here(case: Case, client: ParsingClient) -> None:
    client.sign_in(case.cast.eve)
    assert client.get(f"{base(case)}/").status_code == 404
    other = f"/cycles/{case.cast.other_cycle.id}/profiles/{case.profile.id}"
    assert client.get(other).status_code == 404
    assert client.get(f"{other}/download.csv").status_code == 404


def test_the_list_finds_a_profile_by_a_capability_it_holds(
    case: Case, client: ParsingClient
) -> None:
    client.sign_in(case.cast.tom)
    found = read(client.get(f"{base(case)}/?q=calibrate"))
    assert "Oven technician</a>" in found
    assert "1 of its capabilities matches" in found
    assert "No profile matches" in read(client.get(f"{base(case)}/?q=maintenance"))


def test_a_profile_shows_what_the_reader_asks_for(case: Case, client: ParsingClient) -> None:
    change_level(case)
    client.sign_in(case.cast.tom)
    page = f"{base(case)}/{case.profile.id}"
    for query, left in (
        ("level=E", "1 of 2"),
        ("show=changed", "1 of 2"),
        ("show=provisional&sort=code", "1 of 2"),
        ("q=log&sort=-level", "1 of 2"),
        ("q=nothing+such", "0 of 2"),
        ("level=nonsense&show=nonsense&sort=nonsense", "2 of 2"),
    ):
        assert f"{left} capabilities" in read(client.get(f"{page}?{query}")), query
    assert "No map-and-gap run has compared this profile yet" in read(client.get(page))


def test_a_ratified_version_stays_readable_as_it_was(case: Case, client: ParsingClient) -> None:
    ratify(case.profile, "Too much <i>paper</i>")
    db.session.commit()
    client.sign_in(case.cast.sol)
    page = f"{base(case)}/{case.profile.id}"
    assert "Version 1</a>" in read(client.get(page))
    text = read(client.get(f"{page}/versions/1"))
    assert "The profile stands as this version has it" in text
    assert "Objection: Too much &lt;i&gt;paper&lt;/i&gt;" in text
    case.profile.status = ProfileStatus.PROPOSED
    db.session.flush()
    change_level(case)
    text = read(client.get(f"{page}/versions/1"))
    assert "C-001: Practitioner became Expert." in text
    assert client.get(f"{page}/versions/2").status_code == 404


def test_only_the_panel_and_conveners_read_who_did_what(case: Case, client: ParsingClient) -> None:
    note(
        profile=case.profile,
        kind=ChangeKind.OBJECTED,
        reason="Too much for one role",
        actor=Actor(case.cast.ema.id, case.cast.ema.name),
        moment=NOW,
    )
    db.session.commit()
    address = f"{base(case)}/{case.profile.id}"
    for person, is_told in (("ada", True), ("pia", True), ("tom", False), ("sol", False)):
        text = read(client.sign_in(getattr(case.cast, person)).get(address))
        assert "Too much for one role" in text
        assert (case.cast.ema.name in text) is is_told, person
