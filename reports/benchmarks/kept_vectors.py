"""Vectors for benches, kept in a file of the instance folder so that a second run is quick.

The product's own vectors live in the database; a bench must not fill it with a country's texts.
"""

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
from flask import current_app

from cycles.core.settings import Settings
from cycles.semantics.encoder import Vectors, encoder
from cycles.semantics.vectors import as_encoded, text_hash

AT_ONCE = 512


def vectors_of(texts: Sequence[str], folder: Path | None = None) -> Vectors:
    """Return the plain vectors of ``texts`` in order, encoding only what no run encoded before.

    They are kept in ``folder``, that of this instance unless another is given.
    """
    path = (folder or vectors_folder()) / f"vectors-{encoder().digest[:16]}.npz"
    kept = _read(path)
    keys = [text_hash(text) for text in texts]
    absent = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    click.echo(f"{len(set(keys)):,} distinct texts, {len(absent):,} of them to encode.")
    if absent:
        kept |= _encoded(absent)
        _write(path, kept)
    return np.stack([kept[key] for key in keys])


def _encoded(absent: dict[str, str]) -> dict[str, Vectors]:
    # By length, so that a batch is not padded to one long text.
    keys = sorted(absent, key=lambda key: (len(absent[key]), key))
    found: dict[str, Vectors] = {}
    with click.progressbar(length=len(keys), label="Encoding") as bar:
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            vectors = encoder().encode([as_encoded(absent[key]) for key in some])
            found.update(zip(some, vectors, strict=True))
            bar.update(len(some))
    return found


def vectors_folder() -> Path:
    """Return where this instance keeps the vectors of its benches."""
    settings: Settings = current_app.extensions["pythia_settings"]
    return settings.instance / "bench"


def _read(path: Path) -> dict[str, Vectors]:
    if not path.is_file():
        return {}
    with np.load(path) as kept:
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))


def _write(path: Path, kept: dict[str, Vectors]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh.npz")
    np.savez(fresh, keys=np.array(list(kept)), vectors=np.stack(list(kept.values())))
    # Put in place whole: a bench that is stopped half-way leaves the old file.
    fresh.replace(path)
