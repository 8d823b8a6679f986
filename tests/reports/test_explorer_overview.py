"""The overview: answers at a glance, every figure a way to its rows, empty cells called out."""

from collections.abc import Callable

import pytest

from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import Found, find, links, page, rows, words


@pytest.fixture
def found(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Found:
    return find(cast, run_jobs)


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def test_every_tile_leads_to_the_rows_behind_it(ada: ParsingClient, found: Found) -> None:
    html = page(ada, f"{found.home}/overview")
    tiles = {label: href for href, label in links(html)}
    standards = rows(ada, f"{found.home}/take-away/standards")
    compared = sum(each["is_compared"] for each in standards)
    assert 0 < compared < len(standards)
    for label, count in (
        ("Capabilities", 4),
        ("Unsupported capabilities", 1),
        ("Cells agreed", 1),
        ("Without agreement", 3),
        ("Accepted KSBs", 1),
        ("Standards compared", compared),
    ):
        assert len(rows(ada, tiles[label])) == count, label
    said = words(html)
    assert "1 of 4 capabilities (25.0 %) match no duty of today's provision" in said
    assert "The panel agreed on 1 of 4 judged cells" in said


def test_cells_without_a_capability_are_called_out(ada: ParsingClient, found: Found) -> None:
    said = words(page(ada, f"{found.home}/overview"))
    assert "Nothing is captured where Manufacturer meets Design" in said
    coverage = {row["partner"]: row for row in rows(ada, f"{found.home}/overview", "partners")}
    assert coverage["Manufacturer"]["design"] == 0
    assert coverage["Retailer"]["design"] == 1


def test_an_empty_cycle_says_what_comes_first(ada: ParsingClient, cast: Cast) -> None:
    forget()
    said = words(page(ada, f"/cycles/{cast.cycle.id}/findings/overview"))
    for sentence in (
        "No capability is kept yet: capture comes first.",
        "No profile is generated yet.",
        "Map and gap has not run yet",
        "Employers have not rated any capability yet.",
    ):
        assert sentence in said, sentence
