"""Listings of the explorer: searched, filtered, sorted, paged and downloaded by the address."""

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from reports.explorer.columns import Kind, sort_key, words_of
from reports.explorer.look import Look, Way
from reports.explorer.registry import pages
from reports.explorer.table_view import ADDRESS
from reports.results.queries import forget, working_results
from tests.client import ParsingClient
from tests.factories import Cast, make_area, make_partner, make_statement

COUNT = 60
RESERVED = {*ADDRESS, "q", "sort", "page"}


@pytest.fixture
def home(cast: Cast) -> str:
    """Sixty capabilities, every third for the miller, and the address of their list."""
    area = make_area()
    miller, baker = make_partner(cast.cycle, "Miller", 1), make_partner(cast.cycle, "Baker", 2)
    for number in range(1, COUNT + 1):
        partners = [miller] if number % 3 == 0 else [baker]
        text = f"Knead =dough {COUNT - number:02d} by {'robot' if number % 2 else 'hand'}"
        make_statement(cast.cycle, text, number, area_id=area.id, partners=partners)
    forget()
    return f"/cycles/{cast.cycle.id}/findings/capabilities"


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def codes(client: ParsingClient, address: str) -> list[str]:
    """Return the codes of the rows that the page shows, top to bottom."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>(C-\d+)<', answer.get_data(as_text=True))


def rows_of(client: ParsingClient, address: str) -> list[list[str]]:
    text = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_page_shows_fifty_rows_and_the_next_one_the_rest(ada: ParsingClient, home: str) -> None:
    assert codes(ada, home) == [f"C-{number:03d}" for number in range(1, 51)]
    assert codes(ada, f"{home}?page=2") == [f"C-{number:03d}" for number in range(51, 61)]
    assert codes(ada, f"{home}?page=99") == codes(ada, f"{home}?page=2")


def test_all_words_of_a_search_must_be_in_a_row(ada: ParsingClient, home: str) -> None:
    # Dough 45 is the fifteenth capability's; the forty-fifth has it in its code.
    assert codes(ada, f"{home}?q=ROBOT+dough+45") == ["C-015", "C-045"]
    assert codes(ada, f"{home}?q=robot&partner=Miller") == [
        f"C-{number:03d}" for number in range(3, COUNT + 1, 6)
    ]


def test_a_heading_sorts_and_a_sorted_page_says_so(ada: ParsingClient, home: str) -> None:
    assert codes(ada, f"{home}?sort=text")[0] == "C-060"
    assert codes(ada, f"{home}?sort=-text")[0] == "C-001"
    assert 'aria-sort="descending"' in ada.get(f"{home}?sort=-text").get_data(as_text=True)


@pytest.mark.parametrize(
    "query",
    [
        *("page=x", "page=-3", "sort=nothing", "partner=Nobody", "threshold=7000", "q=%00a"),
        *("table=x", "endpoint=x", "page_name=x", "cycle_id=x", "_external=1", "_anchor=x"),
    ],
)
def test_what_the_address_gets_wrong_is_a_page_still(
    ada: ParsingClient, home: str, query: str
) -> None:
    assert ada.get(f"{home}?{query}").status_code in (200, 400)


def test_a_download_has_what_was_asked_on_all_pages(ada: ParsingClient, home: str) -> None:
    rows = rows_of(ada, f"{home}.csv?partner=Baker&sort=-code&page=2")
    assert rows[0][:2] == ["Code", "Capability"]
    wanted = [f"C-{n:03d}" for n in range(COUNT, 0, -1) if n % 3]
    assert [row[0] for row in rows[1:]] == wanted
    book = load_workbook(io.BytesIO(ada.get(f"{home}.xlsx").get_data()))
    assert book.active.max_row == COUNT + 1


def test_json_has_numbers_lists_and_what_it_rests_on(ada: ParsingClient, home: str) -> None:
    found: dict[str, Any] = json.loads(ada.get(f"{home}.json?q=C-003").get_data())
    assert found["rows"][0]["profiles"] == 0
    assert found["rows"][0]["partners"] == ["Miller"]
    assert found["rests_on"]["Results"].startswith("Working results")
    assert {each["key"] for each in found["columns"]} == set(found["rows"][0])


def test_links_keep_what_was_asked(ada: ParsingClient, home: str) -> None:
    text = ada.get(f"{home}?q=robot&threshold=61&sort=text").get_data(as_text=True)
    assert "q=robot&amp;sort=-text" in text or "sort=-text&amp;q=robot" in text
    assert '<input type="hidden" name="threshold" value="61">' in text
    assert '<input type="hidden" name="sort" value="text">' in text


def test_unknown_pages_items_and_tables_are_not_found(ada: ParsingClient, home: str) -> None:
    base = home.rsplit("/", 1)[0]
    for path in (f"{base}/nowhere", f"{home}/C-999", f"{home}.csv?table=nothing", f"{base}/no.csv"):
        assert ada.get(path).status_code == 404, path


def test_before_anything_is_published_a_sponsor_is_told_so(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    sol = client.sign_in(cast.sol)
    assert "Nothing is published to you yet" in sol.get(home).get_data(as_text=True)
    assert sol.get(f"{home}.csv").status_code == 404


def test_what_is_missing_is_sorted_last_and_values_read_as_people_write_them() -> None:
    assert sorted([None, 3, 1.5], key=sort_key) == [1.5, 3, None]
    assert words_of(date(2026, 11, 3), Kind.DATE) == "3 November 2026"
    assert words_of(31.4, Kind.PERCENT) == "31.4\u00a0%"
    assert words_of(6.0, Kind.PERCENT) == "6.0\u00a0%"
    assert words_of(12345, Kind.NUMBER) == "12,345"
    assert words_of(False, Kind.FLAG) == "No"


def test_no_filter_takes_a_name_that_the_address_needs(app: Flask, cast: Cast) -> None:
    results = working_results(cast.cycle.id)
    with app.test_request_context():
        look = Look(results, {}, Way("explorer", {"cycle_id": cast.cycle.id}), {})
        for kind in pages().values():
            for listing in kind.listings(look, ""):
                taken = RESERVED & {f"{listing.prefix}{each.key}" for each in listing.facets}
                assert not taken, (kind.name, listing.name)
