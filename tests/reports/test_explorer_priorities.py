"""Priorities: the report's rule, other rules in the address, and the mark that they are others."""

from collections.abc import Callable

import pytest

from reports.explorer.pages.priority_rules import rule_of
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


def test_the_report_s_rule_stands_unless_another_is_asked_for(
    ada: ParsingClient, grown: Grown
) -> None:
    home = f"{grown.home}/priorities"
    ranked = rows(ada, home)
    expected = sorted(
        ranked, key=lambda row: (-row["unsupported"], row["best_fit"] or -1, row["code"])
    )
    assert ranked == expected
    assert [row["rank"] for row in ranked] == [row["report_rank"] for row in ranked] == [1, 2, 3]
    said = words(page(ada, home))
    assert "The report uses this" in said
    assert "Not the report's rule" not in said
    assert f"{ranked[0]['code']} {ranked[0]['name']} stands first" in said


def test_another_rule_is_marked_and_keeps_the_report_s_rank_beside_it(
    ada: ParsingClient, grown: Grown
) -> None:
    home = f"{grown.home}/priorities"
    usual = {row["code"]: row["rank"] for row in rows(ada, home)}
    for by, key in (
        ("share", lambda row: -row["unsupported_percent"]),
        ("fit", lambda row: -1 if row["best_fit"] is None else row["best_fit"]),
    ):
        ranked = rows(ada, f"{home}?by={by}")
        assert ranked == sorted(ranked, key=lambda row: (key(row), row["report_rank"])), by
        assert {row["code"]: row["report_rank"] for row in ranked} == usual
        html = page(ada, f"{home}?by={by}")
        assert "Not the report's rule" in words(html)
        back = next(href for href, text in links(html) if text == "Back to the report's rule")
        assert "The report uses this" in words(page(ada, back))


def test_a_reader_s_own_weights_score_every_profile(ada: ParsingClient, grown: Grown) -> None:
    asked = "by=own&weight_count=2&weight_share=0&weight_fit=1&weight_expert=1"
    ranked = rows(ada, f"{grown.home}/priorities?{asked}")
    most = max(row["unsupported"] for row in ranked)
    profiles = {row["code"]: row for row in rows(ada, f"{grown.home}/profiles")}
    for row in ranked:
        profile = profiles[row["code"]]
        parts = (
            2 * 100 * row["unsupported"] / most,
            100 - (row["best_fit"] or 0),
            100 * profile["expert"] / profile["capabilities"],
        )
        assert row["score"] == pytest.approx(sum(parts) / 4, abs=0.1)
    scores = [row["score"] for row in ranked]
    assert scores == sorted(scores, reverse=True)
    download = ada.get(f"{grown.home}/priorities.json?{asked}").get_json()
    assert "unsupported capabilities 2" in download["about"]


@pytest.mark.parametrize(
    "args",
    [
        {"by": "nonsense"},
        {"by": "own", **dict.fromkeys(("weight_count", "weight_share"), "0")}
        | dict.fromkeys(("weight_fit", "weight_expert"), "0"),
    ],
)
def test_what_no_rule_can_be_made_of_is_the_report_s(args: dict[str, str]) -> None:
    assert rule_of(args).is_report


def test_weights_out_of_bounds_are_read_as_near_as_they_can_be() -> None:
    rule = rule_of({"by": "own", "weight_count": "999", "weight_share": "-3", "weight_fit": ""})
    assert dict(rule.weights) == {"count": 10, "share": 1, "fit": 1, "expert": 1}


def test_filters_keep_the_ranks_and_a_number_leads_to_its_rows(
    ada: ParsingClient, grown: Grown
) -> None:
    home = f"{grown.home}/priorities"
    ranks = {row["code"]: row["rank"] for row in rows(ada, home)}
    technicians = rows(ada, f"{home}?role=Technicians")
    assert {row["code"]: row["rank"] for row in technicians} == {
        code: rank for code, rank in ranks.items() if code != "P-0003"
    }
    assert codes(ada, f"{home}?q=planner") == ["P-0002"]
    for href, text in links(page(ada, home)):
        if "supported=no" in href:
            assert len(rows(ada, href)) == int(text.split()[0])


def test_before_the_first_run_nothing_is_ranked(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    said = words(page(client, f"/cycles/{cast.cycle.id}/findings/priorities"))
    assert "No run of map and gap has compared a profile yet." in said
