"""Training an adapter from a file of links, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from cycles.core import settings
from cycles.core.errors import Invalid
from cycles.semantics.adapters import SHIPPED, active_adapter, keep
from cycles.semantics.encoder import active_model
from tests.encoders import DIMENSIONS, WordEncoder

THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples")
KEYS = {"SECRET_KEY": "s" * 32, "LINK_KEY": "l" * 32}
HEAD = "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title"


@pytest.fixture
def links(tmp_path: Path) -> Path:
    rows = [
        f"{code}-1.00\tWorker {code}\t{code}\tInspect the {thing} of site {code}.\tD{i}\t"
        f"Look after {thing}."
        for code in range(30)
        for i, thing in enumerate(THINGS)
    ]
    path = tmp_path / "links.txt"
    path.write_text("\n".join([HEAD, *rows]))
    return path


@pytest.fixture
def no_adapter(app: Flask) -> None:
    for path in (app.extensions["pythia_settings"].instance / "adapters").glob("*.npz"):
        path.unlink()


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["semantics", "train", *arguments])


def test_an_adapter_is_learnt_shown_and_kept_with_where_it_came_from(
    app: Flask, session: object, no_adapter: None, links: Path, word_encoder: WordEncoder
) -> None:
    assert active_adapter() is None
    printed = run(app, "--links", str(links), "--leave-out", "Worker 7", "--seed", "3")
    assert printed.exit_code == 0, printed.output
    assert "with the adapter" in printed.output
    kept = active_adapter()
    assert kept is not None
    assert kept.matrix.shape == (DIMENSIONS, DIMENSIONS)
    assert kept.digest in printed.output
    assert kept.facts["model_digest"] == word_encoder.digest
    assert kept.facts["licence"] == "CC BY 4.0"
    assert kept.facts["left_out"] == ["Worker 7"]
    assert kept.facts["training"]["seed"] == 3
    assert sum(kept.facts["tasks"]) == 180
    assert (np.diff(kept.calibration.chance([0.1, 0.5, 0.9])) >= 0).all()
    assert (np.diff(kept.chance([0.1, 0.5, 0.9])) >= 0).all()
    assert "two tasks belong to the same group of activities" in printed.output
    assert 0 <= kept.facts["statement_calibration_error"] <= 1


def test_training_again_gives_the_same_matrix_and_encodes_nothing(
    app: Flask, session: object, no_adapter: None, links: Path, word_encoder: WordEncoder
) -> None:
    digests = []
    for _ in range(2):
        run(app, "--links", str(links))
        kept = active_adapter()
        assert kept is not None
        digests.append(kept.digest)
    assert digests[0] == digests[1]
    assert len(word_encoder.encoded) == len(set(word_encoder.encoded))


def test_a_damaged_adapter_is_refused(
    app: Flask, session: object, no_adapter: None, links: Path, word_encoder: WordEncoder
) -> None:
    run(app, "--links", str(links))
    kept = active_adapter()
    assert kept is not None
    path = keep(kept)
    with np.load(path) as whole:
        changed = dict(whole)
    changed["matrix"][0, 0] += 1
    np.savez(path, **changed)
    with pytest.raises(Invalid, match="was changed after training"):
        active_adapter()
    for damaged in (b"no archive", b""):
        path.write_bytes(damaged)
        with pytest.raises(Invalid, match="cannot be read"):
            active_adapter()


@pytest.mark.usefixtures("session", "no_adapter", "word_encoder")
def test_an_adapter_is_switched_off_by_a_setting(
    app: Flask, links: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(app, "--links", str(links))
    assert active_adapter() is not None
    given = app.extensions["pythia_settings"]
    monkeypatch.setitem(app.extensions, "pythia_settings", replace(given, uses_adapter=False))
    assert active_adapter() is None
    assert not settings.read({"PYTHIA_ADAPTER": "off", **KEYS}).uses_adapter
    with pytest.raises(RuntimeError, match="must be one of: on, off"):
        settings.read({"PYTHIA_ADAPTER": "no", **KEYS})


def test_the_shipped_adapter_is_whole_and_says_where_it_came_from(
    app: Flask, no_adapter: None
) -> None:
    shipped = active_adapter()
    assert shipped is not None
    assert shipped.matrix.shape == (384, 384)
    assert shipped.facts["licence"] == "CC BY 4.0"
    assert len(shipped.facts["left_out"]) == 20
    told = (SHIPPED / "README.md").read_text()
    assert shipped.facts["attribution"] in told
    assert f"{shipped.facts['model_digest'][:16]}.npz" in told
    assert shipped.facts["adapted"]["mrr"] >= 0.42
    assert shipped.facts["calibration_error"] <= 0.03
    assert shipped.facts["statement_calibration_error"] <= 0.03
    assert (np.diff(shipped.chance(np.linspace(0, 1, 101))) >= 0).all()
    # The model's own vectors and no other are turned by it.
    assert shipped.facts["model_digest"] == active_model()[1]


def test_a_file_of_too_few_occupations_is_refused(app: Flask, session: object, links: Path) -> None:
    rows = links.read_text().splitlines()
    links.write_text("\n".join(rows[:4]))
    printed = run(app, "--links", str(links))
    assert printed.exit_code == 1
    assert "too few occupations" in printed.output
