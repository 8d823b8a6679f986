"""The page of the supply chain: partners by function, and what several of them share."""

from collections.abc import Callable

import pytest

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


def test_partners_are_joined_as_sets_are(ada: ParsingClient, found: Found) -> None:
    home = f"{found.home}/supply-chain"
    held = {row["code"]: set(row["partners"]) for row in rows(ada, home)}
    chosen = {"Manufacturer", "Retailer"}
    both = f"{home}?p1=on&p2=on"
    assert codes(ada, both) == [code for code, names in held.items() if names & chosen]
    assert codes(ada, f"{both}&how=all") == [c for c, names in held.items() if names == chosen]
    only = [code for code, names in held.items() if names and names <= {"Retailer"}]
    assert codes(ada, f"{home}?p2=on&how=only") == only != codes(ada, f"{home}?p2=on")
    html = page(ada, f"{both}&how=all")
    assert "1 capability is needed by Manufacturer and Retailer" in words(html)
    counts = [each for each in links(html) if "how=" in each[0] or each[1].startswith("Any of")]
    assert counts
    assert codes(ada, f"{both}&how=nonsense") == codes(ada, both)


def test_every_figure_of_a_partner_leads_to_its_rows(ada: ParsingClient, found: Found) -> None:
    home = f"{found.home}/supply-chain"
    partners = {row["partner"]: row for row in rows(ada, home, "partners")}
    listed = rows(ada, f"{found.home}/capabilities")
    for name, row in partners.items():
        own = [each for each in listed if name in each["partners"]]
        assert row["total"] == len(own)
        assert row["implement"] == sum(each["function"] == "Implement" for each in own)
        assert row["unsupported"] == sum(each["support"] == "Unsupported" for each in own)
    table = links(page(ada, home), 'id="partners"')
    figures = [(href, text) for href, text in table if text.isdigit() and "partner=" in href]
    assert figures
    for href, text in figures:
        assert len(rows(ada, href)) == int(text), href


def test_two_partners_share_what_both_need(ada: ParsingClient, found: Found) -> None:
    (row,) = rows(ada, f"{found.home}/supply-chain", "shared")
    assert (row["both"], row["either"], row["shared_percent"]) == (1, 4, 25.0)


def test_a_filter_keeps_the_partners_that_were_chosen(ada: ParsingClient, found: Found) -> None:
    html = page(ada, f"{found.home}/supply-chain?p2=on&how=only&threshold=60")
    form = html[html.index('aria-label="Search and filter: Capabilities of') :]
    for hidden in ('name="p2" value="on"', 'name="how" value="only"', 'name="threshold"'):
        assert hidden in form[: form.index("</form>")]
