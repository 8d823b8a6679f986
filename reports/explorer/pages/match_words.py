"""How pages say a match: its score, its standard, what the machine and people say of it. Pure."""

from collections.abc import Callable
from typing import Any

from cycles.standards.wording import level_cell
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look
from reports.mapping.findings import Judgement, Match
from reports.mapping.models import MatchVerdict
from reports.mapping.words import chance_words, percent
from reports.reviewing.words import VERDICTS, counts_words

NOT_SETTLED = "Not settled"
GENERIC_TAG = ("Generic duty", "attention")
SKILL_TAG = ("Skill, not a duty", "attention")

Read = Callable[[Any], Match | None]


def verdict_word(said: Judgement | None) -> str:
    """Return what people agree on in a word; empty where nobody reviewed the match."""
    if said is None:
        return ""
    return VERDICTS[said.verdict] if said.verdict else NOT_SETTLED


def verdict_kind(said: Judgement | None) -> str:
    """Return the kind of tag that a verdict is shown as."""
    return "done" if said and said.verdict == MatchVerdict.ACCEPTED else "attention"


def verdict_by(said: Judgement | None) -> str:
    """Return who said so, by group and count, and at which score; nobody is named."""
    if said is None:
        return ""
    count = said.accepted + said.rejected + said.unsure
    who = counts_words(said) if count > 1 else ""
    group = f"{'an' if said.group[0] in 'aeiou' else 'a'} {said.group}" if said.group else ""
    by = f"by {group}" if group and count < 2 else f"last by {group}" if group else ""
    on = f"{said.at.day} {said.at:%B %Y}"
    return ", ".join(filter(None, (who, by, on, f"at {percent(said.score_percent)}")))


def true_words(chance: float | None) -> str:
    """Return how often a match of such a score is true; empty where it is not known."""
    return f"{chance_words(chance)} true" if chance is not None else ""


def score_shown(match: Match) -> Shown:
    """Return a score with its bar: full where the score alone makes a match, else an outline."""
    return Shown(
        percent(match.score_percent),
        bar=max(match.score_percent, 0.0),
        bar_kind="" if match.is_suggested else "quiet",
        note=true_words(match.chance),
    )


def verdict_shown(said: Judgement | None) -> Shown:
    """Return the human verdict with who gave it and why."""
    if said is None:
        return Shown("None")
    reason = f" “{said.reason}”" if said.reason else ""
    return Shown(
        "", tags=((verdict_word(said), verdict_kind(said)),), note=verdict_by(said) + reason
    )


def tags_of(match: Match) -> tuple[tuple[str, str], ...]:
    """Return what is to be known of a duty before a match with it is believed."""
    generic = (GENERIC_TAG,) if match.is_generic else ()
    return (*generic, *((SKILL_TAG,) if match.is_skill else ()))


def match_columns(read: Read) -> tuple[Column[Any], ...]:
    """Return the columns of a match: the suggestion and the verdict beside the score."""
    return (
        *_duty_columns(read),
        _score_column(read),
        _chance_column(read),
        *_judged_columns(read),
        _plain("by", "Reviewed by", "Which group, when.", read, lambda e: verdict_by(e.judgement)),
        _plain("reason", "Reason", "The latest review's reason.", read, _reason),
        _flag("generic", "Generic duty", GENERIC_MEANING, read, lambda each: each.is_generic),
        _flag("skill", "Skill, not duty", SKILL_MEANING, read, lambda each: each.is_skill),
    )


GENERIC_MEANING = (
    "Whether the duty is near to the work of many routes, so that a match with it says little."
)
SKILL_MEANING = "Whether a skill stood in, because the standard has no duties."


def _duty_columns(read: Read) -> tuple[Column[Any], ...]:
    return (
        Column(
            "duty",
            "Duty",
            "What the standard says that the occupation does, word for word.",
            _of(read, lambda each: each.duty_text),
            Kind.STATEMENT,
            show=_shown(read, lambda each: Shown(each.duty_text, tags=tags_of(each))),
        ),
        Column(
            "standard",
            "Standard",
            "The occupational standard that has the duty.",
            _of(read, lambda each: each.standard_title),
            show=_shown(read, _standard_shown),
        ),
        _plain("reference", "Reference", "Its reference.", read, lambda e: e.standard_reference),
        _plain("level", "Level", "Its level.", read, lambda e: level_cell(e.standard_level)),
        _plain("framework", "Framework", "Where it is from.", read, lambda e: e.framework_name),
    )


def _standard_shown(match: Match) -> Shown:
    level = level_cell(match.standard_level)
    return Shown(match.standard_title, note=f"{match.standard_reference}, level {level}")


def _score_column(read: Read) -> Column[Any]:
    return Column(
        "score",
        "Score, %",
        "How near the two texts are in meaning: a cosine, cut to one decimal. It is no confidence.",
        _of(read, lambda each: each.score_percent),
        Kind.PERCENT,
        show=_shown(read, score_shown),
    )


def _chance_column(read: Read) -> Column[Any]:
    return Column(
        "chance",
        "Chance, %",
        "How often two statements of such a score belonged to the same group of activities when "
        "that was measured; empty where the run had no adapter.",
        _of(read, lambda each: None if each.chance is None else round(100 * each.chance, 1)),
        Kind.PERCENT,
        is_shown=False,
    )


def _judged_columns(read: Read) -> tuple[Column[Any], ...]:
    return (
        Column(
            "suggested",
            "Score suggests",
            "What the score alone says at this threshold.",
            _of(read, lambda each: "match" if each.is_suggested else "no match"),
            show=_shown(read, lambda each: Shown("Match" if each.is_suggested else "No match")),
        ),
        Column(
            "verdict",
            "Human verdict",
            "What reviewers agree on; it outranks the score. The group of whoever said so last "
            "stands with it, nobody's name.",
            _of(read, lambda each: verdict_word(each.judgement).lower()),
            show=_shown(read, lambda each: verdict_shown(each.judgement)),
        ),
    )


def _flag(
    key: str, heading: str, meaning: str, read: Read, value: Callable[[Match], bool]
) -> Column[Any]:
    return Column(key, heading, meaning, _of(read, value), Kind.FLAG, is_shown=False)


def _reason(match: Match) -> str:
    return match.judgement.reason if match.judgement else ""


def _plain(
    key: str, heading: str, meaning: str, read: Read, value: Callable[[Match], Any]
) -> Column[Any]:
    """Return a column that files alone have."""
    return Column(key, heading, meaning, _of(read, value), is_shown=False)


def _of(read: Read, value: Callable[[Match], Any]) -> Callable[[Any], Any]:
    """Return how a row's match is read; a row without one has nothing."""

    def read_value(row: Any) -> Any:
        match = read(row)
        return None if match is None else value(match)

    return read_value


def _shown(read: Read, show: Callable[[Match], Shown]) -> Callable[[Look, Any], Shown]:
    def show_cell(_look: Look, row: Any) -> Shown:
        match = read(row)
        return Shown("") if match is None else show(match)

    return show_cell
