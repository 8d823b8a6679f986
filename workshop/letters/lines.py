"""Text of letters: one line of what people typed, and a body without needless gaps."""

import re

LONGEST_SUBJECT = 300


def one_line(text: str) -> str:
    """Return the text as one line of printable signs, fit for a header."""
    spaced = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(spaced.split())


def subject_line(text: str) -> str:
    """Return the text as a subject, cut where it is longer than the record keeps."""
    return one_line(text)[:LONGEST_SUBJECT].rstrip()


def tidied(text: str) -> str:
    """Return a body with at most one empty line at a time.

    Its paragraphs are not cut to a width: phones would break each of the cut lines again.
    """
    return re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"
