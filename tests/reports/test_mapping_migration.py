"""Runs of before: what the migration to kept pairs makes of every score, and back again."""

import json
import uuid
import zlib
from datetime import date
from importlib import util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from reports.mapping.packing import unpack_inputs, unpack_kept

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "migrations" / "versions" / "0011_keep_the_pairs_of_a_run.py"


def migration() -> Any:
    found = util.spec_from_file_location("migration_0011", FILE)
    assert found is not None
    assert found.loader is not None
    module = util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def old_run(scores: np.ndarray[Any, np.dtype[np.float32]]) -> SimpleNamespace:
    """A run as it was kept before: every score, and inputs as a list of objects."""
    ids = [str(uuid.UUID(int=number)) for number in range(100)]
    standard = {"reference": "T1", "version": "", "title": "Baker", "level": 3}
    inputs = {
        "capabilities": [
            {"statement_id": ids[row], "code": f"C-{row}", "text": f"Text {row}"}
            for row in range(len(scores))
        ],
        "standards": [{"standard_id": ids[50], **standard}],
        "duties": [
            {
                "duty_id": ids[60 + at],
                "standard": 0,
                "position": at,
                "text": f"Duty {at}",
                "is_core": True,
            }
            for at in range(scores.shape[1])
        ],
        "bare_standards": [{"standard_id": ids[51], **standard}],
    }
    return SimpleNamespace(
        inputs=zlib.compress(json.dumps(inputs).encode()),
        scores=zlib.compress(scores.astype("<f4").tobytes()),
        counts={"capabilities": len(scores), "duties_digest": "as before"},
    )


def framework() -> SimpleNamespace:
    facts = {
        "id": uuid.UUID(int=99),
        "name": "Ours",
        "version": "1",
        "snapshot_on": date(2026, 1, 31),
        "licence": "",
        "attribution": "",
        "is_illustrative": True,
    }
    return SimpleNamespace(**facts, _mapping=facts)


def test_a_run_of_before_keeps_what_any_threshold_from_the_floor_up_needs() -> None:
    scores = np.random.default_rng(5).uniform(0, 1, (3, 15)).astype(np.float32)
    scores[2] = np.linspace(0.01, 0.15, 15)
    scores[0, 0] = np.float32(0.4)
    made = migration()._sparse(old_run(scores), framework())
    inputs = unpack_inputs(made["inputs"])
    assert inputs.frameworks[0].snapshot_on == date(2026, 1, 31)
    assert [len(each) for each in (inputs.capabilities, inputs.duties)] == [3, 15]
    survey = unpack_kept(made["scores"], inputs).survey
    for threshold in (40, 55, 90):
        matches = survey.at(threshold)
        wanted = np.argwhere(np.rint(scores * 1e6) >= threshold * 10_000)
        assert np.array_equal(np.stack([matches.row, matches.duty], axis=1), wanted)
    # Even where nothing reaches the floor, the ten best of a capability are there.
    assert survey.pairs.duty[survey.pairs.row == 2].tolist() == list(range(5, 15))
    assert made["counts"]["chosen"] == [[str(uuid.UUID(int=99)), False]]
    assert made["counts"]["capabilities"] == 3


def test_a_run_goes_back_with_what_was_kept() -> None:
    scores = np.random.default_rng(6).uniform(0, 1, (4, 12)).astype(np.float32)
    before = old_run(scores)
    made = migration()._sparse(before, framework())
    back = migration()._dense(SimpleNamespace(**made))
    dense = np.frombuffer(zlib.decompress(back["scores"]), dtype="<f4").reshape(scores.shape)
    assert np.array_equal(dense[dense > 0], scores[dense > 0])
    assert scores[dense == 0].max(initial=0) < 0.4
    assert back["framework_id"] == uuid.UUID(int=99)
    assert json.loads(zlib.decompress(back["inputs"])) == json.loads(zlib.decompress(before.inputs))
