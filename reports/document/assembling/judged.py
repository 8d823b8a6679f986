"""A document again after reviewers said something of matches: what follows from that alone."""

from dataclasses import replace

from reports.document.assembling.compared import Compared
from reports.document.assembling.provision import provision_facts
from reports.document.facts import Document, Occupations, Profile
from reports.mapping.findings import Findings


def judged_anew(document: Document, held: Compared) -> Document:
    """Return the document with map and gap as ``held`` has it; nothing else of it changes."""
    return replace(
        document,
        provision=provision_facts(held),
        occupations=_occupations(document.occupations, held.findings),
    )


def _occupations(told: Occupations, found: Findings) -> Occupations:
    supported = {each.code: each.is_supported for each in found.capabilities}
    unsupported = {each.code: each.unsupported_count for each in found.profiles}
    return replace(
        told,
        profiles=tuple(
            _profile(each, supported, unsupported.get(each.code)) for each in told.profiles
        ),
    )


def _profile(told: Profile, supported: dict[str, bool], unsupported_count: int | None) -> Profile:
    return replace(
        told,
        unsupported_count=unsupported_count,
        members=tuple(
            replace(each, is_supported=supported.get(each.code)) for each in told.members
        ),
    )
