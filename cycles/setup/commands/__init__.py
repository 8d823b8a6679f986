"""The verbs of a cycle's set-up, gathered from one module per subject.

Each takes who acts and the moment, refuses with a domain error, flushes and never commits.
"""

from cycles.setup.commands.challenge import (
    change_case,
    change_challenge,
    change_scenario,
    change_title,
)
from cycles.setup.commands.cycles import archive, start_cycle, unarchive
from cycles.setup.commands.partners import (
    add_partner,
    change_partner,
    move_partner,
    remove_partner,
)
from cycles.setup.commands.provision import (
    choose_frameworks,
    set_standards_in_use,
    set_threshold,
)
from cycles.setup.commands.role_levels import (
    add_role_level,
    change_role_level,
    move_role_level,
    remove_role_level,
)
from cycles.setup.commands.rules import fix_rule_card, set_rule_card
from cycles.setup.commands.solutions import (
    add_solution,
    change_solution,
    move_solution,
    prioritise_solution,
    record_vote,
    remove_solution,
    set_aside_solution,
)
from cycles.setup.commands.timeline import add_milestone, change_milestone, remove_milestone

__all__ = [
    "add_milestone",
    "add_partner",
    "add_role_level",
    "add_solution",
    "archive",
    "change_case",
    "change_challenge",
    "change_milestone",
    "change_partner",
    "change_role_level",
    "change_scenario",
    "change_solution",
    "change_title",
    "choose_frameworks",
    "fix_rule_card",
    "move_partner",
    "move_role_level",
    "move_solution",
    "prioritise_solution",
    "record_vote",
    "remove_milestone",
    "remove_partner",
    "remove_role_level",
    "remove_solution",
    "set_aside_solution",
    "set_rule_card",
    "set_standards_in_use",
    "set_threshold",
    "start_cycle",
    "unarchive",
]
