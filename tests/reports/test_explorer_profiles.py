"""The profiles of the explorer: the list, one profile, and what a link's reader is told of it."""

from collections.abc import Callable
from typing import Any

import pytest

from cycles.core.extensions import db
from reports.document.commands import take_snapshot
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from reports.results.queries import working_results
from reports.results.results import Results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.explorer_cases import codes, find, links, page, rows, words
from tests.reports.explorer_profile_cases import OBJECTION, WHY_OUT, Grown, grow


@pytest.fixture
def grown(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Grown:
    return grow(find(cast, run_jobs))


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def results(grown: Grown) -> Results:
    return working_results(grown.found.baked.cycle.id)


def by_code(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in found}


def test_each_figure_of_the_list_is_a_count_of_the_rows_behind_it(
    ada: ParsingClient, grown: Grown
) -> None:
    home = f"{grown.home}/profiles"
    listed = by_code(rows(ada, home))
    assert list(listed) == ["P-0001", "P-0002", "P-0003"]
    for code, row in listed.items():
        held = rows(ada, f"{home}/{code}", "capabilities")
        assert row["capabilities"] == len(held)
        assert row["unsupported"] == sum(each["support"] == "Unsupported" for each in held)
        for level in ("Awareness", "Practitioner", "Expert"):
            assert row[level.casefold()] == sum(each["level"] == level for each in held)
        assert row["ksbs"] == len(rows(ada, f"{home}/{code}", "ksbs"))
        assert row["ksbs"] == len(rows(ada, f"{grown.home}/ksbs?profile={code}"))
        assert row["removed"] == len(rows(ada, f"{home}/{code}", "taken-out"))
    ratified = listed["P-0001"]
    assert (ratified["approvals"], ratified["answers"]) == (3, 4)


def test_a_number_of_the_list_leads_to_its_rows(ada: ParsingClient, grown: Grown) -> None:
    html = page(ada, f"{grown.home}/profiles")
    unsupported = [href for href, _ in links(html) if "supported=no" in href]
    listed = by_code(rows(ada, f"{grown.home}/profiles"))
    assert len(unsupported) == sum(row["unsupported"] > 0 for row in listed.values()) > 0
    for href in unsupported:
        code = href.partition("?")[0].rpartition("/")[2]
        assert len(rows(ada, href)) == listed[code]["unsupported"]


def test_filters_narrow_the_list_and_role_levels_count_it(ada: ParsingClient, grown: Grown) -> None:
    home = f"{grown.home}/profiles"
    assert codes(ada, f"{home}?status=proposed") == ["P-0003"]
    assert codes(ada, f"{home}?partner=Retailer") == ["P-0003"]
    assert codes(ada, f"{home}?q=planner") == ["P-0002"]
    assert codes(ada, f"{home}?sort=-capabilities")[-1] == "P-0003"
    levels = rows(ada, home, "role-levels")
    assert {each["role_level"]: each["profiles"] for each in levels} == {
        "Technicians": len(codes(ada, f"{home}?role=Technicians")),
        "Managers": len(codes(ada, f"{home}?role=Managers")),
    }


def test_one_profile_tells_its_ratification_and_what_was_taken_out(
    ada: ParsingClient, grown: Grown
) -> None:
    said = words(page(ada, f"{grown.home}/profiles/P-0001"))
    assert "Version 1, ratified on 2 March 2026. 3 of 4 who answered approved it" in said
    assert "1 objected." in said
    assert f"Objection: “{OBJECTION}”" in said
    profile = results(grown).profile["P-0001"]
    assert profile.ratification is not None
    assert profile.ratification.digest in said
    out = rows(ada, f"{grown.home}/profiles/P-0001", "taken-out")
    assert [(row["code"], row["reason"]) for row in out] == [
        (grown.found.baked.bakery.route.code, WHY_OUT)
    ]
    assert "The panel has not ratified it yet." in words(page(ada, f"{grown.home}/profiles/P-0003"))


def test_the_votes_behind_a_level_are_those_of_its_role_level(
    ada: ParsingClient, grown: Grown
) -> None:
    mix = grown.found.baked.bakery.mix.code
    held = by_code(rows(ada, f"{grown.home}/profiles/P-0001", "capabilities"))
    cell = next(each for each in results(grown).detail.cells if each.code == mix)
    assert tuple(held[mix][f"votes_{letter}"] for letter in "nape") == cell.counts == (0, 1, 5, 0)
    manager = by_code(rows(ada, f"{grown.home}/profiles/P-0003", "capabilities"))
    bake = grown.found.baked.bakery.bake.code
    assert manager[bake]["votes_a"] is None  # nobody was asked about managers


def test_the_threshold_moves_what_is_unsupported(ada: ParsingClient, grown: Grown) -> None:
    home = f"{grown.home}/profiles"
    low = by_code(rows(ada, f"{home}?threshold=30"))
    high = by_code(rows(ada, f"{home}?threshold=99"))
    assert all(low[code]["unsupported"] <= high[code]["unsupported"] for code in low)
    lonely = rows(ada, f"{home}/P-0002?supported=no&threshold=99")
    assert len(lonely) == high["P-0002"]["unsupported"]


def test_standards_lead_to_the_comparison_and_an_unknown_profile_is_not_there(
    ada: ParsingClient, grown: Grown
) -> None:
    html = page(ada, f"{grown.home}/profiles/P-0001")
    best = rows(ada, f"{grown.home}/profiles/P-0001", "standards")[0]
    assert best["fit"] == round(100 * best["fit_count"] / best["member_count"], 1)
    assert any("comparison" in href and "profile=P-0001" in href for href, _ in links(html))
    assert ada.get(f"{grown.home}/profiles/P-9999").status_code == 404
    assert ada.get(f"{grown.home}/profiles/P-9999.csv").status_code == 404


def test_a_link_s_reader_reads_counts_but_neither_words_nor_ways_into_the_cycle(
    client: ParsingClient, grown: Grown
) -> None:
    actor = grown.found.baked.actor
    snapshot = take_snapshot(cycle=grown.found.baked.cycle, actor=actor, moment=NOW)
    made = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, actor=actor, moment=NOW)
    db.session.commit()
    html = page(client, f"/published/{token_of(made)}/profiles/P-0001")
    assert "3 of 4 who answered approved it; 1 objected." in words(html)
    assert OBJECTION not in html
    assert WHY_OUT not in html
    assert "/cycles/" not in html


def test_without_profiles_the_page_says_what_is_missing(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    said = words(page(client, f"/cycles/{cast.cycle.id}/findings/profiles"))
    assert "No profile is there yet." in said
