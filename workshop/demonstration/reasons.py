"""What the simulated employers write who stand apart. Nothing is drawn: the same text each time."""

from workshop.ballot.commands import give_reason
from workshop.ballot.models import Panellist
from workshop.rooms.models import Item, Round, Side

REASONS = {
    Side.LOWER: (
        "At our site the supplier does this under the service contract.",
        "One specialist does it for the whole site. The others need to know whom to ask.",
        "The next generation of the equipment does this by itself.",
        "It happens twice a year, so nobody would keep the skill.",
    ),
    Side.HIGHER: (
        "When it goes wrong at night there is nobody to ask, so they must be able to do it alone.",
        "The inspectors expect us to show that whoever signs understands it.",
        "We tried it with less training and lost two batches.",
        "Those who only know about it cannot tell a good result from a bad one.",
    ),
}
ONE_IN = 3
"""Of those who stand apart on an item, one in so many says why."""


def say_why(
    round_: Round, item: Item, panellist: Panellist, *, seat: int, code: int, level: int
) -> None:
    """Let the rater in ``seat`` say why they stand apart from ``level``, if they are one to."""
    if code == level or (seat + item.position) % ONE_IN:
        return
    side = Side.LOWER if code < level else Side.HIGHER
    texts = REASONS[side]
    give_reason(
        round_id=round_.id,
        item_id=item.id,
        panellist=panellist,
        text=texts[(seat + item.position) // ONE_IN % len(texts)],
        is_of_cell=True,
        side=side,
    )
