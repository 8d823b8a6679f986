"""The pages of map and gap: what each shows, who may do what, downloads, empty states."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileStatus
from cycles.standards.models import UNKNOWN_LEVEL, Duty
from reports.mapping.models import MatchReview, MatchVerdict
from reports.mapping.queries import findings, latest_run
from reports.reviewing.commands import review_match
from tests.client import ParsingClient
from tests.factories import NOW, Cast, compare_with, make_framework, make_standard
from tests.reports.mapping_cases import CLEAN, MIX, Bakery, make_bakery

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


@pytest.mark.parametrize(
    "path", ["capabilities", "unsupported", "fit-and-surplus", "matrix", "priorities"]
)
def test_before_the_first_run_every_page_leads_to_the_overview(
    client: ParsingClient, cast: Cast, path: str
) -> None:
    answer = client.sign_in(cast.sol).get(f"{base(cast)}/{path}")
    assert (answer.status_code, answer.location) == (303, f"{base(cast)}/")


def test_the_overview_shows_what_the_run_found(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    text = text_of(client.sign_in(cast.sol).get(f"{base(cast)}/"))
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
    assert "A run is under way" in text_of(client.sign_in(cast.sol).get(f"{home}/"))


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
    answer = client.sign_in(cast.sol).get(f"{base(cast)}/?threshold=41")
    assert "At 41 %, " in text_of(answer)
    assert "unsupported?threshold=41" in answer.get_data(as_text=True)
    for nonsense in ("39", "100", "-3", "many", "9" * 30, "٥"):
        assert "At 55 %" in text_of(client.get(f"{base(cast)}/?threshold={nonsense}"))


def test_the_convener_makes_a_threshold_the_cycles_own(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    home = base(cast)
    page = f"{home}/?threshold=70"
    client.sign_in(cast.ada).submit(f"{home}/threshold", page=page, threshold="70")
    assert "At 70 %" in text_of(client.get(f"{home}/"))
    assert client.sign_in(cast.sol).submit(f"{home}/threshold", page=page).status_code == 403


def test_a_change_after_the_run_is_called_out_everywhere(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    ran.lonely.text = CLEAN
    db.session.commit()
    client.sign_in(cast.sol)
    for path in ("", "capabilities", "priorities"):
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
    text = text_of(client.sign_in(cast.sol).get(f"{home}/runs/compare?from=1&to=2"))
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
    refused = client.sign_in(cast.eddy).submit(path, page=f"{base(cast)}/capabilities")
    assert refused.status_code == 403
    assert client.sign_in(cast.ada).submit(path, page=f"{base(cast)}/").status_code == 303
    db.session.refresh(run)
    assert run.reviewed_by_id == cast.ada.id
    assert "by Ada Bright" in text_of(client.get(f"{base(cast)}/"))


def test_the_list_narrows_by_support_words_and_profile(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    client.sign_in(cast.sol)
    path = f"{base(cast)}/capabilities"
    alone = text_of(client.get(f"{path}?show=unsupported"))
    assert "1 of 4 capabilities" in alone
    assert "C-004 Forecast customer demand weekly" in alone
    assert "2 of 4 capabilities" in text_of(client.get(f"{path}?profile=P-0002"))
    assert "1 of 4 capabilities" in text_of(client.get(f"{path}?q=dough"))
    assert "Nothing fits these filters" in text_of(client.get(f"{path}?q=zeppelin"))


def test_support_by_generic_duties_alone_is_flagged_and_can_be_filtered(
    client: ParsingClient, cast: Cast, ran: Bakery, run_jobs: Jobs
) -> None:
    for number, route in enumerate(("Baking", "Care", "Digital", "Law", "Transport")):
        own = ("Talk clearly with people about work",)
        make_standard(ran.framework, f"R{number}", route, 3, own).route = route
    ran.lonely.text = "Talk clearly with people about bread"
    db.session.commit()
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    assert "4 supported, 1 by generic duties alone" in text_of(client.get(f"{home}/"))
    text = text_of(client.get(f"{home}/capabilities?show=generic"))
    assert "1 of 4 capabilities" in text
    assert "C-004 Talk clearly with people about bread Supported Only generic matches" in text


def judge_path(cast: Cast, bakery: Bakery) -> str:
    duty = bakery.cleaner.duties[0].id
    return f"{base(cast)}/capabilities/{bakery.lonely.id}/duties/{duty}"


def test_a_reviewer_accepts_a_match_and_takes_it_back(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    page = f"{base(cast)}/capabilities"
    fields = {"page": page, "verdict": "accepted", "reason": "The same task in other words"}
    answer = client.sign_in(cast.eddy).submit(judge_path(cast, ran), **fields)
    assert answer.status_code == 303
    shown = text_of(client.get(answer.location))
    assert "Accepted" in shown
    assert "by an educator" in shown
    assert "“The same task in other words”" in shown
    # Names are for conveners; everybody else sees the group.
    assert "Eddy Marsh, " not in shown
    assert "by Eddy Marsh" in text_of(client.sign_in(cast.ada).get(answer.location))
    client.sign_in(cast.eddy).submit(judge_path(cast, ran), page=page, verdict="none")
    assert db.session.query(MatchReview).count() == 0


def test_judging_in_place_answers_with_the_capability_alone(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    answer = client.sign_in(cast.ema).submit(
        judge_path(cast, ran),
        page=f"{base(cast)}/capabilities",
        verdict="accepted",
        headers={"HX-Request": "true"},
    )
    text = answer.get_data(as_text=True).strip()
    assert text.startswith('<details class="p-card" id="capability-c-004" open>')
    assert "A verdict outranks the score" in text
    review = db.session.query(MatchReview).one()
    assert (review.verdict, review.participant_id) == (MatchVerdict.ACCEPTED, cast.employer.id)


@pytest.mark.parametrize("person", ["sol", "tom"])
def test_sponsors_and_technologists_read_but_do_not_judge(
    client: ParsingClient, cast: Cast, ran: Bakery, person: str
) -> None:
    page = f"{base(cast)}/capabilities"
    client.sign_in(getattr(cast, person))
    assert 'value="accepted"' not in client.get(page).get_data(as_text=True)
    answer = client.post(
        judge_path(cast, ran), data={"verdict": "accepted", "csrf_token": client.token(page)}
    )
    assert answer.status_code == 403


def test_a_verdict_in_another_word_is_refused(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    page = f"{base(cast)}/capabilities"
    answer = client.sign_in(cast.ema).submit(judge_path(cast, ran), page=page, verdict="perhaps")
    assert answer.status_code == 400


def test_fit_and_surplus_stand_with_their_counts(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    client.sign_in(cast.sol)
    text = text_of(client.get(f"{base(cast)}/fit-and-surplus"))
    assert "P-0001 Oven operator" in text
    assert "66.7 %" in text
    assert "2 of 3" in text
    top = text_of(client.get(f"{base(cast)}/profiles/{ran.operator.id}"))
    assert "Baker T0001" in top
    assert "Driver" not in top


def test_a_profile_beside_a_standard_shows_both_ways(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    path = f"{base(cast)}/profiles/{ran.operator.id}/standards/{ran.baker.id}"
    text = text_of(client.sign_in(cast.sol).get(path))
    assert "Matched by the standard (2)" in text
    assert "Not matched (1)" in text
    assert "Matched by the profile (2)" in text
    assert "To spare (0)" in text
    far = path.replace(str(ran.baker.id), str(ran.driver.id))
    assert "not at the same or an adjoining level" in text_of(client.get(far))


def test_standards_whose_source_states_no_level_are_compared_and_said_to_be_so(
    client: ParsingClient, cast: Cast, bakery: Bakery, run_jobs: Jobs
) -> None:
    bakery.baker.level = UNKNOWN_LEVEL
    db.session.commit()
    home = base(cast)
    client.sign_in(cast.ada).submit(f"{home}/runs", page=f"{home}/")
    run_jobs()
    window = "at the same or an adjoining level or of no stated level"
    own = f"{home}/profiles/{bakery.operator.id}"
    statement = bakery.mix.id
    for path, words in (
        (f"{home}/", "1 of no stated level"),
        (f"{home}/fit-and-surplus", f"best standard {window}"),
        (f"{home}/fit-and-surplus", "T0001, level unknown"),
        (f"{home}/priorities", "level unknown"),
        (f"{home}/matrix", "unknown"),
        (own, window),
        (f"{own}/standards/{bakery.baker.id}", "T0001, level unknown"),
        (f"{own}/standards/{bakery.baker.id}", "it is compared with every profile"),
        (f"{own}/standards/{bakery.driver.id}", f"This standard is not {window}"),
        (f"{home}/capabilities/{statement}", "unknown"),
        (f"{home}/unsupported", "Baker, level unknown"),
        (f"{home}/review/", "level unknown"),
        (f"{home}/download/fit-and-surplus.csv", ",unknown,"),
        (f"{home}/download/fit-and-surplus.json", '"unknown"'),
        (f"{home}/download/capabilities.csv", ",unknown,"),
    ):
        text = text_of(client.get(path))
        assert words in text, path
        assert "level -1" not in text, path
        assert not re.search(r"[,:] ?-1\b", text), path


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (MatchVerdict.ACCEPTED, "Accepted by reviewers"),
        (MatchVerdict.UNSURE, "Not settled by reviewers"),
    ],
)
def test_a_profile_beside_a_standard_says_what_reviewers_settled(
    client: ParsingClient, cast: Cast, ran: Bakery, verdict: MatchVerdict, words: str
) -> None:
    duty = db.session.scalars(select(Duty.id).where(Duty.text == MIX)).one()
    review_match(
        cycle_id=cast.cycle.id,
        statement_id=ran.mix.id,
        duty_id=duty,
        verdict=verdict,
        participant_id=cast.educator.id,
        actor=Actor(cast.eddy.id, cast.eddy.name),
        moment=NOW,
    )
    db.session.commit()
    path = f"{base(cast)}/profiles/{ran.operator.id}/standards/{ran.baker.id}"
    assert words in text_of(client.sign_in(cast.sol).get(path))


def test_the_matrix_names_its_finding_and_has_its_table(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    client.sign_in(cast.sol)
    text = text_of(client.get(f"{base(cast)}/matrix"))
    assert "Suggested for 2 profiles: 0 adopt, 0 adapt, 1 extend, 1 new" in text
    one = text_of(client.get(f"{base(cast)}/matrix?profile=P-0001"))
    assert "Baker fits P-0001 best, at 66.7 %" in one


def test_priorities_say_their_rule_and_let_the_reader_change_it(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    client.sign_in(cast.sol)
    text = text_of(client.get(f"{base(cast)}/priorities"))
    assert text.index("P-0002 Planner") < text.index("P-0001 Oven operator")
    assert "This is the rule that the report uses." in text
    assert "Not the report's rule" in text_of(client.get(f"{base(cast)}/priorities?by=fit"))


TABLES = ("capabilities", "unsupported", "fit-and-surplus", "priorities", "threshold-curve")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_downloads_in_three_kinds(
    client: ParsingClient, cast: Cast, ran: Bakery, table: str
) -> None:
    client.sign_in(cast.sol)
    path = f"{base(cast)}/download/{table}"
    rows = list(csv.reader(io.StringIO(client.get(f"{path}.csv").data.decode("utf-8-sig"))))
    whole = json.loads(client.get(f"{path}.json").data)
    assert len(rows) == len(whole["rows"]) + 1 > 1
    assert whole["threshold_percent"] == 55
    assert client.get(f"{path}.xlsx").data.startswith(b"PK")
    assert client.get(f"{path}.pdf").status_code == 404


def test_a_comparison_downloads(client: ParsingClient, cast: Cast, ran: Bakery) -> None:
    path = f"{base(cast)}/download/comparison.json?profile=P-0001&standard={ran.baker.id}"
    rows = json.loads(client.sign_in(cast.sol).get(path).data)["rows"]
    assert [row["Matched"] for row in rows] == [True, True, False, True, True]
    assert client.get(f"{base(cast)}/download/comparison.json").status_code == 404


def test_another_cycles_profile_capability_and_run_are_not_found(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    other = f"/cycles/{cast.other_cycle.id}/map-and-gap"
    run = latest_run(cast.cycle.id)
    assert run is not None
    client.sign_in(cast.eve)
    assert client.get(f"{base(cast)}/").status_code == 404
    for path in (
        f"profiles/{ran.operator.id}",
        f"profiles/{ran.operator.id}/standards/{ran.baker.id}",
        f"capabilities/{ran.mix.id}",
    ):
        assert client.get(f"{other}/{path}").status_code == 404
    token = client.token(f"/cycles/{cast.other_cycle.id}/")
    answer = client.post(f"{other}/runs/{run.id}/reviewed", data={"csrf_token": token})
    assert answer.status_code == 404


def test_pages_hold_when_no_profile_is_left(client: ParsingClient, cast: Cast, ran: Bakery) -> None:
    for profile in db.session.query(Profile):
        profile.status = ProfileStatus.WITHDRAWN
    db.session.commit()
    client.sign_in(cast.sol)
    for path in ("", "fit-and-surplus", "matrix", "priorities", "capabilities", "unsupported"):
        assert client.get(f"{base(cast)}/{path}").status_code == 200


def test_pages_and_downloads_agree_with_the_findings(
    client: ParsingClient, cast: Cast, ran: Bakery
) -> None:
    found = findings(cast.cycle.id)
    assert found is not None
    path = f"{base(cast)}/download/priorities.json"
    rows = json.loads(client.sign_in(cast.sol).get(path).data)["rows"]
    assert [row["Profile"] for row in rows] == [each.code for each in found.priorities]
