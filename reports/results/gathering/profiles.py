"""What is known of the profiles beside their lines: who is in them and why, and their trail."""

import uuid

from reports.document.facts import Document
from reports.mapping.queries import live_profiles
from reports.results.records import ProfileFacts


def profile_facts(document: Document) -> tuple[ProfileFacts, ...]:
    """Return what is known of each profile that was not withdrawn, by code."""
    return tuple(
        ProfileFacts(each.code, each.profile_id, each.member_ids)
        for each in live_profiles(uuid.UUID(document.subject.cycle_id))
    )
