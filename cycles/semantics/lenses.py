"""Where a lens is kept, with what it came from: a file per model. It turns the vectors of a
generation towards whose work a statement is.

One learnt here lies in the instance folder. One learnt by us is shipped with the product for the
model that is packaged with it, and is used where the instance folder has none. The arithmetic
lives in ``consensus.grouping``; vectors seen through a lens are never kept.
"""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from flask import current_app
from threadpoolctl import threadpool_limits

from consensus.grouping import learn_lens
from cycles.core.errors import Invalid
from cycles.core.settings import ROOT, Settings
from cycles.semantics.adapters import MODEL_DIGEST, digest_of
from cycles.semantics.encoder import Vectors, active_model
from cycles.semantics.occupations import family_of

FOLDER = "lenses"
SHIPPED = ROOT / "cycles" / "reference" / FOLDER


@dataclass(frozen=True, eq=False)
class KeptLens:
    """A lens for ``consensus.grouping.group`` and its provenance.

    facts  source, licence, model, sizes and the families that it was learnt from
    """

    matrix: Vectors
    facts: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the matrix: what a generation records beside the model's own."""
        return digest_of(self.matrix)


def learnt(vectors: Vectors, owners: list[str]) -> Vectors:
    """Learn a lens from statements and the codes of whose they are, on one thread: its digest is
    kept."""
    with threadpool_limits(1, user_api="blas"):
        families = [family_of(code) for code in owners]
        return learn_lens(vectors, owners, families).astype(np.float32)


def keep(lens: KeptLens) -> Path:
    """Keep a lens in place of the one before, for the model its facts name; return its file."""
    path = _instance_folder() / _name(lens.facts[MODEL_DIGEST])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".fresh.npz")
    facts = json.dumps(lens.facts | {"digest": lens.digest}, sort_keys=True)
    np.savez(fresh, matrix=lens.matrix.astype("<f4"), facts=np.array(facts))
    # Put in place whole: a reader meets the old file or the new one.
    fresh.replace(path)
    return path


def active_lens() -> KeptLens | None:
    """Return the lens of the model in use, or None where there is none for it.

    Raises ``Invalid`` where the file is damaged: profiles must never rest on half a lens.
    """
    name = _name(active_model()[1])
    for path in (_instance_folder() / name, SHIPPED / name):
        if path.is_file():
            found = path.stat()
            return _checked(path, found.st_mtime_ns, found.st_size)
    return None


# By the file's moment and size as well, so that one learnt anew is read anew.
@lru_cache(maxsize=4)
def _checked(path: Path, _moment: int, _size: int) -> KeptLens:
    try:
        with np.load(path, allow_pickle=False) as kept:
            matrix = kept["matrix"].astype(np.float32)
            found = KeptLens(matrix, json.loads(str(kept["facts"])))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as problem:
        raise Invalid(f"The lens {path.name!r} cannot be read. Learn it again.") from problem
    matrix.flags.writeable = False
    if found.facts.get("digest") != found.digest:
        raise Invalid(f"The lens {path.name!r} was changed after it was learnt. Learn it again.")
    return found


def _instance_folder() -> Path:
    settings: Settings = current_app.extensions["pythia_settings"]
    return settings.instance / FOLDER


def _name(model_digest: str) -> str:
    return f"{model_digest[:16]}.npz"
