"""A deterministic encoder for tests: hashed words instead of meaning, no model to load."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

DIMENSIONS = 64


class WordEncoder:
    """Texts that share words are near, texts that share none nearly orthogonal.

    ``encoded`` lists every text ever encoded, so that a test can see none was encoded twice.
    """

    name = "words"
    digest = hashlib.sha256(b"words").hexdigest()

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                code = hashlib.sha256(word.encode()).digest()
                vectors[row, code[0] % DIMENSIONS] += 1.0 if code[1] % 2 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / lengths).astype(np.float32)
