"""Invitations: from the convener's form to a place in the cycle, and every way they end."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from cycles.accounts.models import Account
from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.people.invitations import INVITATION_LASTS
from cycles.people.models import Group, Invitation, Organisation, Participant
from tests.client import ParsingClient
from tests.conftest import Outbox
from tests.factories import Cast, make_organisation, make_partner

RunJobs = Callable[[], int]


@dataclass(frozen=True)
class Post:
    """The worker and the mail: what a convener's letter passes through."""

    outbox: Outbox
    run_jobs: RunJobs

    def link(self) -> str:
        """Let the worker run, and return the link in the newest letter."""
        self.run_jobs()
        return link_in(self.outbox)


def invite(client: ParsingClient, cast: Cast, **fields: object) -> object:
    given = {"name": "Nia Field", "email": "nia@pythia.example", "group": "technologist", **fields}
    return client.submit(f"/cycles/{cast.cycle.id}/people/invite", **given)


def link_in(outbox: Outbox) -> str:
    found = re.search(r"http://localhost(/invitations/\S+)", outbox.letters[-1].text)
    assert found
    return found[1]


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


@pytest.fixture
def post(outbox: Outbox, run_jobs: RunJobs) -> Post:
    return Post(outbox, run_jobs)


@pytest.fixture
def link(ada: ParsingClient, cast: Cast, post: Post) -> str:
    invite(ada, cast, organisation="Crumb Ltd")
    return post.link()


@pytest.fixture
def nia(client: ParsingClient) -> ParsingClient:
    return client.application.test_client()  # type: ignore[return-value]  # the parsing client


def accept(browser: ParsingClient, link: str) -> object:
    return browser.submit(link)


def test_an_invitation_becomes_an_account_a_place_and_a_session(
    nia: ParsingClient, link: str, cast: Cast
) -> None:
    shown = nia.get(link)
    assert "Ada Bright" in shown.text
    assert "Others see counts, never your name" in shown.text
    answer = accept(nia, link)
    assert answer.status_code == 303
    assert answer.location.rstrip("/") == f"/cycles/{cast.cycle.id}"
    account = db.session.query(Account).filter_by(email="nia@pythia.example").one()
    place = db.session.query(Participant).filter_by(account_id=account.id).one()
    assert place.cycle_id == cast.cycle.id
    assert place.group == Group.TECHNOLOGIST
    assert place.organisation
    assert place.organisation.name == "Crumb Ltd"
    assert cast.cycle.title in nia.get("/").text


def test_a_scanner_that_opens_the_letter_accepts_nothing(nia: ParsingClient, link: str) -> None:
    assert nia.get(link).status_code == 200
    assert nia.head(link).status_code == 200
    assert db.session.query(Account).filter_by(email="nia@pythia.example").count() == 0
    assert "Sign out" not in nia.get("/").text
    assert accept(nia, link).status_code == 303


def test_an_account_that_exists_is_kept(
    ada: ParsingClient, nia: ParsingClient, cast: Cast, post: Post
) -> None:
    invite(ada, cast, name="E. Elsewhere", email=cast.eve.email.upper(), group="educator")
    accept(nia, post.link())
    assert db.session.query(Account).filter_by(email=cast.eve.email).one().name == "Eve Elsewhere"
    places = db.session.query(Participant).filter_by(account_id=cast.eve.id).all()
    assert {place.group for place in places} == {Group.CONVENER, Group.EDUCATOR}


def plain(page: str) -> str:
    return re.sub(r'nonce="[^"]*"|name="csrf_token" value="[^"]*"', "", page)


def test_every_ended_link_gets_the_page_of_ended_sign_in_links(
    ada: ParsingClient, nia: ParsingClient, link: str, cast: Cast, post: Post
) -> None:
    token = nia.token("/sign-in")
    pages = {plain(nia.get("/sign-in/never-made").text)}

    def check(browser: ParsingClient, ended: str) -> None:
        for answer in (browser.get(ended), browser.post(ended, data={"csrf_token": token})):
            assert answer.status_code == 410
            pages.add(plain(answer.text))

    check(nia, link + "x")
    with clock.stopped_at(clock.now() + INVITATION_LASTS):
        check(nia, link)
    row = db.session.query(Invitation).filter_by(email="nia@pythia.example").one()
    people = f"/cycles/{cast.cycle.id}/people"
    ada.submit(f"{people}/invitations/{row.id}/revoke", page=people)
    check(nia, link)
    ada.submit(f"{people}/invitations/{row.id}/resend", page=people)
    newer = post.link()
    check(nia, link)
    accept(ada.application.test_client(), newer)  # type: ignore[arg-type]  # the parsing client
    check(nia, newer)
    assert len(pages) == 1


def test_an_archived_cycle_takes_nobody_in(nia: ParsingClient, link: str, cast: Cast) -> None:
    cast.cycle.archived_at = clock.now()
    db.session.commit()
    assert nia.get(link).status_code == 410


def test_no_token_of_an_invitation_is_kept(link: str, nia: ParsingClient) -> None:
    accept(nia, link)
    kept = ""
    for table in ("invitation", "job", "audit_event"):
        kept += str(db.session.execute(text(f"SELECT * FROM {table}")).all())
    assert link.rsplit("/", 1)[1] not in kept


def test_each_step_is_recorded_once_without_the_address(
    nia: ParsingClient, link: str, cast: Cast
) -> None:
    accept(nia, link)
    events = (
        db.session.query(AuditEvent).filter_by(cycle_id=cast.cycle.id).order_by(AuditEvent.id).all()
    )
    assert [event.action for event in events] == ["invitation.made", "invitation.accepted"]
    assert "nia@" not in str([event.facts for event in events])


def test_nobody_is_invited_twice(ada: ParsingClient, cast: Cast, link: str) -> None:
    again = invite(ada, cast, email=" NIA@pythia.example")
    assert again.status_code == 422
    assert "already has an invitation" in again.text
    member = invite(ada, cast, email=cast.tom.email)
    assert member.status_code == 422
    assert "Tom Okafor already takes part" in member.text


def test_who_was_withdrawn_or_revoked_can_be_invited_again(
    ada: ParsingClient, nia: ParsingClient, cast: Cast, post: Post
) -> None:
    cast.technologist.withdrawn_at = clock.now()
    db.session.commit()
    assert invite(ada, cast, email=cast.tom.email, group="educator").status_code == 303
    accept(nia, post.link())
    assert cast.technologist.withdrawn_at is None
    assert cast.technologist.group == Group.EDUCATOR


def test_only_employers_are_invited_to_the_panel(ada: ParsingClient, cast: Cast) -> None:
    answer = invite(ada, cast, is_on_panel="y")
    assert answer.status_code == 422
    assert "Only employers" in answer.text


def test_no_partner_of_another_cycle_can_be_chosen(ada: ParsingClient, cast: Cast) -> None:
    foreign = make_partner(cast.other_cycle)
    db.session.commit()
    assert invite(ada, cast, partner=str(foreign.id)).status_code == 422


@pytest.mark.parametrize(
    "spelling", ["crumb ltd", " CRUMB  Ltd. ", "Crumb Limited", "Crumb, Ltd", "\uff23rumb ltd"]
)
def test_an_organisation_is_one_however_it_is_spelled(
    ada: ParsingClient, nia: ParsingClient, cast: Cast, post: Post, spelling: str
) -> None:
    known = make_organisation(cast.cycle, "Crumb Ltd")
    make_organisation(cast.other_cycle, "Crumb Ltd")
    db.session.commit()
    invite(ada, cast, organisation=spelling)
    accept(nia, post.link())
    place = db.session.query(Participant).filter_by(organisation_id=known.id).one()
    assert place.cycle_id == cast.cycle.id
    assert db.session.query(Organisation).filter_by(cycle_id=cast.cycle.id).count() == 1


def test_a_letter_that_cannot_be_mailed_is_shown_and_can_be_sent_again(
    ada: ParsingClient,
    cast: Cast,
    outbox: Outbox,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_letter: object) -> None:
        raise ConnectionRefusedError

    invite(ada, cast)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "send", fail)
        run_jobs()
    people = f"/cycles/{cast.cycle.id}/people"
    assert "not mailed yet" in ada.get(people).text
    row = db.session.query(Invitation).one()
    ada.submit(f"{people}/invitations/{row.id}/resend", page=people)
    run_jobs()
    assert len(outbox.letters) == 1
    assert "not mailed yet" not in ada.get(people).text


def test_a_job_run_twice_mails_nobody_twice(
    ada: ParsingClient, cast: Cast, outbox: Outbox, run_jobs: RunJobs, link: str
) -> None:
    db.session.execute(text("UPDATE job SET state = 'queued'"))
    run_jobs()
    assert len(outbox.letters) == 1


def test_expiry_is_shown_to_the_convener(ada: ParsingClient, cast: Cast, link: str) -> None:
    row = db.session.query(Invitation).one()
    row.expires_at = clock.now() - timedelta(days=1)
    db.session.commit()
    assert "expired" in ada.get(f"/cycles/{cast.cycle.id}/people").text


def test_a_title_with_line_breaks_forges_no_header(
    ada: ParsingClient, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    cast.cycle.title = "Bread\r\nBcc: all@pythia.example"
    db.session.commit()
    invite(ada, cast)
    run_jobs()
    assert "\n" not in outbox.letters[0].subject
    assert "\r" not in outbox.letters[0].subject
