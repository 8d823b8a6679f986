"""How the panel's answers are said."""

import pytest

from consensus.ratifying import PanelRule
from cycles.profiles.models import ProfileStatus
from workshop.ratification.wording import needed_words, outcome_words, progress_words

RULE = PanelRule.TWO_THIRDS


@pytest.mark.parametrize(
    ("approvals", "objections", "said"),
    [
        (0, 0, "Nobody has answered yet: 3 answers are needed; two thirds"),
        (1, 0, "1 of 3 answers needed (1 approves); two thirds"),
        (1, 1, "2 of 3 answers needed (1 approves, 1 objects); two thirds"),
        (1, 2, "3 have answered (1 approves, 2 object), which is too few approvals: two thirds"),
    ],
)
def test_what_is_still_needed(approvals: int, objections: int, said: str) -> None:
    words = needed_words(approvals, objections, quorum=3, rule=RULE)
    assert words == f"{said} of those who answer must approve"


def test_a_panel_that_became_smaller_is_told_that_enough_have_approved() -> None:
    words = needed_words(2, 0, quorum=2, rule=RULE)
    assert words.startswith("2 have answered (2 approve), which is enough since the panel became")


def test_progress_and_outcome() -> None:
    assert progress_words(0, 0, 3) == "Nobody has answered yet"
    assert progress_words(2, 1, 3) == "3 have answered: 2 approve, 1 objects"
    assert outcome_words(ProfileStatus.RATIFIED, 2, 1) == "2 approved, 1 objected"
    assert outcome_words(ProfileStatus.RATIFIED, 0, 0) == "By a panel that has changed since"
    assert "not in the report" in outcome_words(ProfileStatus.WITHDRAWN, 1, 0)
