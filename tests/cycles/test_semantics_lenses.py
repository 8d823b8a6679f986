"""Learning a lens from a file of tasks, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from cycles.core import settings
from cycles.core.errors import Invalid
from cycles.semantics.encoder import active_model
from cycles.semantics.lenses import SHIPPED, active_lens, keep
from cycles.semantics.occupations import halves, read_occupations
from tests.encoders import DIMENSIONS, WordEncoder

KEYS = {"SECRET_KEY": "s" * 32, "LINK_KEY": "l" * 32}
FAMILIES = ("11", "13", "15", "17")


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    rows = [
        f"{family}-{number}.00\tWorker\t{number}\t{verb} the pumps of site {family} {number}."
        for family in FAMILIES
        for number in range(3)
        for verb in ("Inspect", "Repair", "Inspect", "Sell")
    ]
    path = tmp_path / "tasks.txt"
    path.write_text("\n".join(["O*NET-SOC Code\tTitle\tTask ID\tTask", *rows]))
    return path


@pytest.fixture
def no_lens(app: Flask) -> None:
    for path in (app.extensions["pythia_settings"].instance / "lenses").glob("*.npz"):
        path.unlink()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["semantics", "lens", *arguments])


def test_a_lens_is_learnt_and_kept_with_where_it_came_from(
    app: Flask, session: object, no_lens: None, tasks: Path, word_encoder: WordEncoder
) -> None:
    assert active_lens() is None
    printed = run(app, "--tasks", str(tasks), "--release", "29.3")
    assert printed.exit_code == 0, printed.output
    assert "Learnt from 18 tasks of 6 occupations in 2 job families." in printed.output
    kept = active_lens()
    assert kept is not None
    assert kept.digest in printed.output
    assert kept.matrix.shape == (DIMENSIONS, DIMENSIONS)
    assert kept.facts["families"] == sorted(halves(FAMILIES)[0])
    assert kept.facts["attribution"].startswith("This lens was made from information of the O*NET")
    assert kept.facts["model_digest"] == active_model()[1]
    again = run(app, "--tasks", str(tasks), "--release", "29.3")
    assert kept.digest in again.output, "the same tasks give the same lens"


def test_a_lens_that_was_changed_is_refused(
    app: Flask, session: object, no_lens: None, tasks: Path, word_encoder: WordEncoder
) -> None:
    assert run(app, "--tasks", str(tasks)).exit_code == 0
    kept = active_lens()
    assert kept is not None
    path = keep(kept)
    with np.load(path) as file:
        facts = file["facts"]
    np.savez(path, matrix=np.eye(DIMENSIONS, dtype="<f4"), facts=facts)
    with pytest.raises(Invalid, match="changed after it was learnt"):
        active_lens()
    path.write_bytes(b"half a file")
    with pytest.raises(Invalid, match="cannot be read"):
        active_lens()
    path.unlink()


def test_one_family_is_too_few_to_learn_from(
    app: Flask, session: object, tmp_path: Path, word_encoder: WordEncoder
) -> None:
    path = tmp_path / "tasks.txt"
    path.write_text("O*NET-SOC Code\tTask\n11-1011.00\tPlan the work.\n")
    refused = run(app, "--tasks", str(path))
    assert refused.exit_code == 1
    assert "two at least" in refused.output


def test_the_shipped_lens_is_that_of_the_packaged_model(app: Flask, tmp_path: Path) -> None:
    given = app.extensions["pythia_settings"]
    own = replace(settings.read(KEYS), instance=tmp_path)
    app.extensions["pythia_settings"] = own
    try:
        kept = active_lens()
    finally:
        app.extensions["pythia_settings"] = given
    assert kept is not None
    assert (SHIPPED / f"{kept.facts['model_digest'][:16]}.npz").is_file()
    assert kept.facts["licence"] == "CC BY 4.0"
    assert len(kept.facts["families"]) == 11
    assert kept.facts["attribution"] in (SHIPPED / "README.md").read_text()
    assert kept.matrix.shape == (384, 384)


def test_each_task_stands_once_for_its_occupation(tasks: Path) -> None:
    found = read_occupations(tasks)
    assert len(found) == 12
    assert [text.split()[0] for text in found["11-0.00"]] == ["Inspect", "Repair", "Sell"]
