"""The panel's pages over HTTP: with and without htmx, refusals beside their fields, doors."""

from collections.abc import Callable

import pytest

from cycles.core.audit import events_of
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.people.models import Group
from cycles.profiles.models import ProfileStatus
from cycles.profiles.trail import last_number
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.cycles.profile_cases import Case, make_case
from tests.factories import Cast, make_account, make_participant
from workshop.ratification.queries import answers_of


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


@pytest.fixture
def panel(case: Case, client: ParsingClient) -> ParsingClient:
    return client.sign_in(case.cast.pia)


def queue(case: Case) -> str:
    return f"/cycles/{case.cast.cycle.id}/ratification/"


def path(case: Case) -> str:
    return f"{queue(case)}{case.profile.id}"


def send(client: ParsingClient, case: Case, to: str, /, **fields: object) -> object:
    versions = {member(case): case.agreed.version, "undo": last_number(case.profile.id)}
    seen = {"version": versions.get(to, case.profile.version), "seen_name": case.profile.name}
    fields = {**seen, **fields}
    return client.submit(f"{path(case)}/{to}", page=path(case), **fields)


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def member(case: Case) -> str:
    return f"members/{case.agreed.id}"


def test_the_queue_says_what_waits_for_whom(case: Case, client: ParsingClient) -> None:
    text = read(client.sign_in(case.cast.pia).get(queue(case)))
    assert "Waiting for you" in text
    assert "0 of 1 approvals" in text
    assert "Generate again" not in text
    assert "Generate again" in read(client.sign_in(case.cast.ada).get(queue(case)))


@pytest.mark.parametrize("who", ["tom", "eddy", "sol", "ema"])
def test_those_outside_the_panel_are_told_so(case: Case, client: ParsingClient, who: str) -> None:
    client.sign_in(getattr(case.cast, who))
    assert client.get(queue(case)).status_code == 403
    assert client.get(path(case)).status_code == 403
    token = client.token(f"/cycles/{case.cast.cycle.id}/profiles/")
    for action in (member(case), "add", "rename", "undo", "approve", "take-back", "withdraw"):
        answer = client.post(f"{path(case)}/{action}", data={"csrf_token": token})
        assert answer.status_code == 403, action


def test_a_convener_reads_and_withdraws_but_never_edits(case: Case, client: ParsingClient) -> None:
    client.sign_in(case.cast.ada)
    text = read(client.get(path(case)))
    assert "Change or remove" not in text
    assert send(client, case, "rename", name="Baker").status_code == 403
    assert send(client, case, "withdraw", reason="Not a trade").status_code == 303
    assert case.profile.status == ProfileStatus.WITHDRAWN
    assert send(client, case, "put-back").status_code == 303
    assert case.profile.status == ProfileStatus.PROPOSED


def test_another_cycle_finds_nothing_here(case: Case, client: ParsingClient) -> None:
    client.sign_in(case.cast.eve)
    assert client.get(path(case)).status_code == 404
    other = f"/cycles/{case.cast.other_cycle.id}/ratification/{case.profile.id}"
    assert client.get(other).status_code == 404


def test_a_level_changes_with_its_reason_and_shows_the_vote(
    case: Case, panel: ParsingClient
) -> None:
    before = len(events_of(case.cast.cycle.id))
    answer = send(panel, case, member(case), action="level", level=3, reason="Safety")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#member-{case.agreed.id}")
    assert len(events_of(case.cast.cycle.id)) == before + 1
    text = read(panel.get(path(case)))
    assert "Voted Practitioner, panel says Expert" in text
    assert "Voted Practitioner, 16 of 20" in text
    assert "Set back to Practitioner" in text
    assert "Undo the last change of a level" in text


def test_a_missing_reason_is_asked_for_where_the_change_was_made(
    case: Case, panel: ParsingClient
) -> None:
    answer = send(panel, case, member(case), action="level", level=3, reason="")
    assert answer.status_code == 422
    text = read(answer)
    assert "There is a problem" in text
    assert f'href="#member-{case.agreed.id}"' in text
    assert "Say why the panel leaves the agreed level." in text
    assert 'value="3" checked' in text  # what was chosen is not lost
    answer = send(panel, case, member(case), action="remove", reason="")
    assert answer.status_code == 422
    assert not case.agreed.is_removed


def test_htmx_gets_the_refreshed_fragment(case: Case, panel: ParsingClient) -> None:
    answer = send(
        panel,
        case,
        member(case),
        action="remove",
        reason="Not ours",
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    text = read(answer)
    assert text.startswith('<div id="working-profile">')
    assert "Removed (1)" in text
    assert "Saved." in text


def test_a_stale_page_is_told_that_somebody_was_first(case: Case, panel: ParsingClient) -> None:
    stale = case.profile.name
    send(panel, case, "rename", name="Night baker")
    answer = send(panel, case, "rename", name="Day baker", seen_name=stale)
    assert answer.status_code == 409
    assert "Pia Panel was first. Renamed from “Oven technician” to “Night baker”." in read(answer)
    assert case.profile.name == "Night baker"


def test_a_capability_is_found_and_added(case: Case, panel: ParsingClient) -> None:
    text = read(panel.get(f"{path(case)}?q=maintenance"))
    assert "Plan the maintenance of ovens" in text
    assert "Found by shared words" in text
    assert "Plan the maintenance" in read(panel.get(f"{path(case)}?q=c-003"))
    wanted = {"statement": case.spare.id, "q": "maintenance"}
    refused = send(panel, case, "add", level=2, reason="", **wanted)
    assert refused.status_code == 422
    assert "Say why this capability belongs" in read(refused)
    assert send(panel, case, "add", level="", reason="Nights", **wanted).status_code == 422
    assert send(panel, case, "add", level=2, reason="Nights", **wanted).status_code == 303
    assert "Added by the panel" in read(panel.get(path(case)))


def test_undo_brings_a_removed_capability_back(case: Case, panel: ParsingClient) -> None:
    send(panel, case, member(case), action="remove", reason="Not ours")
    assert case.agreed.is_removed
    assert send(panel, case, "undo").status_code == 303
    assert not case.agreed.is_removed
    send(panel, case, member(case), action="remove", reason="Not ours")
    assert send(panel, case, member(case), action="put back").status_code == 303
    assert not case.agreed.is_removed


def test_approving_ratifies_and_then_nothing_moves(case: Case, panel: ParsingClient) -> None:
    assert "Approve and ratify" in read(panel.get(path(case)))
    assert send(panel, case, "approve").status_code == 303
    assert case.profile.status == ProfileStatus.RATIFIED
    text = read(panel.get(path(case)))
    assert "Change or remove" not in text
    for action in (member(case), "rename", "approve", "take-back", "withdraw"):
        fields = {"action": "level", "level": 1, "reason": "x", "name": "x"}
        answer = panel.submit(
            f"{path(case)}/{action}",
            page=queue(case),
            version=case.profile.version,
            **fields,
        )
        assert answer.status_code == 409, action


def test_two_of_the_panel_are_needed_and_one_may_take_it_back(
    case: Case, panel: ParsingClient
) -> None:
    make_participant(case.cast.cycle, make_account("Pat Panel"), Group.EMPLOYER, is_on_panel=True)
    db.session.commit()
    send(panel, case, "approve")
    text = read(panel.get(path(case)))
    assert "1 of 2 approvals" in text
    assert "Approved by Pia Panel" in text
    send(panel, case, "take-back")
    assert answers_of(case.profile.id).count == 0


def test_outside_the_stage_the_page_says_why_and_refuses(case: Case, panel: ParsingClient) -> None:
    case.cast.cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    text = read(panel.get(path(case)))
    assert "carrying-out stage" in text
    assert "Change or remove" not in text
    assert send(panel, case, "approve").status_code == 409


def test_generating_leads_to_the_jobs_progress(
    case: Case, client: ParsingClient, run_jobs: Callable[[], int]
) -> None:
    client.sign_in(case.cast.ada)
    answer = client.submit(f"{queue(case)}generate", page=queue(case))
    job = db.session.query(Job).one()
    assert answer.status_code == 303
    assert answer.location == f"/jobs/{job.id}"
    client.sign_in(case.cast.pia)
    refused = client.post(f"{queue(case)}generate", data={"csrf_token": client.token(path(case))})
    assert refused.status_code == 403
