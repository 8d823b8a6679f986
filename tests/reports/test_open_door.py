"""The open door: what anybody with a link sees, and what nobody is told."""

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.document.commands import take_snapshot
from reports.publishing.commands import publish_snapshot, revoke_publication
from reports.publishing.links import address_of, token_of
from reports.publishing.models import Audience, Publication
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_cycle, make_statement


@pytest.fixture
def publication(cast: Cast) -> Publication:
    make_statement(cast.cycle)
    ada = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=ada, moment=NOW)
    made = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, actor=ada, moment=NOW)
    db.session.commit()
    return made


def test_the_link_serves_the_pages_of_its_snapshot(
    client: ParsingClient, publication: Publication
) -> None:
    address = address_of(publication).removeprefix("http://localhost")
    answer = client.get(address)
    assert "Snapshot 1, frozen on" in answer.text
    assert f'href="{address}capabilities"' in answer.text
    assert "Calibrate oven sensors" in client.get(f"{address}capabilities").text
    assert "Calibrate oven sensors" in client.get(f"{address}capabilities.csv").text
    assert client.get(f"{address}nothing-of-ours").status_code == 404
    assert client.get(f"{address}capabilities/C-999").status_code == 404


def test_answers_are_kept_by_nobody_and_set_no_cookie(
    client: ParsingClient, publication: Publication
) -> None:
    token = token_of(publication)
    for name in ("", "capabilities", "capabilities.json", "nothing"):
        answer = client.get(f"/published/{token}/{name}")
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert '<meta name="robots" content="noindex">' in client.get(f"/published/{token}/").text


def test_every_link_that_shows_nothing_says_the_same(
    client: ParsingClient, cast: Cast, publication: Publication
) -> None:
    token = token_of(publication)
    ada = Actor(cast.ada.id, cast.ada.name)
    private = publish_snapshot(
        snapshot=publication.snapshot, audience=Audience.SPONSORS, actor=ada, moment=NOW
    )
    revoke_publication(publication=publication, actor=ada, moment=NOW)
    db.session.commit()
    answers = [
        client.get(f"/published/{each}/{name}")
        for each in (token, f"{token}x", "nothing", token_of(private))
        for name in ("", "capabilities", "capabilities.csv", "capabilities/C-001")
    ]
    assert {each.status_code for each in answers} == {404}
    pages = {each.text.replace(each.headers["X-Request-Id"], "") for each in answers}
    nonces = [each.headers["Content-Security-Policy"] for each in answers]
    assert len({page.split("<main")[1].split("</main>")[0] for page in pages}) == 1
    assert len(set(nonces)) == len(nonces)
    assert all("noindex" in each.headers["X-Robots-Tag"] for each in answers)


def test_whoever_is_signed_in_comes_as_nobody(
    client: ParsingClient, cast: Cast, publication: Publication
) -> None:
    token = token_of(publication)
    plain = client.get(f"/published/{token}/capabilities")
    client.sign_in(cast.ada)
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("success", "Nia Field is invited.")]
    answer = client.get(f"/published/{token}/capabilities")
    for word in ("Ada Bright", "Sign out", "Nia Field", "Freeze", "csrf", "/cycles/"):
        assert word not in answer.text
    assert "Set-Cookie" not in answer.headers
    nonce = answer.headers["Content-Security-Policy"].split("nonce-")[1].split("'")[0]
    before = plain.headers["Content-Security-Policy"].split("nonce-")[1].split("'")[0]
    assert answer.text.replace(nonce, "") == plain.text.replace(before, "")
    assert "Nia Field is invited." in client.get(f"/cycles/{cast.cycle.id}/").text


def test_a_link_shows_its_own_snapshot_whatever_is_asked(
    client: ParsingClient, cast: Cast, publication: Publication
) -> None:
    make_statement(cast.cycle, "Load the flour silo", 2)
    other = make_cycle("Another")
    ada = Actor(cast.ada.id, cast.ada.name)
    take_snapshot(cycle=cast.cycle, actor=ada, moment=NOW)
    take_snapshot(cycle=other, actor=ada, moment=NOW)
    db.session.commit()
    token = token_of(publication)
    text = client.get(f"/published/{token}/capabilities?snapshot=2").text
    assert "Snapshot 1, frozen on" in text
    assert "Load the flour silo" not in text
