"""Receipts: a rater can prove that their answers were counted, and the list names nobody."""

import csv
import hashlib
import io

import pytest
from sqlalchemy import func, select

from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed
from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.models import Panellist, Receipt
from workshop.receipts.commands import make_receipt
from workshop.receipts.queries import digests_of
from workshop.rooms.models import Round


def opened(cast: Cast) -> tuple[Room, Round]:
    """Return a room whose first round is open; of its six employers the last gave no answer."""
    room = make_room(cast, employers=6, statements=2)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPA")
    room.answer(round_, room.asked(round_)[1], "E-???")
    db.session.commit()
    return room, round_


def closed(cast: Cast) -> tuple[Room, Round]:
    room, round_ = opened(cast)
    room.close(round_)
    db.session.commit()
    return room, round_


def own(round_: Round, ending: str = "") -> str:
    return f"/cycles/{round_.cycle_id}/ballot/rounds/{round_.id}/receipt{ending}"


def published(round_: Round, ending: str = "") -> str:
    return f"/cycles/{round_.cycle_id}/workshops/rounds/{round_.id}/receipts{ending}"


def listed(client: ParsingClient, round_: Round) -> list[list[str]]:
    answer = client.get(published(round_, ".csv"))
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_sha256_of_the_file_is_in_the_published_list(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed(cast)
    client.sign_in(cast.ema)
    file = client.get(own(round_, ".txt"))
    assert file.mimetype == "text/plain"
    digest = hashlib.sha256(file.data).hexdigest()
    assert [digest] in listed(client, round_)
    page = client.get(own(round_)).text
    assert digest in page
    assert "among the 5 counted: yes" in page


def test_a_changed_answer_is_not_in_the_list(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed(cast)
    text = client.sign_in(cast.ema).get(own(round_, ".txt")).data
    assert b" = P   Calibrate" in text
    changed = hashlib.sha256(text.replace(b" = P   ", b" = N   ")).hexdigest()
    assert [changed] not in listed(client, round_)


def test_the_file_says_each_answer_as_it_was_counted(cast: Cast, client: ParsingClient) -> None:
    room, round_ = closed(cast)
    first, second = room.asked(round_)
    said = client.sign_in(cast.pia).get(own(round_, ".txt")).text
    assert f"{first.id} = P   Calibrate oven sensor 1\n" in said
    assert f"{second.id} = not my field   Calibrate oven sensor 2\n" in said
    assert "Answers: 2\n" in said


def test_the_list_has_one_digest_for_each_person_counted_and_nothing_else(
    cast: Cast, client: ParsingClient
) -> None:
    _, round_ = closed(cast)
    rows = listed(client.sign_in(cast.sol), round_)
    assert rows[0] == ["SHA-256"]
    digests = [row[0] for row in rows[1:]]
    assert digests == sorted(digests)
    assert len(set(digests)) == 5
    assert all(len(row) == 1 and len(row[0]) == 64 for row in rows[1:])
    page = client.get(published(round_)).text
    assert "5 receipts, 5 people counted" in page
    for name in ("Ema Lindqvist", "Pia Panel"):
        assert name not in page


def test_the_same_answers_of_two_people_have_different_digests(cast: Cast) -> None:
    _, round_ = closed(cast)
    # Two of the five answered alike: without their secrets they could be told to be alike.
    assert len(set(digests_of(round_.id))) == 5


def test_before_the_close_there_is_a_button_and_no_digest(
    cast: Cast, client: ParsingClient
) -> None:
    _, round_ = opened(cast)
    client.sign_in(cast.ema)
    assert "Make my receipt" in client.get(own(round_)).text
    answer = client.submit(own(round_))
    assert (answer.status_code, answer.location) == (303, own(round_))
    page = client.get(own(round_)).text
    assert "Your secret is drawn" in page
    assert client.get(own(round_, ".txt")).status_code == 404
    for ending in ("", ".csv"):
        assert client.get(published(round_, ending)).status_code == 409


def test_asking_twice_draws_one_secret(cast: Cast) -> None:
    _, round_ = opened(cast)
    seat = panellist_for(participant=cast.employer, moment=NOW)
    secrets = set()
    for _ in range(2):
        make_receipt(round_id=round_.id, panellist=seat)
        secrets.add(db.session.scalars(select(Receipt.secret)).one())
    assert len(secrets) == 1


def test_who_made_one_keeps_its_secret_at_the_close(cast: Cast, client: ParsingClient) -> None:
    room, round_ = opened(cast)
    seat = panellist_for(participant=cast.employer, moment=NOW)
    make_receipt(round_id=round_.id, panellist=seat)
    secret = db.session.get_one(Receipt, (round_.id, seat.id)).secret
    room.close(round_)
    db.session.commit()
    assert f"Secret: {secret}\n" in client.sign_in(cast.ema).get(own(round_, ".txt")).text


def test_a_receipt_cannot_be_made_after_the_close(cast: Cast) -> None:
    _, round_ = closed(cast)
    seat = panellist_for(participant=cast.employer, moment=NOW)
    with pytest.raises(Closed):
        make_receipt(round_id=round_.id, panellist=seat)


def test_who_gave_no_answer_has_none(cast: Cast, client: ParsingClient) -> None:
    room, round_ = closed(cast)
    client.sign_in(room.employers[5].account)
    assert "You gave no answers in this round" in client.get(own(round_)).text
    assert client.get(own(round_, ".txt")).status_code == 404


def test_looking_a_digest_up(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed(cast)
    client.sign_in(cast.tom)
    there = digests_of(round_.id)[0]
    assert "Yes: it is in the list" in client.submit(published(round_), digest=there.upper()).text
    assert "No: it is not in the list" in client.submit(published(round_), digest="0" * 64).text
    refused = client.submit(published(round_), digest="my vote")
    assert refused.status_code == 422
    assert "Enter a digest" in refused.text


def test_nothing_of_a_receipt_is_in_the_audit_log(cast: Cast, client: ParsingClient) -> None:
    _, round_ = opened(cast)
    before = db.session.scalar(select(func.count(AuditEvent.id)))
    client.sign_in(cast.ema).submit(own(round_))
    assert db.session.scalar(select(func.count(AuditEvent.id))) == before


def test_a_reworded_statement_leaves_the_file_as_it_was(cast: Cast, client: ParsingClient) -> None:
    room, round_ = closed(cast)
    client.sign_in(cast.ema)
    before = client.get(own(round_, ".txt")).data
    room.statements[0].text = "Calibrate everything"
    room.levels[0].name = "Another name"
    db.session.commit()
    assert client.get(own(round_, ".txt")).data == before


def test_a_receipt_is_for_raters_of_this_cycle(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed(cast)
    assert client.sign_in(cast.sol).get(own(round_)).status_code == 403
    assert client.sign_in(cast.eve).get(published(round_)).status_code == 404
    assert db.session.query(Panellist).count() == 6
