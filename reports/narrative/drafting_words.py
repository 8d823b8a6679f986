"""Pieces of Markdown that drafts are put together from. No facts and no decisions."""

from collections.abc import Iterable

from reports.narrative.prose import literal


def joined(*parts: str) -> str:
    """Return paragraphs, the empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def bullets(lines: Iterable[str]) -> str:
    """Return a list, one line each."""
    return "\n".join(f"- {line}" for line in lines)


def named(text: str) -> str:
    """Return a name as it stands in a sentence, without a full stop of its own."""
    return literal(text.strip().rstrip("."))
