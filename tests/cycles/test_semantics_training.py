"""Training an adapter from a file of links, and what is kept of it."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from cycles.core.errors import Invalid
from cycles.semantics.adapters import active_adapter, keep
from tests.encoders import DIMENSIONS, WordEncoder

THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples")
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
    path.write_bytes(b"no archive")
    with pytest.raises(Invalid, match="cannot be read"):
        active_adapter()


def test_a_file_of_too_few_occupations_is_refused(app: Flask, session: object, links: Path) -> None:
    rows = links.read_text().splitlines()
    links.write_text("\n".join(rows[:4]))
    printed = run(app, "--links", str(links))
    assert printed.exit_code == 1
    assert "too few occupations" in printed.output
