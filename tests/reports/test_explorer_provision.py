"""What training is missing: matches, the slider, fit and surplus, a profile beside a standard."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from cycles.core.extensions import db
from cycles.standards.models import UNKNOWN_LEVEL, Duty
from reports.mapping.models import MatchReview, MatchVerdict
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast, make_standard
from tests.reports.explorer_cases import codes, links, page, rows, words
from tests.reports.mapping_cases import BAKE, MIX, Bakery
from tests.reports.reviewing_cases import ACCEPTED, REJECTED, UNSURE, judge, make_run, run_again

Jobs = Callable[[], int]


@pytest.fixture
def ran(cast: Cast, word_encoder: WordEncoder, run_jobs: Jobs) -> Bakery:
    return make_run(cast, run_jobs)


@pytest.fixture
def eddy(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.eddy)


def at(cast: Cast, path: str) -> str:
    return f"/cycles/{cast.cycle.id}/findings/{path}"


def duty_of(text: str) -> Duty:
    return db.session.scalars(select(Duty).where(Duty.text == text)).one()


PAGES = ("provision", "fit", "quadrants", "matches", "comparison", "sensitivity")


@pytest.mark.parametrize("name", PAGES)
def test_before_a_run_every_page_says_what_is_missing(
    eddy: ParsingClient, cast: Cast, name: str
) -> None:
    assert "No capability is kept yet" in words(page(eddy, at(cast, name)))


def test_tiles_and_filters_lead_to_exactly_the_rows_they_count(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    html = page(eddy, at(cast, "provision"))
    everything = rows(eddy, at(cast, "provision"))
    alone = [row["code"] for row in everything if not row["supported"]]
    assert alone == [ran.lonely.code]
    assert f"{len(alone)} of {len(everything)} capabilities are unsupported" in words(html)
    tiles = {text: href for href, text in links(html, 'class="p-tiles"')}
    assert codes(eddy, tiles["Unsupported"]) == alone
    assert len(rows(eddy, tiles["Supported"])) == len(everything) - len(alone)
    assert codes(eddy, at(cast, "provision?profile=P-0002")) == [ran.route.code, ran.lonely.code]
    assert codes(eddy, at(cast, "provision?q=dough")) == [ran.mix.code]
    assert "Nothing matches" in words(page(eddy, at(cast, "provision?q=zeppelin")))
    scores = [row["score"] for row in rows(eddy, at(cast, "provision?sort=-score"))]
    assert scores == sorted(scores, reverse=True)


def test_the_slider_counts_as_the_table_does_at_every_threshold(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    html = page(eddy, at(cast, "provision?show=supported&page=1"))
    form = re.search(r'id="threshold-form".*?</form>', html, re.DOTALL)
    assert form is not None
    # The filters go along, the page of the table does not.
    assert 'name="show" value="supported"' in form[0]
    assert 'name="page"' not in form[0]
    counts = re.findall(r'data-unsupported="([\d ]+)"', form[0])[0].split()
    table = {row["threshold"]: row for row in rows(eddy, at(cast, "sensitivity"), "thresholds")}
    for threshold in (40, 70, 95):
        listed = rows(eddy, at(cast, f"provision?show=unsupported&threshold={threshold}"))
        assert int(counts[threshold - 40]) == len(listed) == table[threshold]["unsupported"]
    moved = page(eddy, at(cast, "provision?threshold=70"))
    assert "You look at a match threshold of 70 %" in words(moved)
    assert "threshold=70" in {text: href for href, text in links(moved)}["Unsupported"]


def test_generic_duties_and_skills_are_said_beside_the_match(
    eddy: ParsingClient, cast: Cast, ran: Bakery, run_jobs: Jobs
) -> None:
    for number, route in enumerate(("Baking", "Care", "Digital", "Law", "Transport")):
        own = ("Talk clearly with people about work",)
        make_standard(ran.framework, f"R{number}", route, 3, own).route = route
    ran.lonely.text = "Talk clearly with people about bread"
    db.session.commit()
    run_again(cast, run_jobs)
    address = at(cast, "provision?show=generic")
    assert codes(eddy, address) == [ran.lonely.code]
    assert "Only generic matches" in words(page(eddy, address))


def give(client: ParsingClient, cast: Cast, ran: Bakery, on: str, **fields: str) -> str:
    """Accept that BAKE is what MIX asks for, from a page; return what the page then says."""
    duty, code = duty_of(BAKE), fields.pop("code", "")
    address = at(cast, f"verdicts/{ran.lonely.id}/{duty.id}?profile=P-0002&standard={ran.baker.id}")
    shown = at(cast, f"provision/{ran.lonely.code}")
    answer = client.submit(address, page=shown, on=on, code=code, **fields)
    assert answer.status_code == 303
    return page(client, answer.location)


def test_a_verdict_in_place_moves_fit_and_surplus_at_once_and_is_taken_back(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    pair = f"comparison?profile=P-0002&standard={ran.baker.id}"
    before = words(page(eddy, at(cast, pair)))
    assert "0.0 % Fit 0 of 2 capabilities matched" in before
    assert "100.0 % Surplus 2 of 2 duties to spare" in before
    after = words(give(eddy, cast, ran, "comparison", verdict="accepted", reason="Same task"))
    assert "50.0 % Fit 1 of 2 capabilities matched" in after
    assert "50.0 % Surplus 1 of 2 duties to spare" in after
    assert "You: accepted" in after
    assert "by an educator" in after
    assert "“Same task”" in after
    assert codes(eddy, at(cast, "provision?show=outranked")) == [ran.lonely.code]
    assert rows(eddy, at(cast, "fit?profile=P-0002"))[0]["fit"] == 50.0
    assert "0.0 % Fit" in words(give(eddy, cast, ran, "comparison", verdict="none"))
    assert db.session.query(MatchReview).count() == 0


def test_a_verdict_on_a_capabilitys_own_page_leads_back_to_it(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    shown = give(eddy, cast, ran, "provision", code=ran.lonely.code, verdict="accepted")
    assert "A verdict outranks the score" in words(shown)
    review = db.session.query(MatchReview).one()
    assert (review.verdict, review.participant_id) == (MatchVerdict.ACCEPTED, cast.educator.id)
    address = at(cast, f"verdicts/{ran.lonely.id}/{duty_of(BAKE).id}")
    home = at(cast, f"provision/{ran.lonely.code}")
    wrong = eddy.submit(address, page=home, on="provision", verdict="perhaps")
    nowhere = eddy.submit(address, page=home, on="nowhere", verdict="rejected")
    assert (wrong.status_code, nowhere.status_code) == (400, 404)


def test_names_are_for_conveners_and_others_read_groups(
    eddy: ParsingClient, client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    judge(cast.educator, ran.mix, duty_of(MIX), UNSURE, reason="Too wide")
    judge(cast.employer, ran.mix, duty_of(MIX), ACCEPTED, after=9)
    address = at(cast, f"comparison?profile=P-0001&standard={ran.baker.id}")
    read = words(page(eddy, address))
    assert "Not settled 1 accepted, 1 unsure, last by an employer" in read
    assert cast.ema.name not in read
    run = words(page(client.sign_in(cast.ada), address))
    assert f"{cast.ema.name} (employer): accepted" in run
    assert f"{cast.eddy.name} (educator): unsure, “Too wide”" in run


def test_what_others_said_is_not_offered_as_ones_own(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    judge(cast.employer, ran.lonely, duty_of(BAKE), ACCEPTED, reason="Not yours")
    shown = give(eddy, cast, ran, "provision", code=ran.lonely.code, verdict="unsure")
    assert "You: unsure" in words(shown)
    assert 'value="Not yours"' not in shown


@pytest.mark.parametrize("person", ["sol", "tom"])
def test_who_does_not_review_judges_nothing(
    client: ParsingClient, cast: Cast, ran: Bakery, person: str
) -> None:
    client.sign_in(getattr(cast, person))
    address = at(cast, f"verdicts/{ran.lonely.id}/{duty_of(BAKE).id}")
    token = client.token(f"/cycles/{cast.cycle.id}/")
    fields = {"verdict": "accepted", "on": "provision", "csrf_token": token}
    assert client.post(address, data=fields).status_code == 403


def test_both_directions_list_every_capability_and_duty_once(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    address = at(cast, f"comparison?profile=P-0001&standard={ran.baker.id}")
    left, right = (rows(eddy, address, table) for table in ("capabilities", "duties"))
    assert Counter(row["matched"] for row in left) == {True: 2, False: 1}
    assert [row["matched"] for row in right] == [True, True]
    assert {row["duty"] for row in right} == {MIX, BAKE}
    text = words(page(eddy, address))
    for part in ("Matched by the standard (2)", "Not matched (1)", "To spare (0)"):
        assert part in text
    far = at(cast, f"comparison?profile=P-0001&standard={ran.driver.id}")
    assert "not at the same or an adjoining level" in words(page(eddy, far))
    nowhere = at(cast, "comparison?profile=P-0001&standard=nonsense")
    assert "Oven operator and Baker" in words(page(eddy, nowhere))


def test_a_rejected_pair_stays_in_sight_beside_what_takes_its_place(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    judge(cast.educator, ran.mix, duty_of(MIX), REJECTED, reason="Another dough")
    html = page(eddy, at(cast, f"comparison?profile=P-0001&standard={ran.baker.id}"))
    assert "1 of 3 capabilities matched" in words(html)
    left = words(html[html.index('id="capabilities"') : html.index('id="duties"')])
    assert f"Judged, 100.0 %: {MIX} Rejected by an educator" in left
    assert "“Another dough”" in left


def test_fit_counts_stand_behind_each_share_and_the_matrix_names_its_finding(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    found = rows(eddy, at(cast, "fit"))
    for row in found:
        assert row["fit"] == round(100 * row["fit_count"] / row["capabilities"], 1)
        assert row["surplus"] == round(100 * row["surplus_count"] / row["duties"], 1)
    best = [row for row in found if row["rank"] == 1]
    first = best[0]
    assert (first["profile"], first["standard"], first["fit"]) == ("P-0001", "Baker", 66.7)
    html = page(eddy, at(cast, "fit"))
    for href, text in links(html, 'aria-label="Suggested responses"')[:4]:
        counted = [row for row in best if row["response"] == text]
        assert rows(eddy, href) == counted, text
    matrix = words(page(eddy, at(cast, "quadrants")))
    assert "Suggested for 2 profiles: extend 1, new standard 1" in matrix
    one = words(page(eddy, at(cast, "quadrants?profile=P-0001")))
    assert "Baker fits P-0001 best, at 66.7 %" in one
    assert len(rows(eddy, at(cast, "quadrants?profile=P-0001"))) == len(
        rows(eddy, at(cast, "fit?profile=P-0001"))
    )


def test_rows_open_to_the_duties_that_their_file_holds(
    eddy: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    judge(cast.employer, ran.mix, duty_of(MIX), REJECTED)
    address = at(cast, "matches?profile=P-0001")
    html = page(eddy, address)
    assert codes(eddy, address) == [ran.mix.code, ran.bake.code, ran.route.code]
    assert html.count('class="p-opened"') == 3
    inner = rows(eddy, address, "duties")
    assert MIX in [row["duty"] for row in inner if row["code"] == ran.mix.code]
    rejected = next(row for row in inner if row["duty"] == MIX and row["code"] == ran.mix.code)
    assert (rejected["verdict"], rejected["suggested"], rejected["is_match"]) == (
        "rejected",
        "match",
        False,
    )
    assert rejected["by"].startswith("by an employer, ")


def test_a_level_that_no_source_states_is_said_to_be_unknown(
    eddy: ParsingClient, cast: Cast, ran: Bakery, run_jobs: Jobs
) -> None:
    ran.baker.level = UNKNOWN_LEVEL
    db.session.commit()
    run_again(cast, run_jobs)
    for name in ("provision", "fit", "quadrants", "matches", f"comparison?standard={ran.baker.id}"):
        text = words(page(eddy, at(cast, name)))
        assert "unknown" in text, name
        assert "level -1" not in text, name


@pytest.mark.parametrize("name", PAGES)
def test_pages_hold_without_a_verdict_at_the_highest_threshold(
    eddy: ParsingClient, cast: Cast, ran: Bakery, name: str
) -> None:
    shown = words(page(eddy, at(cast, f"{name}?threshold=99")))
    assert "You look at a match threshold of 99 %." in shown
