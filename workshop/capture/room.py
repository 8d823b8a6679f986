"""Whether a person may capture now. Conveners whenever the cycle takes statements; technologists
only while a capture workshop is open.
"""

from cycles.core.access import Place
from cycles.core.errors import Closed
from cycles.setup.queries import get_cycle
from cycles.statements.rules import closed_because
from workshop.capture.queries import open_capture

ROOM_CLOSED = (
    "Capture is not open now, so nothing was saved. Your text is still below: copy it if you "
    "want to keep it, and ask the facilitator when capture opens again."
)


def shut_because(place: Place) -> str:
    """Return why this person cannot capture now, or an empty text when they can."""
    why = closed_because(get_cycle(place.cycle_id))
    if why or place.is_convener:
        return why
    if open_capture(place.cycle_id) is None:
        return "The facilitator has not opened capture, or has closed it."
    return ""


def hold_open(place: Place) -> None:
    """Hold the capture workshop open for this transaction; raise ``Closed`` when it is not."""
    why = closed_because(get_cycle(place.cycle_id))
    if why:
        raise Closed(why)
    if not place.is_convener and open_capture(place.cycle_id, hold=True) is None:
        raise Closed(ROOM_CLOSED)
