"""The administrator's accounts and the commands for whoever runs the server."""

import re

import pytest
from flask import Flask

from cycles.accounts.models import Account
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.factories import Cast


@pytest.fixture
def alan(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.alan)


def test_only_administrators_see_accounts(client: ParsingClient, cast: Cast) -> None:
    assert client.get("/accounts").status_code == 303
    for path in ("/accounts", "/accounts/new", f"/accounts/{cast.tom.id}"):
        assert client.sign_in(cast.ada).get(path).status_code == 403
    assert client.sign_in(cast.alan).get("/accounts").status_code == 200


def test_accounts_are_found_by_name_and_address(alan: ParsingClient, cast: Cast) -> None:
    found = alan.get("/accounts?q=OKAFOR").text
    assert cast.tom.email in found
    assert cast.ema.email not in found
    assert cast.ema.email in alan.get(f"/accounts?q={cast.ema.email[:9]}").text
    assert "Nobody found" in alan.get("/accounts?q=%25_%25").text


def test_an_account_is_created_once(alan: ParsingClient) -> None:
    given = {"name": "Nia Field", "email": "Nia@pythia.example", "may_convene": "y"}
    assert alan.submit("/accounts/new", **given).status_code == 303
    account = db.session.query(Account).filter_by(email="nia@pythia.example").one()
    assert (account.may_convene, account.is_administrator) == (True, False)
    again = alan.submit("/accounts/new", **given)
    assert again.status_code == 422
    assert "already an account" in again.text
    assert [event.action for event in db.session.query(AuditEvent)] == ["account.created"]


@pytest.mark.parametrize("right", ["may_convene", "is_administrator"])
def test_rights_are_given_and_taken(alan: ParsingClient, cast: Cast, right: str) -> None:
    one = f"/accounts/{cast.tom.id}"
    alan.submit(f"{one}/rights", page=one, right=right, given="yes")
    assert getattr(cast.tom, right) is True
    alan.submit(f"{one}/rights", page=one, right=right, given="no")
    assert getattr(cast.tom, right) is False
    actions = [event.action for event in db.session.query(AuditEvent)]
    assert actions == ["account.changed", "account.changed"]


def test_nobody_changes_their_own_rights(alan: ParsingClient, cast: Cast) -> None:
    one = f"/accounts/{cast.alan.id}"
    assert "Ask another administrator" in alan.get(one).text
    answer = alan.submit(
        f"{one}/rights", page="/accounts/new", right="is_administrator", given="no"
    )
    assert answer.status_code == 422
    assert cast.alan.is_administrator


def test_no_other_column_can_be_set(alan: ParsingClient, cast: Cast) -> None:
    one = f"/accounts/{cast.tom.id}"
    answer = alan.submit(f"{one}/rights", page=one, right="is_simulated", given="yes")
    assert answer.status_code == 400
    assert not cast.tom.is_simulated


def run(app: Flask, *words: str) -> object:
    return app.test_cli_runner().invoke(args=["accounts", *words])


def test_the_server_s_keeper_makes_an_account_and_a_link(
    app: Flask, client: ParsingClient, session: object
) -> None:
    made = run(app, "create", "Root@pythia.example", "Root Keeper", "--administrator", "--convene")
    assert made.exit_code == 0
    printed = run(app, "link", "root@pythia.example")
    found = re.fullmatch(r"http://localhost(/sign-in/\S+)\n", printed.output)
    assert found
    assert client.submit(found[1]).status_code == 303
    assert client.get("/accounts").status_code == 200


def test_the_commands_say_what_is_wrong(app: Flask, session: object) -> None:
    assert "No account has the address" in run(app, "link", "nobody@pythia.example").output
    run(app, "create", "root@pythia.example", "Root")
    again = run(app, "create", "root@pythia.example", "Root")
    assert again.exit_code == 1
    assert "already an account" in again.output


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("no address", "Nia Field", "in the form name@example.org"),
        ("nia@pythia.example", "  ", "Enter the person's name"),
        ("nia@pythia.example", "N" * 121, "120 characters or fewer"),
    ],
)
def test_no_command_makes_an_account_that_nobody_can_use(
    app: Flask, session: object, email: str, name: str, sentence: str
) -> None:
    refused = run(app, "create", email, name)
    assert (refused.exit_code, sentence in refused.output) == (1, True), refused.output
    assert db.session.query(Account).count() == 0
