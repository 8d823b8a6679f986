"""Where a learnt adapter is kept, with what it came from: a file per model.

One trained here lies in the instance folder. One trained by us is shipped with the product for
the model that is packaged with it, and is used where the instance folder has none.

An adapter is applied to vectors after they were read from the cache, by ``consensus.matching``;
turned vectors are never kept, so that the cache holds those of the encoder alone.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from flask import current_app

from consensus.matching import Calibration
from cycles.core.errors import Invalid
from cycles.core.settings import ROOT, Settings
from cycles.semantics.encoder import Vectors, active_model

FOLDER = "adapters"
SHIPPED = ROOT / "cycles" / "reference" / FOLDER
MODEL_DIGEST = "model_digest"


@dataclass(frozen=True, eq=False)
class KeptAdapter:
    """An adapter, the chances its scores stand for, and its provenance.

    calibration           chance that a statement belongs under an activity
    statement_calibration chance that two statements belong to the same group of activities
    facts                 source, licence, model, settings of the training, sizes, held-out figures
    """

    matrix: Vectors
    calibration: Calibration
    statement_calibration: Calibration
    facts: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the matrix: what a run records beside the model's own digest."""
        return digest_of(self.matrix)

    def chance(self, scores: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return the chance that two statements with such an adapted score, 0 to 1, belong to
        the same group of activities: what a screen says beside a match."""
        return self.statement_calibration.chance(scores)


def digest_of(matrix: Vectors) -> str:
    """Return the SHA-256 of an adapter's matrix."""
    return hashlib.sha256(np.ascontiguousarray(matrix, dtype="<f4").tobytes()).hexdigest()


def keep(adapter: KeptAdapter) -> Path:
    """Keep an adapter in place of the one before, for the model its facts name; return its file."""
    path = _instance_folder() / _name(adapter.facts[MODEL_DIGEST])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh.npz")
    np.savez(fresh, **_packed(adapter))
    # Put in place whole: a reader meets the old file or the new one.
    fresh.replace(path)
    return path


def active_adapter() -> KeptAdapter | None:
    """Return the adapter of the model in use, or None: none was trained, or it is switched off.

    Raises ``Invalid`` where the file is damaged: scores must never rest on half an adapter.
    """
    settings: Settings = current_app.extensions["pythia_settings"]
    if not settings.uses_adapter:
        return None
    name = _name(active_model()[1])
    for path in (_instance_folder() / name, SHIPPED / name):
        if path.is_file():
            found = path.stat()
            return _checked(path, found.st_mtime_ns, found.st_size)
    return None


# By the file's moment and size as well, so that one trained anew is read anew.
@lru_cache(maxsize=4)
def _checked(path: Path, _moment: int, _size: int) -> KeptAdapter:
    try:
        found = _read(path)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as problem:
        raise Invalid(f"The adapter {path.name!r} cannot be read. Train it again.") from problem
    if found.facts.get("digest") != found.digest:
        raise Invalid(f"The adapter {path.name!r} was changed after training. Train it again.")
    return found


def _read(path: Path) -> KeptAdapter:
    with np.load(path, allow_pickle=False) as kept:
        matrix = kept["matrix"].astype(np.float32)
        matrix.flags.writeable = False
        curves = (_curve("", kept), _curve("statement_", kept))
        return KeptAdapter(matrix, *curves, json.loads(str(kept["facts"])))


def _packed(adapter: KeptAdapter) -> dict[str, Any]:
    curves = {"": adapter.calibration, "statement_": adapter.statement_calibration}
    packed: dict[str, Any] = {
        "matrix": adapter.matrix.astype("<f4"),
        "facts": np.array(json.dumps(adapter.facts | {"digest": adapter.digest}, sort_keys=True)),
    }
    for prefix, curve in curves.items():
        packed[f"{prefix}scores"] = curve.scores
        packed[f"{prefix}chances"] = curve.chances
        packed[f"{prefix}pairs"] = np.array(curve.pairs)
    return packed


def _curve(prefix: str, kept: Any) -> Calibration:
    return Calibration(
        kept[f"{prefix}scores"], kept[f"{prefix}chances"], int(kept[f"{prefix}pairs"])
    )


def _instance_folder() -> Path:
    settings: Settings = current_app.extensions["pythia_settings"]
    return settings.instance / FOLDER


def _name(model_digest: str) -> str:
    return f"{model_digest[:16]}.npz"
