"""The panel's pages over HTTP: with and without htmx, refusals where the change was made, doors."""

import pytest

from cycles.core.audit import events_of
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.profiles.models import ProfileStatus
from cycles.profiles.trail import last_number
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.cycles.profile_cases import Case, make_case
from tests.factories import NOW, Cast, make_account, make_participant
from workshop.ratification.models import Approval
from workshop.ratification.queries import answers_of, comments_of

HTMX = {"HX-Request": "true"}


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
    """Send a form as the page just opened would: with what it had seen."""
    fields = {"version": case.profile.version, "seen": case.agreed.version, **fields}
    return client.submit(f"{path(case)}/{to}", page=path(case), **fields)


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def member(case: Case) -> str:
    return f"members/{case.agreed.id}"


def second_member(case: Case) -> object:
    account = make_account("Pat Panel")
    made = make_participant(case.cast.cycle, account, Group.EMPLOYER, is_on_panel=True)
    db.session.commit()
    return made


def test_the_queue_says_what_waits_for_whom(case: Case, client: ParsingClient) -> None:
    text = read(client.sign_in(case.cast.pia).get(queue(case)))
    assert "Waiting for you" in text
    assert "Nobody has answered yet" in text
    assert "Go on with P-0001" in text or "Begin with P-0001" in text
    assert "two thirds of those who answer must approve" in text
    assert "Waiting for you" not in read(client.sign_in(case.cast.ada).get(queue(case)))


def test_the_queue_is_searched_filtered_and_sorted(case: Case, panel: ParsingClient) -> None:
    for asked in ("q=oven", f"role={case.profile.role_level_id}", "state=waiting", "sort=-size"):
        assert "Oven technician" in read(panel.get(f"{queue(case)}?{asked}"))
    for asked in ("q=baker", "state=objected", "state=ratified"):
        assert "No profile matches" in read(panel.get(f"{queue(case)}?{asked}"))


@pytest.mark.parametrize("who", ["tom", "eddy", "sol", "ema"])
def test_those_outside_the_panel_are_told_so(case: Case, client: ParsingClient, who: str) -> None:
    client.sign_in(getattr(case.cast, who))
    for address in (queue(case), path(case), f"{path(case)}/news", f"{queue(case)}board"):
        assert client.get(address).status_code == 403
    token = client.token(f"/cycles/{case.cast.cycle.id}/profiles/")
    for action in (member(case), "add", "rename", "undo", "approve", "object", "comments"):
        answer = client.post(f"{path(case)}/{action}", data={"csrf_token": token})
        assert answer.status_code == 403, action


def test_a_convener_reads_comments_and_withdraws_but_never_edits(
    case: Case, client: ParsingClient
) -> None:
    client.sign_in(case.cast.ada)
    text = read(client.get(path(case)))
    assert 'name="level"' not in text
    assert "Approve" not in text
    assert send(client, case, "rename", name="Baker").status_code == 403
    assert send(client, case, "comments", text="Please look again").status_code == 303
    assert send(client, case, "withdraw", reason="Not a trade").status_code == 303
    assert case.profile.status == ProfileStatus.WITHDRAWN
    assert send(client, case, "put-back").status_code == 303
    assert case.profile.status == ProfileStatus.PROPOSED


def test_another_cycle_finds_nothing_here(case: Case, client: ParsingClient) -> None:
    client.sign_in(case.cast.eve)
    assert client.get(path(case)).status_code == 404
    other = f"/cycles/{case.cast.other_cycle.id}/ratification/{case.profile.id}"
    assert client.get(other).status_code == 404


def test_a_level_changes_with_one_click_and_shows_the_vote(
    case: Case, panel: ParsingClient
) -> None:
    before = len(events_of(case.cast.cycle.id))
    answer = send(panel, case, member(case), level=3, reason="Safety")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#member-{case.agreed.id}")
    assert len(events_of(case.cast.cycle.id)) == before + 1
    text = read(panel.get(path(case)))
    assert "Voted Practitioner, panel says Expert" in text
    assert "Voted Practitioner, 16 of 20" in text
    assert "Practitioner became Expert (Pia Panel)" in text  # what undoing would take back


def test_a_missing_reason_is_asked_for_in_the_row(case: Case, panel: ParsingClient) -> None:
    answer = send(panel, case, member(case), level=3)
    assert answer.status_code == 422
    text = read(answer)
    assert f'href="#member-{case.agreed.id}"' in text
    assert "Say why the panel leaves the agreed level." in text
    assert '<input type="hidden" name="level" value="3">' in text  # what was chosen is not lost
    assert "Set Expert" in text
    row = send(panel, case, member(case), action="remove", headers=HTMX)
    assert row.status_code == 422
    assert read(row).startswith('<li class="p-member')
    assert not case.agreed.is_removed


def test_a_provisional_level_changes_without_a_reason(case: Case, panel: ParsingClient) -> None:
    row = f"members/{case.provisional.id}"
    assert send(panel, case, row, level=1, seen=case.provisional.version).status_code == 303
    assert case.provisional.level == 1


def test_htmx_gets_the_row_and_what_stands_beside_it(case: Case, panel: ParsingClient) -> None:
    fields = {"action": "remove", "reason": "Not ours", "headers": HTMX}
    answer = send(panel, case, member(case), **fields)
    assert answer.status_code == 200
    text = read(answer)
    assert text.startswith('<li class="p-member p-member--removed"')
    assert "Put back" in text
    assert 'id="standing"' in text
    assert 'hx-swap-oob="true"' in text
    assert "working-profile" not in text.replace("#working-profile", "")
    back = send(panel, case, member(case), action="put back", headers=HTMX)
    assert back.status_code == 200
    assert not case.agreed.is_removed


def test_who_is_second_is_told_who_was_first_and_loses_nothing(
    case: Case, panel: ParsingClient
) -> None:
    stale, since = case.agreed.version, last_number(case.profile.id)
    pat = second_member(case)
    other = panel.application.test_client().sign_in(pat.account)
    assert send(other, case, member(case), level=3, reason="Safety").status_code == 303
    fields = {"level": 1, "reason": "Too much", "seen": stale, "since": since}
    answer = send(panel, case, member(case), headers=HTMX, **fields)
    assert answer.status_code == 409
    text = read(answer)
    assert "Pat Panel was first." in text
    assert "Practitioner became Expert" in text
    assert 'value="Too much"' in text
    assert "Set Awareness" in text
    assert "Others changed this profile since you opened it" in text
    assert case.agreed.level == 3
    again = send(panel, case, member(case), level=1, reason="Too much", since=since)
    assert again.status_code == 303
    assert case.agreed.level == 1


def test_changes_of_different_capabilities_never_refuse_each_other(
    case: Case, panel: ParsingClient
) -> None:
    mine, theirs = case.agreed.version, case.provisional.version
    other = panel.application.test_client().sign_in(second_member(case).account)
    row = f"members/{case.provisional.id}"
    assert send(other, case, row, level=3, seen=theirs).status_code == 303
    assert send(panel, case, member(case), level=1, reason="x", seen=mine).status_code == 303
    assert (case.agreed.level, case.provisional.level) == (1, 3)


def test_news_tells_what_others_did_and_nothing_when_nothing_is_new(
    case: Case, panel: ParsingClient
) -> None:
    since = last_number(case.profile.id)
    news = f"{path(case)}/news?since={since}&seen={since}"
    send(panel, case, member(case), level=3, reason="Safety")
    assert panel.get(news).status_code == 204  # what I did myself is no news
    other = panel.application.test_client().sign_in(second_member(case).account)
    row = f"members/{case.provisional.id}"
    send(other, case, row, level=3, seen=case.provisional.version)
    send(other, case, "comments", text="Look")
    answer = panel.get(news)
    assert answer.status_code == 200
    assert "Pat Panel changed 1 capability and commented." in read(answer)
    shown = read(panel.get(f"{path(case)}?since={since}", headers=HTMX))
    assert shown.startswith('<div id="working-profile"')
    assert "p-member--fresh" in shown


def test_a_name_given_in_the_meantime_is_not_overwritten(case: Case, panel: ParsingClient) -> None:
    stale = case.profile.name
    assert send(panel, case, "rename", name="Night baker", seen=stale).status_code == 303
    answer = send(panel, case, "rename", name="Day baker", seen=stale)
    assert answer.status_code == 409
    assert 'value="Day baker"' in read(answer)
    assert case.profile.name == "Night baker"


def test_a_capability_of_the_cycle_is_found_and_added(case: Case, panel: ParsingClient) -> None:
    text = read(panel.get(f"{path(case)}?q=maintenance"))
    assert "Plan the maintenance of ovens" in text
    assert "This cycle, C-003" in text
    assert "found by shared words" in text
    found = panel.get(f"{path(case)}/find?q=c-003", headers=HTMX)
    assert read(found).startswith('<div id="found"')
    wanted = {"statement": case.spare.id, "q": "maintenance"}
    refused = send(panel, case, "add", level=2, reason="", **wanted)
    assert refused.status_code == 422
    assert "Say why this capability belongs" in read(refused)
    assert send(panel, case, "add", level="", reason="Nights", **wanted).status_code == 422
    answer = send(panel, case, "add", level=2, reason="Nights", **wanted)
    assert answer.status_code == 303
    assert "#member-" in answer.location
    assert "Added by the panel" in read(panel.get(path(case)))


def test_undo_takes_back_what_it_names(case: Case, panel: ParsingClient) -> None:
    send(panel, case, member(case), action="remove", reason="Not ours")
    number = last_number(case.profile.id)
    assert send(panel, case, "undo", seen=number - 1).status_code in (409, 422)
    assert case.agreed.is_removed
    answer = send(panel, case, "undo", seen=number, headers=HTMX)
    assert answer.status_code == 200
    assert "Undone." in read(answer)
    assert not case.agreed.is_removed


def test_approving_ratifies_and_then_nothing_moves(case: Case, panel: ParsingClient) -> None:
    assert "Approve and ratify" in read(panel.get(path(case)))
    assert send(panel, case, "approve").status_code == 303
    assert case.profile.status == ProfileStatus.RATIFIED
    text = read(panel.get(path(case)))
    assert 'name="level"' not in text
    assert "Version 1," in text
    fields = {"level": 1, "reason": "x", "name": "x", "seen": case.agreed.version}
    for action in (member(case), "rename", "undo", "approve", "take-back"):
        sent = {"page": queue(case), "version": case.profile.version, **fields}
        assert panel.submit(f"{path(case)}/{action}", **sent).status_code == 409, action


def test_a_panel_that_became_smaller_ratifies_with_the_approvals_it_has(
    case: Case, panel: ParsingClient
) -> None:
    gone = second_member(case)
    send(panel, case, "approve")
    assert "1 of 2 " in read(panel.get(path(case)))
    gone.withdrawn_at = NOW
    db.session.commit()
    text = read(panel.get(path(case)))
    assert "which is enough since the panel became smaller" in text
    assert "Approve and ratify" in text
    send(panel, case, "approve")
    assert case.profile.status == ProfileStatus.RATIFIED


def test_what_ratified_a_profile_stays_when_members_leave(case: Case, panel: ParsingClient) -> None:
    other = second_member(case)
    db.session.add(
        Approval(
            cycle_id=case.cast.cycle.id,
            profile_id=case.profile.id,
            participant_id=other.id,
            approved_at=NOW,
        )
    )
    db.session.commit()
    send(panel, case, "approve")
    other.withdrawn_at = NOW
    db.session.commit()
    for page in (path(case), queue(case), f"{queue(case)}board"):
        assert "2 approved" in read(panel.get(page)), page


def test_queue_and_board_count_the_same_objections(case: Case, panel: ParsingClient) -> None:
    send(panel, case, "object", reason="Too thin")
    pages = [f"{queue(case)}?state=objected", f"{queue(case)}board?state=objected"]
    assert all("Oven technician" in read(panel.get(page)) for page in pages)
    case.profile.status = ProfileStatus.RATIFIED
    db.session.commit()
    assert not any("Oven technician" in read(panel.get(page)) for page in pages)


def test_an_objection_needs_a_reason_and_is_seen_by_the_panel(
    case: Case, panel: ParsingClient
) -> None:
    second_member(case)
    refused = send(panel, case, "object", reason="")
    assert refused.status_code == 422
    assert send(panel, case, "object", reason="No job at all").status_code == 303
    text = read(panel.get(path(case)))
    assert "Pia Panel objects:" in text
    assert "1 of 2 answers needed (1 objects)" in text
    assert "Not yet answered: Pat Panel." in text
    send(panel, case, "take-back")
    assert answers_of(case.profile.id).count == 0


def test_nobody_answers_a_profile_that_they_have_not_seen(case: Case, panel: ParsingClient) -> None:
    second_member(case)
    stale = case.profile.version
    send(panel, case, member(case), level=3, reason="Safety")
    answer = send(panel, case, "approve", version=stale)
    assert answer.status_code == 409
    assert "changed since you opened it" in read(answer)
    assert answers_of(case.profile.id).count == 0


def test_a_convener_reopens_with_a_reason(case: Case, client: ParsingClient) -> None:
    send(client.sign_in(case.cast.pia), case, "approve")
    client.sign_in(case.cast.ada)
    assert send(client, case, "reopen", reason="").status_code == 422
    assert send(client, case, "reopen", reason="A law changed").status_code == 303
    assert case.profile.status == ProfileStatus.PROPOSED
    assert "Last ratified: version 1" in read(client.get(path(case)))


def test_comments_are_made_on_a_capability_and_taken_away_by_their_author(
    case: Case, panel: ParsingClient
) -> None:
    row = send(panel, case, "comments", member=case.agreed.id, text="Ours do this", headers=HTMX)
    assert row.status_code == 200
    assert "Comments (1)" in read(row)
    (said,) = comments_of(case.profile.id)
    away = f"comments/{said.comment.id}/take-away"
    other = panel.application.test_client().sign_in(second_member(case).account)
    assert send(other, case, away).status_code == 409
    assert send(panel, case, away).status_code == 303
    assert comments_of(case.profile.id) == ()
    assert send(panel, case, "comments", text=" ").status_code == 422


def test_outside_the_stage_the_page_says_why_and_refuses(case: Case, panel: ParsingClient) -> None:
    case.cast.cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    text = read(panel.get(path(case)))
    assert "carrying-out stage" in text
    assert 'name="level"' not in text
    refused = panel.submit(f"{path(case)}/approve", page=queue(case), version=case.profile.version)
    assert refused.status_code == 409
