"""Numbers that prose may name instead of repeating: ``{{ profiles.count }}``.

A name is filled in from the very document that the report prints, so what is named can never
contradict a table. Which names are refused is decided in ``naming``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.document.facts import Document, Provision
from reports.document.wording import percent_words, sentence_list

# Space around the name is taken off afterwards: a pattern that does so takes hours over much of it.
NAMED = re.compile(r"\{\{([^{}]*)\}\}")
UNKNOWN_YET = "not recorded"
Value = int | float | None


@dataclass(frozen=True)
class Number:
    """A number with its name: ``noun`` is what it counts, empty where it is a share in per cent."""

    name: str
    meaning: str
    noun: str
    read: Callable[[Document], Value]

    def words(self, document: Document) -> str:
        """Return the number as prose says it."""
        value = self.read(document)
        if value is None:
            return UNKNOWN_YET
        if self.noun:
            return f"{value:,}"
        # A setting is a whole number and is printed as one; a share has its decimal.
        return f"{value}\u00a0%" if isinstance(value, int) else percent_words(value)


def _of(read: Callable[[Provision], Value]) -> Callable[[Document], Value]:
    return lambda document: read(document.provision) if document.provision else None


NUMBERS: tuple[Number, ...] = (
    Number("capabilities.count", "Capabilities kept", "capability", lambda d: d.capabilities.kept),
    Number(
        "capabilities.submitted",
        "Capability statements submitted",
        "capability",
        lambda d: d.capabilities.submitted,
    ),
    Number(
        "unsupported.count",
        "Capabilities that no duty of any standard matches",
        "capability",
        _of(lambda found: found.unsupported),
    ),
    Number(
        "unsupported.share",
        "Their share of the compared capabilities",
        "",
        _of(lambda found: found.unsupported_percent),
    ),
    Number(
        "supported.count",
        "Capabilities that some duty matches",
        "capability",
        _of(lambda found: found.supported),
    ),
    Number("partners.count", "Supply-chain partners", "partner", lambda d: len(d.subject.partners)),
    Number("role_levels.count", "Role levels", "role level", lambda d: len(d.subject.role_levels)),
    Number("people.count", "People who took part", "person", lambda d: d.people.people),
    Number(
        "organisations.count",
        "Organisations, each once",
        "organisation",
        lambda d: d.people.organisation_count,
    ),
    Number("profiles.count", "Profiles", "profile", lambda d: d.occupations.profile_count),
    Number(
        "profiles.ratified", "Profiles ratified", "profile", lambda d: d.occupations.ratified_count
    ),
    Number("ksbs.count", "KSBs accepted", "KSB", lambda d: d.ksbs.accepted),
    Number(
        "standards.compared", "Standards compared", "standard", _of(lambda f: f.standards_compared)
    ),
    Number(
        "standards.count", "Standards in the frameworks", "standard", _of(lambda f: f.standards)
    ),
    Number("duties.count", "Duties compared", "duty", _of(lambda found: found.duties)),
    Number("rounds.count", "Rounds held", "round", lambda d: len(d.agreement.rounds)),
    Number(
        "threshold.match", "The match threshold", "", _of(lambda found: found.threshold_percent)
    ),
    Number(
        "threshold.agreement",
        "The threshold of agreement",
        "",
        lambda d: d.agreement.rule.threshold_percent,
    ),
    Number("actions.count", "Recommendations", "recommendation", lambda d: len(d.actions)),
)
BY_NAME = {each.name: each for each in NUMBERS}


def filled_in(
    markdown: str, document: Document, references: Mapping[str, str] | None = None
) -> str:
    """Return the prose with every named number filled in from the document.

    ``references`` are what stands for the names of figures and tables. A name that no longer
    exists says so where it stands: prose is frozen with a snapshot, and nothing of that may fail
    years later.
    """

    def fill(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        if references and name in references:
            return references[name]
        number = BY_NAME.get(name)
        return number.words(document) if number else _missing(name)

    return NAMED.sub(fill, markdown)


def _missing(name: str) -> str:
    kind, _, key = name.partition(":")
    if key and kind in ("figure", "table"):
        return f"(this report has no {kind} called {key})"
    return f"(no number is called {name})"


def noun_values(document: Document) -> dict[str, tuple[int, ...]]:
    """Return the values that the document has for each noun."""
    values: dict[str, list[int]] = {}
    for each in NUMBERS:
        value = each.read(document)
        if each.noun and isinstance(value, int):
            values.setdefault(each.noun, []).append(value)
    return {noun: tuple(found) for noun, found in values.items()}


def said(values: tuple[int, ...]) -> str:
    """Return values as a phrase: ``26 or 25``."""
    *most, last = (f"{each:,}" for each in dict.fromkeys(values))
    return f"{sentence_list(most)} or {last}" if most else last
