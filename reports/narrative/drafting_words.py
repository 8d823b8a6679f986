"""Pieces of Markdown that drafts are put together from. No facts and no decisions."""

from collections.abc import Iterable

from reports.narrative.prose import literal


def joined(*parts: str) -> str:
    """Return paragraphs, the empty ones left out."""
    return "\n\n".join(part for part in parts if part)


def sentences(*parts: str) -> str:
    """Return sentences in one paragraph, the empty ones left out."""
    return " ".join(part for part in parts if part)


def bullets(lines: Iterable[str]) -> str:
    """Return a list, one line each."""
    return "\n".join(f"- {line}" for line in lines)


def named(text: str) -> str:
    """Return a name as it stands in a sentence, without a full stop of its own."""
    return literal(text.strip().rstrip("."))


def name_of(name: str) -> str:
    """Return a number, figure or table by its name, which the report fills in."""
    return f"{{{{ {name} }}}}"


def count_of(name: str, count: int, one: str, many: str | None = None) -> str:
    """Return a count by its name, with its noun: ``{{ profiles.count }} profiles``.

    The name stays true where the data move on after somebody has made the draft their own.
    """
    return f"{name_of(name)} {one if count == 1 else many or one + 's'}"
