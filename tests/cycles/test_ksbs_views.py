"""The pages of KSBs over HTTP: educators review with or without htmx, everybody reads."""

import csv
import io

import pytest

from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.ksbs.checks import folds_mark_of, mark_of
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_statement

TEXTS = (
    (KsbKind.KNOWLEDGE, "How ovens heat"),
    (KsbKind.SKILL, "Set an oven's timer"),
    (KsbKind.BEHAVIOUR, "Stays calm near heat"),
)


@pytest.fixture
def statement(cast: Cast) -> CapabilityStatement:
    cast.cycle.stage = Stage.CARRYING_OUT
    made = make_statement(cast.cycle, "Bake bread in an automated oven")
    for number, (kind, text) in enumerate(TEXTS):
        add(
            CapabilityKsb(
                cycle_id=cast.cycle.id,
                statement_id=made.id,
                kind=kind,
                text=text,
                suggested_text=text,
                source="Baker (T0001) K1",
                score=0.7 - number / 10,
                created_at=NOW,
            )
        )
    db.session.commit()
    return made


def base(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/ksbs/"


def rows(cast: Cast) -> list[CapabilityKsb]:
    return ksbs_of(cast.cycle.id)


def statuses(cast: Cast) -> list[KsbStatus]:
    db.session.expire_all()
    return [one.status for one in rows(cast)]


def named(one: CapabilityKsb) -> str:
    """Return how a form names a KSB: with the mark of what its reader saw."""
    return f"{one.id}.{mark_of(one)}"


def send(
    client: ParsingClient, cast: Cast, statement: CapabilityStatement, to: str, /, **fields: object
) -> object:
    page = f"{base(cast)}{statement.id}"
    return client.submit(f"{page}/{to}", page=page, **fields)


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_everyone_reads_and_only_educators_and_conveners_decide(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    for who in ("tom", "ema", "sol"):
        client.sign_in(getattr(cast, who))
        assert "How ovens heat" in read(client.get(f"{base(cast)}{statement.id}"))
        assert "Accept all waiting" not in read(client.get(f"{base(cast)}{statement.id}"))
        assert client.get(f"{base(cast)}queue").status_code == 403
        answer = send(client, cast, statement, "rest", action="accept")
        assert answer.status_code == 403
    for who in ("eddy", "ada"):
        text = read(client.sign_in(getattr(cast, who)).get(f"{base(cast)}{statement.id}"))
        assert "Accept all waiting" in text
        assert "Baker (T0001) K1 · 70 % alike" in text


def test_accept_reject_the_rest_and_undo(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    ids = [named(one) for one in rows(cast)]
    assert send(client, cast, statement, "decide", ksb=ids[0], action="accept").status_code == 303
    assert send(client, cast, statement, "rest", shown=ids[1:], action="reject").status_code == 303
    assert statuses(cast) == [KsbStatus.ACCEPTED, KsbStatus.REJECTED, KsbStatus.REJECTED]
    text = read(client.get(f"{base(cast)}{statement.id}"))
    assert "0 waiting, 1 accepted, 2 rejected" in text
    send(client, cast, statement, "decide", ksb=ids[2], action="undo")
    assert statuses(cast)[2] == KsbStatus.SUGGESTED


def test_the_rest_is_only_what_was_shown(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    first = named(rows(cast)[0])
    send(client, cast, statement, "rest", shown=[first], action="accept")
    assert statuses(cast).count(KsbStatus.SUGGESTED) == 2


def test_editing_inline_accepts_and_a_refusal_keeps_what_was_typed(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    skill = rows(cast)[1]
    seen = {"seen": mark_of(skill)}
    refused = send(client, cast, statement, f"{skill.id}/edit", kind="skill", text="x", **seen)
    assert refused.status_code == 422
    assert f'href="#ksb-{skill.id}-text"' in read(refused)
    assert ">x</textarea>" in read(refused)
    wrong = send(
        client, cast, statement, f"{skill.id}/edit", kind="hobby", text="Sets timers", **seen
    )
    assert wrong.status_code == 422
    fields = {"kind": "skill", "text": "Sets an oven's timer <quickly>", **seen}
    assert send(client, cast, statement, f"{skill.id}/edit", **fields).status_code == 303
    text = read(client.get(f"{base(cast)}{statement.id}"))
    assert "Sets an oven&#39;s timer &lt;quickly&gt;" in text
    assert "Suggested as: Set an oven&#39;s timer" in text
    assert statuses(cast)[1] == KsbStatus.ACCEPTED


def test_adding_ones_own_with_htmx_answers_with_the_fragment(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    answer = send(
        client,
        cast,
        statement,
        "add",
        kind="behaviour",
        text="Asks before opening an oven",
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert read(answer).startswith('<div id="review"')
    assert "Asks before opening an oven" in read(answer)
    assert "Take it away" in read(answer)
    assert len(rows(cast)) == 4


def test_the_list_counts_and_filters_what_waits(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    make_statement(cast.cycle, "Sell bread", 2)
    db.session.commit()
    client.sign_in(cast.eddy)
    assert "2 of 2 capabilities" in read(client.get(base(cast)))
    waiting = read(client.get(f"{base(cast)}?show=waiting"))
    assert "1 of 2 capabilities" in waiting
    assert "Sell bread" not in waiting
    assert "Bake bread" not in read(client.get(f"{base(cast)}?show=without"))
    assert "No capability matches" in read(client.get(f"{base(cast)}?q=drone"))
    assert "0 of 2 capabilities" in read(client.get(f"{base(cast)}?show=differ"))
    most_first = read(client.get(f"{base(cast)}?sort=-waiting"))
    assert most_first.index("C-001") < most_first.index("C-002")
    fewest_first = read(client.get(f"{base(cast)}?sort=waiting"))
    assert fewest_first.index("C-002") < fewest_first.index("C-001")
    assert "0 of 3 reviewed by you" in fewest_first


def test_asking_for_suggestions_leads_to_the_jobs_progress(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    answer = client.submit(f"{base(cast)}suggest", page=base(cast))
    assert answer.location == f"/jobs/{db.session.query(Job).one().id}"


def test_the_download_says_where_each_stands(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.sol)
    text = client.get(f"{base(cast)}download.csv").get_data().decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["KSB"] for row in found] == [text for _, text in TEXTS]
    assert found[0]["Status"] == "Waiting"
    assert client.get(f"{base(cast)}download.xlsx").status_code == 200


def test_what_is_another_cycles_or_capabilitys_is_not_found(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    elsewhere = make_statement(cast.cycle, "Sell bread", 2)
    db.session.commit()
    ksb = rows(cast)[0]
    client.sign_in(cast.eddy)
    fields = {"kind": "skill", "text": "Sells bread well"}
    assert send(client, cast, elsewhere, f"{ksb.id}/edit", **fields).status_code == 404
    refused = send(client, cast, elsewhere, "decide", ksb=named(ksb), action="accept")
    assert refused.status_code == 422
    client.sign_in(cast.eve)
    assert client.get(f"{base(cast)}{statement.id}").status_code == 404
    other = f"/cycles/{cast.other_cycle.id}/ksbs/{statement.id}"
    assert client.get(other).status_code == 404


def test_outside_the_stage_the_page_says_why(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    ids = [named(one) for one in rows(cast)]
    page = f"{base(cast)}{statement.id}"
    token = client.token(page)
    cast.cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    assert "carrying-out stage" in read(client.get(page))
    answer = client.post(
        f"{page}/decide", data={"csrf_token": token, "ksb": ids[0], "action": "accept"}
    )
    assert answer.status_code == 409


def test_a_second_wording_at_the_same_time_is_told_what_stands_and_keeps_what_was_typed(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    ksb = rows(cast)[0]
    fields = {"kind": "knowledge", "seen": mark_of(ksb)}
    client.sign_in(cast.eddy)
    send(client, cast, statement, f"{ksb.id}/edit", text="What heats an oven", **fields)
    client.sign_in(cast.ada)
    refused = send(client, cast, statement, f"{ksb.id}/edit", text="How an oven warms", **fields)
    assert refused.status_code == 422
    text = read(refused)
    assert "It now reads: “What heats an oven” What you typed is kept below" in text
    assert ">How an oven warms</textarea>" in text
    assert ">What heats an oven</p>" in text
    # The form that came back names what stands now, so sending it again replaces that.
    assert f'name="seen" value="{mark_of(rows(cast)[0])}"' in text
    stale = send(client, cast, statement, "decide", ksb=f"{ksb.id}.old", action="reject")
    assert stale.status_code == 422


def test_names_are_shown_to_conveners_alone_and_counts_to_everybody(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    page = f"{base(cast)}{statement.id}"
    ksb = rows(cast)[0]
    client.sign_in(cast.eddy)
    send(client, cast, statement, "decide", ksb=named(ksb), action="accept")
    client.sign_in(cast.ada)
    send(client, cast, statement, "decide", ksb=named(ksb), action="reject")
    assert "Eddy Marsh: accepted" in read(client.get(page))
    for who in ("sol", "tom", "eddy"):
        text = read(client.sign_in(getattr(cast, who)).get(page))
        assert "1 accepted, 1 rejected" in text
        assert "Educators differ" in text
        assert "Ada Bright: " not in text
        assert "Eddy Marsh: " not in text


def test_the_convener_settles_with_a_reason_that_everybody_reads_and_sets_it_back(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    page, ksb = f"{base(cast)}{statement.id}", rows(cast)[0]
    for who, action in (("eddy", "accept"), ("ada", "reject")):
        client.sign_in(getattr(cast, who))
        send(client, cast, statement, "decide", ksb=named(ksb), action=action)
    fields = {"seen": mark_of(ksb), "action": "accept"}
    refused = send(client, cast, statement, f"{ksb.id}/settle", reason="", **fields)
    assert refused.status_code == 422
    assert "Give the reason." in read(refused)
    send(client, cast, statement, f"{ksb.id}/settle", reason="Taught in year <2>", **fields)
    assert statuses(cast)[0] == KsbStatus.ACCEPTED
    text = read(client.sign_in(cast.sol).get(page))
    assert "Taught in year &lt;2&gt;" in text
    client.sign_in(cast.eddy)
    back = {"action": "back"}
    assert send(client, cast, statement, f"{ksb.id}/settle", **back).status_code == 403
    client.sign_in(cast.ada)
    send(client, cast, statement, f"{ksb.id}/settle", **back)
    assert statuses(cast)[0] == KsbStatus.SUGGESTED


def test_folded_wordings_are_shown_and_taken_with_one_click(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    ksb = rows(cast)[0]
    ksb.folded = [
        {"kind": "knowledge", "text": "How heat works", "source": "Cook K2", "score": 0.5},
        {"kind": "knowledge", "text": "how ovens heat", "source": "Cook K3", "score": 0.7},
    ]
    db.session.commit()
    client.sign_in(cast.eddy)
    text = read(client.get(f"{base(cast)}{statement.id}"))
    assert "Stands for 2 more" in text
    assert "The same words <span" in text
    fields = {"number": 1, "seen": folds_mark_of(ksb), "action": "swap"}
    assert send(client, cast, statement, f"{ksb.id}/fold", **fields).status_code == 303
    assert "How heat works" in {one.text for one in rows(cast)}
    assert statuses(cast).count(KsbStatus.ACCEPTED) == 1


def test_the_guide_hints_beside_the_wording(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    skill = rows(cast)[1]
    skill.text = "Knowledge of timers"
    db.session.commit()
    text = read(client.sign_in(cast.eddy).get(f"{base(cast)}{statement.id}"))
    assert "A skill begins with a verb" in text
