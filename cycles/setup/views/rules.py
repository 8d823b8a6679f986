"""The page of the rule card: a form until round 1 opens, the fixed card with its hash after."""

import uuid

from flask import url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.commands.rules import FEEDBACK, PANEL_RULES, RANGES
from cycles.setup.forms import RuleCardForm
from cycles.setup.models import RuleCard
from cycles.setup.pages.editing import EditPage, crumbs_of, why_closed
from cycles.setup.pages.rules import rule_card_part
from cycles.setup.pages.words import seen_of
from cycles.setup.queries import get_cycle, rule_card_of
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, edit


@cycle.route("/<uuid:cycle_id>/set-up/rule-card", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def rule_card(cycle_id: uuid.UUID) -> Response:
    """Set the rules of agreement, or read them once they are fixed."""
    card = rule_card_of(cycle_id)
    form = RuleCardForm(obj=card, seen=seen_of(card))
    form.feedback.offer(*FEEDBACK.items())
    form.panel_rule.offer(*PANEL_RULES.items())

    def save() -> None:
        names = (*RANGES, "panel_rule", "rationale", "feedback")
        values = {name: form.data[name] for name in names}
        commands.set_rule_card(cycle=get_cycle(cycle_id), **values, **by())

    context = _context(card, form)
    if card.fixed_at is not None and not form.is_submitted():
        return page("cycle/fixed_rule_card.html", page=context)
    return edit(context, "cycle/rule_card.html", save, "Rule card saved.", card)


def _context(card: RuleCard, form: RuleCardForm) -> EditPage:
    row = get_cycle(card.cycle_id)
    return EditPage(
        title="Rule card",
        caption="Set-up",
        crumbs=crumbs_of(row, ("Rule card", None)),
        form=form,
        back_href=url_for("cycle.setup", cycle_id=row.id),
        closed_because=why_closed(row),
        more=rule_card_part(card),
    )
