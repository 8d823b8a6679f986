"""How a KSB is worded: what the guide asks for, and hints on a wording that departs from it.

Hints only: nothing is refused here, and who wrote the words is not known. Each rule is drawn
narrowly, so that what is worded well passes: where a rule is unsure it says nothing. A full stop
at the end, or none, is not worth a hint: four of five published ones have it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cycles.standards.models import KsbKind

LONGEST_WORDS = 35
SHORTEST_WORDS = 3
GUIDE = (
    (
        "Knowledge",
        "is what a person understands: name the principle, method or rule, with its purpose.",
        "How temperature changes the way dough proves",
    ),
    (
        "Skill",
        "is what a person does, and can be seen doing: begin with a verb.",
        "Set up a sensor and check its reading against a reference",
    ),
    (
        "Behaviour",
        "is how a person goes about the work: begin with how they act.",
        "Questions a result that looks too good",
    ),
)
"""Each kind: its name, what it is, and an example."""
RULES = (
    "Say one thing in each: no second sentence, no semicolon.",
    "Leave out brand names. What a product is used for lasts longer than its name.",
    "Leave out grades such as “basic” or “expert”: the level stands in the profile.",
    f"Use between {SHORTEST_WORDS} and {LONGEST_WORDS} words.",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Only words that are hardly ever nouns: "design", "support" or "plan" open good knowledge too.
VERBS = _words(
    "adapt adhere adopt advise allocate analyse apply arrange articulate assess build calculate "
    "calibrate carry choose collaborate communicate compare comply conduct configure construct "
    "contribute create critique deliver demonstrate describe determine develop diagnose "
    "differentiate discuss distinguish engage ensure establish evaluate explain explore "
    "facilitate follow formulate gather generate identify implement inform inspect install "
    "integrate interpret investigate justify liaise maintain make manage minimise negotiate "
    "obtain operate organise participate perform prepare present prioritise produce promote "
    "provide recognise recommend resolve respond select solve summarise undertake utilise "
    "validate verify write"
)
UNDERSTANDS = _words("know knows understand understands understanding")
OPENS_NO_SKILL = UNDERSTANDS | _words(
    "a an appreciation awareness competence familiarity have how importance is knowledge "
    "methods principles skills the their these this types what which who why your"
)
OPENS_NO_BEHAVIOUR = UNDERSTANDS | _words(
    "how importance knowledge methods principles the types what when where which why"
)
# Endings of nouns, and the words that end so and are verbs.
NOUN_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ism", "ysis")
VERBS_LIKE_NOUNS = _words(
    "advance balance caution commission comment complement condition document enhance experiment "
    "finance function harness implement influence mention partition position provision question "
    "reference sanction section segment sequence supplement witness"
)
VERBS_IN_ING = _words("bring ring sing string swing")

WORD = re.compile(r"[^\W\d_][\w'’/-]*")
# "Core:" or "Teamwork – " before what is meant.
LABEL = re.compile(r"^(?:core|option \w+|[\w'’,& -]{1,40})(?::| – )\s+|^core\.\s+", re.IGNORECASE)
ABLE = re.compile(r"^(?:to\s+)?(?:be\s+)?(?:the\s+)?(?:able|ability|capable)\b", re.IGNORECASE)
NEW_SENTENCE = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\betc)[.!?]\s+(?!For example|Such as)[A-Z]")
SECOND_VERB = re.compile(rf"\band (?:then )?(?:{'|'.join(sorted(VERBS))})\b", re.IGNORECASE)
# After these a second verb says more of the same thing.
SUBORDINATE = re.compile(r"\b(?:to|when|how|that|which|who|by|can|will|including)\b", re.IGNORECASE)
WORDS_BEFORE_SECOND_VERB = 3
GRADE = re.compile(
    r"\b(?:expert|basic|advanced|intermediate|in-depth|thorough|comprehensive|sound|excellent"
    r"|working|broad|strong|good)\s+(?:working\s+)?"
    r"(?:level|knowledge|understanding|awareness|appreciation|proficiency)\b"
    r"|^(?:basic|advanced|expert|intermediate)\b",
    re.IGNORECASE,
)
BRAND = re.compile(r"[®™]|\b[A-Z]{7,}\b")


@dataclass(frozen=True)
class Guide:
    """The guide as a page shows it: each kind with its meaning and an example, and the rules."""

    kinds: tuple[tuple[str, str, str], ...] = GUIDE
    rules: tuple[str, ...] = RULES


def hints(kind: KsbKind, text: str) -> tuple[str, ...]:
    """Return what the guide would say of a wording, most telling first; nothing where it is well.

    >>> hints(KsbKind.SKILL, "Calibrate a sensor against a reference")
    ()
    >>> hints(KsbKind.SKILL, "Knowledge of sensors")
    ('A skill begins with a verb: what the person does.',)
    """
    tidy = " ".join(text.split())
    meant = LABEL.sub("", tidy)
    return (*_opening(kind, meant), *_scope(kind, meant), *_length(tidy))


def _opening(kind: KsbKind, text: str) -> Iterator[str]:
    first = next(iter(WORD.findall(text)), "").casefold()
    if kind == KsbKind.KNOWLEDGE:
        if ABLE.search(text) or first in VERBS:
            yield "This reads as a skill: knowledge is what the person understands."
        elif first in UNDERSTANDS:
            yield f"Leave out “{first.capitalize()}” and name what is understood."
    elif ABLE.search(text):
        yield "Leave out “able to”: begin with what the person does."
    elif kind == KsbKind.SKILL and _opens_no_skill(first):
        yield "A skill begins with a verb: what the person does."
    elif kind == KsbKind.BEHAVIOUR and first in OPENS_NO_BEHAVIOUR:
        yield "A behaviour begins with how the person acts."


def _opens_no_skill(first: str) -> bool:
    if first in VERBS or first in VERBS_LIKE_NOUNS or first in VERBS_IN_ING:
        return False
    return first in OPENS_NO_SKILL or first.endswith(("ing", *NOUN_ENDINGS))


def _scope(kind: KsbKind, text: str) -> Iterator[str]:
    if ";" in text or NEW_SENTENCE.search(text):
        yield "Say one thing in each: this holds more than one sentence."
    elif kind == KsbKind.SKILL and _has_second_verb(text):
        yield "Say one thing in each: this looks like two skills."
    if GRADE.search(text):
        yield "Leave out the grade: how proficient a person has to be stands in the profile."
    if BRAND.search(text):
        yield "Leave out brand names: say what the product is used for."


def _has_second_verb(text: str) -> bool:
    """Say whether a second thing to do begins after the first has its object."""
    found = SECOND_VERB.search(text)
    if found is None:
        return False
    before = text[: found.start()]
    return len(before.split()) > WORDS_BEFORE_SECOND_VERB and not SUBORDINATE.search(before)


def _length(text: str) -> Iterator[str]:
    words = len(text.split())
    if words > LONGEST_WORDS:
        yield f"This has {words} words: {LONGEST_WORDS} are enough for one thing."
    elif words < SHORTEST_WORDS:
        yield "Say a little more: what of it, or for what?"
