"""Shares and fractions that prose types by hand, held against those of the document.

A report prints hundreds of percentages, so that almost every whole number is one of them. A share
is therefore held against those that its sentence can be speaking of.
"""

import re
from collections.abc import Iterator

from reports.narrative.checking.known import Known, forms_of
from reports.narrative.checking.reading import quoted, sentences

SHARE = re.compile(r"(?<![\d.])(?P<share>\d+(?:\.\d+)?)[\s\u00a0]*(?:%|per cent\b)")
FRACTION = re.compile(r"(?<![\d/])\d/\d(?![\d/])")
SPOKEN = re.compile(
    r"\b(?:(?:a|one|two)[- ]thirds?|(?:a|one) quarter|three[- ]quarters|half)\s+of\s+"
    r"(?:(?:the|these|our|all|its|their)\s+)?(?:[\w-]+\s+)?(?:\d+\s+)?"
    r"(?:capabilities|profiles|standards|duties|KSBs)\b",
    re.IGNORECASE,
)
UNSUPPORTED = re.compile(
    r"\bunsupported\b|\b(?:no|without|lacks?|lacking)\s+(?:any\s+)?support\b|\bnot supported\b|"
    r"\b(?:no|without a|match no)\s+(?:duty|standard)\b",
    re.IGNORECASE,
)
OF_ONE = re.compile(
    r"\bP-\d{4}|\b(?:fit|surplus|scores?|similar|nearest|best match|threshold)\b", re.IGNORECASE
)


def shares_told_otherwise(text: str, facts: Known) -> Iterator[str]:
    """Yield a sentence for each share that the document does not have, and for each fraction."""
    for sentence in sentences(text):
        is_of_one = OF_ONE.search(sentence) or _names_one(sentence, facts)
        for found in SHARE.finditer(sentence):
            known = facts.shares if is_of_one else facts.headline
            yield from _share(found, facts, known, is_strict=not is_of_one)
        for pattern in (FRACTION, SPOKEN):
            for found in pattern.finditer(sentence):
                yield (
                    f"“{quoted(found)}”: say the share itself, such as {{{{ unsupported.share }}}}."
                )


def _share(
    found: re.Match[str], facts: Known, known: frozenset[str], *, is_strict: bool
) -> Iterator[str]:
    provision = facts.document.provision
    if is_strict and provision and UNSUPPORTED.search(found.string):
        known = frozenset(forms_of(provision.unsupported_percent))
        if found["share"] not in known:
            share = f"{provision.unsupported_percent:.1f} %"
            yield f"“{quoted(found)}”: the data have {share} unsupported."
    elif found["share"] not in known:
        yield f"“{quoted(found)}”: the data have no such share."


def _names_one(sentence: str, facts: Known) -> bool:
    return any(each.name in sentence for each in facts.document.occupations.profiles)
