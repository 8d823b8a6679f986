"""The page of capabilities: tree, filters, today beside the future, and one capability."""

import re
from collections.abc import Callable

import pytest

from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import Found, codes, find, links, page, rows, words
from tests.reports.report_cases import bake


@pytest.fixture
def found(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Found:
    return find(cast, run_jobs)


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def test_the_counts_of_the_tree_lead_to_exactly_those_rows(
    ada: ParsingClient, found: Found
) -> None:
    html = page(ada, f"{found.home}/capabilities")
    tree = html[html.index('class="p-tree"') : html.index("p-classified__list")]
    places = [each for each in links(tree) if re.search(r" \d", each[1])]
    assert len(places) == 5  # all, two domains, two areas: functions open and close
    for href, text in places:
        count = int(re.findall(r"\d+", text)[0])
        assert len(rows(ada, href)) == count, text
    everything = rows(ada, f"{found.home}/capabilities")
    for function in ("Implement", "Design"):
        held = [row for row in everything if row["function"] == function]
        assert f"{function} {len(held)}" in words(tree)
        assert rows(ada, f"{found.home}/capabilities?function={function}") == held


def test_filters_search_and_support_narrow_the_list(ada: ParsingClient, found: Found) -> None:
    home, bakery = f"{found.home}/capabilities", found.baked.bakery
    mix, bake, lonely = bakery.mix.code, bakery.bake.code, bakery.lonely.code
    assert codes(ada, f"{home}?partner=Retailer") == sorted([bake, lonely])
    assert codes(ada, f"{home}?q=dough") == [mix]
    assert lonely in codes(ada, f"{home}?support=unsupported")
    assert mix in codes(ada, f"{home}?support=supported")
    assert codes(ada, f"{home}?domain=Nowhere") == []
    assert "No row has all that you asked for" in page(ada, f"{home}?domain=Nowhere")
    best = [row["best_percent"] for row in rows(ada, f"{home}?sort=-best_percent")]
    assert best == sorted(best, reverse=True)


def test_a_place_stays_chosen_while_the_list_is_searched(ada: ParsingClient, found: Found) -> None:
    html = page(ada, f"{found.home}/capabilities?function=Implement&partner=Retailer")
    form = html[html.index('action="#capabilities"') :]
    assert 'name="function" value="Implement"' in form[: form.index("</form>")]
    assert "p-pairs" not in html  # what was asked for comes first
    orders = [href for href, text in links(html, "<thead") if text.startswith("Best match")]
    assert orders[0].endswith("#capabilities")
    assert "function=Implement" in orders[0]


def test_today_stands_beside_the_future_and_says_whence(ada: ParsingClient, found: Found) -> None:
    functions = rows(ada, f"{found.home}/capabilities", "functions")
    by_name = {row["function"]: row for row in functions}
    assert (by_name["Implement"]["future"], by_name["Design"]["future"]) == (3, 1)
    assert (by_name["Implement"]["captured"], by_name["Implement"]["today"]) == (2, 1)
    domains = rows(ada, f"{found.home}/capabilities", "domains")
    for row in functions:
        inside = [each for each in domains if each["function"] == row["function"]]
        for key in ("future", "today", "captured", "supported", "unsupported"):
            assert sum(each[key] for each in inside) == row[key], key
    said = words(page(ada, f"{found.home}/capabilities"))
    assert "1 of 2 capabilities captured are there today" in said
    assert "The current state was captured" in said


def test_a_proxy_is_called_one_beside_the_bars(
    ada: ParsingClient, cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    baked = bake(cast, run_jobs)
    forget()
    said = words(page(ada, f"/cycles/{baked.cycle.id}/findings/capabilities"))
    assert "Current is a proxy" in said
    assert "The proxy tells functions apart, not domains" in said


def test_a_capability_says_who_needs_it_and_what_supports_it(
    ada: ParsingClient, found: Found
) -> None:
    bakery = found.baked.bakery
    home = f"{found.home}/capabilities/{bakery.mix.code}"
    html = page(ada, home)
    said = words(html)
    for text in ("Oven operator", "Recipes", "Mix dough to a recipe", "Baker (T0001)", "Some"):
        assert text in said, text
    assert rows(ada, home, "role-levels")[0]["said"] == "1 of 6 said Awareness, 5 Practitioner"
    profiles = {row["code"] for row in rows(ada, home, "profiles")}
    listed = rows(ada, f"{found.home}/capabilities?q={bakery.mix.code}")[0]
    assert len(profiles) == listed["profiles"] > 0
    assert rows(ada, home, "matches")[0]["score_percent"] == listed["best_percent"] == 100.0
    assert [row["text"] for row in rows(ada, home, "ksbs")] == ["Recipes"]
    unsupported = page(ada, f"{found.home}/capabilities/{bakery.lonely.code}")
    assert "No duty matches it at" in words(unsupported)
    assert ada.get(f"{found.home}/capabilities/C-999").status_code == 404


def test_an_empty_cycle_says_what_comes_first(ada: ParsingClient, cast: Cast) -> None:
    forget()
    said = words(page(ada, f"/cycles/{cast.cycle.id}/findings/capabilities"))
    assert "No capability statement is kept yet" in said
