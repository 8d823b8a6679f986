"""The board: steps, the timer, breakouts, the call to everyone, and what is shown to whom."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from cycles.core import clock
from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.factories import (
    NOW,
    Cast,
    make_account,
    make_participant,
    make_partner,
    make_solution,
    make_statement,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer, Panellist
from workshop.board.agenda import suggested
from workshop.board.board_page import choose, numbers_of
from workshop.board.breakouts import deal, names_in
from workshop.board.calling import Destination
from workshop.board.commands import (
    add_step,
    call_everyone,
    change_timer,
    close_step,
    end_breakouts,
    hide,
    move_person,
    move_step,
    open_step,
    pause_step,
    plan_steps,
    release,
    remove_step,
    resume_step,
    reveal,
    split_into_breakouts,
)
from workshop.board.heat import heat_map
from workshop.board.parts import counts_of_part, why_no_parts
from workshop.board.projector_page import projector_of
from workshop.board.queries import current_step, steps_of
from workshop.board.standings import standings_of
from workshop.board.topics import in_order, topics
from workshop.board.words import agreement_words, counts_words, per_cent
from workshop.rooms.attendance import Presence, attendance
from workshop.rooms.commands import open_workshop, plan_workshop
from workshop.rooms.models import Item, Mode, RoomState, Step, StepKind, Workshop, WorkshopKind
from workshop.rooms.queries import last_round
from workshop.rooms.scales import PRIORITY, PROFICIENCY

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=8, statements=3, levels=2)


@pytest.fixture
def addresses(app: Flask) -> Iterator[None]:
    """Pages are put together outside a request, with the addresses they would have in one."""
    with app.test_request_context():
        yield


def by(room: Room) -> dict[str, object]:
    return {"actor": room.actor, "moment": LATER}


def planned(room: Room) -> list[Step]:
    return plan_steps(workshop=room.workshop, **by(room))


def open_to(room: Room, title: str) -> Step:
    """Open the steps one after another up to the one with this title; return it."""
    for step in steps_of(room.workshop.id) or planned(room):
        open_step(step=step, **by(room))
        if step.title == title:
            return step
        close_step(step=step, **by(room))
    raise AssertionError(title)


def answer_all(room: Room, letters: str) -> None:
    round_ = last_round(room.workshop.id)
    for item in room.asked(round_):
        room.answer(round_, item, letters)


def board_at(room: Room, path: str = "/board") -> str:
    return f"/cycles/{room.cycle.id}/workshops/{room.workshop.id}{path}"


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditEvent.action).order_by(AuditEvent.id)))


# The agenda


@pytest.mark.parametrize("kind", list(WorkshopKind))
@pytest.mark.parametrize("mode", list(Mode))
def test_every_kind_of_workshop_has_a_usual_agenda(kind: WorkshopKind, mode: Mode) -> None:
    steps = suggested(kind, mode)
    rates = [one for one in steps if one.kind == StepKind.RATE]
    is_rated = kind in ("prioritisation", "validation", "proficiency")
    assert len(rates) == ((1 if mode == Mode.REAL_TIME else 2) if is_rated else 0)
    assert steps[0].title == "Welcome"


def test_an_agenda_is_planned_once(room: Room) -> None:
    first, again = planned(room), planned(room)
    assert [one.id for one in first] == [one.id for one in again]
    assert [one.title for one in first][:2] == ["Welcome", "Rate on your own"]
    assert actions().count("workshop.steps_planned") == 1


def test_steps_are_moved_and_removed_until_they_are_opened(room: Room) -> None:
    steps = planned(room)
    move_step(step=steps[2], by=-1, **by(room))
    assert [one.title for one in steps_of(room.workshop.id)][1] == "See and discuss"
    with pytest.raises(Invalid):
        move_step(step=steps[0], by=-1, **by(room))
    remove_step(step=steps[2], **by(room))
    assert len(steps_of(room.workshop.id)) == 4
    open_step(step=steps[0], **by(room))
    with pytest.raises(Closed):
        remove_step(step=steps[0], **by(room))
    with pytest.raises(Invalid):
        move_step(step=steps[1], by=-1, **by(room))


def test_a_step_without_a_title_or_of_the_wrong_kind_is_refused(room: Room, cast: Cast) -> None:
    with pytest.raises(Invalid):
        add_step(workshop=room.workshop, kind=StepKind.TALK, title=" ", minutes=None, **by(room))
    capture = plan_workshop(
        cycle=cast.cycle, kind=WorkshopKind.CAPTURE, title="Capture", **by(room)
    )
    with pytest.raises(Invalid):
        add_step(workshop=capture, kind=StepKind.RATE, title="Rate", minutes=5, **by(room))


# Running steps


def test_a_rating_step_opens_and_closes_its_round(room: Room) -> None:
    step = open_to(room, "Rate on your own")
    round_ = last_round(room.workshop.id)
    assert round_ is not None
    assert (step.round_id, round_.state) == (round_.id, RoomState.OPEN)
    close_step(step=step, **by(room))
    assert last_round(room.workshop.id).state == RoomState.CLOSED
    assert actions()[-1] == "round.closed"


def test_a_talk_ends_when_the_next_step_opens_but_a_rating_step_does_not(room: Room) -> None:
    steps = planned(room)
    open_step(step=steps[0], **by(room))
    open_step(step=steps[1], **by(room))
    assert steps[0].state == RoomState.CLOSED
    with pytest.raises(Closed, match="Rate on your own"):
        open_step(step=steps[2], **by(room))
    assert current_step(room.workshop.id) == steps[1]


def test_a_rating_step_takes_up_a_round_that_is_open_already(room: Room) -> None:
    round_ = room.open_round()
    steps = planned(room)
    open_step(step=steps[1], **by(room))
    assert steps[1].round_id == round_.id


def test_steps_open_only_in_an_open_workshop(room: Room, cast: Cast) -> None:
    other = plan_workshop(cycle=cast.cycle, kind=WorkshopKind.CAPTURE, title="Capture", **by(room))
    step = plan_steps(workshop=other, **by(room))[0]
    with pytest.raises(Closed):
        open_step(step=step, **by(room))


def test_pausing_stops_the_timer_and_the_round_and_resuming_gives_back_what_was_left(
    room: Room,
) -> None:
    step = open_to(room, "Rate on your own")
    assert step.ends_at == LATER + timedelta(minutes=25)
    at = LATER + timedelta(minutes=10)
    pause_step(step=step, actor=room.actor, moment=at)
    assert (step.seconds_left, step.ends_at) == (15 * 60, None)
    assert last_round(room.workshop.id).state == RoomState.PAUSED
    resume_step(step=step, actor=room.actor, moment=at + timedelta(hours=1))
    assert step.ends_at == at + timedelta(hours=1, minutes=15)
    assert last_round(room.workshop.id).state == RoomState.OPEN


def test_the_timer_gains_and_loses_time_and_never_closes_anything(room: Room) -> None:
    step = open_to(room, "Welcome")
    change_timer(step=step, seconds=60, **by(room))
    assert step.ends_at == LATER + timedelta(minutes=11)
    late = LATER + timedelta(minutes=30)
    change_timer(step=step, seconds=-60, actor=room.actor, moment=late)
    assert (step.ends_at, step.state) == (late, RoomState.OPEN)
    change_timer(step=step, seconds=120, actor=room.actor, moment=late)
    assert step.ends_at == late + timedelta(minutes=2)


def test_results_are_revealed_and_hidden_and_end_with_their_step(room: Room) -> None:
    steps = planned(room)
    open_step(step=steps[2], **by(room))
    with pytest.raises(Invalid):
        reveal(step=steps[2], **by(room))
    open_step(step=steps[1], **by(room))
    close_step(step=steps[1], **by(room))
    again = add_step(
        workshop=room.workshop, kind=StepKind.REVEAL, title="See", minutes=None, **by(room)
    )
    open_step(step=again, **by(room))
    reveal(step=again, **by(room))
    hide(step=again, **by(room))
    reveal(step=again, **by(room))
    close_step(step=again, **by(room))
    assert not again.is_revealed
    assert actions()[-4:] == ["step.revealed", "step.hidden", "step.revealed", "step.closed"]


# What the board shows


def test_while_a_round_is_open_the_board_shows_batches_only(room: Room) -> None:
    open_to(room, "Rate on your own")
    answer_all(room, "NNPE")
    round_ = last_round(room.workshop.id)
    assert {one.counts for one in standings_of(room.workshop, round_)} == {None}
    answer_all(room, "    EE")
    shown = standings_of(room.workshop, round_)
    assert {sum(one.counts or ()) for one in shown} <= {0, 5, 6}
    assert all(one.is_live for one in shown)


def test_a_closed_round_shows_its_frozen_counts_past_the_gate(room: Room) -> None:
    step = open_to(room, "Rate on your own")
    round_ = last_round(room.workshop.id)
    first, second, *_ = room.asked(round_)
    room.answer(round_, first, "NNEEEE")
    room.answer(round_, second, "PPPP")
    close_step(step=step, **by(room))
    found = {one.asked.item_id: one for one in standings_of(room.workshop, round_)}
    assert found[first.id].counts == (2, 0, 0, 4)
    assert (found[second.id].counts, found[second.id].n) == (None, 0)


def test_the_heat_map_has_a_row_a_capability_and_hatches_what_too_few_rated(
    room: Room, addresses: None
) -> None:
    step = open_to(room, "Rate on your own")
    round_ = last_round(room.workshop.id)
    items = room.asked(round_)
    room.answer(round_, items[0], "NNNNEEEE")
    room.answer(round_, items[1], "PPPPPPPP")
    room.answer(round_, items[2], "PP")
    close_step(step=step, **by(room))
    grid = heat_map(
        room.workshop, standings_of(room.workshop, round_), sort="disagreement", minimum_n=5
    )
    assert (len(grid.rows), grid.columns) == (3, ("Level 1", "Level 2"))
    one, two = grid.rows[0].cells
    assert one is not None
    assert two is not None
    assert (one.step, one.text, two.step, two.text) == (5, "100", 0, "0")
    assert (grid.shown, grid.hidden) == (2, 4)
    hidden = [cell for row in grid.rows[1:] for cell in row.cells if cell]
    assert {cell.text for cell in hidden} == {""}


def test_two_camps_are_discussed_before_a_spread_and_words_say_the_counts(room: Room) -> None:
    step = open_to(room, "Rate on your own")
    round_ = last_round(room.workshop.id)
    items = room.asked(round_)
    room.answer(round_, items[0], "AAPPPPEE")
    room.answer(round_, items[1], "NNNEEEE ")
    room.answer(round_, items[2], "PPPPPPPP")
    close_step(step=step, **by(room))
    standings = standings_of(room.workshop, round_)
    assert [one.asked.item_id for one in in_order(standings, 8)][:2] == [items[1].id, items[0].id]
    first, second = topics(standings, 8, PROFICIENCY)
    assert (first.agreement, first.counts) == ("Two camps", "4 of 7 said Expert, 3 Not needed")
    assert second.counts == "4 of 8 said Practitioner, 2 Awareness, 2 Expert"


def test_coverage_settles_what_comes_first_among_equal_disagreement(room: Room) -> None:
    step = open_to(room, "Rate on your own")
    round_ = last_round(room.workshop.id)
    items = room.asked(round_)
    room.answer(round_, items[0], "AAAPPP  ")
    room.answer(round_, items[1], "AAAAPPPP")
    close_step(step=step, **by(room))
    ordered = in_order(standings_of(room.workshop, round_), 8)
    assert [one.asked.item_id for one in ordered][:2] == [items[1].id, items[0].id]


def test_words_for_counts_and_agreement() -> None:
    assert counts_words((0, 0, 0, 0), PROFICIENCY) == "Nobody has rated it"
    assert counts_words((0, 0, 0, 0, 2, 0, 0, 0, 3), PRIORITY) == "3 of 5 said 9, 2 said 5"
    assert agreement_words(1.0) == "Strong agreement"
    assert agreement_words(-0.2) == "Two camps"
    assert (per_cent(199, 200), per_cent(0, 0)) == (99, 0)


def test_people_are_counted_by_who_they_are_and_never_by_what_they_said(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    open_to(room, "Rate on your own")
    answer_all(room, "E")
    client.sign_in(cast.ema)
    found = attendance(last_round(room.workshop.id), clock.now())
    ema = next(one for one in found.people if one.name == cast.ema.name)
    assert (ema.answered, ema.asked, ema.presence) == (6, 6, Presence.HERE)
    assert found.here == 1
    idle = attendance(last_round(room.workshop.id), clock.now() + timedelta(minutes=10))
    assert next(one for one in idle.people if one.answered).presence == Presence.IDLE
    away = attendance(last_round(room.workshop.id), clock.now() + timedelta(hours=1))
    assert {one.presence for one in away.people} == {Presence.AWAY}


def test_the_live_board_answers_only_what_is_new_and_ends_with_the_workshop(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    open_to(room, "Rate on your own")
    db.session.commit()
    client.sign_in(cast.ada)
    path = board_at(room, "/board/live")
    fragment = client.get(path).text
    seen = fragment.split('data-pulse-seen="')[1].split('"')[0]
    assert client.get(f"{path}?seen={seen}").status_code == 204
    answer_all(room, "PPPPPP")
    db.session.commit()
    changed = client.get(f"{path}?seen={seen}")
    assert changed.status_code == 200
    room.close(last_round(room.workshop.id))
    room.workshop.state = RoomState.CLOSED
    db.session.commit()
    over = client.get(f"{path}?seen={seen}")
    assert (over.status_code, "data-pulse-url" in over.text) == (286, False)


@pytest.mark.parametrize("view", ["heat", "next", "asked", "nonsense"])
@pytest.mark.parametrize("sort", ["disagreement", "fewest", "closed", "area", "nonsense"])
def test_every_view_and_order_of_the_board_opens(
    room: Room, cast: Cast, client: ParsingClient, view: str, sort: str
) -> None:
    room.workshop.raters_per_item = 8
    step = open_to(room, "Rate on your own")
    answer_all(room, "NNAPEE")
    close_step(step=step, **by(room))
    db.session.commit()
    client.sign_in(cast.ada)
    assert client.get(board_at(room, f"/board?view={view}&sort={sort}")).status_code == 200


def test_what_is_short_of_raters_is_listed(room: Room, addresses: None) -> None:
    room.workshop.raters_per_item = 3
    open_to(room, "Rate on your own")
    found = numbers_of(room.workshop, choose({"view": "asked"}), LATER)
    assert found is not None
    assert found.assigned is not None
    assert (found.assigned.complete, len(found.assigned.lines)) == (0, 3)


def test_a_capture_board_calls_out_empty_cells_and_the_latest_statements(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    make_partner(cast.cycle, "Suppliers")
    workshop = plan_workshop(
        cycle=cast.cycle, kind=WorkshopKind.CAPTURE, title="Capture", **by(room)
    )
    open_workshop(workshop=workshop, **by(room))
    make_statement(cast.cycle, "Clean the proving trays", 77)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/workshops/{workshop.id}/board"
    text = client.get(path).text
    assert "Implement for Suppliers" in text
    assert "Clean the proving trays" in text
    assert f"/cycles/{cast.cycle.id}/capabilities/alike" in text


# Steps and calls over HTTP


def test_the_facilitator_runs_a_round_from_the_board(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    board = board_at(room)
    db.session.commit()
    client.submit(f"{board}/agenda/usual", board)
    welcome, rate, *_ = steps_of(room.workshop.id)
    fragment = {"headers": {"HX-Request": "true"}}
    opened = client.submit(f"{board}/steps/{welcome.id}/open", board, **fragment)
    assert (opened.status_code, 'id="steps"' in opened.text) == (200, True)
    plain = client.submit(f"{board}/steps/{rate.id}/open", board)
    assert (plain.status_code, plain.location) == (303, board)
    more = client.submit(f"{board}/steps/{rate.id}/timer", board, seconds="60", **fragment)
    assert "Ends" in more.text
    twice = client.submit(f"{board}/steps/{rate.id}/open", board)
    assert twice.status_code == 409
    closed = client.submit(f"{board}/steps/{rate.id}/close", board)
    assert closed.status_code == 303
    assert last_round(room.workshop.id).state == RoomState.CLOSED


def test_people_are_called_to_where_they_may_go(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    facts = {"workshop": room.workshop, **by(room)}
    call_everyone(to=Destination.WORK, **facts)
    db.session.commit()
    home, banner = f"/cycles/{cast.cycle.id}/", f"/cycles/{cast.cycle.id}/call"
    client.sign_in(cast.ema)
    assert f'href="/cycles/{cast.cycle.id}/ballot/"' in client.get(banner).text
    assert "asks everyone to come here" in client.get(home).text
    client.sign_in(cast.sol)
    assert f'href="{board_at(room, "")}"' in client.get(banner).text
    client.sign_in(cast.ada)
    assert 'id="call"' not in client.get(home).text
    release(**facts)
    with pytest.raises(Closed):
        release(**facts)


def test_the_banner_is_sent_once_and_stops_when_no_workshop_is_open(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    db.session.commit()
    banner = f"/cycles/{cast.cycle.id}/call"
    client.sign_in(cast.ema)
    assert client.get(f"{banner}?seen=none").status_code == 204
    call_everyone(workshop=room.workshop, to=Destination.RESULTS, **by(room))
    db.session.commit()
    answer = client.get(f"{banner}?seen=none")
    assert (answer.status_code, "See the results" in answer.text) == (200, True)
    seen = answer.text.split('data-pulse-seen="')[1].split('"')[0]
    assert client.get(f"{banner}?seen={seen}").status_code == 204
    room.workshop.state = RoomState.CLOSED
    db.session.commit()
    assert client.get(f"{banner}?seen={seen}").status_code == 286


def test_the_banner_stands_outside_every_form(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    open_to(room, "Rate on your own")
    call_everyone(workshop=room.workshop, to=Destination.WORK, **by(room))
    db.session.commit()
    client.sign_in(cast.ema)
    round_ = last_round(room.workshop.id)
    text = client.get(f"/cycles/{cast.cycle.id}/ballot/rounds/{round_.id}/areas/1").text
    assert text.index('id="call"') < text.index("<main")


# The projector


def test_the_projector_says_how_many_and_never_what_before_it_is_revealed(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    step = open_to(room, "Rate on your own")
    answer_all(room, "NNNEEEEE")
    db.session.commit()
    client.sign_in(cast.ada)
    path = board_at(room, "/projector")
    text = client.get(path).text
    assert "100 %" in text
    for word in ("Expert", "Not needed", cast.ema.name, "Calibrate"):
        assert word not in text
    close_step(step=step, **by(room))
    discuss = steps_of(room.workshop.id)[2]
    open_step(step=discuss, **by(room))
    db.session.commit()
    assert "Expert" not in client.get(f"{path}/live").text
    reveal(step=discuss, **by(room))
    db.session.commit()
    shown = client.get(f"{path}/live").text
    assert "5 of 8 said Expert, 3 Not needed" in shown
    assert "1 of 6" in shown
    assert cast.ema.name not in client.get(path).text
    hide(step=discuss, **by(room))
    db.session.commit()
    assert "Expert" not in client.get(f"{path}/live?at=1").text


def test_the_projector_turns_item_by_item_and_stays_within_them(
    room: Room, addresses: None
) -> None:
    step = open_to(room, "Rate on your own")
    answer_all(room, "NNNEEEEE")
    close_step(step=step, **by(room))
    discuss = steps_of(room.workshop.id)[2]
    open_step(step=discuss, **by(room))
    reveal(step=discuss, **by(room))
    first, last = (projector_of(room.workshop, at, LATER).item for at in (-3, 99))
    assert first is not None
    assert last is not None
    assert (first.number, first.previous_href, last.number, last.next_href) == (1, "", 6, "")


def test_the_projector_has_nothing_to_show_of_too_few(room: Room, addresses: None) -> None:
    step = open_to(room, "Rate on your own")
    answer_all(room, "EEEE")
    close_step(step=step, **by(room))
    discuss = steps_of(room.workshop.id)[2]
    open_step(step=discuss, **by(room))
    reveal(step=discuss, **by(room))
    found = projector_of(room.workshop, 1, LATER)
    assert (found.item, found.nothing_to_show) == (None, True)


# Breakouts


def split(room: Room, how_many: int) -> None:
    split_into_breakouts(workshop=room.workshop, how_many=how_many, **by(room))


def seat(room: Room, names: str) -> None:
    """Seat the employers in these breakouts in turn. Those of B go first, so that none is empty."""
    for name in "BA":
        for person, mine in zip(room.employers, names, strict=True):
            if mine == name:
                move_person(workshop=room.workshop, participant=person, to=name, **by(room))


def test_breakouts_are_of_equal_size_with_the_partners_mixed(room: Room, cast: Cast) -> None:
    partners = [make_partner(cast.cycle, name, number) for number, name in enumerate("XY", 1)]
    for number, person in enumerate(room.employers):
        person.partner_id = partners[number // 4].id
    rooms = deal(room.employers, 4)
    assert [len(one) for one in rooms] == [2, 2, 2, 2]
    assert all(len({person.partner_id for person in one}) == 2 for one in rooms)


def test_people_are_split_moved_and_brought_back(room: Room, cast: Cast) -> None:
    split(room, 2)
    assert names_in(cast.cycle.id) == ["A", "B"]
    facts = {"workshop": room.workshop, **by(room)}
    move_person(participant=cast.employer, to="B", **facts)
    found = attendance(room.open_round(), LATER)
    assert next(one for one in found.people if one.name == cast.ema.name).breakout == "B"
    with pytest.raises(Invalid):
        move_person(participant=cast.employer, to="Z", **facts)
    with pytest.raises(Invalid):
        move_person(participant=cast.technologist, to="A", **facts)
    with pytest.raises(Invalid):
        split(room, 99)
    end_breakouts(**facts)
    assert names_in(cast.cycle.id) == []


def test_a_person_sees_the_breakout_that_is_theirs(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    split(room, 2)
    move_person(workshop=room.workshop, participant=cast.employer, to="B", **by(room))
    db.session.commit()
    client.sign_in(cast.ema)
    assert "You are in breakout B." in client.get(board_at(room, "")).text


def test_a_breakout_s_results_wait_for_the_close(room: Room, addresses: None) -> None:
    split(room, 2)
    step = steps_of(room.workshop.id) or planned(room)
    open_step(step=step[1], actor=room.actor, moment=LATER + timedelta(minutes=1))
    round_ = last_round(room.workshop.id)
    assert "once the round has closed" in why_no_parts(round_)
    found = numbers_of(room.workshop, choose({"breakout": "A"}), LATER)
    assert found is not None
    assert found.heat is None
    assert len([one for group in found.people.groups for one in group.people]) == 4


def test_a_breakout_s_results_need_five_and_hide_no_smaller_rest(cast: Cast) -> None:
    room = make_room(cast, employers=13, statements=1)
    split(room, 2)
    seat(room, "B" * 6 + "A" * 7)
    later = {"actor": room.actor, "moment": LATER + timedelta(minutes=1)}
    planned(room)
    step = steps_of(room.workshop.id)[1]
    open_step(step=step, **later)
    answer_all(room, "NNNNNNEEEEE  ")
    close_step(step=step, **later)
    round_ = last_round(room.workshop.id)
    assert why_no_parts(round_) == ""
    assert list(counts_of_part(round_, "B").values()) == [(6, 0, 0, 0)]
    assert list(counts_of_part(round_, "A").values()) == [(0, 0, 0, 5)]


def test_a_small_rest_of_a_breakout_is_not_to_be_had_by_subtraction(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=1)
    split(room, 2)
    seat(room, "A" * 6 + "B" * 2)
    later = {"actor": room.actor, "moment": LATER + timedelta(minutes=1)}
    step = planned(room)[1]
    open_step(step=step, **later)
    answer_all(room, "NNNNNNEE")
    close_step(step=step, **later)
    assert counts_of_part(last_round(room.workshop.id), "A") == {}


def test_moving_one_person_after_a_round_shows_nobody_s_answers(
    room: Room, addresses: None
) -> None:
    split(room, 1 + 1)
    later = LATER + timedelta(minutes=1)
    step = planned(room)[1]
    open_step(step=step, actor=room.actor, moment=later)
    answer_all(room, "NNNNNEEE")
    close_step(step=step, actor=room.actor, moment=later)
    round_ = last_round(room.workshop.id)
    assert why_no_parts(round_) == ""
    moved = {"actor": room.actor, "moment": later + timedelta(minutes=1)}
    move_person(workshop=room.workshop, participant=room.employers[0], to="B", **moved)
    assert "changed after this round opened" in why_no_parts(round_)
    found = numbers_of(room.workshop, choose({"breakout": "A"}), later)
    assert found is not None
    assert found.heat is None


def test_no_event_of_breakouts_names_an_answer_or_a_seat(room: Room) -> None:
    split(room, 2)
    seats = {one.hex for one in db.session.scalars(db.select(Panellist.id))}
    facts = [repr(one.facts) for one in db.session.scalars(db.select(AuditEvent))]
    assert not any(seat in text for seat in seats for text in facts)


def test_a_workshop_that_does_not_rate_has_no_breakouts(room: Room, cast: Cast) -> None:
    workshop = plan_workshop(
        cycle=cast.cycle, kind=WorkshopKind.CAPTURE, title="Capture", **by(room)
    )
    assert isinstance(workshop, Workshop)
    with pytest.raises(Invalid):
        split_into_breakouts(workshop=workshop, how_many=2, **by(room))


def test_others_may_not_open_the_board_or_the_projector(
    room: Room, cast: Cast, client: ParsingClient
) -> None:
    make_participant(cast.cycle, make_account("Nosy Field"), cast.employer.group)
    db.session.commit()
    client.sign_in(cast.ema)
    for path in ("/board", "/board/live", "/board/steps", "/projector", "/projector/live"):
        assert client.get(board_at(room, path)).status_code == 403


def test_a_prioritisation_has_one_column_and_its_own_words(
    cast: Cast, client: ParsingClient
) -> None:
    cast.cycle.stage = Stage.CARRYING_OUT
    people = [cast.technologist, cast.employer, cast.panel_member, cast.educator]
    people += [
        make_participant(cast.cycle, make_account(f"Voter{n} Field"), cast.employer.group)
        for n in range(2)
    ]
    make_solution(cast.cycle, "Robotic ovens")
    facts = {"actor": Actor(cast.ada.id, cast.ada.name), "moment": LATER}
    kind = WorkshopKind.PRIORITISATION
    workshop = plan_workshop(cycle=cast.cycle, kind=kind, title="What matters", **facts)
    open_workshop(workshop=workshop, **facts)
    _, step, see, *_ = plan_steps(workshop=workshop, **facts)
    open_step(step=step, **facts)
    round_ = last_round(workshop.id)
    item = db.session.scalars(db.select(Item).where(Item.workshop_id == workshop.id)).one()
    for person, code in zip(people, (8, 8, 8, 0, 0, 8), strict=True):
        rate(
            round_id=round_.id,
            item_id=item.id,
            panellist=panellist_for(participant=person, moment=NOW),
            answer=Answer.RATED,
            code=code,
            seq=1,
        )
    close_step(step=step, **facts)
    open_step(step=see, **facts)
    reveal(step=see, **facts)
    db.session.commit()
    client.sign_in(cast.ada)
    board = f"/cycles/{cast.cycle.id}/workshops/{workshop.id}"
    page = client.get(f"{board}/board").text
    assert "Robotic ovens" in page
    assert '<th scope="col">Disagreement</th>' in page
    assert "4 of 6 said 9, 2 said 1" in client.get(f"{board}/projector").text
    links = [
        part.split('"')[0] for part in page.split('href="') if "/workshops/cells/" in part[:120]
    ]
    assert links
    assert client.get(links[0]).status_code == 200
