"""Organisations that prose lists, each of which is one organisation."""

import re
from collections.abc import Iterator

from reports.narrative.checking.known import Known

ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$", re.MULTILINE)


def organisations_twice(text: str, facts: Known) -> Iterator[str]:
    """Yield a sentence for each organisation that stands in more than one line of a list."""
    items = ITEM.findall(text)
    for organisation in facts.document.people.organisations:
        name = re.compile(rf"(?<!\w){re.escape(organisation.name)}(?!\w)", re.IGNORECASE)
        lines = sum(name.search(item) is not None for item in items)
        if lines > 1:
            yield f"“{organisation.name}” is listed {lines} times: it is one organisation."
