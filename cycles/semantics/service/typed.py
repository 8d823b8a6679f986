"""Encoding one typed text at once: the same model as everywhere, without its care for last bits.

Vectors that numbers rest on are made in ``encoder``, in batches that are filled up so that a re-run
gives the same bits. A person who types waits for neither; theirs is right to a millionth, in a
quarter of the time, and is never kept.
"""

from collections.abc import Callable

import numpy as np

from cycles.semantics.encoder import FolderModel, Vectors, encoder
from cycles.semantics.inference import load
from cycles.semantics.vectors import as_encoded

EncodeOne = Callable[[str], Vectors]


def load_for_one() -> EncodeOne:
    """Load the model in use, and return what encodes a text with it, one at a time."""
    made = encoder()
    if not isinstance(made, FolderModel):
        return lambda text: made.encode([as_encoded(text)])[0]
    # Of its own: jobs of this process encode at the same time, and a tokenizer that is set up
    # in two ways serves one thread.
    model = load.__wrapped__(made.folder)

    def encode_one(text: str) -> Vectors:
        vectors = model.encode(
            [as_encoded(text)], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors[0], dtype=np.float32)

    # The first one sets up what the next ones use.
    encode_one("Warm up")
    return encode_one
