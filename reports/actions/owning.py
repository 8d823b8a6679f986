"""Who may own an action: whoever takes part in the cycle. Reads only."""

import uuid

from cycles.core.access import Place
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.people.queries import participants_of
from reports.actions.models import Recommendation


def owner_of(
    cycle_id: uuid.UUID, participant_id: uuid.UUID | None, held_by: uuid.UUID | None
) -> Participant | None:
    """Return the participant if they may own an action of the cycle, else None.

    Who withdrew owns nothing new, but keeps what they hold until somebody else takes it.
    """
    found = db.session.get(Participant, participant_id) if participant_id else None
    if found is None or found.cycle_id != cycle_id:
        return None
    return found if found.withdrawn_at is None or found.id == held_by else None


def owner_choices(cycle_id: uuid.UUID, row: Recommendation | None) -> list[tuple[uuid.UUID, str]]:
    """Return who can be chosen as the owner, by name, each with their group."""
    people = [(each.id, _words(each)) for each in participants_of(cycle_id)]
    held = row.owner_place if row else None
    if held is not None and held.withdrawn_at is not None:
        people.append((held.id, f"{held.account.name} (no longer takes part)"))
    return people


def _words(person: Participant) -> str:
    organisation = f", {person.organisation.name}" if person.organisation else ""
    return f"{person.account.name} ({person.group.value}{organisation})"


def is_owner(row: Recommendation, place: Place, *, is_confined: bool) -> bool:
    """Say whether this person owns the action.

    Whoever came with a room's code has proved no address, so nothing is theirs.
    """
    return not is_confined and row.owner_id is not None and row.owner_id == place.participant_id


def may_follow(row: Recommendation, place: Place, *, is_confined: bool) -> bool:
    """Say whether this person may tell how far the action has come, and read its notes."""
    return place.is_convener or is_owner(row, place, is_confined=is_confined)
