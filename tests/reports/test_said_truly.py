"""What a report says of ties, of one of a kind and of nothing: no sentence may be false of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.document.assembling import assemble
from reports.document.body.blocks import Paragraph
from reports.document.body.findings_change import organisational_change
from reports.document.body.findings_occupations import occupational_change
from reports.document.facts import Document, FunctionLine, LevelSpread, PartnerLine
from reports.document.facts.capabilities import Presence
from reports.document.figures.functions import functions_chart, partners_chart
from reports.document.figures.occupations import proficiency_chart, profiles_charts
from reports.narrative.drafting import draft
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.report_cases import bake

HALF = Presence(1, 1, 2, 0, 4, 2, 50.0)


@pytest.fixture
def document(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Document:
    bake(cast, run_jobs)
    return assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)


def tied(document: Document) -> Document:
    """Return the document with every largest of its kind shared by two."""
    found = document.capabilities
    functions = (
        FunctionLine("Make", "", 4, 40.0, None, None, replace(HALF, held_percent=75.0)),
        FunctionLine("Sell", "", 4, 40.0, None, None, replace(HALF, held_percent=75.0)),
        FunctionLine("Mend", "", 2, 20.0, None, None, HALF),
    )
    partners = (PartnerLine("First", (4, 0, 0), 4), PartnerLine("Second", (0, 4, 0), 4))
    spread = tuple(
        LevelSpread(name, level, 0, 1, 1, 2, 4, 25.0, 25.0, 50.0)
        for name, level in (("Bakers", 3), ("Managers", 6))
    )
    current = replace(found.current, basis="captured")
    return replace(
        document,
        capabilities=replace(
            found, classified=10, functions=functions, partners=partners, current=current
        ),
        occupations=replace(document.occupations, spread=spread),
    )


def test_of_several_that_tie_none_is_the_largest(document: Document) -> None:
    made = tied(document)
    said = " ".join(
        each.words for each in organisational_change(made) if isinstance(each, Paragraph)
    )
    assert "Make and Sell hold the most: 4 of 10 (40.0\u00a0%), each." in said
    assert "closest to the future in Make and Sell, where 75.0" in said
    assert "First and Second need the most" in draft("organisational_change", made)
    assert "is asked of Bakers and Managers alike" in draft("occupational_change", made)
    partners = partners_chart(("Make", "Sell", "Mend"), made.capabilities.partners)
    proficiency = proficiency_chart(made.occupations.spread)
    assert partners is not None
    assert proficiency is not None
    assert partners.title == "The most, 4 capabilities, are needed by each of First and Second"
    assert proficiency.summary.startswith("Bakers and Managers have the largest share at Expert")
    alone = functions_chart(
        replace(made.capabilities, current=replace(made.capabilities.current, basis="not recorded"))
    )
    assert alone is not None
    assert alone.title.startswith("Make and Sell hold the largest share")


def test_of_two_profiles_of_one_size_neither_is_the_largest(document: Document) -> None:
    first, *_ = document.occupations.profiles
    found = replace(
        document.occupations, profiles=(first, replace(first, code="P-0099", name="Other"))
    )
    summaries = [chart.summary for _, chart in profiles_charts(found)]
    assert any(
        f"the largest are {first.code} {first.name} and P-0099 Other" in each for each in summaries
    )


def test_one_profile_is_said_in_the_singular(document: Document) -> None:
    made = replace(document, occupations=replace(document.occupations, profile_count=1))
    said = [draft(key, made) for key in ("fop_highlights", "executive_summary", "summary")]
    said += [each.words for each in occupational_change(made) if isinstance(each, Paragraph)]
    assert all("There are {{ profiles.count }}" not in each for each in said)
    assert "There is {{ profiles.count }} profile" in said[0]
    assert "From these follows {{ profiles.count }} profile" in said[1]
    assert any("There is 1 profile" in each for each in said[3:])


def test_what_nobody_rated_is_not_said_to_be_rated(document: Document) -> None:
    unrated = replace(document, agreement=replace(document.agreement, judged=0))
    assert "rated by employers at" in draft("executive_summary", document)
    assert "rated" not in draft("executive_summary", unrated)


def test_where_everything_is_supported_nothing_is_said_to_be_listed(document: Document) -> None:
    found = document.provision
    assert found is not None
    made = replace(document, provision=replace(found, unsupported=0, unsupported_lines=()))
    concern = draft("areas_of_concern", made)
    assert "matches some duty of a standard" in concern
    assert "Section 4.13 lists each" not in concern
    assert "unsupported.count" not in concern
    one = draft("summary", replace(document, provision=replace(found, unsupported=1)))
    assert "{{ unsupported.count }} ({{ unsupported.share }}) matches no duty" in one


def test_no_fit_at_all_is_no_best_fit(document: Document) -> None:
    found = document.provision
    assert found is not None
    lines = tuple(
        replace(
            each,
            standings=tuple(replace(one, fit_count=0, fit_percent=0.0) for one in each.standings),
        )
        for each in found.profiles
    )
    made = replace(document, provision=replace(found, profiles=lines))
    assert "The best fit of any profile" not in draft("summary", made)
    assert "No profile has a capability that a standard near its level matches" in draft(
        "summary", made
    )
