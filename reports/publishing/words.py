"""How publications are said. Words only."""

from reports.publishing.models import Audience

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
