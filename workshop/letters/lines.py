"""Text of letters: one line of what people typed, and paragraphs cut to a mail's width."""

import textwrap

WIDTH = 76
LONGEST_SUBJECT = 300


def one_line(text: str) -> str:
    """Return the text as one line of printable signs, fit for a header."""
    spaced = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(spaced.split())


def subject_line(text: str) -> str:
    """Return the text as a subject, cut where it is longer than the record keeps."""
    return one_line(text)[:LONGEST_SUBJECT].rstrip()


def wrapped(text: str) -> str:
    """Return the text with its lines cut to a mail's width; addresses stay whole."""
    return "\n".join(_wrap(line) for line in text.strip().splitlines()) + "\n"


def _wrap(line: str) -> str:
    indent = "  " if line.startswith("- ") else ""
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
