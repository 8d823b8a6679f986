"""Signing in by a mailed link: what it promises to people, and what it refuses to everyone else."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from cycles.accounts import commands
from cycles.accounts.models import SignInLink, WebSession
from cycles.core import clock
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast


def link_in(outbox: Outbox) -> str:
    found = re.search(r"http://localhost(/sign-in/\S+)", outbox.letters[-1].text)
    assert found
    return found[1]


def ask(client: ParsingClient, email: str, next_path: str = "") -> None:
    answer = client.submit("/sign-in", email=email, next_path=next_path)
    assert answer.status_code == 303
    assert answer.location == "/sign-in/sent"


def is_signed_in(client: ParsingClient) -> bool:
    return "Sign out" in client.get("/glossary").text


@pytest.fixture
def link(client: ParsingClient, cast: Cast, outbox: Outbox) -> str:
    ask(client, "  " + cast.tom.email.upper())
    return link_in(outbox)


def test_a_mailed_link_signs_in_by_its_button(client: ParsingClient, link: str, cast: Cast) -> None:
    shown = client.get(link)
    assert cast.tom.email in shown.text
    assert not is_signed_in(client)
    answer = client.submit(link)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert is_signed_in(client)


def test_a_scanner_that_opens_the_link_uses_nothing_up(client: ParsingClient, link: str) -> None:
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not is_signed_in(client)
    client.submit(link)
    assert is_signed_in(client)


def test_the_link_leads_back_to_where_the_person_was(
    client: ParsingClient, cast: Cast, outbox: Outbox
) -> None:
    ask(client, cast.tom.email, next_path="/glossary?x=1")
    assert client.submit(link_in(outbox)).location == "/glossary?x=1"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_the_link_never_leads_to_another_site(
    client: ParsingClient, cast: Cast, outbox: Outbox, elsewhere: str
) -> None:
    ask(client, cast.tom.email, next_path=elsewhere)
    assert client.submit(link_in(outbox)).location == "/"


def plain(page: str) -> str:
    """The page without what differs in every answer: the nonce and the form's token."""
    return re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"', "", page)


def test_used_expired_tampered_and_revoked_links_get_the_same_page(
    app: Flask, client: ParsingClient, cast: Cast
) -> None:
    now = clock.now()
    used, expired, revoked = (
        commands.make_sign_in_link(account=cast.tom, moment=now - timedelta(hours=ago))
        for ago in (0, 1, 0)
    )
    commands.use_sign_in_link(token=used, moment=now)
    row = db.session.query(SignInLink).filter_by(token_hash=commands.hash_of(revoked)).one()
    row.revoked_at = now
    db.session.commit()
    token = client.token("/sign-in")
    pages = set()
    for each in (used, expired, revoked, revoked[:-1] + "x", "never-made"):
        for answer in (
            client.get(f"/sign-in/{each}"),
            client.post(f"/sign-in/{each}", data={"csrf_token": token}),
        ):
            assert answer.status_code == 410
            pages.add(plain(answer.text))
    assert len(pages) == 1
    assert not is_signed_in(client)


def test_a_link_opens_one_session_only(client: ParsingClient, link: str, app: Flask) -> None:
    client.submit(link)
    second = app.test_client()
    token = second.token("/sign-in")  # type: ignore[attr-defined]  # the parsing client
    assert second.post(link, data={"csrf_token": token}).status_code == 410


def test_no_token_is_kept_in_the_database(client: ParsingClient, link: str) -> None:
    client.submit(link)
    with client.session_transaction() as cookie:
        session_token = cookie["_user_id"]
    kept = ""
    for table in ("sign_in_link", "web_session", "audit_event", "rate_count"):
        kept += str(db.session.execute(text(f"SELECT * FROM {table}")).all())
    assert link.rsplit("/", 1)[1] not in kept
    assert session_token not in kept


def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    client: ParsingClient, cast: Cast, outbox: Outbox
) -> None:
    answers = []
    for email in (cast.tom.email, "nobody.at.all@pythia.example"):
        answer = client.submit("/sign-in", email=email)
        shown = client.get(answer.location)
        answers.append((answer.status_code, answer.location, answer.text, plain(shown.text)))
    assert answers[0] == answers[1]
    assert [letter.to for letter in outbox.letters] == [cast.tom.email]


def test_the_eleventh_request_for_one_address_is_refused_without_mail(
    client: ParsingClient, cast: Cast, outbox: Outbox
) -> None:
    for _ in range(10):
        ask(client, cast.tom.email)
    answer = client.submit("/sign-in", email=cast.tom.email.upper())
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3601
    assert len(outbox.letters) == 10
    ask(client, cast.ema.email)
    assert len(outbox.letters) == 11
    with clock.stopped_at(clock.now() + timedelta(minutes=61)):
        ask(client, cast.tom.email)


def test_the_limit_of_an_address_tells_nobody_whether_it_is_known(
    client: ParsingClient, outbox: Outbox
) -> None:
    for _ in range(10):
        ask(client, "nobody@pythia.example")
    assert client.submit("/sign-in", email="nobody@pythia.example").status_code == 429


def test_one_machine_asks_for_twenty_links_an_hour(
    client: ParsingClient, session: object, outbox: Outbox
) -> None:
    for number in range(20):
        ask(client, f"person{number}@pythia.example")
    assert client.submit("/sign-in", email="person20@pythia.example").status_code == 429


def test_a_wrong_address_is_refused_beside_its_field(client: ParsingClient) -> None:
    answer = client.submit("/sign-in", email="not an address")
    assert answer.status_code == 422
    assert "name@example.org" in answer.text


def test_a_failing_mail_server_does_not_tell_who_has_an_account(
    client: ParsingClient, cast: Cast, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_letter: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "send", fail)
    ask(client, cast.tom.email)


def test_signing_in_changes_the_session_and_ends_the_one_before(
    client: ParsingClient, cast: Cast, outbox: Outbox
) -> None:
    client.sign_in(cast.ema)
    with client.session_transaction() as cookie:
        before = cookie["_user_id"]
        cookie["left over"] = "from before"
    ask(client, cast.tom.email)
    client.submit(link_in(outbox))
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != before
        assert "left over" not in cookie
    old = db.session.query(WebSession).filter_by(token_hash=commands.hash_of(before)).one()
    assert old.revoked_at is not None


def test_a_copied_cookie_is_refused_after_sign_out(
    app: Flask, client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.tom)
    copied = client.get_cookie("pythia")
    assert copied
    assert client.submit("/sign-out", page="/glossary").location == "/"
    assert not is_signed_in(client)
    thief = app.test_client()
    thief.set_cookie("pythia", copied.value)
    assert "Sign out" not in thief.get("/glossary").text


def test_an_idle_session_ends_after_eight_hours(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    now = clock.now()
    with clock.stopped_at(now + timedelta(hours=7, minutes=59)):
        assert is_signed_in(client)
    with clock.stopped_at(now + timedelta(hours=15)):
        assert is_signed_in(client)
    with clock.stopped_at(now + timedelta(hours=23, minutes=1)):
        assert not is_signed_in(client)


def test_polling_does_not_keep_a_session_alive(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    now = clock.now()
    with clock.stopped_at(now + timedelta(hours=7)):
        client.get("/glossary?seen=4")
        client.get("/glossary", headers={"X-Pulse": "true"})
    with clock.stopped_at(now + timedelta(hours=8, minutes=1)):
        assert not is_signed_in(client)


def test_no_session_outlives_fourteen_days(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    now = clock.now()
    for hours in range(7, 14 * 24, 7):
        with clock.stopped_at(now + timedelta(hours=hours)):
            assert is_signed_in(client)
    with clock.stopped_at(now + timedelta(days=14, minutes=1)):
        assert not is_signed_in(client)


def test_last_seen_is_written_once_a_minute_at_most(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    row = db.session.query(WebSession).one()
    opened = row.last_seen_at
    with clock.stopped_at(opened + timedelta(seconds=59)):
        client.get("/glossary")
    assert row.last_seen_at == opened
    with clock.stopped_at(opened + timedelta(seconds=61)):
        client.get("/glossary")
    assert row.last_seen_at == opened + timedelta(seconds=61)


def test_a_stranger_is_sent_to_sign_in_and_back(client: ParsingClient) -> None:
    answer = client.get("/accounts?q=x")
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/accounts?q%3Dx"
    assert 'value="/accounts?q=x"' in client.get(answer.location).text


def test_a_stranger_s_fragment_sends_the_whole_page_to_sign_in(client: ParsingClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/glossary?a=b"}
    answer = client.get("/accounts", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/glossary?a%3Db"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "http://evil.example/glossary"}
    assert client.get("/accounts", headers=elsewhere).headers["HX-Redirect"] == "/sign-in"


def test_a_post_without_its_token_changes_nothing(
    client: ParsingClient, cast: Cast, outbox: Outbox
) -> None:
    assert client.post("/sign-in", data={"email": cast.tom.email}).status_code == 400
    assert outbox.letters == []
