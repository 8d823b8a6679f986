"""The verbs of the board, gathered: planning steps, running them, calling everyone, breakouts."""

from workshop.board.breakouts import end_breakouts, move_person, split_into_breakouts
from workshop.board.calling import call_everyone, release
from workshop.board.planning import add_step, change_step, move_step, plan_steps, remove_step
from workshop.board.running import (
    change_timer,
    close_step,
    hide,
    open_step,
    pause_step,
    resume_step,
    reveal,
)

__all__ = [
    "add_step",
    "call_everyone",
    "change_step",
    "change_timer",
    "close_step",
    "end_breakouts",
    "hide",
    "move_person",
    "move_step",
    "open_step",
    "pause_step",
    "plan_steps",
    "release",
    "remove_step",
    "resume_step",
    "reveal",
    "split_into_breakouts",
]
