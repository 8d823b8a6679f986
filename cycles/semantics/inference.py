"""The forward pass of a sentence-transformers model: which texts share a batch, and how precisely.

Only texts with equally many tokens share a batch. Nothing is padded then, which spares a third of
the time or more; and since no text sees another's padding, its vector is the same bit for bit
whatever it is encoded with, on one machine. Here lives nothing of the web or the database.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cycles.core.errors import Invalid

# Measured with the packaged model on two cores: 1,024 to 8,192 tokens are about as fast.
TOKENS = 2048
# Below 12 tokens two threads part the work otherwise, and the last bits differ.
LEAST_TOKENS = 32
FLOAT32, BFLOAT16 = "float32", "bfloat16"
PRECISIONS = (FLOAT32, BFLOAT16)
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

Vectors = npt.NDArray[np.float32]


@cache
def load(folder: Path) -> Any:
    """Return the model of a folder in full precision, read once per process, never downloaded."""
    # The variables are read once, at import; set later they would be too late.
    os.environ.update(OFFLINE)
    # By name, so that type checking does not walk through the whole of torch.
    library = import_module("sentence_transformers")
    return library.SentenceTransformer(str(folder), device="cpu", local_files_only=True).float()


def has_native_bfloat16() -> bool:
    """Say whether the processor multiplies bfloat16 itself; where it does not, it is no faster."""
    able = import_module("torch").cpu.get_capabilities()
    return any(able.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16"))


def refuse_unless_native(precision: str) -> None:
    """Raise ``Invalid`` where this machine has no arithmetic of its own for a precision."""
    if precision == BFLOAT16 and not has_native_bfloat16():
        raise Invalid(
            "This machine's processor does not multiply bfloat16 itself, so nothing would be "
            "gained. Set PYTHIA_BULK_PRECISION to float32."
        )


def forward(model: Any, texts: Sequence[str], precision: str = FLOAT32) -> Vectors:
    """Return one unit vector per text, in order: float32, shape (n, d)."""
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    torch = import_module("torch")
    # Some models were taught to expect a word of introduction before every text.
    opening = model.prompts[model.default_prompt_name] if model.default_prompt_name else ""
    read = [opening + text for text in texts]
    tokens = model.tokenizer(read, truncation=True, max_length=model.max_seq_length)
    found: Vectors | None = None
    with torch.inference_mode():
        for some in _batches([len(ids) for ids in tokens["input_ids"]]):
            features = {
                name: torch.tensor([tokens[name][row] for row in _filled(some, tokens)])
                for name in model.tokenizer.model_input_names
            }
            vectors = _vectors(model, features, precision)[: len(some)]
            if found is None:
                found = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
            found[some] = vectors
    assert found is not None  # noqa: S101 - there is a text, so there was a batch
    return found


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Return the rows that are encoded together, the longest texts first."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        rows_of[length].append(row)
    for length in sorted(rows_of, reverse=True):
        rows, most = rows_of[length], max(1, TOKENS // length)
        yield from (rows[start : start + most] for start in range(0, len(rows), most))


def _filled(some: list[int], tokens: Any) -> list[int]:
    """Repeat a row until the batch is large enough for the usual kernels."""
    fewest = -(-LEAST_TOKENS // len(tokens["input_ids"][some[0]]))
    return some + some[:1] * max(0, fewest - len(some))


def _vectors(model: Any, features: dict[str, Any], precision: str) -> Vectors:
    torch = import_module("torch")
    first, *others = model
    with _arithmetic(torch, precision):
        features = first(features)
    # Sums over the words are kept in full precision, however their vectors were made.
    features = {name: _full(torch, value) for name, value in features.items()}
    for module in others:
        features = module(features)
    vectors = torch.nn.functional.normalize(features["sentence_embedding"], dim=1)
    return np.asarray(vectors.numpy(), dtype=np.float32)


def _full(torch: Any, value: Any) -> Any:
    return value.float() if torch.is_tensor(value) and value.is_floating_point() else value


def _arithmetic(torch: Any, precision: str) -> AbstractContextManager[Any]:
    if precision == FLOAT32:
        return nullcontext()
    context: AbstractContextManager[Any] = torch.autocast("cpu", dtype=torch.bfloat16)
    return context
