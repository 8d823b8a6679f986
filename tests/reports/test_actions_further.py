"""Subjects for further cycles: drafted, printed, and the cycle that is started from one."""

import pytest
from sqlalchemy import select

from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.people.queries import place_of
from cycles.setup.models import Cycle
from cycles.setup.queries import partners_of
from reports.actions import further
from reports.actions.models import FurtherSubject
from reports.actions.queries import subjects_of
from reports.document.commands import take_snapshot
from reports.document.queries import document_of
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_partner, make_solution
from tests.reports.test_actions import actor_of, base, text_of


def make_subject(cast: Cast, title: str, why: str = "") -> FurtherSubject:
    made = further.add_subject(
        cycle_id=cast.cycle.id, title=title, why=why, actor=actor_of(cast), moment=NOW
    )
    db.session.commit()
    return made


def titles(cast: Cast) -> list[str]:
    return [each.title for each in subjects_of(cast.cycle.id)]


def test_subjects_keep_the_order_that_conveners_give_them(cast: Cast) -> None:
    first = make_subject(cast, "Mills")
    make_subject(cast, "Shops")
    by = {"actor": actor_of(cast), "moment": NOW}
    further.move_subject(subject=first, up=False, **by)
    assert titles(cast) == ["Shops", "Mills"]
    further.remove_subject(subject=subjects_of(cast.cycle.id)[0], **by)
    assert [(each.title, each.position) for each in subjects_of(cast.cycle.id)] == [("Mills", 1)]
    with pytest.raises(Invalid, match="Enter the subject"):
        make_subject(cast, " ")


def test_an_older_wording_does_not_overwrite_a_newer_one(cast: Cast) -> None:
    row = make_subject(cast, "Mills")
    seen = further.mark_of(row)
    by = {"actor": actor_of(cast), "moment": NOW}
    further.change_subject(subject=row, title="Flour mills", why="", seen=seen, **by)
    with pytest.raises(Conflict):
        further.change_subject(subject=row, title="Wind mills", why="", seen=seen, **by)


def test_what_was_set_aside_is_drafted_and_added_once(client: ParsingClient, cast: Cast) -> None:
    aside = make_solution(cast.cycle, "Drone delivery", reason="Too early.")
    client.sign_in(cast.ada)
    address = f"{base(cast)}further"
    # While nothing is prioritised, nothing has been set aside.
    assert "Drone delivery" not in text_of(client.get(address))
    make_solution(cast.cycle, "Robotic mixers", is_prioritised=True)
    db.session.commit()
    said = text_of(client.get(address))
    assert "A candidate solution of this cycle that was set aside. Too early." in said
    add = f"{address}/suggestions/solution-{aside.id}"
    assert client.submit(add, page=address).status_code == 303
    assert titles(cast) == ["Drone delivery"]
    assert client.submit(add, page=f"{base(cast)}new").status_code == 404


def test_a_report_names_them_among_what_it_froze(cast: Cast) -> None:
    make_subject(cast, "Mills", "Flour is next.")
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor_of(cast), moment=NOW)
    (told,) = document_of(snapshot.id).further
    assert (told.title, told.why, told.is_started) == ("Mills", "Flour is next.", False)


def test_a_subject_starts_a_cycle_filled_from_it_and_both_name_each_other(
    client: ParsingClient, cast: Cast
) -> None:
    make_partner(cast.cycle, "Millers")
    row = make_subject(cast, "Mills", "Flour is next.")
    client.sign_in(cast.ada)
    address = f"{base(cast)}further/{row.id}/start"
    form = client.get(address).text
    assert 'value="Mills"' in form
    assert "Flour is next." in form
    sent = {"title": "Automatic mills", "challenge": "Flour is next.", "is_copied": "y"}
    assert client.submit(address, **sent).status_code == 303
    db.session.expire_all()
    started = db.session.get_one(Cycle, row.started_cycle_id)
    assert (started.title, started.challenge) == ("Automatic mills", "Flour is next.")
    assert [each.name for each in partners_of(started.id)] == ["Millers"]
    place = place_of(started.id, cast.ada.id)
    assert place is not None
    assert place.is_convener
    assert "Automatic mills" in text_of(client.get(f"{base(cast)}further"))
    there = text_of(client.get(f"/cycles/{started.id}/actions/further"))
    assert "This cycle was started on a subject of Automation in bakeries" in there
    assert "Began from Automation in bakeries" in text_of(client.get(f"/cycles/{started.id}/"))
    # Once is enough, also for two who press at the same time.
    assert client.get(address).status_code == 409
    with pytest.raises(Closed, match="already"):
        further.start_from(
            subject=row,
            title="Again",
            challenge="",
            is_copied=False,
            account=cast.ada,
            actor=actor_of(cast),
            moment=NOW,
        )
    # Others of this cycle learn that one was started, and nothing of it.
    others = text_of(client.sign_in(cast.sol).get(f"{base(cast)}further"))
    assert "A cycle has taken it up." in others
    assert "Automatic mills" not in others


def test_a_convener_who_may_start_no_cycle_is_not_offered_one(
    client: ParsingClient, cast: Cast
) -> None:
    row = make_subject(cast, "Mills")
    cast.ada.may_convene = False
    db.session.commit()
    client.sign_in(cast.ada)
    assert "Start a new cycle from this" not in text_of(client.get(f"{base(cast)}further"))
    assert client.get(f"{base(cast)}further/{row.id}/start").status_code == 403
    assert len(db.session.scalars(select(Cycle)).all()) == 2
