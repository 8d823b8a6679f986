"""How the set-up's commands look at what they are given, and what of it is new."""

from cycles.core.base import Base
from cycles.core.errors import Invalid


def fault_in(text: str, *, most: int, blank: str = "") -> str | None:
    """Return what is wrong with a text: empty (when ``blank`` says so) or too long."""
    if blank and not text.strip():
        return blank
    if len(text) > most:
        return f"Use at most {most:,} characters. There are {len(text):,} now."
    return None


def refuse_faults(**faults: str | None) -> None:
    """Raise ``Invalid`` with every fault found, each under the name of its field."""
    found = {field: fault for field, fault in faults.items() if fault}
    if found:
        raise Invalid(next(iter(found.values())), **found)


def put(row: Base, **values: object) -> list[str]:
    """Set what differs on ``row`` and return the names of what did, in the order given."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed
