"""The commands of people's places, under one name: written in ``places`` and ``invitations``."""

from cycles.people.invitations import accept, invite, invite_many, resend, revoke
from cycles.people.places import add_participant, change_place, readmit, withdraw

__all__ = [
    "accept",
    "add_participant",
    "change_place",
    "invite",
    "invite_many",
    "readmit",
    "resend",
    "revoke",
    "withdraw",
]
