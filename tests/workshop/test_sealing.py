"""Sealing: answers become anonymous for good, nothing changes any more, and all can be read."""

import hashlib
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryOccurrence, LibrarySource, LibraryStatement
from cycles.library.returning import SOURCE, Returned, return_statements
from cycles.profiles.models import Profile, ProfileCapability
from cycles.setup.commands import archive
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements.models import StatementStatus
from reports.actions.models import Horizon, Recommendation
from tests.architecture.browsing import LET_IN, Browser, Worlds, requests_of, two_worlds
from tests.architecture.permissions import DOORS
from tests.architecture.world import World, undone
from tests.client import ParsingClient
from tests.factories import (
    NOW,
    Cast,
    add,
    make_area,
    make_partner,
    make_role_level,
    make_statement,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.links import destroy_key, find_key, link_of
from workshop.ballot.models import CycleKey, Panellist, Rating, Receipt
from workshop.exports.bundle import bundle_of
from workshop.exports.queries import read_round
from workshop.receipts.commands import forget_owners
from workshop.receipts.queries import digests_of
from workshop.rooms.attendance import attendance
from workshop.rooms.commands import close_workshop
from workshop.rooms.models import Round
from workshop.sealing.commands import CONFIRMATION, Sharing, seal_cycle


def finished(cast: Cast) -> tuple[Room, Round]:
    """Return a room whose two rounds are over, in a cycle with nothing left to do."""
    room = make_room(cast, employers=6, statements=2)
    partner = make_partner(cast.cycle)
    for person in room.employers:
        person.partner_id = partner.id
    for letters in ("AAAEEE", "AAAEEP"):
        round_ = room.open_round()
        for item in room.asked(round_):
            room.answer(round_, item, letters)
        room.close(round_)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    cast.cycle.stage = Stage.CAUSING_ACTION
    action = Recommendation(
        cycle_id=cast.cycle.id,
        position=1,
        horizon=Horizon.SHORT,
        topic="Train",
        owner="Ada",
        due_on=date(2026, 9, 1),
    )
    add(action)
    db.session.commit()
    return room, round_


def seal(cast: Cast, words: str = CONFIRMATION) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    seal_cycle(cycle=cast.cycle, confirmation=words, actor=actor, moment=NOW)
    db.session.commit()


def test_nobody_can_be_linked_again_even_with_a_copy_of_the_key(cast: Cast) -> None:
    room, round_ = finished(cast)
    key = find_key(cast.cycle.id)
    assert key is not None
    wrapped = db.session.get_one(CycleKey, cast.cycle.id).wrapped
    seal(cast)
    assert find_key(cast.cycle.id) is None
    links = [link_of(key, person.id) for person in room.employers]
    assert db.session.scalars(select(Panellist).where(Panellist.link.in_(links))).all() == []
    for seat in db.session.scalars(select(Panellist)):
        assert (seat.link, seat.partner_id, seat.breakout) == (None, None, None)
    # Not even when the key itself is put back: nothing is left that it opens.
    db.session.get_one(CycleKey, cast.cycle.id).wrapped = wrapped
    db.session.flush()
    assert find_key(cast.cycle.id) == key
    assert db.session.scalar(select(Panellist).where(Panellist.link.is_not(None))) is None
    assert db.session.query(Rating).filter_by(round_id=round_.id).count() == 12


def test_no_seat_is_taken_any_more_and_attendance_has_no_names(cast: Cast) -> None:
    _, round_ = finished(cast)
    seal(cast)
    with pytest.raises(Closed, match="sealed"):
        panellist_for(participant=cast.employer, moment=NOW)
    found = attendance(round_, NOW)
    assert (found.is_known, found.people) == (False, ())


def test_exports_are_equal_before_and_after(cast: Cast) -> None:
    _, last = finished(cast)
    rounds = list(db.session.scalars(select(Round).order_by(Round.number)))
    assert rounds[-1].id == last.id
    before = [bundle_of(read_round(one)) for one in rounds]
    seal(cast)
    assert [bundle_of(read_round(one)) for one in rounds] == before


def test_a_kept_receipt_still_holds_and_leads_to_nobody(cast: Cast, client: ParsingClient) -> None:
    _, round_ = finished(cast)
    own = f"/cycles/{cast.cycle.id}/ballot/rounds/{round_.id}/receipt"
    client.sign_in(cast.ema)
    kept = client.get(f"{own}.txt").data
    before = digests_of(round_.id)
    owners = {one.digest: one.panellist_id for one in db.session.scalars(select(Receipt))}
    seal(cast)
    assert digests_of(round_.id) == before
    assert hashlib.sha256(kept).hexdigest() in digests_of(round_.id)
    assert client.get(f"{own}.txt").status_code == 404
    assert "The file that you downloaded before still holds" in client.get(own).text
    receipts = list(db.session.scalars(select(Receipt)))
    assert {one.secret for one in receipts} == {""}
    assert {one.digest: one.panellist_id for one in receipts}.keys() == owners.keys()
    # In the order of the digests over the order of the seats: what the pairing says is no more
    # than the two lists themselves.
    for asked_in in {one.round_id for one in receipts}:
        rows = sorted(
            (one.panellist_id, one.digest) for one in receipts if one.round_id == asked_in
        )
        assert [digest for _, digest in rows] == sorted(digest for _, digest in rows)


def test_nothing_changes_in_a_sealed_cycle(cast: Cast) -> None:
    finished(cast)
    seal(cast)
    actor = Actor(cast.ada.id, cast.ada.name)
    with pytest.raises(Closed, match="sealed"):
        archive(cycle=cast.cycle, actor=actor, moment=NOW)
    with pytest.raises(Closed, match="sealed"):
        seal(cast)


def test_it_is_one_event(cast: Cast) -> None:
    finished(cast)
    before = len(list(db.session.scalars(select(AuditEvent.id))))
    seal(cast)
    events = list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)))[before:]
    assert [one.action for one in events] == ["cycle.sealed"]


@pytest.mark.parametrize("words", ["", "seal", "yes"])
def test_it_asks_for_the_words(cast: Cast, words: str) -> None:
    finished(cast)
    with pytest.raises(Invalid) as refusal:
        seal(cast, words)
    assert CONFIRMATION in refusal.value.problems["confirmation"]
    assert cast.cycle.sealed_at is None


def test_the_gates_have_to_be_open(cast: Cast) -> None:
    finished(cast)
    action = db.session.scalars(select(Recommendation)).one()
    action.owner = ""
    db.session.flush()
    with pytest.raises(Closed, match="1 action has no owner or no date"):
        seal(cast)
    action.owner = "Ada"
    cast.cycle.stage = Stage.COMMUNICATING
    db.session.flush()
    with pytest.raises(Closed, match="at its last stage"):
        seal(cast)
    cast.cycle.stage, cast.cycle.archived_at = Stage.CAUSING_ACTION, NOW
    db.session.flush()
    with pytest.raises(Closed, match="archived"):
        seal(cast)


def test_a_workshop_that_is_open_stands_in_the_way(cast: Cast) -> None:
    make_room(cast)
    cast.cycle.stage = Stage.CAUSING_ACTION
    facts = {"horizon": Horizon.SHORT, "topic": "T", "owner": "Ada", "due_on": date(2026, 9, 1)}
    add(Recommendation(cycle_id=cast.cycle.id, position=1, **facts))
    with pytest.raises(Closed, match=r"is still open\. Close it"):
        seal(cast)


def shared(cast: Cast, **sharing: bool) -> list[LibraryStatement]:
    """Seal the cycle and return what the library has of it."""
    seal_cycle(
        cycle=cast.cycle,
        confirmation=CONFIRMATION,
        sharing=Sharing(is_shared=True, **sharing),
        actor=Actor(cast.ada.id, cast.ada.name),
        moment=NOW,
    )
    db.session.commit()
    return list(db.session.scalars(select(LibraryStatement).order_by(LibraryStatement.position)))


def test_kept_statements_go_back_to_the_library_with_their_profiles(cast: Cast) -> None:
    room, _ = finished(cast)
    area = make_area("Run Ovens")
    first, second = room.statements
    first.area = area
    make_statement(cast.cycle, "Bake by hand", 80, status=StatementStatus.REJECTED)
    level = make_role_level(cast.cycle, "Bakers", 7)
    facts = {"cycle_id": cast.cycle.id, "role_level_id": level.id}
    profile = add(Profile(code="P-0001", name="Oven operator", **facts))
    for statement, is_removed in ((first, False), (second, True)):
        member = {"cycle_id": cast.cycle.id, "profile_id": profile.id, "level": 2}
        add(ProfileCapability(statement_id=statement.id, is_removed=is_removed, **member))
    records = shared(cast)
    assert [each.text for each in records] == [first.text, second.text]
    assert [each.area_id for each in records] == [area.id, second.area_id]
    assert {(each.source.name, each.source.version) for each in records} == {(SOURCE, "2026")}
    assert {each.occupation for each in records} == {""}
    (context,) = db.session.scalars(select(LibraryOccurrence))
    assert (context.statement_id, context.occupation_code) == (records[0].id, "P-0001")
    assert context.occupation == "Oven operator (Bakers, Practitioner)"
    assert str(cast.cycle.id) not in context.reference
    told = [one.action for one in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert told[-2:] == ["library.returned", "cycle.sealed"]


def test_the_library_names_a_cycle_that_allows_it_and_never_an_author(cast: Cast) -> None:
    finished(cast)
    cast.cycle.convener_organisation = "Crumb Ltd"
    records = shared(cast, is_named=True)
    assert {each.occupation for each in records} == {"Cycle: Automation in bakeries (Crumb Ltd)"}


def test_giving_back_again_changes_nothing_and_other_sources_are_left_alone(cast: Cast) -> None:
    room, _ = finished(cast)
    other = add(LibrarySource(name="Other", imported_at=NOW))
    text = room.statements[0].text
    add(LibraryStatement(source_id=other.id, reference="1", text=text, position=1))
    assert len(shared(cast)) == 2
    actor = Actor(cast.ada.id, cast.ada.name)
    again = return_statements(cycle=cast.cycle, is_named=False, actor=actor, moment=NOW)
    assert again == Returned(added=0, known=2)
    assert db.session.query(LibraryStatement).count() == 2


def test_what_came_from_the_library_does_not_go_back_under_another_licence(cast: Cast) -> None:
    room, _ = finished(cast)
    reworded, taken = room.statements
    source = add(LibrarySource(name="Licensed", licence="CC BY 4.0", imported_at=NOW))
    first, second = (
        add(LibraryStatement(source_id=source.id, reference=str(n), text=text, retired_at=when))
        for n, (text, when) in enumerate((("Tend ovens", None), (taken.text, NOW)))
    )
    reworded.library_statement_id = first.id
    assert shared(cast) == [first, second]


def test_a_demonstration_gives_nothing_back(cast: Cast, client: ParsingClient) -> None:
    finished(cast)
    cast.cycle.is_demonstration = True
    db.session.commit()
    page = client.sign_in(cast.ada).get(f"/cycles/{cast.cycle.id}/seal").text
    assert "What the library keeps" not in page
    assert shared(cast) == []
    assert db.session.query(LibrarySource).count() == 0


@pytest.mark.parametrize(("boxes", "records"), [({"gives_back": "y"}, 2), ({}, 0)])
def test_the_box_decides_over_http(
    cast: Cast, client: ParsingClient, boxes: dict[str, str], records: int
) -> None:
    finished(cast)
    address = f"/cycles/{cast.cycle.id}/seal"
    page = client.sign_in(cast.ada).get(address).text
    assert 'name="gives_back" type="checkbox" value="y" checked' in page
    assert 'name="names_cycle" type="checkbox" value="y" checked' not in page
    client.submit(address, confirmation=CONFIRMATION, **boxes)
    assert db.session.query(LibraryStatement).count() == records


def test_over_http(cast: Cast, client: ParsingClient) -> None:
    finished(cast)
    address = f"/cycles/{cast.cycle.id}/seal"
    home = client.sign_in(cast.ada).get(f"/cycles/{cast.cycle.id}/").text
    assert address in home
    page = client.get(address).text
    assert "anonymous for good" in page
    refused = client.submit(address, confirmation="no")
    assert refused.status_code == 422
    assert CONFIRMATION in refused.text
    answer = client.submit(address, confirmation="  Seal this cycle ")
    assert answer.status_code == 303
    assert "This cycle is sealed" in client.get(address).text
    assert address not in client.get(f"/cycles/{cast.cycle.id}/").text


def test_the_page_says_what_it_waits_for(cast: Cast, client: ParsingClient) -> None:
    said = client.sign_in(cast.ada).get(f"/cycles/{cast.cycle.id}/seal").text
    assert "This one is considering" in said
    assert "confirmation" not in said


@pytest.fixture(scope="module")
def worlds(app: Flask) -> Iterator[Worlds]:
    with two_worlds(app) as made:
        yield made


def test_every_page_that_opened_before_opens_after(app: Flask, worlds: Worlds) -> None:
    ours = worlds[0]
    with undone():
        before = opened(app, ours)
        cycle = db.session.get_one(Cycle, ours.values["cycle_id"])
        cycle.sealed_at = NOW
        destroy_key(cycle_id=cycle.id, moment=NOW)
        forget_owners(cycle_id=cycle.id)
        db.session.commit()
        after = opened(app, ours)
    assert {name for name, status in after.items() if status >= 500} == set()
    lost = {name: after[name] for name, status in before.items() if status < 400 <= after[name]}
    # A form that would change something is refused with a sentence; the seat's own file is gone.
    assert set(lost.values()) <= {404, 409}, lost
    assert {name for name, status in lost.items() if status == 404} == {"receipts.own_file"}


def opened(app: Flask, world: World) -> dict[str, int]:
    """Return the status of every page of the cycle, asked for by somebody whom it lets in."""
    found = {}
    for endpoint, door in DOORS.items():
        for method, rule in requests_of(app, endpoint):
            if method == "GET" and "cycle_id" in rule.arguments:
                browser = Browser(app, world, LET_IN[door][0])
                found[endpoint] = browser.ask(method, rule).status_code
    return found
