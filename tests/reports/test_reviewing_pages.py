"""The pages of the review: the queue, one match after the other, who may do what, downloads."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from cycles.core.extensions import db
from reports.mapping.models import MatchReview
from reports.reviewing.views import queue_page
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.reports.mapping_cases import Bakery
from tests.reports.reviewing_cases import ACCEPTED, REJECTED, judge, make_run

pytestmark = pytest.mark.usefixtures("word_encoder")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def bakery(cast: Cast, run_jobs: Callable[[], int]) -> Bakery:
    return make_run(cast, run_jobs)


def base(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/map-and-gap/review/"


def at(cast: Cast, statement: Any, duty: Any) -> str:
    return f"{base(cast)}{statement.id}/duties/{duty.id}"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status
    stripped = re.sub(r"<[^>]+>", " ", html.unescape(answer.get_data(as_text=True)))
    return re.sub(r"\s+", " ", stripped)


def test_before_the_first_run_the_queue_says_so(client: ParsingClient, cast: Cast) -> None:
    assert "No matches yet" in text_of(client.sign_in(cast.eddy).get(base(cast)))


def test_the_queue_lists_what_decides_with_the_reason(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    text = text_of(client.sign_in(cast.eddy).get(base(cast)))
    assert "0 of 3 reviewed" in text
    assert "Decides support Nothing else matches C-001" in text
    assert "3 of 3 matches." in text
    assert "Begin the review" in text
    assert "Review matches" in text_of(client.get(base(cast).replace("review/", "")))


def test_a_long_list_names_the_pages_around_the_reader_alone(
    client: ParsingClient, cast: Cast, bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "PER_PAGE", 1)
    text = client.sign_in(cast.eddy).get(base(cast)).text
    pages = [int(page) for page in re.findall(r'aria-label="Page (\d+)"', text)]
    assert pages == [1, 2, 3]
    assert 'rel="next"' in text
    assert 'rel="prev"' in client.get(f"{base(cast)}?page=99").text


def test_a_threshold_in_the_address_is_left_out(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    answer = client.sign_in(cast.eddy).get(f"{base(cast)}?threshold=90&show=all")
    assert (answer.status_code, answer.location) == (303, f"{base(cast)}?show=all")


def test_a_decision_leads_to_the_next_match_and_shows_what_it_changed(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    duty = bakery.baker.duties[0]
    page = at(cast, bakery.mix, duty)
    text = text_of(client.sign_in(cast.eddy).get(page))
    # What serves two profiles comes first of what lies equally far from the threshold.
    assert "Match 2 of 3" in text
    assert "Serves P-0001" in text
    assert "Nobody has reviewed it yet." in text
    assert "Not judged yet" in text
    answer = client.submit(page, page=page, verdict="rejected", reason="Too wide")
    assert answer.location == f"{at(cast, bakery.bake, bakery.baker.duties[1])}?after=1#match"
    text = text_of(client.get(answer.location))
    assert "1 of 3 reviewed" in text
    assert "C-001 is now unsupported; 2 of 4 capabilities are unsupported" in text
    assert "P-0001 best fit with Baker from 66.7 % → to 33.3 %" in text
    assert "Match 3 of 3" in text


def test_undo_returns_to_the_match_and_to_what_was_said_before(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    page = at(cast, bakery.mix, bakery.baker.duties[0])
    client.sign_in(cast.eddy)
    client.submit(page, page=page, verdict="accepted")
    client.submit(page, page=page, verdict="unsure")
    answer = client.submit(page, page=page, verdict="none")
    assert answer.location == f"{page}#match"
    assert db.session.query(MatchReview).one().verdict == ACCEPTED
    assert "You Accepted" in text_of(client.get(page))
    client.submit(page, page=page, verdict="none")
    assert db.session.query(MatchReview).count() == 0


def test_in_place_the_next_match_comes_with_a_word_for_the_ear(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    page = at(cast, bakery.mix, bakery.baker.duties[0])
    client.sign_in(cast.eddy)
    answer = client.submit(page, page=page, verdict="rejected", headers=HTMX)
    body = answer.get_data(as_text=True)
    assert answer.headers["HX-Push-Url"].endswith("?after=1")
    assert body.strip().startswith('<article class="p-match" id="match"')
    announced = re.search(r'data-announce="([^"]*)"', body)
    assert announced is not None
    assert announced[1].startswith("Rejected C-001. C-001 is now unsupported;")
    assert announced[1].endswith("1 of 3 reviewed. Now: C-002.")
    undone = client.submit(page, page=page, verdict="none", headers=HTMX)
    assert "Taken back. 0 of 3 reviewed. Now: C-001." in undone.get_data(as_text=True)


def test_after_the_last_one_nothing_is_left(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    pairs = ((bakery.mix, bakery.baker.duties[0]), (bakery.bake, bakery.baker.duties[1]))
    for number, (statement, duty) in enumerate(pairs):
        judge(cast.educator, statement, duty, ACCEPTED, after=number)
    page = at(cast, bakery.route, bakery.driver.duties[0])
    answer = client.sign_in(cast.eddy).submit(page, page=page, verdict="accepted")
    assert answer.location == f"{base(cast)}?after=1"
    text = text_of(client.get(answer.location))
    assert "Nothing is left to review" in text
    assert "3 of 3 reviewed" in text
    assert "Go on reviewing" not in text
    assert "3 of 3 matches." in text_of(client.get(f"{base(cast)}?show=all"))
    assert "Nothing fits these filters" in text_of(client.get(f"{base(cast)}?q=zeppelin"))


def test_others_are_seen_in_counts_and_by_name_only_by_conveners(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    duty = bakery.baker.duties[0]
    judge(cast.educator, bakery.mix, duty, ACCEPTED, reason="The same work")
    judge(cast.employer, bakery.mix, duty, REJECTED, after=1)
    page = at(cast, bakery.mix, duty)
    for person in (cast.eddy, cast.ema):
        text = text_of(client.sign_in(person).get(page))
        assert "1 accepted, 1 rejected" in text
        assert "Not settled, so the score decides." in text
        assert ("Eddy Marsh:" in text, "Eddy Marsh (" in text) == (False, False)
        assert "Reason (optional; everyone in the cycle can read it)" in text
    assert "Eddy Marsh (educator): accepted, “The same work”" in text_of(
        client.sign_in(cast.ada).get(page)
    )
    differ = text_of(client.get(f"{base(cast)}?show=differ"))
    assert "1 of 3 matches." in differ
    # On the capability's own page the counts stand beside what is settled.
    home = f"/cycles/{cast.cycle.id}/findings/provision/{bakery.mix.code}"
    card = text_of(client.get(home))
    assert "Not settled 1 accepted, 1 rejected" in card


@pytest.mark.parametrize("person", ["sol", "tom"])
def test_who_does_not_judge_waits_for_what_is_published(
    client: ParsingClient, cast: Cast, bakery: Bakery, person: str
) -> None:
    page = at(cast, bakery.mix, bakery.baker.duties[0])
    client.sign_in(getattr(cast, person))
    for path in (page, base(cast), f"{base(cast)}reviews.csv"):
        assert client.get(path).status_code == 403, path


def test_a_sealed_cycle_is_read_and_not_changed(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    cast.cycle.sealed_at = NOW
    db.session.commit()
    page = at(cast, bakery.mix, bakery.baker.duties[0])
    text = text_of(client.sign_in(cast.eddy).get(page))
    assert "This cycle is sealed. Its reviews can be read and no longer changed." in text
    assert "Accept" not in text
    assert "Begin the review" not in text_of(client.get(base(cast)))
    refused = client.post(
        page, data={"verdict": "accepted", "csrf_token": client.token(base(cast))}
    )
    assert refused.status_code == 409


def test_a_match_that_the_run_did_not_compare_is_not_found(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    client.sign_in(cast.eddy)
    strange = f"{base(cast)}{bakery.mix.id}/duties/{bakery.mix.id}"
    assert client.get(strange).status_code == 404
    page = at(cast, bakery.mix, bakery.baker.duties[0])
    assert client.submit(page, page=page, verdict="perhaps").status_code == 400
    # What is not in the queue can be judged all the same.
    assert "Not in the queue" in text_of(client.get(at(cast, bakery.mix, bakery.cleaner.duties[0])))


def test_reviews_download_by_group_and_without_names(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    duty = bakery.baker.duties[0]
    judge(cast.educator, bakery.mix, duty, ACCEPTED, reason="=cmd()")
    judge(cast.employer, bakery.mix, duty, REJECTED, after=1)
    client.sign_in(cast.ada)
    path = f"{base(cast)}reviews"
    rows = json.loads(client.get(f"{path}.json").data)
    assert [(row["Group"], row["Review"], row["Settled"]) for row in rows] == [
        ("educator", "accepted", "open"),
        ("employer", "rejected", "open"),
    ]
    assert {row["Machine suggestion then"] for row in rows} == {"match"}
    content = client.get(f"{path}.csv").data.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content)))[0] == "Code"
    assert "'=cmd()" in content
    assert "Eddy" not in content
    assert client.get(f"{path}.xlsx").data.startswith(b"PK")
