"""The rule card."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from consensus.rule import ENGINE_VERSION, Rule


def test_the_usual_rule() -> None:
    rule = Rule()
    assert (rule.threshold_percent, rule.minimum_n) == (75, 5)
    assert (rule.stability_percent, rule.round_cap) == (15, 3)
    assert (rule.feedback, rule.engine) == ("group", ENGINE_VERSION)
    assert rule.closes_agreed_in_round_one


def test_every_field_is_on_the_card_in_sorted_order() -> None:
    card = json.loads(Rule().canonical())
    assert list(card) == sorted(card)
    assert set(card) == {
        "threshold_percent",
        "minimum_n",
        "stability_percent",
        "round_cap",
        "feedback",
        "engine",
        "closes_agreed_in_round_one",
    }


def test_the_same_rule_has_the_same_digest_for_ever() -> None:
    assert Rule().digest() == Rule(threshold_percent=75).digest()
    # Frozen: a change here breaks the hash on every report already printed.
    assert Rule().digest() == "4313ac6887fd3e9c4271942e35930b5378f3e0b22fbd50ada8c4327819388bfc"


@pytest.mark.parametrize(
    "change",
    [
        {"threshold_percent": 80},
        {"minimum_n": 6},
        {"stability_percent": 10},
        {"round_cap": 2},
        {"feedback": "none"},
        {"engine": "0"},
        {"closes_agreed_in_round_one": False},
    ],
)
def test_any_change_changes_the_digest(change: dict[str, object]) -> None:
    assert replace(Rule(), **change).digest() != Rule().digest()


@pytest.mark.parametrize(
    "field",
    [
        {"threshold_percent": 50},
        {"threshold_percent": 101},
        {"threshold_percent": 75.0},
        {"minimum_n": 0},
        {"minimum_n": True},
        {"stability_percent": -1},
        {"stability_percent": 101},
        {"round_cap": 0},
        {"feedback": "  "},
        {"engine": ""},
        {"closes_agreed_in_round_one": 1},
    ],
)
def test_a_rule_out_of_range_is_refused_in_a_sentence(field: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        Rule(**field)  # type: ignore[arg-type]


def test_a_rule_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Rule().round_cap = 9  # type: ignore[misc]
