"""Running a workshop's agenda: one step at a time, its timer, and what the projector may reveal.

A rating step is its round: opening it opens the round, and closing, pausing and resuming it do the
same to the round, each of which is the round's own event. The timer is for people's eyes: when it
runs out nothing closes and nothing is lost.
"""

from datetime import datetime, timedelta

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.queries import open_cycle
from workshop.board.queries import current_step
from workshop.rooms.commands import close_round, open_round
from workshop.rooms.models import RoomState, Round, Step, StepKind, Workshop
from workshop.rooms.queries import last_round
from workshop.rooms.rounds import pause_round, resume_round

LONGEST_TIMER = timedelta(hours=8)
UNDER_WAY = (RoomState.OPEN, RoomState.PAUSED)

STEP_OPENED = EventType("step.opened", "title", "closed")
STEP_PAUSED = EventType("step.paused", "title")
STEP_RESUMED = EventType("step.resumed", "title")
STEP_CLOSED = EventType("step.closed", "title")
STEP_REVEALED = EventType("step.revealed", "title", "round")
STEP_HIDDEN = EventType("step.hidden", "title")
TIMER_CHANGED = EventType("step.timer_changed", "title", "seconds")


def open_step(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Open a planned step. A talk or a reveal that is under way ends with it.

    A rating step opens the next round, or takes up the one that is open already. Raises
    ``Closed`` while another rating step is under way, outside an open workshop, and for a step
    that has been opened.
    """
    workshop = _hold(step)
    if workshop.state != RoomState.OPEN:
        raise Closed("Open the workshop first; its steps open only in an open workshop.")
    if step.state != RoomState.PLANNED:
        raise Closed(f"“{step.title}” has been opened already.")
    left = _leave_current(workshop, moment)
    is_new_round = step.kind == StepKind.RATE and _take_round(step, workshop, actor, moment)
    step.state, step.opened_at = RoomState.OPEN, moment
    step.ends_at = moment + timedelta(minutes=step.minutes) if step.minutes else None
    db.session.flush()
    if not is_new_round:
        _note(STEP_OPENED, step, actor, moment, title=step.title, closed=left)


def _leave_current(workshop: Workshop, moment: datetime) -> str:
    """Close the talk or the reveal under way; return its title."""
    current = current_step(workshop.id)
    if current is None:
        return ""
    if current.kind == StepKind.RATE:
        raise Closed(f"“{current.title}” is still under way. Close it first.")
    _end(current, moment)
    return current.title


def _take_round(step: Step, workshop: Workshop, actor: Actor, moment: datetime) -> bool:
    """Tie the step to its round; say whether the round was opened for it just now."""
    last = last_round(workshop.id)
    is_new = last is None or last.state == RoomState.CLOSED
    if is_new:
        last = open_round(workshop=workshop, actor=actor, moment=moment)
    elif last is not None and last.state == RoomState.PAUSED:
        raise Closed(f"Round {last.number} is paused. Resume it first.")
    step.round_id = last.id if last else None
    return is_new


def pause_step(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Pause an open step: its timer stops, and its round takes no answers meanwhile."""
    _hold(step)
    if step.state != RoomState.OPEN:
        raise Closed(f"“{step.title}” is not open, so it cannot be paused.")
    step.seconds_left = _seconds_left(step, moment)
    step.state, step.ends_at = RoomState.PAUSED, None
    db.session.flush()
    round_ = _round_of(step)
    if round_ is not None and round_.state == RoomState.OPEN:
        pause_round(round_=round_, actor=actor, moment=moment)
    else:
        _note(STEP_PAUSED, step, actor, moment, title=step.title)


def resume_step(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Go on with a paused step, with the time that was left."""
    _hold(step)
    if step.state != RoomState.PAUSED:
        raise Closed(f"“{step.title}” is not paused.")
    left, step.seconds_left = step.seconds_left, None
    step.state = RoomState.OPEN
    step.ends_at = None if left is None else moment + timedelta(seconds=left)
    db.session.flush()
    round_ = _round_of(step)
    if round_ is not None and round_.state == RoomState.PAUSED:
        resume_round(round_=round_, actor=actor, moment=moment)
    else:
        _note(STEP_RESUMED, step, actor, moment, title=step.title)


def close_step(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Close a step that is under way; a rating step closes its round for good."""
    _hold(step)
    if step.state not in UNDER_WAY:
        raise Closed(f"“{step.title}” is not open, so it cannot be closed.")
    _end(step, moment)
    db.session.flush()
    round_ = _round_of(step)
    if round_ is not None and round_.state != RoomState.CLOSED:
        close_round(round_=round_, actor=actor, moment=moment)
    else:
        _note(STEP_CLOSED, step, actor, moment, title=step.title)


def reveal(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Let the projector show the results of the latest closed round."""
    _require_reveal(step)
    round_ = last_closed_round(step)
    if round_ is None:
        raise Invalid("No round has closed yet, so there is nothing to reveal.")
    if step.is_revealed:
        raise Closed("The results are on the projector already.")
    step.is_revealed = True
    db.session.flush()
    _note(STEP_REVEALED, step, actor, moment, title=step.title, round=round_.number)


def hide(*, step: Step, actor: Actor, moment: datetime) -> None:
    """Take the results off the projector."""
    _require_reveal(step)
    if not step.is_revealed:
        raise Closed("The results are not on the projector.")
    step.is_revealed = False
    db.session.flush()
    _note(STEP_HIDDEN, step, actor, moment, title=step.title)


def change_timer(*, step: Step, seconds: int, actor: Actor, moment: datetime) -> None:
    """Give a step more time, or less: the timer never falls below nothing left.

    A step without a timer gets one from now.
    """
    _hold(step)
    if step.state not in UNDER_WAY:
        raise Closed(f"“{step.title}” is not open, so it has no timer.")
    left = (step.seconds_left or 0) if step.state == RoomState.PAUSED else None
    if left is None:
        left = _seconds_left(step, moment) or 0
    left = min(max(left + seconds, 0), int(LONGEST_TIMER.total_seconds()))
    if step.state == RoomState.PAUSED:
        step.seconds_left = left
    else:
        step.ends_at = moment + timedelta(seconds=left)
    db.session.flush()
    _note(TIMER_CHANGED, step, actor, moment, title=step.title, seconds=seconds)


def _seconds_left(step: Step, moment: datetime) -> int | None:
    if step.ends_at is None:
        return None
    return max(round((step.ends_at - moment).total_seconds()), 0)


def _hold(step: Step) -> Workshop:
    """Keep others from running the same workshop until this transaction ends."""
    open_cycle(step.cycle_id)
    workshop = step.workshop
    db.session.refresh(workshop, with_for_update=True)
    db.session.refresh(step)
    return workshop


def _end(step: Step, moment: datetime) -> None:
    step.state, step.closed_at = RoomState.CLOSED, moment
    step.ends_at, step.seconds_left, step.is_revealed = None, None, False


def _round_of(step: Step) -> Round | None:
    return db.session.get(Round, step.round_id) if step.round_id else None


def last_closed_round(step: Step) -> Round | None:
    """Return the latest closed round of the step's workshop, or None."""
    closed = [one for one in step.workshop.rounds if one.state == RoomState.CLOSED]
    return closed[-1] if closed else None


def _require_reveal(step: Step) -> None:
    _hold(step)
    if step.kind != StepKind.REVEAL or step.state not in UNDER_WAY:
        raise Closed("Results are shown in a reveal step that is open.")


def _note(event: EventType, step: Step, actor: Actor, moment: datetime, **facts: object) -> None:
    event.record(actor=actor, moment=moment, cycle_id=step.cycle_id, subject_id=step.id, **facts)
