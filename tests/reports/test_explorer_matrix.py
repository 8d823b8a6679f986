"""The matrix: letters as the profiles hold them, what is hidden, columns in pages, downloads."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.explorer.look import Look, Way
from reports.explorer.pages import matrix
from reports.explorer.pages.matrix_grid import all_rows
from reports.results.queries import working_results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import codes, find, links, page, rows, words
from tests.reports.explorer_profile_cases import Grown, grow


@pytest.fixture
def grown(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Grown:
    return grow(find(cast, run_jobs))


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def test_the_matrix_says_what_the_profiles_hold(ada: ParsingClient, grown: Grown) -> None:
    home = f"{grown.home}/matrix"
    profiles = ("P-0001", "P-0002", "P-0003")
    held = {
        (each["code"], code): each["level"]
        for code in profiles
        for each in rows(ada, f"{grown.home}/profiles/{code}", "capabilities")
    }
    wide = rows(ada, home)
    found = {(row["code"], code): row[code] for row in wide for code in profiles if row[code]}
    assert found == held
    long = rows(ada, home, "levels")
    assert {(row["capability"], row["profile"]): row["level"] for row in long} == held
    for row in wide:
        assert row["profiles"] == sum((row["code"], code) in held for code in profiles)
    said = words(page(ada, home))
    assert "P Practitioner" in said
    assert "E Expert" in said


def test_rows_that_nobody_needs_are_hidden_until_they_are_asked_for(
    ada: ParsingClient, grown: Grown
) -> None:
    home, bakery = f"{grown.home}/matrix?profile=P-0003", grown.found.baked.bakery
    assert codes(ada, home) == [bakery.bake.code]
    html = page(ada, home)
    assert "3 capabilities are needed by none of these profiles." in words(html)
    show = next(href for href, text in links(html) if text == "Show them")
    assert len(codes(ada, show)) == 4
    assert "Hide them" in words(page(ada, show))


def test_filters_choose_rows_and_columns(ada: ParsingClient, grown: Grown) -> None:
    home, bakery = f"{grown.home}/matrix", grown.found.baked.bakery
    assert codes(ada, f"{home}?function=Design") == [bakery.lonely.code]
    assert codes(ada, f"{home}?level=Expert") == [bakery.bake.code]
    assert codes(ada, f"{home}?q=dough") == [bakery.mix.code]
    managers = rows(ada, f"{home}?role=Managers")
    assert [row["code"] for row in managers] == [bakery.bake.code]
    assert "P-0001" not in managers[0]
    assert codes(ada, f"{home}?role=Managers&profile=P-0001") == []
    nothing = words(page(ada, f"{home}?role=Managers&profile=P-0001"))
    assert "No profile that you asked for needs a capability" in nothing


def test_a_domain_counts_the_rows_that_its_number_leads_to(
    ada: ParsingClient, grown: Grown
) -> None:
    domains = rows(ada, f"{grown.home}/matrix", "domains")
    html = page(ada, f"{grown.home}/matrix")
    for row in domains:
        href = next(
            href
            for href, text in links(html, 'id="domains"')
            if f"domain={row['domain'].split()[0]}" in href and text == str(row["capabilities"])
        )
        assert len(rows(ada, href)) == row["capabilities"]
        assert row["profiles"] == sum(row[code] > 0 for code in ("P-0001", "P-0002", "P-0003"))
    chart = ada.get(f"{grown.home}/matrix/charts/domains-by-profile.json")
    assert chart.status_code == 200


def test_many_profiles_stand_on_pages_of_columns(
    ada: ParsingClient, grown: Grown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "MOST_COLUMNS", 2)
    first = page(ada, f"{grown.home}/matrix")
    assert "Profiles 1 to 2 of 3." in words(first)
    grid = first[first.index('class="p-grid"') : first.index("</table>")]
    assert "Oven manager" not in grid
    second = next(href for href, text in links(first) if "columns=2" in href and text == "2")
    assert "Oven manager" in page(ada, second)
    assert "P-0003" in rows(ada, second)[0]  # a file has all columns


def test_not_needed_is_told_of_the_role_level_alone(ada: ParsingClient, grown: Grown) -> None:
    results = working_results(grown.found.baked.cycle.id)
    lonely = grown.found.baked.bakery.lonely.code
    cell = next(each for each in results.detail.cells if each.code == lonely)
    spared = replace(cell, holds="Not needed")
    other = replace(results, detail=replace(results.detail, cells=(spared,)))
    look = Look(other, {}, Way("explorer", {}), {})
    levels = {row.line.code: row.levels for row in all_rows(look, tuple(other.profile.values()))}
    # P-0002 holds it all the same, P-0003 is of another role level.
    assert levels[lonely] == {"P-0001": "Not needed", "P-0002": "Practitioner"}


def test_without_profiles_the_page_says_what_is_missing(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    said = words(page(client, f"/cycles/{cast.cycle.id}/findings/matrix"))
    assert "No profile yet" in said
