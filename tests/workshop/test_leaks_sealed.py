"""What is left in the database of a sealed cycle, read by somebody who wants a name."""

from sqlalchemy import select, text

from cycles.core.extensions import db
from cycles.people.models import Group
from tests.factories import NOW, Cast, make_account, make_participant
from tests.workshop.rating import make_room
from workshop.ballot.commands import finish_ballot, give_reason, panellist_for, rate
from workshop.ballot.links import destroy_key
from workshop.ballot.models import Answer, Panellist, Rating, Reason
from workshop.exports.bundle import bundle_of
from workshop.exports.queries import read_round
from workshop.receipts.commands import forget_owners
from workshop.rooms.models import Item, Round
from workshop.sealing.dealing import deal_seats_anew

LATE = 12


def people_who_come_one_by_one(cast: Cast) -> tuple[Round, list[str]]:
    """Let twelve people join an open round in turn; each answers and says their own name."""
    room = make_room(cast, employers=2, statements=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    names = []
    for number in range(LATE):
        person = make_participant(room.cycle, make_account(f"Late {number:02}"), Group.EMPLOYER)
        seat = panellist_for(participant=person, moment=NOW)
        keep(round_, item, seat, number)
        finish_ballot(round_id=round_.id, panellist=seat)
        names.append(f"Late {number:02}")
    room.close(round_)
    db.session.commit()
    return round_, names


def keep(round_: Round, item: Item, seat: Panellist, number: int) -> None:
    at = (round_.id, item.id)
    rate(
        round_id=at[0],
        item_id=at[1],
        panellist=seat,
        answer=Answer.RATED,
        code=number % 4,
        seq=1,
    )
    give_reason(
        round_id=at[0], item_id=at[1], panellist=seat, text=f"Late {number:02}", is_of_cell=True
    )


def forget(cast: Cast) -> None:
    """Do what sealing does to the answers."""
    destroy_key(cycle_id=cast.cycle.id, moment=NOW)
    deal_seats_anew(cycle_id=cast.cycle.id)
    forget_owners(cycle_id=cast.cycle.id)
    db.session.commit()


def as_they_lie(table: str, column: str) -> list[str]:
    """Return a column of a table in the order of its rows on the disk."""
    place = "ctid" if db.engine.dialect.name == "postgresql" else "rowid"
    found = db.session.execute(text(f"SELECT {column} FROM {table} ORDER BY {place}"))
    return [str(one).replace("-", "") for one in found.scalars()]


def names_by_seat() -> dict[str, str]:
    return {one.panellist_id.hex: one.text for one in db.session.scalars(select(Reason))}


def test_before_sealing_the_rows_lie_as_people_came(cast: Cast) -> None:
    _, names = people_who_come_one_by_one(cast)
    of = names_by_seat()
    assert [of[seat] for seat in as_they_lie("panellist", "id") if seat in of] == names


def test_after_sealing_no_order_of_rows_says_who_came_when(cast: Cast) -> None:
    _, names = people_who_come_one_by_one(cast)
    forget(cast)
    of = names_by_seat()
    orders = [
        [of[seat] for seat in as_they_lie(table, column) if seat in of]
        for table, column in (
            ("panellist", "id"),
            ("rating", "panellist_id"),
            ("finished_ballot", "panellist_id"),
            ("receipt", "panellist_id"),
            ("reason", "panellist_id"),
        )
    ]
    assert all(sorted(order) == names for order in orders)
    # Each by a lot of its own: that two of six agree by chance happens once in half a milliard.
    assert len({tuple(order) for order in (*orders, names)}) == 6


def test_the_seats_have_other_ids_and_each_keeps_its_own_answers(cast: Cast) -> None:
    people_who_come_one_by_one(cast)
    before = {seat: one for one, seat in names_by_seat().items()}
    forget(cast)
    after = names_by_seat()
    assert set(before.values()).isdisjoint(after)
    codes = {after[one.panellist_id.hex]: one.code for one in db.session.scalars(select(Rating))}
    assert codes == {name: int(name[-2:]) % 4 for name in after.values()}
    assert {one.link for one in db.session.scalars(select(Panellist))} == {None}


def test_another_cycle_s_seats_stay_where_they_are(cast: Cast) -> None:
    other = panellist_for(
        participant=make_participant(cast.other_cycle, make_account("Else"), Group.EMPLOYER),
        moment=NOW,
    )
    kept = (other.id, other.link)
    people_who_come_one_by_one(cast)
    forget(cast)
    found = db.session.scalars(select(Panellist).where(Panellist.link.is_not(None))).one()
    assert (found.id, found.link) == kept


def test_exports_do_not_notice(cast: Cast) -> None:
    round_, _ = people_who_come_one_by_one(cast)
    before = bundle_of(read_round(round_))
    forget(cast)
    assert bundle_of(read_round(round_)) == before
