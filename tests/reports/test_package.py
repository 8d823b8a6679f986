"""The data package: true to its standard, the same every time, and no more than its reader may."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from reports.document.commands import take_snapshot
from reports.package.archive import write_package
from reports.package.contents import Contents
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from reports.results.queries import forget, working_results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_cycle, make_statement
from tests.reports.report_cases import Baked, bake
from workshop.exports.recompute import recompute


@pytest.fixture
def baked(cast: Cast, run_jobs: Callable[[], int], word_encoder: WordEncoder) -> Baked:
    forget()
    return bake(cast, run_jobs)


def made(cycle: Cycle) -> bytes:
    held = io.BytesIO()
    write_package(Contents(working_results(cycle.id)), {}, held)
    return held.getvalue()


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files_of(content)[f"data/{name}.csv"].decode())))


def link_to(baked: Baked) -> str:
    """Publish the cycle as it stands by a link; return the link's path."""
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    found = publish_snapshot(
        snapshot=snapshot, audience=Audience.LINK, actor=baked.actor, moment=NOW
    )
    db.session.commit()
    return f"/published/{token_of(found)}"


def problems_of(content: bytes, folder: Path) -> list[list[object]]:
    """Return what the standard's own library finds wrong: types, keys, references, digests."""
    path = folder / "package.zip"
    path.write_bytes(content)
    found: list[list[object]] = (
        Package(str(path)).validate().flatten(["title", "fieldName", "rowNumber", "note"])
    )
    return found


def test_the_package_is_valid(
    baked: Baked, client: ParsingClient, cast: Cast, tmp_path: Path
) -> None:
    client.sign_in(cast.ada)
    answer = client.get(f"/cycles/{baked.cycle.id}/findings/package.zip")
    assert answer.mimetype == "application/zip"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert problems_of(answer.data, tmp_path) == []
    described = json.loads(files_of(answer.data)["datapackage.json"])
    assert {each["path"] for each in described["resources"]} <= set(files_of(answer.data))
    assert len(rows_of(answer.data, "capabilities")) == 4
    assert [row["score"] for row in rows_of(answer.data, "matches") if row["score"] > "0.9"] == (
        ["1.0"] * 3
    )


def test_a_changed_file_is_found(baked: Baked, tmp_path: Path) -> None:
    files = files_of(made(baked.cycle))
    files["data/profiles.csv"] = files["data/profiles.csv"].replace(b"Planner", b"Plunder")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert [each[0] for each in problems_of(held.getvalue(), tmp_path)] == ["Hash Count Error"]


def test_an_empty_cycle_has_a_package_too(cast: Cast, tmp_path: Path) -> None:
    forget()
    cycle = make_cycle("Nothing yet")
    db.session.commit()
    assert problems_of(made(cycle), tmp_path) == []


def test_the_same_results_give_the_same_bytes(baked: Baked) -> None:
    assert made(baked.cycle) == made(baked.cycle)


def test_no_text_opens_a_formula(cast: Cast) -> None:
    forget()
    make_statement(cast.cycle, "=HYPERLINK(1)", 1)
    db.session.commit()
    assert rows_of(made(cast.cycle), "capabilities")[0]["text"] == "'=HYPERLINK(1)"


def test_the_verdicts_can_be_calculated_again(
    baked: Baked, client: ParsingClient, cast: Cast, tmp_path: Path
) -> None:
    client.sign_in(cast.ema)
    files = files_of(client.get(f"/cycles/{baked.cycle.id}/findings/package.zip").data)
    bundles = [name for name in files if name.startswith("recomputation/")]
    assert len(bundles) == 1
    path = tmp_path / "bundle.zip"
    path.write_bytes(files[bundles[0]])
    found = recompute(path)
    assert (found.problems, found.checked) == ((), 2)


def test_a_links_reader_gets_no_words_about_answers(
    baked: Baked, client: ParsingClient, tmp_path: Path
) -> None:
    answer = client.get(f"{link_to(baked)}/package.zip")
    files = files_of(answer.data)
    assert problems_of(answer.data, tmp_path) == []
    assert not [name for name in files if name.startswith("recomputation/")]
    assert b"names nobody" in files["README.md"]
    for words in (b"It scales", b"Crumb", b"Ada", b"Bread Board"):
        assert not [name for name, content in files.items() if words in content]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_who_has_no_place_gets_no_package(baked: Baked, client: ParsingClient, cast: Cast) -> None:
    path = f"/cycles/{baked.cycle.id}/findings/package.zip"
    assert client.sign_in(cast.eve).get(path).status_code == 404
    assert client.sign_in(cast.sol).get(path).status_code == 404


def test_each_table_can_be_read_where_it_is_taken(
    baked: Baked, client: ParsingClient, cast: Cast
) -> None:
    client.sign_in(cast.ada)
    base = f"/cycles/{baked.cycle.id}/findings/take-away"
    listed = client.get(f"{base}.json?table=package").json["rows"]
    for row in listed:
        name = row["file"].removesuffix(".csv")
        rows = client.get(f"{base}/{name}.json").json["rows"]
        assert len(rows) == row["rows"], name
    assert client.get(f"{base}/profiles").status_code == 200
    assert client.get(f"{base}/nothing").status_code == 404
    assert client.get(base).status_code == 200
