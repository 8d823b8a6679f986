"""The set-up over HTTP: who may, what is refused and how, two conveners, and the cycle's home."""

import re
import uuid
from typing import Any

import pytest

from consensus.ratifying import PanelRule
from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup import commands, queries
from cycles.setup.models import Cycle, Solution
from cycles.setup.provision import frameworks_of, standards_in_use_of
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_framework,
    make_partner,
    make_role_level,
    make_solution,
    make_standard,
)

RULES = {
    "threshold_percent": "80",
    "minimum_n": "6",
    "stability_percent": "10",
    "round_cap": "2",
    "panel_quorum": "3",
    "panel_rule": "unanimous",
    "rationale": "Four in five is usual here.",
}


def base(cycle: Cycle) -> str:
    return f"/cycles/{cycle.id}/"


def seen(client: ParsingClient, path: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get(path).get_data(as_text=True))
    assert found
    return found[1]


def save(client: ParsingClient, path: str, **fields: Any) -> Any:
    return client.submit(path, **{"seen": seen(client, path), **fields})


def count_events(cycle: Cycle) -> int:
    return db.session.query(AuditEvent).filter_by(cycle_id=cycle.id).count()


def set_up_paths(cycle: Cycle) -> list[str]:
    pages = ["", "/title", "/challenge", "/case-and-sponsor", "/scenario", "/solutions"]
    pages += ["/solutions/add", "/partners", "/partners/add", "/role-levels", "/role-levels/add"]
    pages += ["/timeline", "/timeline/add", "/rule-card", "/framework", "/current-state"]
    return [*(f"{base(cycle)}set-up{each}" for each in [*pages, "/archive"]), f"{base(cycle)}audit"]


def test_a_convener_opens_every_page_of_an_empty_and_of_an_archived_cycle(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    for archived_at in (None, NOW):
        cast.cycle.archived_at = archived_at
        db.session.commit()
        for path in [base(cast.cycle), *set_up_paths(cast.cycle)]:
            assert client.get(path).status_code == 200, path


def test_others_see_the_home_and_not_the_set_up(client: ParsingClient, cast: Cast) -> None:
    for account in (cast.tom, cast.ema, cast.pia, cast.eddy, cast.sol):
        client.sign_in(account)
        assert client.get(base(cast.cycle)).status_code == 200
        for path in set_up_paths(cast.cycle):
            assert client.get(path).status_code == 403, path


def test_another_cycle_does_not_exist_for_its_strangers(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.eve)
    for path in [base(cast.cycle), *set_up_paths(cast.cycle)]:
        assert client.get(path).status_code == 404, path


def test_ids_of_another_cycle_are_not_found_in_this_one(client: ParsingClient, cast: Cast) -> None:
    theirs = {
        "solutions": make_solution(cast.other_cycle),
        "partners": make_partner(cast.other_cycle),
        "role-levels": make_role_level(cast.other_cycle),
    }
    db.session.commit()
    client.sign_in(cast.ada)
    page = f"{base(cast.cycle)}set-up/title"
    for folder, row in theirs.items():
        path = f"{base(cast.cycle)}set-up/{folder}/{row.id}"
        assert client.get(path).status_code == 404
        for verb in ("move", "remove"):
            assert client.submit(f"{path}/{verb}", page, direction="up").status_code == 404
    path = f"{base(cast.cycle)}set-up/solutions/{theirs['solutions'].id}/priority"
    assert client.get(path).status_code == 404


def test_only_those_who_may_convene_start_a_cycle(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    assert client.get("/cycles/new").status_code == 403
    client.sign_in(cast.ada)
    assert client.get("/cycles/new").status_code == 200


def test_starting_a_cycle_makes_its_starter_convener(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    answer = client.submit("/cycles/new", title="Ports", copy_from="")
    assert answer.status_code == 303
    started = db.session.query(Cycle).filter_by(title="Ports").one()
    assert answer.location == base(started)
    place = db.session.query(Participant).filter_by(cycle_id=started.id).one()
    assert (place.account_id, place.group) == (cast.ada.id, Group.CONVENER)
    assert count_events(started) == 1
    assert b"The cycle is started" in client.get(answer.location).data


def test_a_copy_is_offered_of_cycles_i_convene_and_of_no_other(
    client: ParsingClient, cast: Cast
) -> None:
    make_partner(cast.cycle, "Miller")
    db.session.commit()
    client.sign_in(cast.ada)
    page = client.get("/cycles/new").get_data(as_text=True)
    assert str(cast.cycle.id) in page
    assert str(cast.other_cycle.id) not in page
    refused = client.submit("/cycles/new", title="Ports", copy_from=str(cast.other_cycle.id))
    assert refused.status_code == 422
    client.submit("/cycles/new", title="Ports", copy_from=str(cast.cycle.id))
    started = db.session.query(Cycle).filter_by(title="Ports").one()
    assert [each.name for each in queries.partners_of(started.id)] == ["Miller"]


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("title", {"title": " "}, "Enter a title for the cycle."),
        ("challenge", {"challenge": "x", "challenge_when": ""}, "Say by when it matters."),
        ("case-and-sponsor", {"sponsor": ""}, "Name the sponsor."),
        ("scenario", {"scenario": "x" * 20_001}, "Use at most 20,000 characters."),
        ("solutions/add", {"name": ""}, "Enter a name for the solution."),
        ("partners/add", {"name": "x" * 121}, "Use at most 120 characters."),
        ("role-levels/add", {"name": "A", "academic_level": "9"}, "Choose an academic level"),
        ("timeline/add", {"on": "soon", "title": "A"}, "Enter a real day"),
        ("timeline/add", {"title": "A"}, "Enter a real day"),
        (
            "rule-card",
            {**RULES, "threshold_percent": "most"},
            "Enter a whole number for “Threshold, %”.",
        ),
        (
            "rule-card",
            {**RULES, "threshold_percent": "50"},
            "The threshold must be a whole number from 51 to 100.",
        ),
    ],
)
def test_a_refused_form_says_so_at_the_top_and_at_the_field_and_keeps_what_was_written(
    client: ParsingClient, cast: Cast, path: str, fields: dict[str, str], sentence: str
) -> None:
    make_framework()
    db.session.commit()
    client.sign_in(cast.ada)
    answer = save(client, f"{base(cast.cycle)}set-up/{path}", **fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "govuk-error-summary" in text
    assert text.count(sentence) == 2
    assert "<title>Error: " in text
    assert count_events(cast.cycle) == 0


def test_a_field_that_the_browser_left_out_is_refused_and_not_a_crash(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    for path in ("solutions/add", "partners/add", "role-levels/add", "rule-card"):
        assert client.submit(f"{base(cast.cycle)}set-up/{path}").status_code == 422


def test_each_form_saves_once_and_goes_back_with_a_message(
    client: ParsingClient, cast: Cast
) -> None:
    framework = make_framework()
    db.session.commit()
    client.sign_in(cast.ada)
    steps: list[tuple[str, dict[str, str]]] = [
        ("title", {"title": "Bakeries", "convener_organisation": "Hearth"}),
        ("challenge", {"challenge": "More bread", "challenge_when": "By 2030"}),
        ("case-and-sponsor", {"case_for_foresighting": "Soon", "sponsor": "Forum"}),
        ("scenario", {"scenario": "It is 2030.\r\nOvens hum."}),
        ("solutions/add", {"name": "Robots"}),
        ("partners/add", {"name": "Miller"}),
        ("role-levels/add", {"name": "Technicians", "academic_level": "3"}),
        ("timeline/add", {"on": "2027-03-27", "title": "First workshop"}),
        ("rule-card", RULES),
        ("framework", {"frameworks": str(framework.id), "threshold_percent": "60"}),
    ]
    for number, (path, fields) in enumerate(steps, 1):
        answer = save(client, f"{base(cast.cycle)}set-up/{path}", **fields)
        assert answer.status_code == 303, path
        assert "p-notice--success" in client.get(answer.location).get_data(as_text=True)
        assert count_events(cast.cycle) == number, path
    db.session.refresh(cast.cycle)
    assert cast.cycle.scenario == "It is 2030.\nOvens hum."
    assert [each.framework for each in frameworks_of(cast.cycle.id)] == [framework]
    assert queries.rule_card_of(cast.cycle.id).threshold_percent == 80
    assert queries.milestones_of(cast.cycle.id)[0].on.isoformat() == "2027-03-27"


def test_the_second_of_two_conveners_is_shown_both_versions(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/case-and-sponsor"
    before = seen(client, path)
    save(client, path, case_for_foresighting="", sponsor="Northern Forum")
    answer = client.submit(path, seen=before, case_for_foresighting="", sponsor="Southern Forum")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Northern Forum" in text
    assert "Southern Forum" in text
    assert queries.get_cycle(cast.cycle.id).sponsor == "Northern Forum"
    assert count_events(cast.cycle) == 1


def test_who_was_second_can_still_save_over_it_knowingly(client: ParsingClient, cast: Cast) -> None:
    solution = make_solution(cast.cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/solutions/{solution.id}"
    before = seen(client, path)
    save(client, path, name="Warm ovens")
    refused = client.submit(path, seen=before, name="Cold ovens").get_data(as_text=True)
    newer = re.search(r'name="seen" value="([^"]*)"', refused)
    assert newer
    assert 'name="name" value="Cold ovens"' in refused
    assert client.submit(path, seen=newer[1], name="Cold ovens").status_code == 303
    assert db.session.get(Solution, solution.id).name == "Cold ovens"  # type: ignore[union-attr]


def test_another_convener_s_new_partner_does_not_stop_my_solution(
    client: ParsingClient, cast: Cast
) -> None:
    solution = make_solution(cast.cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/solutions/{solution.id}"
    before = seen(client, path)
    commands.add_partner(cycle=cast.cycle, name="Miller", actor=SYSTEM, moment=NOW)
    db.session.commit()
    assert client.submit(path, seen=before, name="Warm ovens").status_code == 303


def test_buttons_reorder_and_keep_every_position(client: ParsingClient, cast: Cast) -> None:
    rows = [
        add(Solution(cycle_id=cast.cycle.id, name=name, position=place))
        for place, name in enumerate("ABC", 1)
    ]
    db.session.commit()
    client.sign_in(cast.ada)
    listed = f"{base(cast.cycle)}set-up/solutions"
    answer = client.submit(f"{listed}/{rows[0].id}/move", listed, direction="down")
    assert answer.location == f"{listed}#row-{rows[0].id}"
    left = queries.solutions_of(cast.cycle.id)
    assert [(each.position, each.name) for each in left] == [(1, "B"), (2, "A"), (3, "C")]
    client.submit(f"{listed}/{rows[2].id}/move", listed, direction="down")
    assert [each.name for each in queries.solutions_of(cast.cycle.id)] == ["B", "A", "C"]
    assert count_events(cast.cycle) == 1


def test_prioritising_asks_for_the_reason_and_can_be_taken_back(
    client: ParsingClient, cast: Cast
) -> None:
    solution = make_solution(cast.cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/solutions/{solution.id}/priority"
    assert save(client, path, priority="yes", reason="").status_code == 422
    assert save(client, path, priority="maybe", reason="R").status_code == 422
    assert save(client, path, priority="yes", reason="7 of 9 votes").status_code == 303
    assert queries.solutions_of(cast.cycle.id)[0].is_prioritised
    assert save(client, path, priority="no", reason="").status_code == 303
    assert not queries.solutions_of(cast.cycle.id)[0].is_prioritised


def test_the_same_form_sent_twice_adds_one_row(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    for folder in ("solutions", "partners", "role-levels"):
        path = f"{base(cast.cycle)}set-up/{folder}/add"
        assert client.submit(path, name="Once").status_code == 303
        again = client.submit(path, name="once")
        assert again.status_code == 422
        assert "There is already one called Once." in again.get_data(as_text=True)
    assert count_events(cast.cycle) == 3


def test_removing_asks_first_and_says_what_is_lost(client: ParsingClient, cast: Cast) -> None:
    partner = make_partner(cast.cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/partners/{partner.id}"
    assert "Yes, remove the partner" in client.get(path).get_data(as_text=True)
    assert client.submit(f"{path}/remove", path).status_code == 303
    assert queries.partners_of(cast.cycle.id) == []


def test_a_fixed_rule_card_is_read_only_and_shows_its_hash(
    client: ParsingClient, cast: Cast
) -> None:
    card = commands.fix_rule_card(cycle_id=cast.cycle.id, actor=SYSTEM, moment=NOW)
    digest = str(card.digest)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/rule-card"
    page = client.get(path).get_data(as_text=True)
    assert digest in page
    assert 'name="threshold_percent"' not in page
    answer = client.submit(path, **{**RULES, "threshold_percent": "60"})
    assert answer.status_code == 409
    assert queries.rule_card_of(cast.cycle.id).threshold_percent == 75


def test_the_rule_card_says_how_much_is_luck(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    page = client.get(f"{base(cast.cycle)}set-up/rule-card").get_data(as_text=True)
    assert "5, agreement takes 4 alike" in page
    assert "about 180 of 1,000 items" in page


def test_the_rule_card_says_how_the_panel_ratifies(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/rule-card"
    page = " ".join(client.get(path).get_data(as_text=True).split())
    assert "its reason is kept with the profile and printed in the report" in page
    assert 'value="two thirds" checked' in page
    four = '<th scope="row" class="p-number">4</th>'
    cells = "".join(f'<td class="p-number">{fewest}</td>' for fewest in (3, 3, 4))
    assert four + cells in page
    assert client.submit(path, **RULES).status_code == 303
    assert queries.rule_card_of(cast.cycle.id).panel_rule == PanelRule.UNANIMOUS
    refused = client.submit(path, **{**RULES, "panel_rule": "the loudest"})
    assert "Choose how many of the panel must approve." in refused.get_data(as_text=True)


def test_standards_in_use_are_searched_ticked_and_taken_out(
    client: ParsingClient, cast: Cast
) -> None:
    framework = make_framework()
    baker, miller = make_standard(framework), make_standard(framework, "T0002", "Miller")
    compare_with(cast.cycle, framework)
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"{base(cast.cycle)}set-up/current-state"
    found = client.get(f"{path}?q=mill").get_data(as_text=True)
    assert "1 standard matches “mill”" in found
    assert "Baker" not in found
    client.submit(f"{path}/add", path, standard=[str(baker.id), str(miller.id)])
    assert standards_in_use_of(cast.cycle.id) == [baker, miller]
    client.submit(f"{path}/{baker.id}/remove", path)
    assert standards_in_use_of(cast.cycle.id) == [miller]
    assert count_events(cast.cycle) == 2
    nothing = client.submit(f"{path}/add", path, q="bak")
    assert "Tick at least one" in client.get(nothing.location).get_data(as_text=True)
    stranger = client.submit(f"{path}/add", path, standard=str(uuid.uuid4()))
    assert "own frameworks" in client.get(stranger.location).get_data(as_text=True)


def test_archiving_closes_the_cycle_and_bringing_it_back_opens_it(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    page, form = f"{base(cast.cycle)}set-up/archive", f"{base(cast.cycle)}set-up/title"
    assert client.submit(page).status_code == 303
    home = client.get(base(cast.cycle)).get_data(as_text=True)
    assert "This cycle is archived" in home
    answer = client.submit(form, page, title="Another", seen=seen(client, form))
    assert answer.status_code == 409
    assert client.submit(f"{base(cast.cycle)}set-up/unarchive", page).status_code == 303
    assert save(client, form, title="Another").status_code == 303


def test_the_home_says_what_is_in_the_way_and_links_to_where_it_is_mended(
    client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    page = client.get(base(cast.cycle)).get_data(as_text=True)
    assert "Before “Identifying” can begin" in page
    assert f'href="{base(cast.cycle)}set-up/challenge"' in page
    assert "Move to" not in page
    client.sign_in(cast.tom)
    page = client.get(base(cast.cycle)).get_data(as_text=True)
    assert "State the challenge" in page
    assert "set-up/challenge" not in page
    assert "What you can do now" in page


def test_the_cycle_moves_on_once_its_gate_is_open(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    home, other = base(cast.cycle), f"{base(cast.cycle)}set-up/title"
    shut = client.submit(f"{home}advance", other, to="identifying")
    assert shut.status_code == 409
    assert "candidate solution" in shut.get_data(as_text=True)
    cast.cycle.challenge, cast.cycle.challenge_when = "More bread", "By 2030"
    make_solution(cast.cycle)
    db.session.commit()
    assert "Move to “Identifying”" in client.get(home).get_data(as_text=True)
    for _ in range(2):
        assert client.submit(f"{home}advance", other, to="identifying").status_code == 303
    assert queries.get_cycle(cast.cycle.id).stage == Stage.IDENTIFYING
    assert count_events(cast.cycle) == 1
    for _ in range(2):
        client.submit(f"{home}step-back", other, **{"from": "identifying"})
    assert queries.get_cycle(cast.cycle.id).stage == Stage.CONSIDERING
    assert count_events(cast.cycle) == 2


@pytest.mark.parametrize("stage", list(Stage))
def test_everybody_s_home_opens_at_every_stage(
    client: ParsingClient, cast: Cast, stage: Stage
) -> None:
    cast.cycle.stage = stage
    db.session.commit()
    for account in (cast.ada, cast.tom, cast.ema, cast.pia, cast.eddy, cast.sol):
        client.sign_in(account)
        page = client.get(base(cast.cycle)).get_data(as_text=True)
        assert ("What you can do now" in page) == (account is not cast.ada)


def test_moves_are_the_conveners(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.tom)
    for move in ("advance", "step-back"):
        answer = client.submit(f"{base(cast.cycle)}{move}", base(cast.cycle), to="identifying")
        assert answer.status_code == 403


def test_the_audit_log_says_who_did_what_in_pages(client: ParsingClient, cast: Cast) -> None:
    client.sign_in(cast.ada)
    save(client, f"{base(cast.cycle)}set-up/partners/add", name="Miller <b>")
    page = client.get(f"{base(cast.cycle)}audit").get_data(as_text=True)
    assert "Partner added" in page
    assert "Ada Bright" in page
    assert "name: Miller &lt;b&gt;" in page
    for number in range(60):
        commands.add_solution(cycle=cast.cycle, name=f"S{number}", actor=SYSTEM, moment=NOW)
    db.session.commit()
    first = client.get(f"{base(cast.cycle)}audit").get_data(as_text=True)
    assert "Page 1 of 2, 61 events" in first
    assert "Older events" in first
    assert "Partner added" in client.get(f"{base(cast.cycle)}audit?page=2").get_data(as_text=True)
