"""Letters to the people of a workshop: who gets them, what they say, and never twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cycles.core import clock, mail
from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs import commands as jobs
from cycles.core.jobs.models import Job, JobState
from cycles.core.mail import Letter
from cycles.people.models import Group, Participant
from cycles.setup.queries import rule_card_of
from tests.conftest import Outbox
from tests.factories import Cast, make_account, make_participant
from tests.workshop.letter_cases import (
    MONDAY,
    Sent,
    addresses,
    answer_everything,
    ask,
    finish,
    names,
    states,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.links import destroy_key
from workshop.ballot.models import Assignment
from workshop.letters import sending
from workshop.letters.commands import try_again
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.letters.planning import plan_mailing
from workshop.letters.stopping import stop_reminders
from workshop.letters.unfinished import unfinished_among
from workshop.rooms.models import RoomState, Round, WorkshopKind

RunJobs = Callable[[], int]
QUEUED, SENT, DROPPED = LetterState.QUEUED, LetterState.SENT, LetterState.DROPPED
OPENING, REMINDER, DIGEST = LetterKind.OPENING, LetterKind.REMINDER, LetterKind.DIGEST


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=6)


@pytest.fixture
def round_(room: Room) -> Round:
    opened = room.open_round()
    db.session.commit()
    return opened


@pytest.fixture(autouse=True)
def monday(session: object) -> object:
    with clock.stopped_at(MONDAY):
        yield


def blocked(room: Room, kind: LetterKind, moment: datetime = MONDAY) -> str:
    return plan_mailing(room.workshop, kind, moment).blocked


# Openings


def test_the_opening_leads_every_rater_straight_to_the_ballot(
    room: Room, round_: Round, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, OPENING)
    run_jobs()
    assert addresses(outbox) == sorted(one.account.email for one in room.employers)
    letter = next(one for one in outbox.letters if one.to == cast.ema.email)
    assert letter.subject == "Round 1 is open: What each role needs"
    assert "Hello Ema Lindqvist," in letter.text
    assert f"http://localhost/cycles/{cast.cycle.id}/ballot/rounds/{round_.id}" in letter.text
    assert "Others see counts, never your name." in letter.text
    assert letter.stop_address == ""


def test_an_opening_goes_once_to_each_and_later_to_those_who_came_late(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, OPENING)
    with pytest.raises(Closed, match="Everybody has had it"):
        ask(room, OPENING)
    run_jobs()
    late = make_participant(room.cycle, make_account("Lena Late"), Group.EMPLOYER)
    assert names(ask(room, OPENING)) == {"Lena Late"}
    run_jobs()
    assert addresses(outbox).count(late.account.email) == 1
    assert len(outbox.letters) == len(room.employers) + 1


def test_nothing_is_opened_by_letter_while_no_round_is(room: Room, outbox: Outbox) -> None:
    assert blocked(room, OPENING) == "No round is open."
    with pytest.raises(Closed):
        ask(room, OPENING)


def test_an_opening_whose_round_has_closed_meanwhile_is_dropped(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, OPENING)
    answer_everything(room, round_, "PPPPPP")
    room.close(round_)
    run_jobs()
    assert outbox.letters == []
    assert {state for state, _ in states()} == {DROPPED}
    assert {problem for _, problem in states()} == {"The round was not open any more."}


def test_a_workshop_without_rounds_opens_by_letter_to_its_own_people(
    room: Room, cast: Cast, outbox: Outbox, run_jobs: RunJobs
) -> None:
    room.workshop.kind = WorkshopKind.RATIFICATION
    db.session.commit()
    assert names(ask(room, OPENING)) == {"Pia Panel"}
    run_jobs()
    (letter,) = outbox.letters
    assert letter.subject == "The workshop is open: What each role needs"
    assert f"/cycles/{cast.cycle.id}/ratification" in letter.text
    assert "no rounds" in blocked(room, REMINDER)
    assert "no rounds" in blocked(room, DIGEST)


def test_simulated_and_withdrawn_people_get_no_letters(room: Room, round_: Round) -> None:
    room.employers[0].withdrawn_at = MONDAY
    room.employers[1].account.is_simulated = True
    db.session.flush()
    assert len(plan_mailing(room.workshop, OPENING, MONDAY).to) == len(room.employers) - 2


def test_a_title_typed_with_line_breaks_makes_no_header(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    room.workshop.title = "Ovens\r\nBcc: everyone@pythia.example"
    room.employers[0].account.name = "Ema\nX-Evil: yes"
    db.session.commit()
    ask(room, OPENING)
    run_jobs()
    assert len(outbox.letters) == len(room.employers)
    for letter in outbox.letters:
        message = Sent(letter).message
        assert message["Bcc"] is None
        assert message["X-Evil"] is None
        assert message["Subject"] == "Round 1 is open: Ovens Bcc: everyone@pythia.example"


# Reminders


def test_only_the_unfinished_are_reminded(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    answer_everything(room, round_, "PP    ")  # the first two have answered everything
    room.answer(round_, room.asked(round_)[0], "  PP  ")  # two more have begun
    finish(round_, room.employers[2])  # and one of those says that it is all
    mailing = ask(room, REMINDER)
    unfinished = {room.employers[3], room.employers[4], room.employers[5]}
    assert set(mailing.to) == unfinished
    assert mailing.left_out == ((3, "finished"),)
    run_jobs()
    assert addresses(outbox) == sorted(one.account.email for one in unfinished)
    assert "you have not finished it yet" in outbox.letters[0].text


def test_a_reminder_says_nothing_of_what_or_how_much_was_answered(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    room.answer(round_, room.asked(round_)[0], "E     ")
    ask(room, REMINDER)
    run_jobs()
    begun, untouched = (
        next(one.text for one in outbox.letters if one.to == person.account.email)
        for person in room.employers[:2]
    )

    def bare(text: str, person: Participant) -> str:
        return text.split("/letters/stop/", maxsplit=1)[0].replace(person.account.name, "")

    assert bare(begun, room.employers[0]) == bare(untouched, room.employers[1])


def test_whoever_finishes_while_a_reminder_waits_is_not_sent_it(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, REMINDER)
    finish(round_, room.employers[0])
    stop_reminders(participant=room.employers[1], moment=MONDAY)
    room.employers[2].withdrawn_at = MONDAY
    run_jobs()
    assert len(outbox.letters) == len(room.employers) - 3
    assert {problem for state, problem in states() if state == DROPPED} == {
        "Had finished.",
        "Asked for no reminders.",
        "No longer takes part.",
    }


def test_nobody_gets_more_than_three_in_a_round(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    for day in range(3):
        moment = MONDAY + timedelta(days=day)
        ask(room, REMINDER, moment)
        with clock.stopped_at(moment):
            run_jobs()
    later = MONDAY + timedelta(days=3)
    mailing = plan_mailing(room.workshop, REMINDER, later)
    assert mailing.to == ()
    assert mailing.left_out == ((6, "have had three in this round"),)
    assert mailing.blocked
    assert len(outbox.letters) == 3 * len(room.employers)


def test_a_new_round_counts_its_reminders_anew(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, REMINDER)
    run_jobs()
    answer_everything(room, round_, "NNAAPE")
    room.close(round_)
    room.open_round()
    db.session.commit()
    assert len(ask(room, REMINDER).to) == len(room.employers)


def test_a_second_press_reminds_nobody_twice(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, REMINDER)
    with pytest.raises(Closed):
        ask(room, REMINDER)
    run_jobs()
    with pytest.raises(Closed):
        ask(room, REMINDER, MONDAY + timedelta(minutes=5))
    assert len(outbox.letters) == len(room.employers)


def test_a_reminder_asked_for_at_night_goes_in_the_morning(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    night = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    mailing = ask(room, REMINDER, night)
    assert mailing.not_before == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    with clock.stopped_at(night):
        assert run_jobs() == 0
    assert outbox.letters == []
    # The worker's own look each minute finds them, with nobody asking again.
    with clock.stopped_at(datetime(2026, 3, 3, 8, 1, tzinfo=UTC)):
        assert run_jobs() == 1
        assert run_jobs() == 0
    assert len(outbox.letters) == len(room.employers)


def test_a_reminder_that_the_worker_finds_too_late_in_the_day_waits_too(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, REMINDER)
    with clock.stopped_at(datetime(2026, 3, 7, 21, 0, tzinfo=UTC)):  # a Saturday night
        run_jobs()
    assert outbox.letters == []
    assert {row.not_before for row in db.session.query(WorkshopLetter)} == {
        datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    }


def test_openings_keep_no_quiet_hours(room: Room, round_: Round) -> None:
    night = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    assert plan_mailing(room.workshop, OPENING, night).not_before is None


def test_who_is_asked_only_some_items_has_finished_with_those(room: Room, round_: Round) -> None:
    first, second = room.asked(round_)
    for person, items in ((room.employers[0], (first,)), (room.employers[1], (first, second))):
        seat = panellist_for(participant=person, moment=MONDAY)
        for item in items:
            db.session.add(Assignment(round_id=round_.id, panellist_id=seat.id, item_id=item.id))
    db.session.flush()
    room.answer(round_, first, "PP    ")
    unfinished = unfinished_among(round_, [one.id for one in room.employers[:2]])
    assert unfinished == {room.employers[1].id}


def test_a_paused_round_reminds_nobody(room: Room, round_: Round) -> None:
    round_.state = RoomState.PAUSED
    db.session.flush()
    assert blocked(room, REMINDER) == "Round 1 is paused: nobody can answer now."
    assert blocked(room, OPENING) == "Round 1 is paused: nobody can answer now."


def test_where_the_link_is_destroyed_nobody_is_reminded(room: Room, round_: Round) -> None:
    destroy_key(cycle_id=room.cycle.id, moment=MONDAY)
    assert plan_mailing(room.workshop, REMINDER, MONDAY).to == ()


def test_a_sealed_cycle_sends_nothing(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    ask(room, OPENING)
    room.cycle.sealed_at = MONDAY
    run_jobs()
    assert outbox.letters == []
    assert {problem for _, problem in states()} == {"The cycle has closed."}
    assert "sealed" in blocked(room, REMINDER)


# Digests


def test_no_result_is_mailed_while_its_round_is_open(room: Room, round_: Round) -> None:
    answer_everything(room, round_, "PPPPPP")
    assert "hidden until" in blocked(room, DIGEST)
    with pytest.raises(Closed):
        ask(room, DIGEST)
    assert db.session.query(WorkshopLetter).count() == 0


def test_the_digest_tells_what_the_round_came_to(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    first, second = room.asked(round_)
    room.answer(round_, first, "PPPPPP")
    room.answer(round_, second, "NNAAPE")
    room.close(round_)
    db.session.commit()
    ask(room, DIGEST)
    run_jobs()
    text = outbox.letters[0].text
    assert "Round 1 of “What each role needs” has closed" in text
    assert "It asked 2 items:" in text
    assert "- 1 agreed\n- 1 still open" in text
    assert f"/workshops/{room.workshop.id}/results" in text


def test_the_digest_tells_what_the_next_round_asks_otherwise(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    answer_everything(room, round_, "NNAAPE")
    room.close(round_)
    room.statements[0].text = "Calibrate every\nsensor of an oven"
    db.session.commit()
    room.open_round()
    ask(room, DIGEST)
    run_jobs()
    text = outbox.letters[0].text
    assert "Round 2 asks 2 items:" in text
    assert "- 1 as before\n- 1 in other words" in text
    assert "- C-001 (Level 1): Calibrate every sensor of an oven" in text


def test_an_item_that_too_few_rated_is_told_of_without_its_outcome(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    rule_card_of(room.cycle.id).minimum_n = 3
    first, second = room.asked(round_)
    room.answer(round_, first, "PPPPPP")
    room.answer(round_, second, "PPPP  ")
    room.close(round_)
    db.session.commit()
    ask(room, DIGEST)
    run_jobs()
    assert "- 1 agreed\n- 1 rated by too few to say" in outbox.letters[0].text


def test_letters_hold_no_answers(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs
) -> None:
    answer_everything(room, round_, "NNAAPE")
    ask(room, OPENING)
    room.close(round_)
    ask(room, DIGEST)
    run_jobs()
    for letter in outbox.letters:
        for word in ("Practitioner", "Expert", "Awareness", "Not needed", "of 6"):
            assert word not in letter.text


# Sending, and what goes wrong with it


class Broken:
    """A mail server that takes the first letter and refuses the rest."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    def send(self, letter: Letter) -> None:
        if self.outbox.letters:
            raise OSError("no route to the mail server")
        self.outbox.send(letter)


def test_what_the_server_refuses_is_on_record_and_holds_up_nobody(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "send", Broken(outbox).send)
    ask(room, OPENING)
    run_jobs()
    found = [state for state, _ in states()]
    assert found.count(SENT) == 1
    assert found.count(LetterState.FAILED) == len(room.employers) - 1
    assert ("The mail server did not take it.") in {problem for _, problem in states()}
    assert db.session.query(Job).filter_by(kind="letters.send").one().state == JobState.DONE


def test_one_letter_that_cannot_be_written_holds_up_no_other(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sending.letter_for

    def written(kind: LetterKind, *rest: object) -> Letter:
        if not outbox.letters:
            outbox.letters.append(Letter("", "", ""))
            raise KeyError("a bug in one letter")
        return before(kind, *rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(sending, "letter_for", written)
    ask(room, OPENING)
    run_jobs()
    assert len(outbox.letters) == len(room.employers)
    assert [state for state, _ in states()].count(LetterState.FAILED) == 1
    assert run_jobs() == 0


class Died(BaseException):
    """The worker's process is gone."""


def test_a_worker_that_dies_between_claim_and_send_never_sends_twice(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(room, OPENING)

    def die(letter: Letter) -> None:
        if len(outbox.letters) == 2:
            raise Died
        outbox.send(letter)

    with monkeypatch.context() as patch:
        patch.setattr(mail, "send", die)
        with pytest.raises(Died):
            run_jobs()
    db.session.rollback()
    # Its lease runs out, and another worker takes the job up again.
    with clock.stopped_at(MONDAY + jobs.LEASE + timedelta(seconds=1)):
        assert run_jobs() == 1
    reached = addresses(outbox)
    assert len(reached) == len(set(reached)) == len(room.employers) - 1
    assert {state for state, _ in states()} == {SENT}


def test_a_failed_letter_asked_for_anew_is_not_tried_again_as_well(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(mail, "send", Broken(outbox).send)
        ask(room, OPENING)
        run_jobs()
    assert len(ask(room, OPENING).to) == len(room.employers) - 1
    with pytest.raises(Closed, match="has failed"):
        try_again(workshop=room.workshop, actor=room.actor, moment=MONDAY)
    run_jobs()
    assert len(addresses(outbox)) == len(set(addresses(outbox))) == len(room.employers)


def test_a_watch_that_fails_keeps_no_job_from_running(
    room: Room, round_: Round, outbox: Outbox, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_moment: datetime) -> None:
        raise KeyError("a bug in one watch")

    monkeypatch.setattr(jobs, "_watches", [fail])
    ask(room, OPENING)
    assert run_jobs() == 1
    assert len(outbox.letters) == len(room.employers)


def test_asking_is_one_event_without_names(room: Room, round_: Round) -> None:
    ask(room, OPENING)
    event = db.session.query(AuditEvent).filter_by(action="letters.asked").one()
    assert event.facts == {"kind": "opening", "round": 1, "count": len(room.employers)}
