"""What may be asked of the search service, and what it answers."""

import base64
import uuid
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cycles.semantics.encoder import Vectors
from cycles.semantics.service.wire import Unreadable

MOST_HITS = 500
LONGEST_TEXT = 2_000
KIND, SOURCE, FUNCTION, DOMAIN, AREA = "kind", "source", "function", "domain", "area"
FACETS = (KIND, SOURCE, FUNCTION, DOMAIN, AREA)


@dataclass(frozen=True)
class Question:
    """What is near to a ``text``, or to the record ``like``, among those with these facets.

    ``facets`` hold a kind, the ids of a source or an area, the names of a function or a domain.
    ``wants_vector`` asks for the text's own vector too, for whoever has more to compare.
    """

    text: str = ""
    like: uuid.UUID | None = None
    most: int = 20
    floor: float = 0.0
    facets: dict[str, str] = field(default_factory=dict)
    wants_vector: bool = False

    def content(self) -> dict[str, Any]:
        """Return the question as the wire carries it."""
        return {
            "text": self.text[:LONGEST_TEXT],
            "like": self.like.hex if self.like else "",
            "most": self.most,
            "floor": self.floor,
            "facets": self.facets,
            "wants_vector": self.wants_vector,
        }


@dataclass(frozen=True)
class Scored:
    """A record of the library and its cosine with what was asked, at most 1."""

    record_id: uuid.UUID
    score: float


@dataclass(frozen=True, eq=False)
class Reply:
    """The nearest records, best first.

    ``held`` counts the records that can be found by meaning, ``absent`` those not prepared yet.
    """

    hits: tuple[Scored, ...]
    held: int
    absent: int
    vector: Vectors | None = None


@dataclass(frozen=True)
class Unanswered:
    """There is no answer by meaning; ``because`` ends a sentence that a screen prints."""

    because: str


def read_question(content: dict[str, Any]) -> Question:
    """Return the question that a line carries, or raise ``Unreadable``."""
    try:
        return Question(
            text=str(content["text"])[:LONGEST_TEXT],
            like=uuid.UUID(content["like"]) if content["like"] else None,
            most=min(max(int(content["most"]), 0), MOST_HITS),
            floor=float(content["floor"]),
            facets={name: str(content["facets"][name]) for name in content["facets"]},
            wants_vector=bool(content["wants_vector"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise Unreadable("the line is no question") from problem


def reply_content(reply: Reply) -> dict[str, Any]:
    """Return the reply as the wire carries it."""
    vector = b"" if reply.vector is None else np.ascontiguousarray(reply.vector, "<f4").tobytes()
    return {
        "hits": [[hit.record_id.hex, hit.score] for hit in reply.hits],
        "held": reply.held,
        "absent": reply.absent,
        "vector": base64.b64encode(vector).decode(),
    }


def read_reply(content: dict[str, Any]) -> Reply | Unanswered:
    """Return the reply that a line carries, or why there is none."""
    if "because" in content:
        return Unanswered(str(content["because"]))
    try:
        packed = base64.b64decode(content["vector"])
        return Reply(
            hits=tuple(
                Scored(uuid.UUID(hex=each), float(score)) for each, score in content["hits"]
            ),
            held=int(content["held"]),
            absent=int(content["absent"]),
            vector=np.frombuffer(packed, dtype="<f4") if packed else None,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise Unreadable("the line is no reply") from problem
