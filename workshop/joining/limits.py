"""How often one device and one network address may try to join. Kept as rows, as all limits are."""

from datetime import datetime, timedelta

from cycles.accounts.commands import check_rate
from cycles.core.extensions import db
from cycles.core.reading import begin_reading, only_reads
from workshop.joining.queries import Room

HOUR = timedelta(hours=1)
# A room shares one address, so that limit is loose; a device is one person, or a few in turn.
MOST_FROM = 600
MOST_ON = 12
# Strict, because it lets nobody in: a right code is never refused for a neighbour's mistakes, and
# among a million million codes guessing finds none.
MOST_WRONG = 30


def count_coming(*, room: Room, device: str, ip: str, moment: datetime) -> None:
    """Count one try to join; raise ``TooMany`` past the limits of the device or the address."""
    on = f"{room.workshop.id}:{device}"
    check_rate(scope="join on", key=on, limit=MOST_ON, per=HOUR, moment=moment)
    check_rate(scope="join from", key=ip, limit=MOST_FROM, per=HOUR, moment=moment)


def count_wrong_code(*, ip: str, moment: datetime) -> None:
    """Count a code that opens nothing, at once; raise ``TooMany`` past the limit of the address.

    Codes are guessed by opening addresses too, and a request that only reads cannot count: so the
    counting is a transaction of its own.
    """
    db.session.rollback()
    check_rate(scope="wrong code from", key=ip, limit=MOST_WRONG, per=HOUR, moment=moment)
    db.session.commit()
    if only_reads():
        begin_reading()
