"""Domain errors: what a command raises when it will not do what was asked.

Each carries a sentence for the person who asked. HTTP knows them in ``pages``; nothing else does.
"""


class DomainError(Exception):
    """A command refused; ``str(error)`` is a sentence that says what to do."""


class Invalid(DomainError):
    """What was given cannot be used. ``problems`` maps a field's name to its sentence."""

    def __init__(self, message: str, **problems: str) -> None:
        super().__init__(message)
        self.problems = problems


class Closed(DomainError):
    """The round, workshop, stage or cycle is closed to this change."""


class Paused(Closed):
    """The round is paused: it takes nothing now, and may take the same again later."""


class Conflict(DomainError):
    """Somebody else changed the same thing first."""


class Missing(DomainError):
    """The thing named does not exist, or not for this person."""


class TooMany(DomainError):
    """A rate limit was reached. ``retry_after`` is in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
