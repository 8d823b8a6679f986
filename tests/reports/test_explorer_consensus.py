"""The page of consensus: cells with their marks, the heat of disagreement, one capability."""

import re
from collections.abc import Callable

import pytest

from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import Found, codes, find, links, page, rows, words


@pytest.fixture
def found(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Found:
    return find(cast, run_jobs)


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def test_each_filter_leaves_the_cells_that_have_it(ada: ParsingClient, found: Found) -> None:
    home = f"{found.home}/consensus"
    cells = rows(ada, home)
    assert codes(ada, f"{home}?agreed=yes") == [c["code"] for c in cells if c["is_agreed"]]
    for query, key, value in (
        ("verdict", "outcome", cells[0]["outcome"]),
        ("closing", "closing", cells[0]["closing"]),
        ("level", "role_level", cells[0]["role_level"]),
        ("function", "function", "Design"),
    ):
        kept = codes(ada, f"{home}?{query}={value}")
        assert kept == [cell["code"] for cell in cells if cell[key] == value], query
    for mark, word in (("two-camps", "Two camps"), ("withheld", "Counts withheld")):
        kept = codes(ada, f"{home}?mark={mark}")
        assert kept == [cell["code"] for cell in cells if word in cell["marks"]] != []


def test_counts_of_too_few_are_withheld_everywhere(ada: ParsingClient, found: Found) -> None:
    code = found.baked.bakery.route.code
    (cell,) = rows(ada, f"{found.home}/consensus?q={code}")
    assert cell["n"] is None
    assert cell["said_expert"] is None
    assert cell["agreement"] is None
    item = f"{found.home}/consensus/{code}"
    assert all(row["said_expert"] is None for row in rows(ada, item, "rounds"))
    assert "Withheld: too few rated" in words(page(ada, item))


def test_the_heat_map_leads_to_the_cells_that_it_counts(ada: ParsingClient, found: Found) -> None:
    html = page(ada, f"{found.home}/consensus")
    heat = [each for each in links(html, 'id="disagreement"') if re.match(r"\d+ of \d", each[1])]
    assert heat
    for href, text in heat:
        apart, judged = map(int, re.findall(r"\d+", text)[:2])
        assert len(rows(ada, href)) == (apart or judged), href
    counted = rows(ada, f"{found.home}/consensus", "disagreement")
    assert sum(row["judged_1"] for row in counted) == len(rows(ada, f"{found.home}/consensus"))


def test_role_levels_count_what_their_cells_came_to(ada: ParsingClient, found: Found) -> None:
    (level,) = rows(ada, f"{found.home}/consensus", "role-levels")
    cells = rows(ada, f"{found.home}/consensus")
    assert level["total"] == len(cells)
    assert level["agreed_percent"] == 100 * sum(cell["is_agreed"] for cell in cells) / len(cells)
    figures = links(page(ada, f"{found.home}/consensus"), 'id="role-levels"')
    counted = [each for each in figures if each[1].isdigit() and "level=" in each[0]]
    assert counted
    for href, text in counted:
        assert len(rows(ada, href)) == int(text), href


def test_a_capability_shows_its_rounds_in_bars_and_words(ada: ParsingClient, found: Found) -> None:
    item = f"{found.home}/consensus/{found.baked.bakery.bake.code}"
    html = page(ada, item)
    assert "3 of 6 said Awareness, 3 Expert" in words(html)
    assert "3 Awareness" in html  # the bar's own words
    (played,) = rows(ada, item, "rounds")
    assert (played["n"], played["said_awareness"], played["said_expert"]) == (6, 3, 3)
    assert ada.get(f"{found.home}/consensus/C-999").status_code == 404


def test_before_anybody_rated_it_says_what_to_do(ada: ParsingClient, cast: Cast) -> None:
    forget()
    said = words(page(ada, f"/cycles/{cast.cycle.id}/findings/consensus"))
    assert "No cell is judged yet. Employers rate what each role level needs" in said
