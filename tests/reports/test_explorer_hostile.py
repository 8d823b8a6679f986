"""Addresses nobody would type: no query breaks a page, nor leads its links anywhere else."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from cycles.core.extensions import db
from reports.explorer.registry import pages
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.explorer_cases import Found, find
from tests.reports.reviewing_cases import ACCEPTED, judge

# What addresses are made by: neither functions that make them nor their paths take these from one.
NAMES = (
    *("self", "name", "code", "endpoint", "values", "blueprint", "cycle_id", "token", "page_name"),
    *("item_code", "file_kind", "chart_name", "chart_kind", "statement_id", "duty_id"),
    *("_anchor", "_method", "_external", "_scheme"),
)
HOSTILE = urlencode(dict.fromkeys(NAMES, "nasty"))
ADDRESSES = re.compile(r'(?:href|src|action)="([^"]*nasty[^"]*)"')


@pytest.fixture
def found(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Found:
    return find(cast, run_jobs)


def test_no_argument_takes_the_place_of_a_part_of_an_address(
    client: ParsingClient, cast: Cast, found: Found
) -> None:
    judge(cast.educator, found.baked.bakery.mix, found.baked.bakery.baker.duties[0], ACCEPTED)
    db.session.commit()
    client.sign_in(cast.ada)
    for name in (*pages(), "capabilities/C-001", "consensus/C-001", "provision/C-001"):
        answer = client.get(f"{found.home}/{name}?{HOSTILE}")
        assert answer.status_code == 200, name
        for address in ADDRESSES.findall(answer.text):
            path, _, query = address.partition("?")
            assert "nasty" not in path, f"{address} on {name}"
            assert "#nasty" not in query, f"{address} on {name}"
