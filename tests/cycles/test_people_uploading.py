"""Invitations from a table: what is wrong is said row by row, and nothing happens before a yes."""

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from cycles.core.extensions import db
from cycles.people.models import Group, Invitation
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast, make_partner

GOOD = "name,email,group,organisation,partner\nNia Field,nia@pythia.example,Technologist,Crumb,\n"


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    make_partner(cast.cycle, "Manufacturer")
    db.session.commit()
    return client.sign_in(cast.ada)


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/people/upload"


def upload(
    client: ParsingClient, path: str, content: str | bytes, name: str = "people.csv"
) -> object:
    sent = content.encode() if isinstance(content, str) else content
    file = FileStorage(io.BytesIO(sent), name)
    # Encoded here: the client would leave a large body's temporary file open.
    boundary, body = encode_multipart({"csrf_token": client.token(path), "file": file})
    return client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def confirm(client: ParsingClient, path: str, preview: str) -> object:
    found = re.search(r'name="rows" value="([^"]*)"', preview)
    assert found
    return client.submit(f"{path}/confirm", page=path, rows=found[1])


def test_a_good_table_is_shown_first_and_invites_on_a_yes(
    ada: ParsingClient, path: str, outbox: Outbox, run_jobs: Callable[[], int]
) -> None:
    content = GOOD + "Ola Vale,OLA@pythia.example,panel,Vale,manufacturer\n"
    preview = upload(ada, path, content)
    assert "Invite 2 people" in preview.text
    assert db.session.query(Invitation).count() == 0
    assert confirm(ada, path, preview.text).status_code == 303
    run_jobs()
    assert [letter.to for letter in outbox.letters] == ["nia@pythia.example", "ola@pythia.example"]
    ola = db.session.query(Invitation).filter_by(email="ola@pythia.example").one()
    assert (ola.group, ola.is_on_panel) == (Group.EMPLOYER, True)
    assert ola.partner_id is not None


def test_every_bad_row_is_named_with_all_its_faults(
    ada: ParsingClient, path: str, cast: Cast
) -> None:
    content = GOOD + (
        ",not-an-address,boss,,Nobody\n"
        f"Tom,{cast.tom.email.upper()},technologist,,\n"
        "Nia again,NIA@pythia.example,sponsor,,\n"
    )
    page = upload(ada, path, content).text
    for sentence in (
        "3 rows need correcting",
        "The name is missing.",
        "“not-an-address” is not an e-mail address.",
        "“boss” is not a group.",
        "no partner called “Nobody”",
        "Tom Okafor already takes part.",
        "Row 2 has the same address.",
        "Invite the good row",
    ):
        assert sentence in page
    assert db.session.query(Invitation).count() == 0


def test_only_the_good_rows_are_invited(ada: ParsingClient, path: str) -> None:
    preview = upload(ada, path, GOOD + "Bad,,sponsor,,\n")
    confirm(ada, path, preview.text)
    assert [row.email for row in db.session.query(Invitation)] == ["nia@pythia.example"]


def test_a_table_without_a_good_row_offers_no_yes(ada: ParsingClient, path: str) -> None:
    page = upload(ada, path, "name,email,group\nBad,,sponsor\n").text
    assert "1 row needs correcting" in page
    assert 'name="rows"' not in page


def test_pressing_yes_twice_invites_once(ada: ParsingClient, path: str) -> None:
    preview = upload(ada, path, GOOD).text
    assert confirm(ada, path, preview).status_code == 303
    again = confirm(ada, path, preview)
    assert again.status_code == 422
    assert db.session.query(Invitation).count() == 1


def test_a_preview_cannot_be_changed_or_used_for_another_cycle(
    ada: ParsingClient, path: str, cast: Cast, client: ParsingClient
) -> None:
    preview = upload(ada, path, GOOD).text
    changed = ada.submit(f"{path}/confirm", page=path, rows="W10.forged.signature")
    assert changed.status_code == 422
    eve = client.application.test_client()
    eve.sign_in(cast.eve)  # type: ignore[attr-defined]  # the parsing client
    elsewhere = f"/cycles/{cast.other_cycle.id}/people/upload"
    assert confirm(eve, elsewhere, preview).status_code == 422  # type: ignore[arg-type]
    assert db.session.query(Invitation).count() == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_good_table_itself(ada: ParsingClient, path: str, kind: str) -> None:
    content = ada.get(f"{path}/template.{kind}").get_data()
    preview = upload(ada, path, content, f"invitations.{kind}")
    assert "Invite 3 people" in preview.text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("name,mail\nN,n@x.example\n", "people.csv", "email, group"),
        (GOOD, "people.exe", "Only CSV and XLSX"),
        (GOOD, "people.xlsx", "could not be read"),
        (GOOD + "=cmd(),x@x.example,sponsor,,\n", "people.csv", "formula"),
        (GOOD + "N,n@x.example,sponsor,,\n" * 500, "people.csv", "more than 500 rows"),
        (b"x" * (5 * 1024 * 1024 + 1), "people.csv", "5 MB"),
        ("", "people.csv", "empty"),
    ],
)
def test_a_file_that_is_no_good_is_refused_with_a_sentence(
    ada: ParsingClient, path: str, content: str | bytes, name: str, sentence: str
) -> None:
    answer = upload(ada, path, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_and_too_large_a_file_are_refused(ada: ParsingClient, path: str) -> None:
    assert "Choose a file" in ada.submit(path).text
    kind = "multipart/form-data; boundary=x"
    answer = ada.post(path, data=b"x" * (7 * 1024 * 1024), content_type=kind)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_a_hostile_name_is_shown_as_text(ada: ParsingClient, path: str) -> None:
    book = Workbook()
    book.active.append(("name", "email", "group"))
    book.active.append(("<script>alert(1)</script>", "nia@pythia.example", "sponsor"))
    content = io.BytesIO()
    book.save(content)
    page = upload(ada, path, content.getvalue(), "people.xlsx").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_template_opens_in_a_spreadsheet(ada: ParsingClient, path: str) -> None:
    sheet = load_workbook(io.BytesIO(ada.get(f"{path}/template.xlsx").get_data())).active
    assert [cell.value for cell in sheet[1]] == [
        "name",
        "email",
        "group",
        "organisation",
        "partner",
    ]
