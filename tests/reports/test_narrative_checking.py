"""The contradictions of the report that this product was conceived from: each is caught."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from reports.document.assembling import assemble
from reports.document.commands import publish, take_snapshot
from reports.document.facts import Document, FunctionLine, Section
from reports.document.facts.capabilities import Presence
from reports.document.models import Report, ReportState
from reports.narrative.checking import differences
from reports.narrative.commands import change_narrative
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.reports.report_cases import bake

CONTRADICTIONS = (
    ("In all, 23 Future Occupational Profiles stand here.", "the data have 25"),
    ("The panel ratified twenty-three profiles.", "the data have 25"),
    ("The number of profiles is 23.", "the data have 25"),
    ("Some 32 % of the capabilities are unsupported.", "31.4 % unsupported"),
    ("Of all, 32 per cent match no duty.", "31.4 % unsupported"),
    ("About 1/3 of the capabilities have no support.", "say the share itself"),
    ("A third of the capabilities have no support.", "say the share itself"),
    ("Implementation will grow most.", "27.0\u00a0% of the future capabilities"),
    ("Enterprise capabilities increase.", "Enterprise is said to grow"),
    ("We see fewer jobs; Design shrinks.", "Design is said to shrink"),
    ("Each role group needs more.", "says “role level”"),
    ("The role families differ.", "says “role level”"),
    ("Value chain partners said so.", "says “supply-chain partner”"),
    ("The match factor is low.", "says “fit”"),
    ("Priority means the lowest maximum fit.", "ranks a profile by how many"),
    ("Profiles are ranked by fit: priorities come in order of surplus.", "ranks a profile"),
)
AGREEING = (
    "25 profiles, 137 capabilities; 43 of these capabilities (31.4 %) are unsupported.",
    "Twenty-five profiles were ratified in 2025 by the panel.",
    "An increase of Design and Support and a decrease of Implementation and Enterprise.",
    "Design grows, while Implement shrinks.",
    "Implement does not grow. We design what others implement, and support increases.",
    "A third round was not needed, and half of the day was spent on one profile.",
    "Each role level of every supply-chain partner counts.",
    "Priority is defined by the number of unsupported capabilities, then the lowest best fit.",
    "The prioritised solutions were ranked by their votes.",
)


@pytest.fixture
def document(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Document:
    """Return a baked cycle with the seed's shape: 137 capabilities, 43 unsupported, 25 profiles."""
    bake(cast, run_jobs)
    made = assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)
    assert made.provision is not None
    functions = tuple(
        FunctionLine(name, "", count, share, 10, today)
        for name, count, share, today in (
            ("Design", 27, 19.7, 15.0),
            ("Implement", 37, 27.0, 33.3),
            ("Support", 25, 18.2, 12.1),
            ("Enterprise", 26, 19.0, 32.0),
        )
    )
    return replace(
        made,
        capabilities=replace(made.capabilities, kept=137, functions=functions),
        occupations=replace(made.occupations, profile_count=25, ratified_count=25),
        provision=replace(
            made.provision, capabilities=137, unsupported=43, unsupported_percent=31.4
        ),
    )


def told(document: Document, *texts: str) -> list[str]:
    keys = ("executive_summary", "organisational_change", "summary")
    narrative = tuple(Section(key, text, False) for key, text in zip(keys, texts, strict=False))
    return [each.sentence for each in differences(replace(document, narrative=narrative))]


def test_what_contradicts_the_data_is_told_once(document: Document) -> None:
    found = {words: told(document, words) for words, _ in CONTRADICTIONS}
    for words, expected in CONTRADICTIONS:
        assert len(found[words]) == 1, words
        assert expected in found[words][0]


def test_what_agrees_with_the_data_is_left_alone(document: Document) -> None:
    assert {words: told(document, words) for words in AGREEING if told(document, words)} == {}


def test_an_organisation_counted_twice_is_told(document: Document) -> None:
    lines = document.people.groups
    people = replace(
        document.people,
        organisation_count=11,
        groups=tuple(replace(each, organisations=at) for at, each in enumerate(lines, 3)),
    )
    changed = replace(document, people=people)
    twice = sum(each.organisations for each in people.groups)
    (count,) = told(changed, f"Experts of {twice} organisations took part.")
    assert f"the data have 11. {twice} counts an organisation again" in count
    name = people.organisations[0].name
    (listed,) = told(changed, f"- {name}, for employers\n- Others\n- {name}, for educators")
    assert "is listed 2 times: it is one organisation" in listed


def test_two_sections_that_disagree_are_told_even_where_the_data_do_not_know(
    document: Document,
) -> None:
    lines = tuple(replace(each, current_percent=None) for each in document.capabilities.functions)
    changed = replace(document, capabilities=replace(document.capabilities, functions=lines))
    assert told(changed, "Implement grows.") == []
    (found,) = told(changed, "Implement grows.", "Everybody agrees.", "Implement shrinks.")
    assert "section 1.1 says that it grows" in found


def test_what_was_captured_of_today_settles_a_direction(document: Document) -> None:
    line = document.capabilities.functions[0]
    lines = (replace(line, present=Presence(10, 2, 5, 0, 17, 12, 70.6)),)
    changed = replace(document, capabilities=replace(document.capabilities, functions=lines))
    assert told(changed, "Design grows.") == []
    assert "organisations have 12 of the 17" in told(changed, "Design shrinks.")[0]


def test_another_profile_put_first_is_told(document: Document) -> None:
    assert document.provision is not None
    ranked = document.provision.priorities
    assert told(document, f"{ranked[0].code} is the first priority.") == []
    (found,) = told(document, f"The highest priority is {ranked[1].name}.")
    assert f"{ranked[0].code} {ranked[0].name} is first" in found


def test_the_contradictions_of_the_seed_are_caught_before_publishing(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    bake(cast, run_jobs)
    who = Actor(cast.ada.id, cast.ada.name)
    words = "The panel ratified 23 profiles; 1/3 of each role group has no training."
    change_narrative(cycle=cast.cycle, section="summary", markdown=words, actor=who, moment=NOW)
    snapshot = take_snapshot(cycle=cast.cycle, actor=who, moment=NOW)
    facts = {"snapshot_id": snapshot.id, "state": ReportState.DRAFT, "created_at": NOW}
    report = add(Report(cycle_id=cast.cycle.id, **facts))
    with pytest.raises(Invalid, match="what differs may stand"):
        publish(report=report, actor=who, moment=NOW, accepts_drafts=True)
    assert report.state == ReportState.DRAFT
