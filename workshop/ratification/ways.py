"""The ways from one profile to others: the next of the reader's queue, and where to move to."""

import uuid

from flask import url_for
from sqlalchemy import select

from cycles.core.access import Place
from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from workshop.ratification import queries
from workshop.ratification.pages import Way


def _proposed(cycle_id: uuid.UUID) -> list[Profile]:
    return list(
        db.session.scalars(
            select(Profile)
            .where(Profile.cycle_id == cycle_id, Profile.status == ProfileStatus.PROPOSED)
            .order_by(*IN_CODE_ORDER)
        )
    )


def targets_of(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Return the proposed profiles of the same role level, as the choices of a list."""
    return tuple((str(one.id), f"{one.code} {one.name}") for one in same_level(profile))


def same_level(profile: Profile) -> list[Profile]:
    """Return the other proposed profiles of the same role level, by code."""
    return [
        one
        for one in _proposed(profile.cycle_id)
        if one.role_level_id == profile.role_level_id and one.id != profile.id
    ]


def ways_of(profile: Profile, place: Place) -> tuple[Way, ...]:
    """Return the way to the next profile of the reader's queue, or back to the queue."""
    everything = _proposed(profile.cycle_id)
    given, me = queries.answers_by_profile(profile.cycle_id), place.participant_id
    answered = {each for each, said in given.items() if said.of(me) != queries.Stand.WAITED_FOR}
    waiting = [one for one in everything if not place.is_on_panel or one.id not in answered]
    others = [one for one in waiting if one.id != profile.id]
    queue = url_for("ratification.index", cycle_id=profile.cycle_id)
    if not others:
        return (Way("Nothing else waits: back to the queue", queue, ""),)
    number = int(profile.code.removeprefix("P-"))
    after = [one for one in others if int(one.code.removeprefix("P-")) > number]
    following = (after or others)[0]
    href = url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=following.id)
    many = "1 waits" if len(waiting) == 1 else f"{len(waiting)} wait"
    whose = f"{many} for you" if place.is_on_panel else f"{len(waiting)} not ratified yet"
    return (Way(f"Next: {following.code} {following.name}", href, whose),)
