"""What a convener is told when drawing failed: what did, and what to do. Words only."""

import uuid

from cycles.core.errors import DomainError


def failing_words(what: str, error: Exception, job_id: uuid.UUID) -> str:
    """Say that ``what`` ("The PDF", "The Word file") could not be made, why, and what to do."""
    failed = f"{what} could not be drawn up"
    if isinstance(error, DomainError):
        return f"{failed}. {error}"
    if isinstance(error, MemoryError):
        return f"{failed}: the memory of the server did not suffice. Try again at a quieter time."
    if isinstance(error, FileNotFoundError):
        return (
            f"{failed}: a style sheet or a font is missing on the server. Ask the administrator "
            "to make the assets, then try again."
        )
    return (
        f"{failed}: something went wrong on our side. Try again; if it fails again, tell the "
        f"administrator the number {job_id}."
    )
