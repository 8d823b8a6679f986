"""What pages of map and gap say before there is anything to show. Pure."""

from dataclasses import dataclass

from reports.explorer.look import Look


@dataclass(frozen=True)
class NothingYet:
    """What is missing, and what to do about it."""

    title: str
    text: str


def nothing_yet(look: Look, *, needs_profiles: bool = False) -> NothingYet | None:
    """Return what is missing before a page of map and gap can show anything, or None."""
    document = look.results.document
    if not document.capabilities.kept:
        return NothingYet(
            "No capability is kept yet",
            "Technologists say what organisations will have to be able to do. Once some of it is "
            "kept, it can be compared with today's standards.",
        )
    if look.findings is None:
        return NothingYet(
            "Nothing is compared yet",
            "A run of map and gap compares every capability with every duty of the chosen "
            "standards. Conveners ask for one under “Map and gap”.",
        )
    if needs_profiles and not look.findings.profiles:
        return NothingYet(
            "No profiles yet",
            "Profiles are generated from the employers' verdicts and ratified by the panel. Once "
            "there are some, they are compared here without another run.",
        )
    return None
