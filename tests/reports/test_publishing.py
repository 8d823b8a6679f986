"""Publishing snapshots: to whom, by which link, and taking that back."""

import pytest
from sqlalchemy import select

from cycles.accounts.models import Account
from cycles.core.access import Place, place_of
from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from reports.document.commands import take_snapshot
from reports.document.models import Report, ReportState, Snapshot
from reports.publishing.commands import publish_snapshot, revoke_publication
from reports.publishing.links import publication_of, token_of
from reports.publishing.models import Audience, Publication
from reports.publishing.queries import readable_snapshots
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_statement


@pytest.fixture
def snapshot(cast: Cast) -> Snapshot:
    make_statement(cast.cycle)
    taken = take_snapshot(cycle=cast.cycle, actor=ada(cast), moment=NOW)
    db.session.commit()
    return taken


def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def publish(cast: Cast, snapshot: Snapshot, audience: Audience, label: str = "") -> Publication:
    made = publish_snapshot(
        snapshot=snapshot, audience=audience, label=label, actor=ada(cast), moment=NOW
    )
    db.session.commit()
    return made


def place(cast: Cast, account: Account) -> Place:
    found = place_of(cast.cycle.id, account.id)
    assert found is not None
    return found


def readers(cast: Cast) -> set[str]:
    people = {"ada": cast.ada, "tom": cast.tom, "eddy": cast.eddy, "sol": cast.sol}
    return {
        name
        for name, account in people.items()
        if readable_snapshots(cast.cycle.id, place(cast, account))
    }


def test_a_snapshot_is_the_conveners_until_it_is_published(cast: Cast, snapshot: Snapshot) -> None:
    assert readers(cast) == {"ada"}
    publish(cast, snapshot, Audience.LINK)
    assert readers(cast) == {"ada"}  # whoever has a place is not whoever has the link
    to_sponsors = publish(cast, snapshot, Audience.SPONSORS)
    assert readers(cast) == {"ada", "sol"}
    publish(cast, snapshot, Audience.PARTICIPANTS)
    assert readers(cast) == {"ada", "tom", "eddy", "sol"}
    revoke_publication(publication=to_sponsors, actor=ada(cast), moment=NOW)
    assert readers(cast) == {"ada", "tom", "eddy", "sol"}


def test_each_step_is_one_event_that_names_no_label(cast: Cast, snapshot: Snapshot) -> None:
    made = publish(cast, snapshot, Audience.LINK, "Nia Field of Crumb Ltd")
    revoke_publication(publication=made, actor=ada(cast), moment=NOW)
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()[-2:]
    assert [each.action for each in events] == [
        "snapshot.published",
        "snapshot.publication_revoked",
    ]
    assert {each.subject_id for each in events} == {made.id}
    assert all(each.facts == {"number": 1, "audience": "link"} for each in events)


def test_nobody_is_published_to_twice(cast: Cast, snapshot: Snapshot) -> None:
    publish(cast, snapshot, Audience.PARTICIPANTS)
    for audience in (Audience.PARTICIPANTS, Audience.SPONSORS):
        with pytest.raises(Invalid):
            publish(cast, snapshot, audience)
    first = publish(cast, snapshot, Audience.LINK, "The  press ")
    with pytest.raises(Invalid, match="The press"):
        publish(cast, snapshot, Audience.LINK, "The press")
    publish(cast, snapshot, Audience.LINK, "The unions")
    revoke_publication(publication=first, actor=ada(cast), moment=NOW)
    again = publish(cast, snapshot, Audience.LINK, "The press")
    assert token_of(again) != token_of(first)
    with pytest.raises(Closed):
        revoke_publication(publication=first, actor=ada(cast), moment=NOW)


def test_a_link_opens_what_was_published_by_link_until_it_is_revoked(
    cast: Cast, snapshot: Snapshot
) -> None:
    made = publish(cast, snapshot, Audience.LINK)
    token = token_of(made)
    found = publication_of(token)
    assert found is not None
    assert found.snapshot.id == snapshot.id
    assert publication_of(token_of(publish(cast, snapshot, Audience.SPONSORS))) is None
    for spoilt in (token[:-1], f"{token}x", token.swapcase(), "", "x.y", f"é{token}"):
        assert publication_of(spoilt) is None
    revoke_publication(publication=made, actor=ada(cast), moment=NOW)
    assert publication_of(token) is None


def test_links_outlive_a_change_of_the_secret(cast: Cast, snapshot: Snapshot) -> None:
    from flask import current_app

    made = publish(cast, snapshot, Audience.LINK)
    token, config = token_of(made), current_app.config
    before = config["SECRET_KEY"], config["SECRET_KEY_FALLBACKS"]
    try:
        config.update(SECRET_KEY="another secret, long enough", SECRET_KEY_FALLBACKS=[before[0]])
        assert publication_of(token) is not None
        config.update(SECRET_KEY_FALLBACKS=[])
        assert publication_of(token) is None
    finally:
        config.update(SECRET_KEY=before[0], SECRET_KEY_FALLBACKS=before[1])


def test_what_was_found_outlives_the_sealing(cast: Cast, snapshot: Snapshot) -> None:
    cast.cycle.sealed_at = NOW
    made = publish(cast, snapshot, Audience.LINK)
    cast.cycle.archived_at = NOW
    with pytest.raises(Closed):
        publish(cast, snapshot, Audience.SPONSORS)
    revoke_publication(publication=made, actor=ada(cast), moment=NOW)


def test_a_convener_freezes_publishes_and_revokes(client: ParsingClient, cast: Cast) -> None:
    make_statement(cast.cycle)
    client.sign_in(cast.ada)
    home = f"/cycles/{cast.cycle.id}/publishing"
    assert "No snapshot yet" in client.get(home).text
    frozen = client.submit(f"{home}/freeze", home)
    assert frozen.location.endswith("/findings/?snapshot=1")
    assert "Snapshot 1, frozen on" in client.get(frozen.location).text
    snapshot = db.session.scalar(select(Snapshot))
    assert snapshot is not None
    form = f"{home}/snapshots/{snapshot.id}"
    refused = client.submit(form)
    assert refused.status_code == 422
    assert "Choose who may read it" in refused.text
    assert client.submit(form, audience="link", label="The press").status_code == 303
    twice = client.submit(form, audience="link", label="The press")
    assert twice.status_code == 422
    assert "There is a link for “The press” already" in twice.text
    made = db.session.scalar(select(Publication))
    assert made is not None
    text = client.get(home).text
    assert f"/published/{token_of(made)}/" in text
    assert "by Ada Bright" in text
    assert client.submit(f"{home}/{made.id}/revoke", home).location == home
    text = client.get(home).text
    assert f"/published/{token_of(made)}/" not in text
    assert "The press" in text


def test_a_sealed_cycle_offers_no_snapshot(
    client: ParsingClient, cast: Cast, snapshot: Snapshot
) -> None:
    cast.cycle.sealed_at = NOW
    db.session.commit()
    client.sign_in(cast.ada)
    home = f"/cycles/{cast.cycle.id}/publishing"
    text = client.get(home).text
    assert "The cycle is sealed" in text
    assert f"{home}/freeze" not in text
    client.submit(f"{home}/freeze", f"{home}/snapshots/{snapshot.id}")
    assert len(db.session.scalars(select(Snapshot)).all()) == 1


def test_the_explorer_lets_conveners_freeze_and_says_who_reads(
    client: ParsingClient, cast: Cast, snapshot: Snapshot
) -> None:
    publish(cast, snapshot, Audience.PARTICIPANTS)
    publish(cast, snapshot, Audience.LINK)
    findings = f"/cycles/{cast.cycle.id}/findings/"
    freeze = f"/cycles/{cast.cycle.id}/publishing/freeze"
    client.sign_in(cast.ada)
    assert freeze in client.get(findings).text
    text = client.get(f"{findings}?snapshot=1").text
    assert "Read by everyone in the cycle and anyone with its link." in text
    assert freeze not in text
    client.sign_in(cast.sol)
    text = client.get(findings).text
    assert "Snapshot 1, frozen on" in text
    assert "publishing" not in text


def test_a_report_leads_those_who_may_to_the_findings_it_prints(
    client: ParsingClient, cast: Cast, snapshot: Snapshot
) -> None:
    report = add(
        Report(
            cycle_id=cast.cycle.id,
            snapshot_id=snapshot.id,
            state=ReportState.PUBLISHED,
            created_at=NOW,
            published_at=NOW,
        )
    )
    db.session.commit()
    page = f"/cycles/{cast.cycle.id}/report/{report.id}"
    link = f'href="/cycles/{cast.cycle.id}/findings/?snapshot=1"'
    assert link in client.sign_in(cast.ada).get(page).text
    assert link not in client.sign_in(cast.tom).get(page).text
    publish(cast, snapshot, Audience.PARTICIPANTS)
    assert link in client.get(page).text
