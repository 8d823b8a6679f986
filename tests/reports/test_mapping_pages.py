"""The pages of map and gap: what each shows, who may do what, downloads, empty states."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileStatus
from cycles.standards.models import UNKNOWN_LEVEL
from reports.mapping.queries import latest_run
from tests.client import ParsingClient
from tests.factories import Cast, compare_with, make_framework
from tests.reports.mapping_cases import CLEAN, Bakery, make_bakery

Jobs = Callable[[], int]
pytestmark = pytest.mark.usefixtures("word_encoder")


@pytest.fixture
def bakery(cast: Cast) -> Bakery:
    return make_bakery(cast.cycle)


@pytest.fixture
def ran(client: ParsingClient, cast: Cast, bakery: Bakery, run_jobs: Jobs) -> Bakery:
    """A run that the convener asked for on the page itself."""
    home = base(cast)
    assert client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/").status_code == 303
    run_jobs()
    return bakery


def base(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/map-and-gap"


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status
    stripped = re.sub(r"<[^>]+>", " ", html.unescape(answer.get_data(as_text=True)))
    return re.sub(r"\s+", " ", stripped)


def test_before_the_first_run_the_page_says_what_is_missing(
    client: ParsingClient, cast: Cast
) -> None:
    text = text_of(client.sign_in(cast.ada).get(f"{base(cast)}/"))
    assert "No capability statements are kept yet." in text
    assert "No framework of standards is chosen." in text
    assert "Run map and gap" not in text


def test_the_overview_shows_what_the_run_found(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    text = text_of(client.sign_in(cast.eddy).get(f"{base(cast)}/"))
    assert "At 55 %, 1 of 4 capabilities are unsupported" in text
    assert "Model words" in text
    # Whatever names a framework says the day of its snapshot.
    assert "against Test framework, snapshot of 2 March 2026." in text
    assert "3 of 4 standards, 4 duties; 1 left out: no duties" in text
    assert "None: a score is plain nearness in meaning" in text
    assert "4 duties; 1 left out: no duties" in text
    assert "Run again" not in text


def test_a_run_under_way_shows_its_progress(
    client: ParsingClient, cast: Cast, bakery: Bakery
) -> None:
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    assert 'id="job"' in client.get(f"{home}/").get_data(as_text=True)
    assert "A run is under way" in text_of(client.sign_in(cast.eddy).get(f"{home}/"))


def test_a_run_that_failed_says_why(
    client: ParsingClient, cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    compare_with(cast.cycle, make_framework("Bare"))
    db.session.commit()
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    assert "have no standard with duties" in text_of(client.get(f"{home}/"))


def test_the_threshold_stands_in_the_address_and_is_kept_on_the_way(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    answer = client.sign_in(cast.eddy).get(f"{base(cast)}/?threshold=41")
    assert "At 41 %, " in text_of(answer)
    assert "provision?show=unsupported&amp;threshold=41" in answer.get_data(as_text=True)
    for nonsense in ("39", "100", "-3", "many", "9" * 30, "٥"):
        assert "At 55 %" in text_of(client.get(f"{base(cast)}/?threshold={nonsense}"))


def test_the_convener_makes_a_threshold_the_cycles_own(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    home = base(cast)
    page = f"{home}/?threshold=70"
    client.sign_in(cast.ada).submit(f"{home}/threshold", page=page, threshold="70")
    assert "At 70 %" in text_of(client.get(f"{home}/"))
    assert client.sign_in(cast.eddy).submit(f"{home}/threshold", page=page).status_code == 403


def test_a_change_after_the_run_is_called_out(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    ran.lonely.text = CLEAN
    db.session.commit()
    client.sign_in(cast.eddy)
    for path in ("", "review/"):
        text = text_of(client.get(f"{base(cast)}/{path}"))
        assert "made before a change to capability statements" in text


def test_older_runs_can_still_be_read(
    client: ParsingClient, cast: Cast, ran: Bakery, run_jobs: Jobs
) -> None:
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    text = text_of(client.get(f"{home}/?run=1"))
    assert "This is run 1. Run 2 is the newest." in text
    assert "Mark this run as reviewed" not in text


def test_two_runs_are_compared_on_the_page_and_in_the_download(
    client: ParsingClient, cast: Cast, ran: Bakery, run_jobs: Jobs
) -> None:
    home = base(cast)
    client.sign_in(cast.ada)
    assert "There is only one run" in text_of(client.get(f"{home}/runs/compare"))
    ran.lonely.text = CLEAN
    cast.cycle.threshold_percent = 60
    db.session.commit()
    client.submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    assert "runs/compare?from=1&amp;to=2" in client.get(f"{home}/").get_data(as_text=True)
    text = text_of(client.sign_in(cast.eddy).get(f"{home}/runs/compare?from=1&to=2"))
    assert "Run 1 left 1 of 4 capabilities unsupported, run 2 0 of 4." in text
    assert "Threshold 55 % 60 %" in text
    assert "0 added, 1 reworded, 0 removed; 3 capabilities are the same." in text
    assert "C-004 Sanitise hoppers overnight Unsupported: " in text
    # The planner's only match stands in a standard of another level.
    assert "P-0002 Planner Baker (T0001), 0.0 % (0 of 2) Cleaner (T0002), 50.0 % (1 of 2)" in text
    answer = client.get(f"{home}/download/runs-compared.json?from=1&to=2")
    assert "runs-1-and-2-compared.json" in answer.headers["Content-Disposition"]
    sent = json.loads(answer.data)
    sides = [sent[side] for side in ("before", "after")]
    assert [(each["run"], each["threshold_percent"]) for each in sides] == [(1, 55), (2, 60)]
    assert [(row["What"], row["Code"]) for row in sent["rows"]] == [
        ("Setting", "Threshold"),
        ("Capability", "C-004"),
        ("Support", "C-004"),
        ("Profile", "P-0002"),
    ]
    back = text_of(client.get(f"{home}/runs/compare?from=2&to=1&threshold=55"))
    assert "Run 2 left 0 of 4 capabilities unsupported, run 1 1 of 4." in back
    assert "Both are read at 55 %." in back


def test_only_a_convener_marks_a_run_as_reviewed(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    run = latest_run(cast.cycle.id)
    assert run is not None
    path = f"{base(cast)}/runs/{run.id}/reviewed"
    refused = client.sign_in(cast.eddy).submit(path, page=f"{base(cast)}/review/")
    assert refused.status_code == 403
    assert client.sign_in(cast.ada).submit(path, page=f"{base(cast)}/").status_code == 303
    db.session.refresh(run)
    assert run.reviewed_by_id == cast.ada.id
    assert "by Ada Bright" in text_of(client.get(f"{base(cast)}/"))


def test_standards_whose_source_states_no_level_are_compared_and_said_to_be_so(
    client: ParsingClient, cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    bakery.baker.level = UNKNOWN_LEVEL
    db.session.commit()
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    found = f"/cycles/{cast.cycle.id}/findings"
    pair = f"{found}/comparison?profile=P-0001&standard="
    window = "at the same or an adjoining level or of no stated level"
    for path, words in (
        (f"{home}/", "1 of no stated level"),
        (f"{home}/review/", "level unknown"),
        (f"{pair}{bakery.baker.id}", "T0001, level unknown"),
        (f"{pair}{bakery.baker.id}", "it is compared with every profile"),
        (f"{pair}{bakery.driver.id}", f"This standard is not {window}"),
        (f"{found}/fit.csv", ",unknown,"),
        (f"{found}/fit.json", '"unknown"'),
        (f"{found}/provision.csv", ",unknown,"),
    ):
        text = text_of(client.get(path))
        assert words in text, path
        assert "level -1" not in text, path
        assert not re.search(r"[,:] ?-1\b", text), path


def test_another_cycles_run_is_not_found(client: ParsingClient, cast: Cast, ran: Bakery) -> None:
    other = f"/cycles/{cast.other_cycle.id}/map-and-gap"
    run = latest_run(cast.cycle.id)
    assert run is not None
    client.sign_in(cast.eve)
    assert client.get(f"{base(cast)}/").status_code == 404
    token = client.token(f"/cycles/{cast.other_cycle.id}/")
    answer = client.post(f"{other}/runs/{run.id}/reviewed", data={"csrf_token": token})
    assert answer.status_code == 404


def test_pages_hold_when_no_profile_is_left(client: ParsingClient, cast: Cast, ran: Bakery) -> None:
    for profile in db.session.query(Profile):
        profile.status = ProfileStatus.WITHDRAWN
    db.session.commit()
    client.sign_in(cast.eddy)
    for path in ("map-and-gap/", "findings/fit", "findings/quadrants", "findings/provision"):
        assert client.get(f"/cycles/{cast.cycle.id}/{path}").status_code == 200


@pytest.mark.parametrize("person", ["sol", "tom"])
def test_who_does_not_review_reads_findings_and_no_runs(
    client: ParsingClient, cast: Cast, ran: Bakery, person: str
) -> None:
    client.sign_in(getattr(cast, person))
    assert client.get(f"{base(cast)}/").status_code == 403
    queue = client.get(f"{base(cast)}/review/").get_data(as_text=True)
    assert f'href="{base(cast)}/"' not in queue
    assert f'href="/cycles/{cast.cycle.id}/findings/"' in queue


def test_the_curve_downloads_in_three_kinds(client: ParsingClient, cast: Cast, ran: Bakery) -> None:
    path = f"{base(cast)}/download/threshold-curve"
    answer = client.sign_in(cast.eddy).get(f"{path}.csv").data.decode("utf-8-sig")
    whole = json.loads(client.get(f"{path}.json").data)
    assert len(list(csv.reader(io.StringIO(answer)))) == len(whole["rows"]) + 1 > 1
    assert whole["threshold_percent"] == 55
    assert client.get(f"{path}.xlsx").data.startswith(b"PK")
    assert client.get(f"{path}.pdf").status_code == 404
