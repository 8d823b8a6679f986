"""``flask bench explorer`` on a handful of everything; how fast anything is, no test says."""

import json
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask
from openpyxl import Workbook

from cycles.core.extensions import db
from reports.benchmarks import explorer as bench
from reports.benchmarks.explorer_measuring import Measured
from reports.benchmarks.explorer_staging import Size, require_data, stage_large
from reports.document.models import Snapshot
from reports.results.queries import snapshot_results
from tests.client import ParsingClient
from tests.encoders import WordEncoder

TASKS = "O*NET-SOC Code\tTitle\tTask ID\tTask\n"
SMALL = Size(12, 4, 6, 12, 3, 2, 60)
HEADINGS = ("SUG Code", "SUG Title", "SUG Description", "Task ID", "Task Statement")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The files that the cycle is made of, with a handful of rows each."""
    for name in ("onet", "ifate", "ssc"):
        (tmp_path / name).mkdir()
    tasks = "".join(f"17-2{n % 3}41.00\tE\t{n}\tInspect part {n} of the line\n" for n in range(20))
    (tmp_path / "onet/Task Statements.txt").write_text(TASKS + tasks)
    duties = [{"dutyID": "D1", "dutyDetail": "Inspect part 3 of the line", "isThisACoreDuty": 1}]
    standard = {"referenceNumber": "ST0001", "title": "Inspector", "level": 3, "duties": duties}
    whole = [{**standard, "status": "Approved for delivery", "version": "1.0"}]
    (tmp_path / "ifate/ifate_standards_2021_full.json").write_text(json.dumps(whole))
    ksbs = "".join(
        f"ST1,Fitter,3,Making,Live,{k},{k}{n},Know {k} {n}\n" for k in "KSB" for n in "12"
    )
    head = "reference,title,level,route,status,type,code,text\n"
    (tmp_path / "ifate/ifate_ksb_2026.csv").write_text(head + ksbs)
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(("2121/01", "Engineers", "What they do", "T1", "Inspect part 5 of the line"))
    book.save(tmp_path / "ssc/ssc_sugs_task_description_v0.9.1.xlsx")
    return tmp_path


@pytest.mark.usefixtures("session")
def test_the_cycle_has_as_much_of_everything_as_was_asked(
    data: Path, tmp_path: Path, word_encoder: WordEncoder, client: ParsingClient
) -> None:
    cycle = stage_large(data, SMALL, tmp_path / "vectors")
    found = snapshot_results(db.session.query(Snapshot).one())
    document = found.document
    assert document.capabilities.kept == SMALL.capabilities
    assert document.occupations.profile_count == SMALL.profiles
    assert document.ksbs.accepted == SMALL.ksbs
    assert document.agreement.judged == SMALL.capabilities * 4
    assert document.agreement.unsettled == 0
    assert len(found.detail.reviews) == SMALL.reviews
    assert len(document.actions) == SMALL.actions
    assert document.provision is not None
    assert (document.provision.standards, document.provision.duties) == (3, 2)
    # What was encoded once is kept for the next bench.
    assert len(word_encoder.encoded) == len(set(word_encoder.encoded))
    assert list((tmp_path / "vectors").glob("*.npz"))
    assert cycle.threshold_percent == SMALL.threshold_percent


def test_it_prints_every_page_beside_its_aims(capsys: pytest.CaptureFixture[str]) -> None:
    quick = {"name": "overview", "cold": 90.0, "cold_queries": 9, "warm": 10.0, "queries": 4}
    slow = {"name": "matrix", "cold": 900.0, "cold_queries": 20, "warm": 301.0, "queries": 16}
    sizes = ({"size": 1_000, "packed": 500}, {"size": 500_000, "packed": 90_000})
    made = [vars(Measured(**quick, **sizes[0], slider=199.0))]
    made += [vars(Measured(**slow, **sizes[1], slider=None))]
    bench.show("sqlite", {"bare": 2.0, "assets": 60_000, "pages": made})
    printed = capsys.readouterr().out
    assert "500 capabilities, 60 profiles, 5,000 KSBs, 300 reviews" in printed
    assert "warm, at most 300 ms: missed by matrix 301" in printed
    assert "warm, at most 15 queries: missed by matrix 16" in printed
    assert "page, at most 400 kB: missed by matrix 500" in printed
    assert "slider, at most 200 ms: met (the most is 199)" in printed
    assert "150.5" in printed


def test_without_the_data_it_says_what_is_missing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHIA_DATA", raising=False)
    run = app.test_cli_runner().invoke
    assert "needs the folder of real data" in run(args=["bench", "explorer"]).output
    with pytest.raises(ClickException, match=r"has no file 'ifate/ifate_ksb_2026.csv'"):
        require_data(tmp_path)
