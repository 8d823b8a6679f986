"""Other words for what the report calls by one name."""

import re
from collections.abc import Iterator

from reports.narrative.checking.known import Known
from reports.narrative.checking.reading import quoted, sentences

OTHERS: tuple[tuple[str, str], ...] = (
    (r"(?:role|job)[- ](?:group|famil(?:y|ie)|categor(?:y|ie)|grade)s?", "role level"),
    (r"(?:value[- ]chain|workflow) (?:partner|actor)s?", "supply-chain partner"),
    (r"(?:competenc[ey]|competence|skill) statements?", "capability statement"),
    (r"match(?:ing)? factors?|fit scores?", "fit"),
    (r"(?:over-?supply|excess) factors?", "surplus"),
    (r"(?:un(?:matched|covered|served)) capabilit(?:y|ies)", "unsupported capability"),
)


def other_words(text: str, facts: Known) -> Iterator[str]:
    """Yield a sentence for each other word; one that a role level's own name holds is left."""
    names = " ".join(each.name for each in facts.document.subject.role_levels).lower()
    for sentence in sentences(text):
        for pattern, word in OTHERS:
            for found in re.finditer(rf"\b{pattern}\b", sentence, re.IGNORECASE):
                if found.group().lower() not in names:
                    yield f"“{quoted(found)}”: everywhere else the report says “{word}”."
