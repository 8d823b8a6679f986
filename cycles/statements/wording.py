"""The wording of a statement: what is accepted, and when two wordings are the same.

Nothing here reads or writes the database; nearness in meaning lives in ``comparing``.
"""

from cycles.core.errors import Invalid

SHORTEST = 10
LONGEST = 300
LONGEST_REASON = 500


def tidy(text: str) -> str:
    """Return the text on one line with single spaces, or raise ``Invalid`` for its length."""
    tidied = " ".join(text.split())
    if not SHORTEST <= len(tidied) <= LONGEST:
        sentence = (
            f"Write a statement of {SHORTEST} to {LONGEST} characters, verb first. "
            f"This one has {len(tidied)}."
        )
        raise Invalid(sentence, text=sentence)
    return tidied


def tidy_reason(reason: str, *, what: str) -> str:
    """Return the reason on one line, or raise ``Invalid`` when there is none or it is too long."""
    tidied = " ".join(reason.split())
    if not tidied:
        sentence = f"Give a reason for {what}. It stays in the statement's trail."
        raise Invalid(sentence, reason=sentence)
    if len(tidied) > LONGEST_REASON:
        sentence = f"A reason may have at most {LONGEST_REASON} characters."
        raise Invalid(sentence, reason=sentence)
    return tidied


def key(text: str) -> str:
    """Return what two wordings share when they are the same: no case, spacing or full stop.

    >>> key("Calibrate  oven sensors.") == key("calibrate oven Sensors")
    True
    """
    return " ".join(text.split()).rstrip(" .").casefold()
