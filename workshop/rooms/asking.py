"""Which items a round asks: all that no workshop asked before, or what is still to be asked.

A later round asks what is open, what two raters argued should be asked again, and what came up
since. A subject reworded since it was asked is asked in its new wording, as a new version of the
item. Nothing is opened or closed here.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.rooms.latest import latest_verdicts
from workshop.rooms.models import Item, Mode, Round, Workshop, WorkshopKind
from workshop.rooms.reopening import reopened_items
from workshop.rooms.subjects import Key, Subject, key_of, subjects_of


@dataclass(frozen=True)
class Agenda:
    """What the next round of a workshop would ask, by why: each subject is in one of the three.

    ``reworded`` counts those of the open and the reopened that read otherwise now.
    """

    still_open: tuple[Item, ...]
    reopened: tuple[Item, ...]
    added: tuple[Subject, ...]
    reworded: int

    @property
    def total(self) -> int:
        """Return how many items the round would ask."""
        return len(self.still_open) + len(self.reopened) + len(self.added)


def next_agenda(workshop: Workshop) -> Agenda:
    """Return what the next round would ask, were it opened now. Reads only."""
    subjects = subjects_of(workshop.cycle_id, workshop.kind)
    now = {one.key: one for one in subjects}
    latest = [one for one in latest_verdicts(workshop.id) if key_of(one.item) in now]
    again = _reopened(workshop)
    still_open = tuple(one.item for one in latest if one.closing == Closing.OPEN)
    reopened = tuple(
        one.item for one in latest if one.closing == Closing.AGREED and one.item.id in again
    )
    asked = _asked_before(workshop)
    return Agenda(
        still_open=still_open,
        reopened=reopened,
        added=tuple(one for one in subjects if one.key not in asked),
        reworded=sum(_reads_otherwise(one, now) for one in (*still_open, *reopened)),
    )


def agenda_after(last: Round) -> Agenda | None:
    """Return what a round after this one would ask, or None where none may follow or asks any.

    A workshop in real time has one round; at the cap of the rule card asking stops.
    """
    workshop = last.workshop
    cap = rule_card_of(workshop.cycle_id).round_cap
    if workshop.mode == Mode.REAL_TIME or last.number >= cap:
        return None
    agenda = next_agenda(workshop)
    return agenda if agenda.total else None


def open_items(workshop: Workshop) -> list[Item]:
    """Return the items whose latest verdict leaves them open and whose subject is still there."""
    return list(next_agenda(workshop).still_open)


def _reopened(workshop: Workshop) -> set[uuid.UUID]:
    last = db.session.scalar(
        select(Round).where(Round.workshop_id == workshop.id).order_by(Round.number.desc()).limit(1)
    )
    return {one.id for one in reopened_items(last)} if last else set()


def _asked_before(workshop: Workshop) -> set[Key]:
    """Return the subjects not to be asked as new: in this workshop, or in another like it.

    One cell, one panel: what another workshop of the kind asks is left to it. Solutions may be
    prioritised anew in another workshop.
    """
    asked = select(Item.statement_id, Item.role_level_id, Item.solution_id).join(
        Workshop, Workshop.id == Item.workshop_id
    )
    if workshop.kind == WorkshopKind.PRIORITISATION:
        asked = asked.where(Item.workshop_id == workshop.id)
    else:
        asked = asked.where(Workshop.cycle_id == workshop.cycle_id, Workshop.kind == workshop.kind)
    return {(row[0], row[1], row[2]) for row in db.session.execute(asked)}


def _reads_otherwise(item: Item, now: dict[Key, Subject]) -> bool:
    return now[key_of(item)].wording != item.wording


def make_items(workshop: Workshop) -> list[Item]:
    """Make the items of subjects that neither this workshop nor another like it has asked."""
    taken = _asked_before(workshop)
    found = subjects_of(workshop.cycle_id, workshop.kind)
    return _add(workshop, [one for one in found if one.key not in taken])


def items_of_next_round(workshop: Workshop) -> list[Item]:
    """Return what the next round asks, making the versions and the items that are new."""
    agenda = next_agenda(workshop)
    now = {one.key: one for one in subjects_of(workshop.cycle_id, workshop.kind)}
    again = [
        _new_version(item, now[key_of(item)]) if _reads_otherwise(item, now) else item
        for item in sorted((*agenda.still_open, *agenda.reopened), key=lambda one: one.position)
    ]
    added = _add(workshop, agenda.added)
    db.session.flush()
    return again + added


def _add(workshop: Workshop, subjects: Iterable[Subject]) -> list[Item]:
    last = select(func.max(Item.position)).where(Item.workshop_id == workshop.id)
    first = (db.session.scalar(last) or 0) + 1
    items = [
        Item(
            cycle_id=workshop.cycle_id,
            workshop_id=workshop.id,
            position=position,
            **vars(subject),
        )
        for position, subject in enumerate(subjects, first)
    ]
    db.session.add_all(items)
    db.session.flush()
    return items


def _new_version(item: Item, subject: Subject) -> Item:
    version = Item(
        cycle_id=item.cycle_id,
        workshop_id=item.workshop_id,
        position=item.position,
        version=item.version + 1,
        earlier_item_id=item.id,
        **vars(subject),
    )
    db.session.add(version)
    return version
