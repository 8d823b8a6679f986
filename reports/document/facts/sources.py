"""What stands around the findings: actions, sources, terms, references, prose. Records only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ActionLine:
    """A recommendation as section 3.6 prints it."""

    horizon: str
    topic: str
    actions: str
    who: str
    when: str
    result: str


@dataclass(frozen=True)
class FurtherSubject:
    """A subject that a later cycle could take up, and why. ``is_started`` says that one did."""

    title: str
    why: str
    is_started: bool = False


@dataclass(frozen=True)
class Source:
    """A set of data or a model that the cycle used, with the words its licence asks for.

    ``snapshot_on`` is the day it stood as it was used; None where that does not apply.
    """

    name: str
    version: str
    licence: str
    attribution: str
    used_for: str
    is_illustrative: bool
    snapshot_on: date | None = None


@dataclass(frozen=True)
class Term:
    """A word of the glossary."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Reference:
    """A publication that the method rests on."""

    text: str


@dataclass(frozen=True)
class CheckItem:
    """A line of a guideline's checklist, under its own number there.

    An empty answer is printed as "not recorded". Older snapshots merged the guidelines, and name
    neither guideline nor number.
    """

    theme: str
    item: str
    answer: str
    guideline: str = ""
    number: str = ""


@dataclass(frozen=True)
class Section:
    """The prose of one section, in Markdown, and whether a person has taken it on.

    ``is_accepted``: a person accepted the draft as it stood; ``is_overtaken``: the data have
    moved since, so that it would be drafted otherwise now.
    """

    key: str
    markdown: str
    is_drafted: bool
    is_accepted: bool = False
    is_overtaken: bool = False
