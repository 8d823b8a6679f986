"""Hints on the wording of KSBs: the faults they name, and how seldom they find fault."""

import csv
from pathlib import Path

import pytest

from cycles.ksbs.wording_guide import GUIDE, hints
from cycles.standards.models import KsbKind

K, S, B = KsbKind.KNOWLEDGE, KsbKind.SKILL, KsbKind.BEHAVIOUR
DATA = Path(__file__).parents[2].parent / "shared" / "data" / "ifate"
MOST_WITH_A_HINT = {"K": 0.18, "S": 0.15, "B": 0.15}
KINDS = {"K": K, "S": S, "B": B}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((kind, example) for kind, (_, _, example) in zip(KsbKind, GUIDE, strict=True)),
        (K, "Principles of Lean Manufacturing"),
        (K, "Core: design for GDPR, COSHH and other regulation."),
        (K, "Working practices that keep noise low, e.g. Swedish ones"),
        (S, "Develop and maintain effective relationships with customers."),
        (S, "Monitoring: implement a plan, for example one of the supplier's"),
        (S, "Set up the sensor by hand, check it and write a report"),
        (S, "Use judgement to understand a situation and make informed decisions."),
        (B, "Takes responsibility for own work and seeks advice when needed."),
        (B, "Professional, honest and calm"),
    ],
)
def test_what_is_worded_well_gets_no_hint(kind: KsbKind, text: str) -> None:
    assert hints(kind, text) == ()


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (K, "Be able to set up a sensor", "reads as a skill"),
        (K, "Operate a sensor safely", "reads as a skill"),
        (K, "Understand the principles of ovens", "Leave out “Understand”"),
        (S, "Knowledge of sensors and ovens", "begins with a verb"),
        (S, "Planning the day's work", "begins with a verb"),
        (S, "Maintenance of ovens", "begins with a verb"),
        (S, "Ability to plan the day's work", "able to"),
        (B, "The importance of being on time", "how the person acts"),
        (B, "Able to stay calm near heat", "able to"),
        (S, "Set up the sensor; check its reading", "one thing in each"),
        (B, "Asks before opening. Closes what was opened.", "one thing in each"),
        (S, "Set the oven's heat and write a report on it", "two skills"),
        (K, "Advanced knowledge of ovens", "the grade"),
        (K, "How SALESFORCE keeps customers", "brand names"),
        (S, "Run reports in Oven® Office", "brand names"),
        (K, "Recipes", "a little more"),
        (K, " ".join(["How ovens heat bread"] * 9), "36 words"),
    ],
)
def test_each_fault_has_its_hint(kind: KsbKind, text: str, said: str) -> None:
    assert any(said in hint for hint in hints(kind, text)), hints(kind, text)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data folder is not beside this checkout")
def test_few_published_ksbs_get_a_hint() -> None:
    counts = dict.fromkeys(KINDS, (0, 0))
    with (DATA / "ifate_ksb_2026.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            hit, of = counts[row["type"]]
            found = hints(KINDS[row["type"]], row["text"])
            counts[row["type"]] = (hit + bool(found), of + 1)
    for kind, (hit, of) in counts.items():
        assert 0 < hit / of < MOST_WITH_A_HINT[kind], (kind, hit, of)
