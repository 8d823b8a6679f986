"""The packaged model itself: the one module of tests that loads it."""

import warnings

import numpy as np
from flask import Flask

from cycles.semantics.encoder import FolderModel, active_model, encoder

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
