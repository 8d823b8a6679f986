"""Joining a workshop: with a room code from outside, and the door as the facilitator keeps it.

A machine joins like a person. ``GET /join/<code>`` gives the cookie and a form with
``csrf_token``; ``POST /join/<code>`` takes ``csrf_token``, ``name``, ``email``, ``organisation``
and, where the form has them, ``group`` and ``partner``. 303 to the first question: in. 303 to
``/join/<code>/waiting``: ask ``/join/<code>/waiting/state?seen=…`` until it answers 286, then
POST ``csrf_token`` to ``/join/<code>/enter``.
"""

from flask import Blueprint

joining = Blueprint("joining", __name__)

from workshop.joining.views import (  # noqa: E402 - they add their routes to the blueprint above
    coming,
    room,
    waiting,
)

__all__ = ["coming", "joining", "room", "waiting"]
