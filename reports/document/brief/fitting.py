"""Making the brief fit one page: smaller type first, then shorter texts, last without its figure.

The rendered page has the last word; this only says what is tried next. Pure.
"""

import re
from dataclasses import dataclass, replace

from reports.document.brief.facts import BriefFacts

MORE = "\u2026"
# No page holds more of them; laying such a one out only to see that takes seconds.
MOST_LETTERS = 4000


@dataclass(frozen=True)
class Setting:
    """A way to set the brief: a step of type (``static/css/brief.scss``), and the letters of a
    text at most."""

    step: int
    letters: int
    has_figure: bool = True


SETTINGS = (
    Setting(0, 320),
    Setting(1, 320),
    Setting(2, 260),
    Setting(3, 180),
    Setting(4, 180),
    Setting(4, 130),
    Setting(4, 100),
    Setting(4, 70),
    Setting(4, 60, has_figure=False),
)


@dataclass(frozen=True)
class Sheet:
    """The brief as it is set; ``is_shortened`` says that some text is not whole."""

    facts: BriefFacts
    step: int
    is_shortened: bool

    @property
    def letters(self) -> int:
        """Return how many letters people's texts have in it."""
        letters = 0

        def counted(text: str) -> str:
            nonlocal letters
            letters += len(text)
            return text

        self.facts.said(counted)
        return letters


def sheets_of(facts: BriefFacts) -> list[Sheet]:
    """Return the brief in the settings to try, in their order; the last one always fits."""
    *others, last = (sheet_of(facts, each) for each in SETTINGS)
    return [*(each for each in others if each.letters <= MOST_LETTERS), last]


def sheet_of(facts: BriefFacts, setting: Setting) -> Sheet:
    """Return the brief in a setting."""
    whole = facts.said(_on_one_line)
    shown = whole.said(lambda text: shortened(text, setting.letters))
    is_shortened = shown != whole
    if not setting.has_figure:
        shown = replace(shown, figure=None)
    return Sheet(shown, setting.step, is_shortened)


def shortened(text: str, letters: int) -> str:
    """Return a text of at most so many letters, cut between words where it has some.

    >>> shortened("Teach the ovens to bake", 14)
    'Teach the…'
    """
    line = _on_one_line(text)
    if len(line) <= letters:
        return line
    cut = line[: letters - 1]
    words = cut.rpartition(" ")[0]
    return f"{words if len(words) > letters // 2 else cut}{MORE}"


def _on_one_line(text: str) -> str:
    # Not split(): the space that keeps a number and its sign together stays.
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
