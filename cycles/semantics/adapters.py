"""Where a learnt adapter is kept, with what it came from: a file per model in the instance folder.

An adapter is applied to vectors after they were read from the cache, by ``consensus.matching``;
turned vectors are never kept, so that the cache holds those of the encoder alone.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from flask import current_app

from consensus.matching import Calibration
from cycles.core.errors import Invalid
from cycles.core.settings import Settings
from cycles.semantics.encoder import Vectors, active_model

FOLDER = "adapters"
MODEL_DIGEST = "model_digest"


@dataclass(frozen=True, eq=False)
class KeptAdapter:
    """An adapter, the chance its scores stand for, and its provenance.

    facts hold the source, licence, model, settings of the training, sizes and held-out figures.
    """

    matrix: Vectors
    calibration: Calibration
    facts: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the matrix: what a run records beside the model's own digest."""
        return hashlib.sha256(np.ascontiguousarray(self.matrix, dtype="<f4").tobytes()).hexdigest()


def keep(adapter: KeptAdapter) -> Path:
    """Keep an adapter in place of the one before, for the model its facts name; return its file."""
    path = _file(adapter.facts[MODEL_DIGEST])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh.npz")
    np.savez(
        fresh,
        matrix=adapter.matrix.astype("<f4"),
        scores=adapter.calibration.scores,
        chances=adapter.calibration.chances,
        pairs=np.array(adapter.calibration.pairs),
        facts=np.array(json.dumps(adapter.facts | {"digest": adapter.digest}, sort_keys=True)),
    )
    # Put in place whole: a reader meets the old file or the new one.
    fresh.replace(path)
    return path


def active_adapter() -> KeptAdapter | None:
    """Return the adapter of the model in use, or None where none was trained for it.

    Raises ``Invalid`` where the file is damaged: scores must never rest on half an adapter.
    """
    path = _file(active_model()[1])
    if not path.is_file():
        return None
    try:
        found = _read(path)
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise Invalid(f"The adapter {path.name!r} cannot be read. Train it again.") from problem
    if found.facts.get("digest") != found.digest:
        raise Invalid(f"The adapter {path.name!r} was changed after training. Train it again.")
    return found


def _read(path: Path) -> KeptAdapter:
    with np.load(path, allow_pickle=False) as kept:
        curve = Calibration(kept["scores"], kept["chances"], int(kept["pairs"]))
        matrix = kept["matrix"].astype(np.float32)
        return KeptAdapter(matrix, curve, json.loads(str(kept["facts"])))


def _file(model_digest: str) -> Path:
    settings: Settings = current_app.extensions["pythia_settings"]
    return settings.instance / FOLDER / f"{model_digest[:16]}.npz"
