"""Future KSBs: each wording once, who calls for it, and the page of one."""

from collections.abc import Callable

import pytest

from reports.explorer.wordings import wordings_of
from reports.results.queries import working_results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import find, links, page, rows, words
from tests.reports.explorer_profile_cases import Grown, grow


@pytest.fixture
def grown(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Grown:
    return grow(find(cast, run_jobs))


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def test_a_wording_stands_once_with_everybody_who_calls_for_it(
    ada: ParsingClient, grown: Grown
) -> None:
    bakery = grown.found.baked.bakery
    found = {row["text"].strip(" .").casefold(): row for row in rows(ada, f"{grown.home}/ksbs")}
    assert list(found) == ["maps", "recipes", "count loaves"]  # by kind, then by words
    recipes = found["recipes"]
    assert recipes["capabilities"] == [bakery.mix.code, bakery.bake.code]
    assert recipes["profiles"] == ["P-0001", "P-0003"]
    assert recipes["role_levels"] == ["Technicians", "Managers"]
    assert (recipes["level_1"], recipes["level_2"]) == ("Practitioner", "Expert")
    assert recipes["highest"] == "Expert"
    assert recipes["source"] == "Baker (T0001)"


def test_each_count_leads_to_the_wordings_that_it_counts(ada: ParsingClient, grown: Grown) -> None:
    html = page(ada, f"{grown.home}/ksbs")
    levels = rows(ada, f"{grown.home}/ksbs", "role-levels")
    assert [(row["role_level"], row["total"]) for row in levels] == [
        ("Technicians", 3),
        ("Managers", 2),
    ]
    counts = [
        (href, int(text)) for href, text in links(html) if text.isdigit() and "/ksbs?" in href
    ]
    assert counts
    for href, count in counts:
        assert len(rows(ada, href)) == count, href
    for row in levels:
        lacking = rows(ada, f"{grown.home}/ksbs?without-role={row['role_level']}", "without")
        assert len(lacking) == row["without"]
        assert all(row["role_level"] in each["role_levels"] for each in lacking)
    document = working_results(grown.found.baked.cycle.id).document
    assert [row["total"] for row in levels] == [each.total for each in document.ksbs.sets]
    assert [row["without"] for row in levels] == [each.without for each in document.ksbs.sets]
    assert document.ksbs.wordings == len(rows(ada, f"{grown.home}/ksbs?called=yes"))


def test_filters_and_search_narrow_the_wordings(ada: ParsingClient, grown: Grown) -> None:
    def texts(query: str) -> list[str]:
        return [row["text"] for row in rows(ada, f"{grown.home}/ksbs?{query}")]

    assert texts("kind=skill") == ["Count loaves"]
    assert texts("profile=P-0002") == ["Maps"]
    assert texts("role=Managers&kind=skill") == ["Count loaves"]
    assert texts("q=maps") == ["Maps"]
    assert texts("called=no") == []


def test_one_wording_names_its_capabilities_and_profiles(ada: ParsingClient, grown: Grown) -> None:
    results = working_results(grown.found.baked.cycle.id)
    recipes = next(each for each in wordings_of(results) if len(each.capabilities) == 2)
    address = f"{grown.home}/ksbs/{recipes.code}"
    assert "Accepted for 2 capabilities, called for by 2 profiles at 2 role levels." in words(
        page(ada, address)
    )
    assert len(rows(ada, address, "capabilities")) == 2
    using = {row["code"]: row["level"] for row in rows(ada, address, "profiles")}
    assert using == {"P-0001": "Practitioner", "P-0003": "Expert"}
    assert ada.get(f"{grown.home}/ksbs/K-00000000").status_code == 404


def test_before_any_is_accepted_the_page_says_who_accepts_them(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    said = words(page(client, f"/cycles/{cast.cycle.id}/findings/ksbs"))
    assert "No KSB is accepted yet. Educators accept or reject them" in said
