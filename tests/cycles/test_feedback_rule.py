"""What raters see between rounds stands on the rule card and in its hash."""

import pytest

from consensus.rule import Rule
from cycles.core.audit import Actor
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.commands import fix_rule_card, set_rule_card, start_cycle
from cycles.setup.commands.rules import BY_GROUP, GROUP
from cycles.setup.models import RuleCard
from cycles.setup.queries import rule_card_of
from tests.client import ParsingClient
from tests.factories import NOW, Cast

NUMBERS = {
    "threshold_percent": 75,
    "minimum_n": 5,
    "stability_percent": 15,
    "round_cap": 3,
    "panel_quorum": 2,
    "rationale": "It is the usual one.",
}


def set_card(cast: Cast, **facts: object) -> RuleCard:
    actor = Actor(cast.ada.id, cast.ada.name)
    values = {**NUMBERS, **facts}
    return set_rule_card(cycle=cast.cycle, actor=actor, moment=NOW, **values)  # type: ignore[arg-type]  # facts are mixed


def test_new_cards_show_groups_and_old_ones_keep_what_they_said(cast: Cast) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    fresh = start_cycle(title="New", actor=actor, moment=NOW)
    assert rule_card_of(fresh.id).feedback == BY_GROUP
    assert set_card(cast).feedback == GROUP
    copied = start_cycle(title="Again", actor=actor, moment=NOW, copy_from=cast.cycle)
    assert rule_card_of(copied.id).feedback == GROUP


def test_the_feedback_is_part_of_the_hash(cast: Cast) -> None:
    card = set_card(cast, feedback=BY_GROUP)
    assert card.rule() == Rule(feedback=BY_GROUP)
    fixed = fix_rule_card(
        cycle_id=cast.cycle.id, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW
    )
    assert fixed.digest == Rule(feedback=BY_GROUP).digest() != Rule().digest()
    with pytest.raises(Closed):
        set_card(cast, feedback=GROUP)


@pytest.mark.parametrize("feedback", ["", "everything", "GROUP"])
def test_other_feedback_is_refused(cast: Cast, feedback: str) -> None:
    with pytest.raises(Invalid) as refusal:
        set_card(cast, feedback=feedback)
    assert "feedback" in refusal.value.problems


def test_the_card_page_offers_both_and_tells_the_two_person_rule(
    cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/set-up/rule-card"
    page = client.get(path).get_data(as_text=True)
    assert "The whole group’s counts and anonymous reasons" in page
    assert "the counts of each group with three or more raters" in page
    assert "two-person rule" in page
    fields = {name: str(value) for name, value in NUMBERS.items()} | {"panel_rule": "majority"}
    assert client.submit(path, **fields, feedback=BY_GROUP).status_code == 303
    assert db.session.get_one(RuleCard, cast.cycle.id).feedback == BY_GROUP
    refused = client.submit(path, **fields, feedback="everything")
    assert refused.status_code == 422
    assert "Choose what raters see between rounds." in refused.get_data(as_text=True)
