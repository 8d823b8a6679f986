"""How publications are said. Words only."""

from collections import Counter
from collections.abc import Sequence

from reports.publishing.models import Audience, Publication

AUDIENCES = {
    Audience.SPONSORS: "Sponsors",
    Audience.PARTICIPANTS: "Everyone in the cycle",
    Audience.LINK: "Anyone with the link",
}
HINTS = {
    "sponsors": "The sponsors of this cycle, signed in.",
    "participants": "All who have a place in this cycle, signed in: sponsors, technologists, "
    "employers, educators.",
    "link": "Nobody signs in. People, organisations, reasons and comments are left out. Search "
    "engines are asked not to list it. You can revoke the link at any time.",
}


def read_by_words(standing: Sequence[Publication]) -> str:
    """Say in a sentence who reads a snapshot, by its publications that were not revoked."""
    counts = Counter(each.audience for each in standing)
    readers = []
    if counts[Audience.PARTICIPANTS]:
        readers.append("everyone in the cycle")
    elif counts[Audience.SPONSORS]:
        readers.append("sponsors")
    if links := counts[Audience.LINK]:
        readers.append(
            "anyone with its link" if links == 1 else f"anyone with one of {links} links"
        )
    return f"Read by {' and '.join(readers)}." if readers else "Only conveners read it."
