"""The JSON API: what it tells, how it refuses, and that it keeps to its own description."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import update

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.document.commands import take_snapshot
from reports.publishing.commands import publish_snapshot, revoke_publication
from reports.publishing.links import token_of
from reports.publishing.models import Audience, Publication
from reports.results.models import SnapshotDetail
from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.report_cases import bake

API = "/api/v1"
OTHER_TABLES = r"^/tables/(?!(facts|capabilities|cells|matches|frameworks)$)"
ASKED = settings(
    max_examples=2,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def published(cast: Cast, run_jobs: Callable[[], int], word_encoder: WordEncoder) -> Publication:
    forget()
    baked = bake(cast, run_jobs)
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    found = publish_snapshot(
        snapshot=snapshot, audience=Audience.LINK, actor=baked.actor, moment=NOW
    )
    db.session.commit()
    return found


@pytest.fixture
def base(published: Publication) -> str:
    return f"{API}/published/{token_of(published)}"


def test_the_index_leads_to_everything(client: ParsingClient, base: str) -> None:
    index = client.get(f"{base}/").json
    assert (index["snapshot"], index["threshold"]) == (1, 55)
    places = [each["href"] for each in (*index["tables"], *index["pages"])]
    answers = [client.get(href) for href in (*places, index["description"])]
    assert {each.status_code for each in answers} == {200}
    assert client.get(index["package"]).mimetype == "application/zip"


def test_a_table_comes_in_parts(client: ParsingClient, base: str) -> None:
    first = client.get(f"{base}/tables/capabilities?per_page=3").json
    assert (first["total"], first["pages"], first["previous"]) == (4, 2, None)
    second = client.get(first["next"]).json
    assert [len(each["rows"]) for each in (first, second)] == [3, 1]
    assert second["next"] is None
    assert client.get(second["previous"]).json["rows"] == first["rows"]
    assert client.get(f"{base}/tables/capabilities?page=9").json["rows"] == []


def test_rows_are_asked_for_by_their_keys(client: ParsingClient, base: str) -> None:
    rows = client.get(f"{base}/tables/profile-members?profile=P-0002").json["rows"]
    assert [row["capability"] for row in rows] == ["C-003", "C-004"]


def test_a_pages_table_is_searched_sorted_and_read_at_a_threshold(
    client: ParsingClient, base: str
) -> None:
    table = f"{base}/pages/capabilities/capabilities"
    found = client.get(f"{table}?sort=-code&q=dough").json["rows"]
    assert [row["code"] for row in found] == ["C-001"]
    falling = client.get(f"{table}?sort=-code&threshold=99").json
    assert [row["code"] for row in falling["rows"]] == ["C-004", "C-003", "C-002", "C-001"]
    assert "99 %" in falling["rests_on"]["Match threshold"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/tables/cells?colour=red", 400, "'colour' is not known"),
        ("/tables/cells?page=0", 400, "page is a whole number"),
        ("/tables/cells?per_page=501", 400, "from 1 to 500"),
        ("/pages/capabilities/capabilities?sort=taste", 400, "sort is one of"),
        ("/pages/capabilities/capabilities?threshold=12", 400, "from 40 to 99"),
        ("/pages/capabilities/nothing", 404, "nothing at this address"),
        ("/pages/capabilities/items/C-999/capabilities", 404, "nothing at this address"),
        ("/tables/nothing", 404, "nothing at this address"),
        ("/nowhere/at/all", 404, "nothing at this address"),
    ],
)
def test_what_is_not_understood_is_refused(
    client: ParsingClient, base: str, path: str, status: int, words: str
) -> None:
    answer = client.get(base + path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    told: dict[str, Any] = answer.json
    assert told["status"] == status
    assert words in told["detail"]


def test_nothing_can_be_changed(client: ParsingClient, base: str) -> None:
    answer = client.post(f"{base}/tables/cells")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_a_revoked_link_answers_nothing(
    client: ParsingClient, base: str, published: Publication, cast: Cast
) -> None:
    revoke_publication(publication=published, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)
    db.session.commit()
    for path in (f"{base}/", f"{base}/tables/cells", f"{API}/published/made-up/"):
        assert client.get(path).status_code == 404


def test_a_damaged_snapshot_is_said_to_be_damaged(client: ParsingClient, base: str) -> None:
    db.session.execute(update(SnapshotDetail).values(packed=b"torn"))
    db.session.commit()
    forget()
    answer = client.get(f"{base}/")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "not what was frozen" in answer.json["detail"]


def test_whoever_asks_is_nobody(client: ParsingClient, base: str, cast: Cast) -> None:
    client.sign_in(cast.ada)
    answer = client.get(f"{base}/tables/cells")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_the_description_can_be_read_by_anybody(client: ParsingClient) -> None:
    described = client.get(f"{API}/openapi.json").json
    assert described["openapi"] == "3.1.0"
    assert "/tables/capabilities" in described["paths"]
    assert "/pages/capabilities/capabilities" in described["paths"]
    page = client.get(f"{API}/").get_data(as_text=True)
    assert "/tables/capabilities" in page


def test_the_api_keeps_to_its_description(app: Flask, client: ParsingClient, base: str) -> None:
    schema = schemathesis.openapi.from_wsgi(f"{base}/openapi.json", app)
    # The package's tables are all described and answered in one way: a few stand for them.
    for found in schema.exclude(path_regex=OTHER_TABLES).get_all_operations():
        keeps_to(found.ok())


def keeps_to(operation: schemathesis.APIOperation[Any, Any, Any, Any]) -> None:
    """Ask an operation in a few drawn ways, and hold each answer to the description."""

    @ASKED
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate()

    ask()


def test_a_page_is_asked_by_its_own_arguments(client: ParsingClient, base: str) -> None:
    found = client.get(f"{base}/pages/search/search?q=dough&by=words").json["rows"]
    assert "C-001" in [row["code"] for row in found]
    rows = client.get(f"{base}/pages/comparison/capabilities?profile=P-0002").json["rows"]
    assert {row["code"] for row in rows} == {"C-003", "C-004"}
