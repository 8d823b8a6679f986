"""The pages of KSBs over HTTP: educators decide with or without htmx, everybody reads."""

import csv
import io

import pytest

from cycles.core.extensions import db
from cycles.core.jobs.models import Job
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
        assert "Accept all shown" not in read(client.get(f"{base(cast)}{statement.id}"))
        answer = send(client, cast, statement, "rest", action="accept")
        assert answer.status_code == 403
    for who in ("eddy", "ada"):
        text = read(client.sign_in(getattr(cast, who)).get(f"{base(cast)}{statement.id}"))
        assert "Accept all shown" in text
        assert "Baker (T0001) K1 · 70 % alike" in text


def test_accept_reject_the_rest_and_undo(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    ids = [str(one.id) for one in rows(cast)]
    assert send(client, cast, statement, "decide", ksb=ids[0], action="accept").status_code == 303
    assert send(client, cast, statement, "rest", shown=ids[1:], action="reject").status_code == 303
    assert statuses(cast) == [KsbStatus.ACCEPTED, KsbStatus.REJECTED, KsbStatus.REJECTED]
    text = read(client.get(f"{base(cast)}{statement.id}"))
    assert "0 waiting, 1 accepted, 2 rejected" in text
    assert "Eddy Marsh" in text
    send(client, cast, statement, "decide", ksb=ids[2], action="undo")
    assert statuses(cast)[2] == KsbStatus.SUGGESTED


def test_the_rest_is_only_what_was_shown(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    first = str(rows(cast)[0].id)
    send(client, cast, statement, "rest", shown=[first], action="accept")
    assert statuses(cast).count(KsbStatus.SUGGESTED) == 2


def test_editing_inline_accepts_and_a_refusal_keeps_what_was_typed(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    skill = rows(cast)[1]
    refused = send(client, cast, statement, f"{skill.id}/edit", kind="skill", text="x")
    assert refused.status_code == 422
    assert f'href="#ksb-{skill.id}-text"' in read(refused)
    assert ">x</textarea>" in read(refused)
    wrong = send(client, cast, statement, f"{skill.id}/edit", kind="hobby", text="Sets timers")
    assert wrong.status_code == 422
    fields = {"kind": "skill", "text": "Sets an oven's timer <quickly>"}
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
    assert read(answer).startswith('<div id="review">')
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
    refused = send(client, cast, elsewhere, "decide", ksb=str(ksb.id), action="accept")
    assert refused.status_code == 422
    client.sign_in(cast.eve)
    assert client.get(f"{base(cast)}{statement.id}").status_code == 404
    other = f"/cycles/{cast.other_cycle.id}/ksbs/{statement.id}"
    assert client.get(other).status_code == 404


def test_outside_the_stage_the_page_says_why(
    cast: Cast, statement: CapabilityStatement, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    ids = [str(one.id) for one in rows(cast)]
    page = f"{base(cast)}{statement.id}"
    token = client.token(page)
    cast.cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    assert "carrying-out stage" in read(client.get(page))
    answer = client.post(
        f"{page}/decide", data={"csrf_token": token, "ksb": ids[0], "action": "accept"}
    )
    assert answer.status_code == 409
