"""How a framework is said in words, the same on every screen and in print. Nothing is read here."""

from datetime import date

from cycles.standards.models import Framework


def in_words(framework: Framework) -> str:
    """Return ``IfATE 2021, version 1, snapshot of 3 May 2021``: what finds the same text again."""
    return words_for(framework.name, framework.version, framework.snapshot_on)


def words_for(name: str, version: str, snapshot_on: date) -> str:
    """Return the same of facts that were kept apart from the framework, as a run does."""
    numbered = f"version {version}" if version else ""
    return ", ".join(filter(None, (name, numbered, snapshot_words(snapshot_on))))


def snapshot_words(snapshot_on: date) -> str:
    """Return ``snapshot of 3 May 2021``: the day the standards stood as they are held here."""
    return f"snapshot of {snapshot_on.day} {snapshot_on:%B %Y}"
